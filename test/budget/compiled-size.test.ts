// What an application carries whose policy was compiled: in bytes of brotli, a KB is 1,024. No check and no sentence is left in it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emitModule } from '../../src/build/emit.ts'
import type { CorsPolicy } from '../../src/index.ts'
import { DEFECTS } from '../../src/policy/catalogue.ts'
import { bundled, bytesOf } from '../support/bytes.ts'

const ONE: CorsPolicy = { origins: ['https://app.example.com'] }

/** The text of a compiled module. What the code below it does not use may go. */
const compiled = (policy: CorsPolicy) =>
  emitModule(policy, { source: 'policy.json', runtime: './src/runtime.ts' }).code.replaceAll('export const', 'const')

const HANDLER = "export default { fetch: wrap((request) => new Response('hello')) }"
const around = (adapter: string, name: string) =>
  `import { ${name} as adapt } from './adapters/runtime/${adapter}.ts'; export const adapted = adapt`
const through = (adapter: string, name = 'cors', rest = '', part = 'answers') =>
  `${around(adapter, name)}(${part}${rest})`

describe('bytes of brotli, with one exact origin compiled', () => {
  it.each([
    ['wrap alone', HANDLER, 1638],
    ['corsmith/runtime/hono cors', through('hono'), 2048],
    ['corsmith/runtime/hono cors, with the whole Cors', through('hono', 'cors', '', 'cors'), 3520],
    ['corsmith/runtime/workers withCors', through('workers', 'withCors', ', { fetch: () => new Response() }'), 2100],
    ['corsmith/runtime/deno withCors', through('deno', 'withCors', ', () => new Response()'), 2060],
    ['corsmith/runtime/bun withCors', through('bun', 'withCors', ', {}'), 2700],
    ['corsmith/runtime/next proxy', through('next', 'proxy'), 1900],
    ['corsmith/runtime/next withCors', through('next', 'withCors', ', {}', 'cors'), 4100],
    ['corsmith/runtime/node cors', through('node', 'cors', '', 'cors'), 5460],
    ['corsmith/runtime/fastify cors', through('fastify', 'cors', '', 'cors'), 5710],
    ['corsmith/runtime/koa cors', through('koa', 'cors', '', 'cors'), 5520],
    ['corsmith/runtime/h3 cors', through('h3'), 1960],
    ['corsmith/runtime/elysia cors', through('elysia'), 1970],
    ['corsmith/runtime/sveltekit cors', through('sveltekit'), 1920],
    ['corsmith/runtime/astro cors', through('astro'), 1900],
    ['corsmith/runtime/react-router cors', through('react-router'), 1900],
  ] as const)('%s', async (_name, use, limit) => {
    expect(await bytesOf(`${compiled(ONE)}\n${use}`)).toBeLessThanOrEqual(limit)
  })
})

describe('a policy pays for', () => {
  it.each([
    ['patterns', { origins: ['https://*.example.com'] }, 1660],
    ['echoed methods', { ...ONE, credentials: true, methods: '*' }, 420],
    ['echoed names', { ...ONE, requestHeaders: ['X-*'] }, 800],
    ['exposed patterns', { ...ONE, exposedHeaders: ['X-*'] }, 300],
    ['timing', { ...ONE, timingAllowOrigin: true }, 110],
    ['refused: forbid', { ...ONE, refused: 'forbid' }, 120],
    ['credentials', { ...ONE, credentials: true }, 40],
  ] as const)('%s, and only where it says so', async (_name, policy, limit) => {
    const base = await bytesOf(`${compiled(ONE)}\n${HANDLER}`)
    const bytes = await bytesOf(`${compiled(policy as CorsPolicy)}\n${HANDLER}`)
    expect(bytes - base).toBeLessThanOrEqual(limit)
  })

  it('a predicate with its own sentences alone', async () => {
    const predicate = { statement: 'const source = { origins: () => true }', expression: 'source' }
    const options = { predicate, runtime: './src/runtime.ts' }
    const code = emitModule({ origins: () => true }, options).code.replaceAll('export const', 'const')
    const text = await bundled(`${code}\n${HANDLER}`)
    expect(text).toContain('this predicate allows')
    expect(text).not.toContain('an origin has no trailing slash')
  })
})

describe('the bundle of a compiled policy', () => {
  const sentences = Object.values(DEFECTS).flatMap((table) => Object.values<string>(table))
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(import.meta.dirname, '.compiled-'))
    writeFileSync(join(folder, 'cors.js'), emitModule(ONE, { runtime: '../../../src/runtime.ts' }).code)
    writeFileSync(
      join(folder, 'app.js'),
      "import { cors } from '../../../adapters/runtime/hono.ts'\nimport { answers } from './cors.js'\nexport const adapted = cors(answers)\n",
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('has no sentence of a check, with any adapter', async () => {
    const names = [
      'hono',
      'workers',
      'deno',
      'bun',
      'next',
      'node',
      'fastify',
      'koa',
      'h3',
      'elysia',
      'sveltekit',
      'astro',
      'react-router',
    ]
    const text = await bundled(
      names.map((name) => `export * as ${name.replace('-', '')} from './adapters/runtime/${name}.ts'`).join('\n'),
    )
    expect(sentences.filter((sentence) => text.includes(sentence))).toEqual([])
    expect(text).not.toContain('ERR_CORS_POLICY')
  })

  it('is as small where the runtime is one file, as in the package', async () => {
    const runtime = join(import.meta.dirname, '../../src/runtime.ts')
    await build({
      entryPoints: [runtime],
      bundle: true,
      format: 'esm',
      target: 'es2023',
      outfile: join(folder, 'one.js'),
    })
    writeFileSync(join(folder, 'compiled.js'), emitModule(ONE, { runtime: './one.js' }).code)
    const contents = `import { wrap } from './compiled.js'\n${HANDLER}`
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
    })
    // Twice through esbuild, declarations stand in another order, which costs a few bytes.
    expect(brotliCompressSync(outputFiles[0]?.text ?? '').length).toBeLessThanOrEqual(1650)
  })

  it('is as small with rolldown', async () => {
    const bundle = await rolldown({ input: join(folder, 'app.js'), external: ['hono'], logLevel: 'silent' })
    const { output } = await bundle.generate({ format: 'esm', minify: true })
    await bundle.close()
    expect(brotliCompressSync(output[0].code).length).toBeLessThanOrEqual(2048)
  })
})
