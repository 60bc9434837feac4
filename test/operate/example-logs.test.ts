// Every example that answers requests prints what a browser blocks: once, while it is developed, and never in production.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../runtimes/process.ts'
import { describeWith } from '../support/component.ts'
import { launch } from '../support/launched.ts'

const ROOT = join(import.meta.dirname, '../..')
const STRANGER = 'https://stranger.example'
const LINE = `from ${STRANGER}: add "${STRANGER}" to origins`

/** Examples without the log, each with its reason. */
const WITHOUT: Readonly<Record<string, string>> = {
  'hello.ts': 'it asks itself and prints the answers: there is no server',
  'routes.ts': 'it asks itself and prints the answers: there is no server',
  'start.ts': 'it starts edge-proxy, which has the log',
  start: 'the parts of start.ts',
  'every-layer': 'nginx, Envoy and S3 answer, and no code of this package runs in them',
  bundled: 'the plugin takes the checks out of the bundle, and the log would bring them back',
  'origin-api': 'an API without CORS, behind edge-proxy',
  page: 'a page that sends requests, and the server of its files',
  playground: 'a page. Its endpoint is public, and answers whoever asks',
}

/** Examples that are run here, by the command that starts them. */
const NODE = ['node', 'express', 'fastify', 'koa', 'hono', 'h3', 'react-router', 'compiled']
const BUN = ['bun', 'elysia']
const WORKERS = ['workers', 'shared-cache', 'edge-proxy']

/** Examples whose frameworks take long to start. `npm run test:runtimes` runs them. */
const SLOW = ['astro', 'next', 'sveltekit']

const EXAMPLES = readdirSync(join(ROOT, 'examples'))

describe('an example', () => {
  it('has the log, or a reason', () => {
    const sourcesOf = (name: string) =>
      globSync('**/*.{ts,js}', { cwd: join(ROOT, 'examples', name), exclude: ['**/node_modules', '**/dist'] })
    const logs = (name: string) =>
      sourcesOf(name).some((file) =>
        readFileSync(join(ROOT, 'examples', name, file), 'utf8').includes('logInDevelopment('),
      )
    expect(EXAMPLES.filter((name) => !logs(name)).sort()).toEqual(Object.keys(WITHOUT).sort())
  })

  it('with the log is run', () => {
    const run = [...NODE, ...BUN, ...WORKERS, ...SLOW, 'deno', 'multi-tenant']
    expect([...run, ...Object.keys(WITHOUT)].sort()).toEqual([...EXAMPLES].sort())
  })
})

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'corsmith-examples-'))
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
  symlinkSync(ROOT, join(modules, 'corsmith'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  for (const name of [...NODE, ...BUN, ...WORKERS, 'deno'])
    cpSync(join(ROOT, 'examples', name), join(folder, name), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts an example, lets a stranger's page ask twice, and gives what it printed. */
async function printed(
  name: string,
  command: string,
  args: readonly string[],
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const PATH = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`
  const child = spawn(command, args, {
    cwd: join(folder, name),
    env: { ...process.env, PATH, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const closed = new Promise((resolve) => child.once('close', resolve))
  try {
    const until = Date.now() + 30_000
    for (let asked = 0; asked < 2; ) {
      const isAnswered = await fetch(`http://127.0.0.1:${port}/api/users`, { headers: { Origin: STRANGER } }).then(
        (response) => response.arrayBuffer().then(() => true),
        () => false,
      )
      if (isAnswered) asked += 1
      else if (child.exitCode !== null || Date.now() > until) throw new Error(`${name} does not answer\n${output}`)
      else await new Promise((resolve) => setTimeout(resolve, 50))
    }
    // What was printed before the second answer is on its way.
    for (let i = 0; i < 20 && !output.includes('blocked'); i++) await new Promise((resolve) => setTimeout(resolve, 25))
  } finally {
    child.kill('SIGTERM')
    const hard = setTimeout(() => child.kill('SIGKILL'), 3000)
    await closed
    clearTimeout(hard)
  }
  const lines = output.split('\n').filter((line) => line.includes('blocked in the browser'))
  return lines.map((line) => line.replace('corsmith: blocked in the browser: GET /api/users ', ''))
}

/** Bundles a Worker as wrangler does, and writes the configuration of workerd for it. */
async function workerd(name: string, mode: string, port: number): Promise<readonly string[]> {
  const outfile = join(folder, name, 'bundle.js')
  const define = { 'process.env.NODE_ENV': JSON.stringify(mode) }
  await build({
    entryPoints: [join(folder, name, 'worker.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    define,
    logLevel: 'error',
  })
  const vars = { UPSTREAM: 'http://127.0.0.1:9', CORS_ORIGINS: 'https://app.example.com' }
  const bindings = Object.entries(vars).map(([key, text]) => `(name = "${key}", text = "${text}")`)
  writeFileSync(
    join(folder, name, 'worker.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "app", worker = (modules = [(name = "app", esModule = embed "bundle.js")], bindings = [${bindings.join(', ')}], compatibilityDate = "2026-10-01", cacheApiOutbound = "none")),
    (name = "none", worker = (modules = [(name = "none", esModule = "export default { fetch: () => new Response(null, { status: 504 }) }")], compatibilityDate = "2026-10-01")),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "app")]
);
`,
  )
  return ['serve', 'worker.capnp']
}

const runtime = (name: string) => ({
  name,
  present: existsSync(join(ROOT, 'node_modules/.bin', name)),
  cure: 'npm ci, with optional dependencies',
})

describe.each([
  ['development', [LINE]],
  ['production', []],
] as const)('in %s', (mode, lines) => {
  const env = { NODE_ENV: mode }

  it.each(NODE)('%s', async (name) => {
    expect(await printed(name, process.execPath, ['server.ts'], await freePort(), env)).toEqual(lines)
  })

  describeWith([runtime('bun')], 'Bun', () => {
    it.each(BUN)('%s', async (name) => {
      expect(await printed(name, 'bun', ['run', 'server.ts'], await freePort(), env)).toEqual(lines)
    })
  })

  describeWith([runtime('deno')], 'Deno', () => {
    it('deno', async () => {
      const port = await freePort()
      const deployed = mode === 'production' ? { DENO_DEPLOYMENT_ID: 'abc' } : {}
      const serve = ['serve', '--no-prompt', '--cached-only', '--no-check', '--node-modules-dir=manual']
      const address = ['--allow-env=DENO_DEPLOYMENT_ID', '--host', '127.0.0.1', '--port', String(port)]
      expect(await printed('deno', 'deno', [...serve, ...address, 'main.ts'], port, deployed)).toEqual(lines)
    })
  })

  describeWith([runtime('workerd')], 'Workers', () => {
    it.each(WORKERS)('%s', async (name) => {
      const port = await freePort()
      expect(await printed(name, 'workerd', await workerd(name, mode, port), port, {})).toEqual(lines)
    })
  })
})

it('multi-tenant, while it is developed', async () => {
  const tenants = launch(process.execPath, [join(ROOT, 'examples/multi-tenant/start.ts')])
  try {
    const [, port] = await tenants.waitFor(/acme\.api\.localhost:(\d+)/)
    const headers = { Host: 'acme.api.localhost', Origin: STRANGER }
    await once(request({ host: '127.0.0.1', port, path: '/api/users', headers, agent: false }).end(), 'response')
    await tenants.waitFor(/blocked in the browser: GET \/api\/users from https:\/\/stranger\.example: add /)
  } finally {
    await tenants.close()
  }
})
