// The plugin in the real bundlers: the bundle holds no check, it answers as before, and a wrong policy fails at its line.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { build as esbuild } from 'esbuild'
import { rolldown } from 'rolldown'
import { createServer, build as vite } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import webpack from 'webpack'
import { createCors } from '../../src/index.ts'
import { DEFECTS } from '../../src/policy/catalogue.ts'
import { corsmith } from '../../src/unplugin.ts'
import { APP, actual, preflight } from '../support/exchanges.ts'

const ROOT = join(import.meta.dirname, '../..')
const POLICY = { origins: [APP, 'https://*.example.org'], methods: ['PUT'], credentials: true } as const

/** What a bundler made of an entry, or what it said. */
interface Bundle {
  readonly code: string
  readonly warnings: string
}

type Bundler = (entry: string, options?: { readonly report?: boolean; readonly maps?: boolean }) => Promise<Bundle>

const inVite: Bundler = async (entry, { report = false, maps = false } = {}) => {
  const warnings: string[] = []
  const result = await vite({
    configFile: false,
    root: join(entry, '..'),
    plugins: [corsmith.vite({ report })],
    customLogger: {
      info: () => {},
      warn: (text) => void warnings.push(text),
      warnOnce: (text) => void warnings.push(text),
      error: () => {},
      clearScreen: () => {},
      hasErrorLogged: () => false,
      hasWarned: false,
    },
    ssr: { noExternal: true },
    build: { ssr: entry, write: false, minify: true, sourcemap: maps, rolldownOptions: { output: { format: 'es' } } },
  })
  if (!('output' in result)) throw new Error('vite watches')
  return { code: result.output[0].code, warnings: warnings.join('\n') }
}

const inRolldown: Bundler = async (entry, { report = false } = {}) => {
  const warnings: string[] = []
  const onLog = (_level: string, { message }: { message: string }) => void warnings.push(message)
  const bundle = await rolldown({ input: entry, plugins: [corsmith.rolldown({ report })], onLog })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return { code: output[0].code, warnings: warnings.join('\n') }
}

const inEsbuild: Bundler = async (entry, { report = false } = {}) => {
  const { outputFiles, warnings } = await esbuild({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
    plugins: [corsmith.esbuild({ report })],
  })
  const said = warnings.map(({ text, location }) => `${text} ${location?.line}:${location?.column}`)
  return { code: outputFiles[0]?.text ?? '', warnings: said.join('\n') }
}

const inWebpack: Bundler = async (entry, { report = false } = {}) => {
  const folder = mkdtempSync(join(entry, '..', 'out-'))
  const compiler = webpack({
    mode: 'production',
    target: 'es2022',
    entry,
    context: join(entry, '..'),
    experiments: { outputModule: true },
    output: { path: folder, filename: 'out.js', module: true, library: { type: 'module' } },
    plugins: [corsmith.webpack({ report })],
  })
  if (compiler === null) throw new Error('webpack has no compiler')
  const stats = await promisify(compiler.run.bind(compiler))()
  await promisify(compiler.close.bind(compiler))()
  const { errors = [], warnings = [] } = stats?.toJson({ errors: true, warnings: true }) ?? {}
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  return {
    code: readFileSync(join(folder, 'out.js'), 'utf8'),
    warnings: warnings.map(({ message }) => message).join('\n'),
  }
}

/** Bun has its own plugins, so the build runs in Bun, with the package as it is published. */
const inBun: Bundler = async (entry, { report = false } = {}) => {
  const script = join(entry, '..', 'build.mjs')
  writeFileSync(
    script,
    `import { corsmith } from 'corsmith/unplugin'
const { outputs } = await Bun.build({ entrypoints: [${JSON.stringify(entry)}], minify: true, plugins: [corsmith.bun({ report: ${report} })] })
process.stdout.write(await outputs[0].text())
`,
  )
  const bun = join(ROOT, 'node_modules/.bin/bun')
  const { stdout, stderr } = await promisify(execFile)(bun, [script], { maxBuffer: 10_000_000 })
  return { code: stdout, warnings: stderr }
}

