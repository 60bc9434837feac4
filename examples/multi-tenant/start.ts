// `npm run start:tenants`: an API, the worker in front of it with its tenants, and pages on other origins. Needs no network.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { createOriginApi } from '../origin-api/origin-api.ts'
import { listen } from '../start/listen.ts'
import { seeds } from './seeds.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** What runs, and where. */
export interface Running {
  /** The address of a page by the name of its owner: `app.acme`. */
  page(name: string): string
  /** The address of the API for a tenant. */
  api(tenant: string): string
  readonly token: string
  /** Resolves when all tenants are in the store. */
  readonly seeded: Promise<void>
  close(): Promise<void>
}

/** Starts everything. The first tenants are there at once, the rest follow. */
export async function startTenants(
  options: { readonly tenants?: number; readonly token?: string } = {},
): Promise<Running> {
  const { tenants = 10_000, token = 'demo' } = options
  const upstream = await listen(createOriginApi(), 0)
  let api = (_tenant: string) => ''
  const pages = await listen(
    createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://page.invalid')
      if (pathname === '/config.js')
        return response
          .setHeader('Content-Type', 'text/javascript')
          .end(`export const api = ${JSON.stringify(api('TENANT'))}`)
      const isAdmin = request.headers.host?.startsWith('admin.') === true
      const name = /^\/[a-z]+\.js$/.test(pathname) ? pathname.slice(1) : isAdmin ? 'admin.html' : 'customer.html'
      const text = await readFile(here(`public/${name}`), 'utf8').catch(() => null)
      response.statusCode = text === null ? 404 : 200
      return response
        .setHeader('Content-Type', name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8')
        .end(text ?? '')
    }),
    0,
  )
  const page = (name: string) => `http://${name}.localhost:${new URL(pages.url).port}`
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: 'ESModule', path: 'worker.mjs', contents: await bundled() }],
      compatibilityDate: '2026-10-01',
      bindings: { UPSTREAM: upstream.url, ADMIN_TOKEN: token },
      kvNamespaces: ['TENANTS'],
      durableObjects: { TENANT: { className: 'Tenant', useSQLite: true } },
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.ERROR),
    }),
  )
  const { port } = await worker.ready
  api = (tenant) => `http://${tenant}.api.localhost:${port}`
  let isClosed = false
  const list = seeds(page, tenants)
  const seed = async (from: number, to: number): Promise<void> => {
    const body = JSON.stringify(list.slice(from, to))
    await worker.dispatchFetch('http://api.localhost/_seed', {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}` },
    })
  }
  await seed(0, 2)
  const seeded = (async () => {
    for (let i = 2; i < list.length && !isClosed; i += 100) await seed(i, i + 100)
  })().catch((error) => {
    if (!isClosed) throw error
  })
  return {
    page,
    api: (tenant) => api(tenant),
    token,
    seeded,
    async close() {
      isClosed = true
      await seeded
      await worker.dispose()
      await pages.close()
      await upstream.close()
    },
  }
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here('worker.ts')],
    external: ['cloudflare:*'],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

if (process.argv[1] === here('start.ts')) {
  const running = await startTenants()
  console.log(`
admin    ${running.page('admin')}   token: ${running.token}
acme     ${running.page('app.acme')}
globex   ${running.page('app.globex')}
no one's ${running.page('shop.acme')}   add this origin to acme, and it reads the API
api      ${running.api('acme')}/api/users

Ctrl-C stops everything.`)
  running.seeded.then(() => console.log('10,000 tenants are in the store'))
  process.once('SIGINT', () => running.close().then(() => process.exit(0)))
}
