// What an application carries: each surface as esbuild bundles and minifies it, in bytes of brotli.
import { describe, expect, it } from 'vitest'
import { WARNINGS } from '../../src/policy/catalogue.ts'
import { bundled, bytesOf, withoutSentences } from '../support/bytes.ts'

const CORE = "export * from './src/index.ts'"

describe('bytes of brotli', () => {
  it.each([
    ['createCors, sentences stubbed', "export { createCors } from './src/index.ts'", 13_990, [withoutSentences]],
    ['createCors', "export { createCors } from './src/index.ts'", 15_070, []],
    ['cors of corsmith/hono', "export { cors } from './adapters/hono.ts'", 16_070, []],
    ['corsmith complete', CORE, 18_660, []],
    // The table of rules is a fifth of it. The recordings that show the rules are not in it.
    ['createSimulator', "export { createSimulator } from './src/browser.ts'", 17_940, []],
    ['createBrowser, with cookies and XMLHttpRequest', "export { createBrowser } from './src/browser.ts'", 21_760, []],
    ['withPresets', "export { withPresets } from './src/presets.ts'", 720, []],
    ['withPresets and one preset', "export { mcp, withPresets } from './src/presets.ts'", 930, []],
    [
      'observe and a log, beyond createCors',
      "export { createCors } from './src/index.ts'; export { jsonLog, observe } from './src/log.ts'",
      16_750,
      [],
    ],
    ['createSwappable, with createCors', "export { createSwappable } from './src/swap.ts'", 16_840, []],
    ['the engine alone', "export { createEngine } from './src/server/engine.ts'", 2870, []],
    ['corsRoutes, with createCors', "export { corsRoutes } from './src/routes.ts'", 17_600, []],
    ['createTenants and memoryStore', "export { createTenants, memoryStore } from './src/tenants.ts'", 20_650, []],
  ] as const)('%s', async (_name, code, limit, plugins) => {
    expect(await bytesOf(code, [...plugins])).toBeLessThanOrEqual(limit)
  })

  it('has no recording of a browser in the simulator', async () => {
    const text = await bundled("export * from './src/browser.ts'")
    expect(text).toContain('maxAgeCap')
    expect(['WebKitGTK 2', 'acrm=PUT', 'nsCORSListenerProxy'].filter((word) => text.includes(word))).toEqual([])
  })

  it('has no sentence of a warning in createCors', async () => {
    const text = await bundled("export { createCors } from './src/index.ts'")
    const sentences = Object.values(WARNINGS).flatMap((table) => Object.values<string>(table))
    expect(sentences.length).toBeGreaterThan(5)
    expect(sentences.filter((sentence) => text.includes(sentence))).toEqual([])
  })

  it.each([
    ['hono', 'cors', 15_990],
    ['workers', 'withCors', 15_780],
    // The order in which modules are bundled moves these numbers by up to 80 bytes.
    ['deno', 'withCors', 15_720],
    ['bun', 'withCors', 16_110],
    ['next', 'proxy', 15_620],
    ['next', 'withCors', 16_180],
    // A tenth of it is for responses that are none of Node's, and for policies that cannot be had: either ended the process.
    ['node', 'cors', 17_730],
    ['fastify', 'cors', 17_970],
    ['koa', 'cors', 17_800],
    ['h3', 'cors', 15_700],
    ['elysia', 'cors', 15_670],
    ['sveltekit', 'cors', 15_640],
    ['astro', 'cors', 15_630],
    ['react-router', 'cors', 15_650],
    // A whole proxy: what only a server may say, how paths climb, and every address of an answer.
    ['workers', 'createEdgeProxy', 19_780],
    ['node-proxy', 'createProxyServer', 21_120],
  ] as const)('corsmith/%s %s, with createCors', async (adapter, name, limit) => {
    const code = `export { createCors } from './src/index.ts'; export { ${name} } from './adapters/${adapter}.ts'`
    expect(await bytesOf(code)).toBeLessThanOrEqual(limit)
  })
})
