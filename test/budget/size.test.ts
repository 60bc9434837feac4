// What an application carries: each surface as esbuild bundles and minifies it, in bytes of brotli.
import { describe, expect, it } from 'vitest'
import { WARNINGS } from '../../src/policy/catalogue.ts'
import { bundled, bytesOf, withoutSentences } from '../support/bytes.ts'

const CORE = "export * from './src/index.ts'"

describe('bytes of brotli', () => {
  it.each([
    ['createCors, sentences stubbed', "export { createCors } from './src/index.ts'", 12_200, [withoutSentences]],
    ['createCors', "export { createCors } from './src/index.ts'", 13_300, []],
    ['corsmith complete', CORE, 15_400, []],
    ['the engine alone', "export { createEngine } from './src/server/engine.ts'", 3600, []],
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
    ['hono', 'cors', 400],
    ['workers', 'withCors', 400],
    ['deno', 'withCors', 400],
    ['bun', 'withCors', 550],
    ['next', 'proxy', 350],
    ['next', 'withCors', 750],
    ['node', 'cors', 1150],
    ['h3', 'cors', 350],
    ['elysia', 'cors', 350],
    ['sveltekit', 'cors', 350],
    ['astro', 'cors', 350],
    ['react-router', 'cors', 350],
    // A whole proxy: what only a server may say, how paths climb, and every address of an answer.
    ['workers', 'createEdgeProxy', 4500],
  ] as const)('corsmith/%s %s, beyond createCors', async (adapter, name, limit) => {
    const both = await bytesOf(
      `export { createCors } from './src/index.ts'; export { ${name} } from './adapters/${adapter}.ts'`,
    )
    const core = await bytesOf("export { createCors } from './src/index.ts'")
    expect(both - core).toBeLessThanOrEqual(limit)
  })
})
