/**
 * Checks what is published as its users' compilers see it: the declarations under the types of each runtime, and as a JSR package.
 * Closes with `N passed, N failed`.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { unpackInto } from '../runtimes/pack.ts'
import { ROOT } from '../runtimes/paths.ts'
import { checkCompilers, checkRequire } from './commonjs.ts'
import { execute, fetchNode } from './programs.ts'

const WORK: string = join(ROOT, 'test', '.package')
const PUBLISHED = 'node_modules/corsmith'

/** Entries that need nothing but the package: frameworks and runtimes are not installed there. */
const RUNNABLE: readonly string[] = [
  '',
  '/browser',
  '/diagnose',
  '/policy',
  '/presets',
  '/proxy',
  '/adapter',
  '/testing',
  '/vitest',
  '/playwright',
  '/cypress',
  '/workers',
  '/node',
  '/fastify',
  '/koa',
  '/node-proxy',
  '/runtime',
  '/runtime/workers',
  '/runtime/node',
  '/runtime/node-proxy',
  '/runtime/deno',
  '/runtime/bun',
  '/deno',
  '/bun',
].map((name) => `corsmith${name}`)

/** What a program does with the package: the engine answers, diagnosis judges, a server of Node serves. */
const program = `
const names = ${JSON.stringify(RUNNABLE)}
for (const name of names) await import(name)
const { createCors } = await import('corsmith')
const { cors: node } = await import('corsmith/node')
const { diagnose } = await import('corsmith/diagnose')
const { createServer } = await import('node:http')
const cors = createCors({ origins: ['https://app.example.com'], methods: ['PUT'] })
const headers = { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'PUT' }
const preflight = cors.preflight(new Request('https://api.example.com/', { method: 'OPTIONS', headers }))
const middleware = node({ origins: ['https://app.example.com'] })
const server = createServer((request, response) => middleware(request, response, () => response.end('x')))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = 'http://127.0.0.1:' + server.address().port
const { status } = await fetch(url)
const { conclusion } = await diagnose(url, { origin: 'https://stranger.example' })
server.close()
console.log(process.version, preflight.status, status, conclusion)
`

interface Manifest {
  readonly engines: { readonly node: string }
  readonly version: string
  readonly exports: Readonly<Record<string, unknown>>
}

const read = (file: string): Manifest => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

/** Entries with declarations, as they are imported. */
const entries: readonly string[] = Object.entries(read('package.json').exports)
  .filter(([, target]) => typeof target === 'object' && target !== null)
  .map(([name]) => name)

/**
 * The plugin for bundlers. It is published to npm alone: the types of `unplugin` bring those of Bun,
 * which are not Deno's, and `unplugin` itself is an ES module.
 */
const OF_BUILDS = './unplugin'
const everywhere: readonly string[] = entries.filter((name) => name !== OF_BUILDS)

/** Imports every entry, and uses the core as a program of each runtime would. */
const consumer: string = [
  ...everywhere.map((name, i) => `import * as entry${i} from ${JSON.stringify(join('corsmith', name))}`),
  `import { createCors } from 'corsmith'`,
  `export const all: readonly object[] = [${everywhere.map((_, i) => `entry${i}`).join(', ')}]`,
  `const cors = createCors({ origins: ['https://app.example.com'], methods: ['PUT'] })`,
  `export const fetch: (request: Request) => Response = cors.wrap((request: Request) => new Response(request.url))`,
  `export const headers: Headers = cors.headers(new Request('https://api.example.com/'))`,
  // Where declarations cannot be resolved, everything is `any`, and nothing an error.
  `// @ts-expect-error`,
  `createCors({ origins: 42 })`,
  `// @ts-expect-error`,
  `entry${everywhere.indexOf('./hono')}.cors({ origins: 42 })`,
  '',
].join('\n')

const ENVIRONMENTS: Readonly<Record<string, { readonly lib: readonly string[]; readonly types: readonly string[] }>> = {
  dom: { lib: ['es2023', 'dom', 'dom.iterable'], types: [] },
  node: { lib: ['es2023'], types: ['node'] },
  workers: { lib: ['esnext'], types: ['@cloudflare/workers-types'] },
  bun: { lib: ['esnext'], types: ['bun'] },
}

let passed = 0
let failed = 0

function check(name: string, run: () => void): void {
  try {
    run()
    passed++
    console.log(`✓ ${name}`)
  } catch (error) {
    failed++
    console.log(styleText('red', `✗ ${name}`))
    console.log((error as Error).message)
  }
}

await unpackInto(WORK)
writeFileSync(join(WORK, 'index.ts'), consumer)
cpSync(join(import.meta.dirname, 'consumers'), WORK, { recursive: true })

for (const [name, { lib, types }] of Object.entries(ENVIRONMENTS)) {
  const options = {
    target: 'es2023',
    lib,
    types,
    module: 'nodenext',
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
  }
  const config = `tsconfig.${name}.json`
  // Declarations of this package are checked because they are sources of this program; those of frameworks and runtimes are their own.
  const programs = ['index.ts', `${name}.ts`].filter((file) => existsSync(join(WORK, file)))
  const files = [...programs, ...entries.map((entry) => declarationsOf(entry))]
  writeFileSync(join(WORK, config), JSON.stringify({ compilerOptions: { ...options, skipLibCheck: false }, files }))
  check(`declarations under the types of ${name}`, () => {
    try {
      execute('tsc', ['-p', config, '--pretty', 'false'], WORK)
    } catch (error) {
      const lines = (error as Error).message.split('\n')
      // The proxy that listens in Node has Node's types.
      const foreign = types.includes('node') ? '' : 'adapters/node-proxy-server.d.ts'
      const ours = lines.filter(
        (line) => /^(\w+\.ts|node_modules\/corsmith\/)/.test(line) && (foreign === '' || !line.includes(foreign)),
      )
      if (ours.length > 0 || !lines.some((line) => line.includes('error TS')))
        throw new Error(ours.join('\n') || lines.join('\n'))
    }
  })
}
check('declarations under the types of deno', () =>
  execute('deno', ['check', '--node-modules-dir=manual', 'index.ts'], WORK),
)

