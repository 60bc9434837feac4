// What an application carries: each surface as esbuild bundles and minifies it, in bytes of brotli.
import { describe, expect, it } from 'vitest'
import { WARNINGS } from '../../src/policy/catalogue.ts'
import { bundled, bytesOf, withoutSentences } from '../support/bytes.ts'

const CORE = "export * from './src/index.ts'"

describe('bytes of brotli', () => {
  it.each([
    ['createCors, sentences stubbed', "export { createCors } from './src/index.ts'", 12_300, [withoutSentences]],
    ['createCors', "export { createCors } from './src/index.ts'", 13_400, []],
    ['corsmith complete', CORE, 15_700, []],
    ['the engine alone', "export { createEngine } from './src/server/engine.ts'", 3750, []],
  ] as const)('%s', async (_name, code, limit, plugins) => {
    expect(await bytesOf(code, [...plugins])).toBeLessThanOrEqual(limit)
  })

  it('has no sentence of a warning in createCors', async () => {
    const text = await bundled("export { createCors } from './src/index.ts'")
    const sentences = Object.values(WARNINGS).flatMap((table) => Object.values<string>(table))
    expect(sentences.length).toBeGreaterThan(5)
    expect(sentences.filter((sentence) => text.includes(sentence))).toEqual([])
  })

  it.each([
    ['hono', 'cors', 680],
    ['workers', 'withCors', 650],
    ['deno', 'withCors', 600],
    ['bun', 'withCors', 1000],
    ['next', 'proxy', 500],
    ['next', 'withCors', 1050],
    ['node', 'cors', 1350],
    ['h3', 'cors', 600],
    ['elysia', 'cors', 550],
    ['sveltekit', 'cors', 550],
    ['astro', 'cors', 550],
    ['react-router', 'cors', 550],
    ['workers', 'createEdgeProxy', 2500],
  ] as const)('corsmith/%s %s, beyond createCors', async (adapter, name, limit) => {
    const both = await bytesOf(
      `export { createCors } from './src/index.ts'; export { ${name} } from './adapters/${adapter}.ts'`,
    )
    const core = await bytesOf("export { createCors } from './src/index.ts'")
    expect(both - core).toBeLessThanOrEqual(limit)
  })
})