const BUNDLERS: readonly (readonly [name: string, Bundler])[] = [
  ['vite', inVite],
  ['rolldown', inRolldown],
  ['webpack', inWebpack],
  ['esbuild', inEsbuild],
  ['Bun', inBun],
]

const SENTENCES = Object.values(DEFECTS).flatMap((table) => Object.values<string>(table))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'corsmith-unplugin-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules/corsmith'))
  symlinkSync(join(ROOT, 'node_modules/hono'), join(folder, 'node_modules/hono'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(folder, { recursive: true }))

const written = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** Runs a bundle. */
async function run(code: string): Promise<{ fetch(request: Request): Response | Promise<Response> }> {
  const path = written(`run-${Math.random()}.mjs`, code)
  const { default: worker } = await import(/* @vite-ignore */ pathToFileURL(path).href)
  return worker
}

describe.each(BUNDLERS)('the plugin in %s', (name, bundler) => {
  const extension = name === 'webpack' ? 'js' : 'ts'

  it('leaves no check in the bundle, which answers as before', { timeout: 30_000 }, async () => {
    const policy = JSON.stringify(POLICY)
    const entry = written(
      `worker.${extension}`,
      `import { withCors } from 'corsmith/workers'
import { createCors } from 'corsmith'
const inner = createCors(${policy})
export default withCors(inner, { fetch: () => new Response('hello') })
`,
    )
    const { code } = await bundler(entry)
    expect(SENTENCES.filter((sentence) => code.includes(sentence))).toEqual([])
    // Patterns cost 1.6 KB, and bundlers differ by a few names.
    expect(brotliCompressSync(code).length).toBeLessThanOrEqual(2_100 + 1_640 + 150)
    const worker = await run(code)
    const wrapped = createCors(POLICY).wrap(() => new Response('hello'))
    for (const origin of [APP, 'https://a.example.org', 'https://example.org', 'https://stranger.example', 'null']) {
      for (const request of [() => actual(origin), () => preflight(origin)]) {
        const [mine, theirs] = [await worker.fetch(request()), await wrapped(request())]
        expect([mine.status, [...mine.headers]]).toEqual([theirs.status, [...theirs.headers]])
      }
    }
  })

  it('fails for a policy with a defect, at its line and column', { timeout: 30_000 }, async () => {
    const entry = written(
      `wrong.${extension}`,
      `import { cors } from 'corsmith/hono'\n\nexport const app = cors({\n  origins: ['${APP}', '${APP}/'],\n})\n`,
    )
    const failed = await bundler(entry).then(
      () => 'built',
      (error: Error & { stderr?: string }) => `${error.message}\n${error.stderr ?? ''}`,
    )
    const column = `  origins: ['${APP}', '`.length
    expect(failed).toContain(`wrong.${extension}:4:${column} origins[1]: "${APP}/"`)
    expect(failed).toContain(`an origin has no trailing slash: write "${APP}"`)
  })

  it('leaves alone what is not written out, and says so when asked', { timeout: 30_000 }, async () => {
    const entry = written(
      `open.${extension}`,
      `import { createCors } from 'corsmith'\nconst origins = globalThis.origins ?? ['${APP}']\nexport default { fetch: createCors({ origins }).wrap(() => new Response('hello')) }\n`,
    )
    const { code, warnings } = await bundler(entry, { report: true })
    expect(warnings).toContain(`open.${extension}:3:`)
    expect(warnings).toContain('the policy is checked at start: origins is not written out here')
    expect((await bundler(entry)).warnings).not.toContain('is checked at start')
    const response = await (await run(code)).fetch(actual(APP))
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(APP)
  })
})

describe('the plugin', () => {
  it('answers where a circle of imports calls a function before its module has run', async () => {
    written(
      'circle-b.ts',
      "import { guarded } from './circle-a.ts'\nexport const fetch = guarded(() => new Response('hello'))\n",
    )
    const entry = written(
      'circle-a.ts',
      `import { createCors } from 'corsmith'
import { fetch } from './circle-b.ts'
export function guarded(handler: () => Response) {
  return createCors({ origins: ['${APP}'] }).wrap(handler)
}
export default { fetch }
`,
    )
    const { code } = await inEsbuild(entry)
    expect(SENTENCES.filter((sentence) => code.includes(sentence))).toEqual([])
    const response = await (await run(code)).fetch(actual(APP))
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(APP)
  })

  it('reads sources with decorators of parameters, and with JSX', async () => {
    const uses = `import { createCors } from 'corsmith'\nexport default createCors({ origins: ['${APP}'] }).wrap(() => new Response('x'))\n`
    const nest = written(
      'nest.ts',
      `const Inject = () => () => {}\nexport class A { constructor(@Inject() _a: unknown) {} }\n${uses}`,
    )
    const jsx = written(
      'view.tsx',
      `const h = (..._: unknown[]) => ''\nexport const V = <T,>(_: T) => <p>{h()}</p>\n${uses}`,
    )
    for (const entry of [nest, jsx]) {
      const { outputFiles } = await esbuild({
        entryPoints: [entry],
        bundle: true,
        format: 'esm',
        write: false,
        jsxFactory: 'h',
        tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
        plugins: [corsmith.esbuild()],
      })
      expect(SENTENCES.filter((sentence) => outputFiles[0]?.text.includes(sentence))).toEqual([])
    }
  })

  it('builds again in a development server when a policy changes, is wrong, and is corrected', async () => {
    const write = (origin: string) =>
      written(
        'dev.ts',
        `import { cors } from 'corsmith/hono'\nimport { Hono } from 'hono'\nexport const app = new Hono()\napp.use(\n  cors({\n    origins: ['${origin}'],\n  }),\n)\nexport const fail = () => {\n  throw new Error('here')\n}\n`,
      )
    write('https://one.example')
    const server = await createServer({
      configFile: false,
      root: folder,
      appType: 'custom',
      logLevel: 'silent',
      server: { middlewareMode: true, watch: null, hmr: false, ws: false },
      plugins: [corsmith.vite()],
    })
    const reload = async (origin: string) => {
      write(origin)
      server.moduleGraph.invalidateAll()
      return await server.ssrLoadModule('/dev.ts')
    }
    const allowed = async (origin: string) => {
      const { app } = await reload(origin)
      const response: Response = await app.fetch(actual(origin))
      return response.headers.get('Access-Control-Allow-Origin')
    }
    try {
      expect(await allowed('https://one.example')).toBe('https://one.example')
      const { fail } = await reload('https://one.example')
      let stack = ''
      try {
        fail()
      } catch (error) {
        server.ssrFixStacktrace(error as Error)
        stack = String((error as Error).stack)
      }
      expect(stack).toMatch(/dev\.ts:10:/)
      expect(await allowed('https://two.example')).toBe('https://two.example')
      await expect(reload('https://two.example/')).rejects.toThrow('dev.ts:6:15 origins[0]: "https://two.example/"')
      expect(await allowed('https://three.example')).toBe('https://three.example')
    } finally {
      await server.close()
    }
  })

  it('makes wrap and Hono as small as the command does', async () => {
    const wrap = written(
      'wrap.ts',
      `import { createCors } from 'corsmith'\nexport default { fetch: createCors({ origins: ['${APP}'] }).wrap((request) => new Response('hello')) }\n`,
    )
    expect(brotliCompressSync((await inEsbuild(wrap)).code).length).toBeLessThanOrEqual(1_638)
    const hono = written(
      'hono.ts',
      `import { cors } from 'corsmith/hono'\nexport const adapted = cors({ origins: ['${APP}'] })\n`,
    )
    expect(brotliCompressSync((await inEsbuild(hono)).code).length).toBeLessThanOrEqual(2_048)
  })

  it('compiles the policy of two files once each, on one runtime', async () => {
    written('a.ts', `import { createCors } from 'corsmith'\nexport const a = createCors({ origins: ['${APP}'] })\n`)
    const both = written(
      'both.ts',
      `export { a } from './a.ts'\nimport { createCors } from 'corsmith'\nexport const b = createCors({ origins: ['${APP}'] })\n`,
    )
    const one = (await inEsbuild(join(folder, 'a.ts'))).code
    const two = (await inEsbuild(both)).code
    expect(brotliCompressSync(two).length - brotliCompressSync(one).length).toBeLessThan(100)
  })
})