checkCompilers(WORK, check)
checkRequire(WORK, everywhere, check)

check('the pages that errors name are in the package, and the command prints them', () =>
  execute('node', [join(PUBLISHED, 'dist/src/cli.js'), 'why', 'origin-null', 'preflight-status', 'never-shared'], WORK),
)
/** Imports an entry in a process of its own, and prints what was opened for it: files of the package, and everything else by its name. */
const OPENED = `
import { registerHooks } from 'node:module'
const opened = new Set()
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const isOwn = specifier.startsWith('.') || specifier.startsWith('corsmith')
    opened.add(isOwn ? found.url.slice(found.url.indexOf('/dist/')) : specifier)
    return found
  },
})
await import(process.argv[1])
console.log(JSON.stringify([...opened]))
`
const openedBy = (entry: string): readonly string[] =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', OPENED, entry], { cwd: WORK, encoding: 'utf8' }),
  )

/** Rooms besides the core. Whoever proxies, simulates a browser or diagnoses opens those too. */
const ROOMS: Readonly<Record<string, number>> = {
  './workers': 2,
  './node': 1,
  './fastify': 1,
  './koa': 1,
  './node-proxy': 3,
  './proxy': 2,
  './browser': 1,
  './testing': 1,
  './vitest': 2,
  './playwright': 3,
  './cypress': 3,
  './targets': 1,
  './diagnose': 3,
  // The steps of the Fetch Standard that decide what a page may do.
  './migrate': 2,
  './routes': 1,
  './tenants': 1,
  './log': 1,
  './swap': 1,
  './runtime/workers': 1,
  './runtime/fastify': 1,
  './runtime/koa': 1,
  './runtime/proxy': 1,
  './runtime/node-proxy': 2,
}

check(
  'an import opens its own file, what it shares with its runtime form, runtime and checks, and one per further room',
  () => {
    for (const entry of everywhere) {
      const files = openedBy(join('corsmith', entry)).filter((name) => name.startsWith('/dist/'))
      const most = 4 + (ROOMS[entry] ?? 0)
      if (files.length > most) throw new Error(`${entry} opens ${files.join(', ')}: more than ${most} files`)
    }
  },
)
check('what is published imports nothing but tldts, and unplugin for builds, and depends on nothing', () => {
  for (const entry of entries) {
    const foreign = openedBy(join('corsmith', entry)).filter((name) => !name.startsWith('/dist/'))
    if (entry === OF_BUILDS) continue
    const allowed = entry === './strict' ? ['tldts', 'tldts-core'] : []
    const isAllowed = (name: string) =>
      allowed.includes(name) || (entry.endsWith('/node-proxy') && name.startsWith('node:'))
    const others = foreign.filter((name) => !isAllowed(name))
    if (others.length > 0) throw new Error(`${entry} imports ${others.join(', ')}`)
  }
  const manifest = read('package.json') as Manifest & { dependencies?: object; optionalDependencies?: object }
  if (Object.keys(manifest.dependencies ?? {}).length > 0) throw new Error('package.json has dependencies')
})

check('jsr.json has the version and the entries of package.json', () => {
  const [jsr, npm] = [read('jsr.json'), read('package.json')]
  const sources = everywhere.map((name) => [
    name,
    `./${declarationsOf(name)
      .slice(PUBLISHED.length + 6)
      .replace('.d.ts', '.ts')}`,
  ])
  const expected = JSON.stringify([npm.version, Object.fromEntries(sources)])
  const found = JSON.stringify([jsr.version, jsr.exports])
  if (found !== expected) throw new Error(`expected ${expected}\nfound    ${found}`)
})
check('a dry run of publishing to JSR', () =>
  execute('deno', ['publish', '--dry-run', '--allow-dirty', '--quiet'], ROOT),
)

const oldest = /\d+\.\d+/.exec(read('package.json').engines.node)?.[0]
const node = fetchNode(`${oldest}.0`, WORK)
if (node === null)
  console.log(styleText('yellow', `– Node ${oldest}.0 cannot be had here: what engines promises was not run`))
else
  check(`every entry imports, answers and runs on Node ${oldest}.0`, () => {
    const printed = execFileSync(node, ['--input-type=module', '-e', program], { cwd: WORK, encoding: 'utf8' })
    if (printed.trim() !== `v${oldest}.0 204 200 blocked`) throw new Error(printed)
    const usage = execFileSync(node, [join(WORK, PUBLISHED, 'dist/src/cli.js'), 'init', 'nginx'], { encoding: 'utf8' })
    if (!usage.includes('map $http_origin')) throw new Error(usage)
  })

rmSync(WORK, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

function declarationsOf(entry: string): string {
  const { import: target } = read('package.json').exports[entry] as { import: { types: string } }
  return join(PUBLISHED, target.types)
}
