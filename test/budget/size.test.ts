// What an application carries: each surface as esbuild bundles and minifies it, in bytes of brotli.
import { describe, expect, it } from 'vitest'
import { WARNINGS } from '../../src/policy/catalogue.ts'
import { bundled, bytesOf, withoutSentences } from '../support/bytes.ts'

const CORE = "export * from './src/index.ts'"

describe('bytes of brotli', () => {
  it.each([
    ['createCors, sentences stubbed', "export { createCors } from './src/index.ts'", 14_400, [withoutSentences]],
    ['createCors', "export { createCors } from './src/index.ts'", 15_650, []],
    ['corsmith complete', CORE, 19_060, []],
    // The table of rules is a fifth of it. The recordings that show the rules are not in it.
    ['createSimulator', "export { createSimulator } from './src/browser.ts'", 18_200, []],
    ['createBrowser, with cookies and XMLHttpRequest', "export { createBrowser } from './src/browser.ts'", 22_000, []],
    ['withPresets', "export { withPresets } from './src/presets.ts'", 720, []],
    ['withPresets and one preset', "export { mcp, withPresets } from './src/presets.ts'", 930, []],
    [
      'observe and a log, beyond createCors',
      "export { createCors } from './src/index.ts'; export { jsonLog, observe } from './src/log.ts'",
      17_600,
      [],
    ],
    ['createSwappable, with createCors', "export { createSwappable } from './src/swap.ts'", 17_600, []],
    ['the engine alone', "export { createEngine } from './src/server/engine.ts'", 3300, []],
    ['corsRoutes, with createCors', "export { corsRoutes } from './src/routes.ts'", 18_600, []],
    ['createTenants and memoryStore', "export { createTenants, memoryStore } from './src/tenants.ts'", 21_050, []],
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
    ['hono', 'cors', 16_570],
    ['workers', 'withCors', 16_270],
    // The order in which modules are bundled moves these numbers by up to 80 bytes.
    ['deno', 'withCors', 16_290],
    ['bun', 'withCors', 16_610],
    ['next', 'proxy', 16_180],
    ['next', 'withCors', 16_680],
    // A tenth of it is for responses that are none of Node's, and for policies that cannot be had: either ended the process.
    ['node', 'cors', 18_290],
    ['fastify', 'cors', 18_530],
    ['koa', 'cors', 18_370],
    ['h3', 'cors', 16_220],
    ['elysia', 'cors', 16_180],
    ['sveltekit', 'cors', 16_200],
    ['astro', 'cors', 16_200],
    ['react-router', 'cors', 16_200],
    // A whole proxy: what only a server may say, how paths climb, and every address of an answer.
    ['workers', 'createEdgeProxy', 20_200],
    ['node-proxy', 'createProxyServer', 21_600],
  ] as const)('corsmith/%s %s, with createCors', async (adapter, name, limit) => {
    const code = `export { createCors } from './src/index.ts'; export { ${name} } from './adapters/${adapter}.ts'`
    expect(await bytesOf(code)).toBeLessThanOrEqual(limit)
  })
})
