// What an application carries: each surface as esbuild bundles and minifies it, in bytes of brotli.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { WARNINGS } from '../../src/policy/catalogue.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Puts one empty text in the place of every sentence of the catalogue: what is left is code. */
const withoutSentences: Plugin = {
  name: 'without-sentences',
  setup({ onLoad }) {
    onLoad({ filter: /policy[\\/]catalogue\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/(?<=:\s*)(?:'[^'\n]*'|"[^"\n]*")(?=,\n)/g, "''"),
      loader: 'ts',
    }))
  },
}

async function bytesOf(code: string, plugins: Plugin[] = []): Promise<number> {
  return brotliCompressSync(await bundled(code, plugins)).length
}

async function bundled(code: string, plugins: Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    external: ['hono', 'node:*', 'cloudflare:*'],
    write: false,
    plugins,
    logLevel: 'error',
  })
  return outputFiles.map(({ text }) => text).join('')
}

const CORE = "export * from './src/index.ts'"

describe('bytes of brotli', () => {
  it.each([
    ['createCors, sentences stubbed', "export { createCors } from './src/index.ts'", 11_960, [withoutSentences]],
    ['createCors', "export { createCors } from './src/index.ts'", 13_100, []],
    ['corsmith complete', CORE, 15_250, []],
    ['the engine alone', "export { createEngine } from './src/server/engine.ts'", 3575, []],
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
    // The goal is 400: what wraps a class and what chooses by environment is the rest.
    ['workers', 'withCors', 520],
    ['deno', 'withCors', 400],
  ] as const)('corsmith/%s %s, beyond createCors', async (adapter, name, limit) => {
    const both = await bytesOf(
      `export { createCors } from './src/index.ts'; export { ${name} } from './adapters/${adapter}.ts'`,
    )
    const core = await bytesOf("export { createCors } from './src/index.ts'")
    expect(both - core).toBeLessThanOrEqual(limit)
  })
})
