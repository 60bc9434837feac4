// What an application carries: each surface as esbuild bundles and minifies it, in bytes of brotli.
import { describe, expect, it } from 'vitest'
import { bytesOf, withoutSentences } from '../support/bytes.ts'

const CORE = "export * from './src/index.ts'"

describe('bytes of brotli', () => {
  it.each([
    ['createCors, sentences stubbed', "export { createCors } from './src/index.ts'", 14_000, [withoutSentences]],
    ['createCors', "export { createCors } from './src/index.ts'", 15_400, []],
    ['corsmith complete', CORE, 16_400, []],
    ['the engine alone', "export { createEngine } from './src/server/engine.ts'", 3700, []],
  ] as const)('%s', async (_name, code, limit, plugins) => {
    expect(await bytesOf(code, [...plugins])).toBeLessThanOrEqual(limit)
  })

  it.each([
    ['hono', 'cors', 400],
    ['workers', 'withCors', 400],
    ['deno', 'withCors', 400],
  ] as const)('corsmith/%s %s, beyond createCors', async (adapter, name, limit) => {
    const both = await bytesOf(
      `export { createCors } from './src/index.ts'; export { ${name} } from './adapters/${adapter}.ts'`,
    )
    const core = await bytesOf("export { createCors } from './src/index.ts'")
    expect(both - core).toBeLessThanOrEqual(limit)
  })
})
