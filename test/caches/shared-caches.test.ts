// The policy before and behind the shared caches that people run.
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { createProxyServer } from '../../adapters/node-proxy.ts'
import { varnish } from '../diagnose/servers/daemon.ts'
import { describeWith } from '../support/component.ts'
import { type Loopback, listen, ready } from '../support/loopback.ts'
import { startNginx } from '../support/nginx.ts'
import { findDaemon, findNginx } from '../support/programs.ts'
import { send } from '../support/raw-http.ts'

const [APP, ADMIN, STRANGER] = ['https://app.example.com', 'https://admin.example.com', 'https://evil.example']
const POLICY = { origins: [APP, ADMIN], credentials: true } as const

/** A cache that runs, and how it says that an answer came from it. */
interface Cache {
  readonly url: string
  isHit(field: (name: string) => string | null): boolean
  close(): Promise<void>
}

/** Starts a cache before an API. `naive` ignores Vary, as many set-ups from the web do. */
type Start = (upstream: string, naive: boolean) => Promise<Cache>

const [nginx, varnishd] = await Promise.all([findNginx(), findDaemon('varnishd')])

async function startNginxCache(upstream: string, naive: boolean): Promise<Cache> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-cache-'))
  // The workers of nginx run as another user.
  chmodSync(folder, 0o755)
  const server = await startNginx(
    nginx.file,
    `location / {
      proxy_pass ${upstream};
      proxy_cache pages;
      ${naive ? 'proxy_ignore_headers Vary;' : ''}
      add_header X-Cache-Status $upstream_cache_status always;
    }
  }
  proxy_cache_path ${folder}/pages keys_zone=pages:1m use_temp_path=off;
  server {
    listen unix:${folder}/unused.sock;`,
  )
  return { ...server, isHit: (field) => field('x-cache-status') === 'HIT' }
}

async function startVarnish(upstream: string, naive: boolean): Promise<Cache> {
  const vcl = `sub vcl_backend_response { ${naive ? 'unset beresp.http.Vary;' : ''} set beresp.ttl = 60s; }
sub vcl_deliver { if (obj.hits > 0) { set resp.http.X-Hit = "1"; } }`
  const { origin, close } = await varnish(vcl, upstream)
  return { url: origin, close: async () => close(), isHit: (field) => field('x-hit') === '1' }
}

const CACHES: readonly [string, typeof nginx, Start][] = [
  ['nginx', nginx, startNginxCache],
  ['Varnish', varnishd, startVarnish],
]

for (const [name, component, start] of CACHES)
  describeWith([component], `${name} as a shared cache`, () => {
    let [asked, api, plain]: [number, Loopback | undefined, Loopback | undefined] = [0, undefined, undefined]
    const closing: (() => Promise<unknown>)[] = []

    beforeAll(async () => {
      const middleware = cors(POLICY)
      const answer = (res: { setHeader(name: string, value: string): unknown; end(text: string): unknown }) => {
        asked++
        res.setHeader('Cache-Control', 'public, max-age=60')
        res.end('hello')
      }
      api = await listen((req, res) => middleware(req, res, () => answer(res)))
      plain = await listen((_, res) => answer(res))
    })

    afterAll(async () => {
      for (const close of closing.reverse()) await close()
      await api?.[Symbol.asyncDispose]()
      await plain?.[Symbol.asyncDispose]()
    })

    async function started(upstream: Loopback | undefined, naive = false): Promise<Cache> {
      const cache = await start(upstream?.origin ?? '', naive)
      closing.push(() => cache.close())
      asked = 0
      return cache
    }

    async function ask(url: string, origin: string | null) {
      const { all } = await send(url, { headers: origin === null ? {} : { Origin: origin } })
      const one = (name: string) => all(name)[0] ?? null
      return { allowed: one('access-control-allow-origin'), vary: one('vary'), one }
    }

    it('keeps the answers of a policy behind it apart by Vary', async () => {
      const cache = await started(api)
      const found = []
      for (const origin of [APP, ADMIN, null, STRANGER, APP, ADMIN]) found.push(await ask(`${cache.url}/a`, origin))
      expect(found.map(({ allowed }) => allowed)).toEqual([APP, ADMIN, null, null, APP, ADMIN])
      expect(found.slice(-2).map(({ one }) => cache.isHit(one))).toEqual([true, true])
    })

    it('gives a page the headers of another one where it ignores Vary', async () => {
      const cache = await started(api, true)
      const first = await ask(`${cache.url}/b`, APP)
      const second = await ask(`${cache.url}/b`, ADMIN)
      expect([first.allowed, second.allowed]).toEqual([APP, APP])
    })

    it('serves all pages from one entry with the edge before it, even where it ignores Vary', async () => {
      const cache = await started(plain, true)
      const edge = await ready(createProxyServer({ upstream: cache.url, cors: POLICY }) as never)
      closing.push(async () => edge[Symbol.asyncDispose]())
      const found = []
      for (const origin of [APP, ADMIN, null, STRANGER, APP]) found.push(await ask(`${edge.origin}/c`, origin))
      expect(found.map(({ allowed }) => allowed)).toEqual([APP, ADMIN, null, null, APP])
      expect(found.map(({ vary }) => vary)).toEqual(found.map(() => 'Origin'))
      expect(asked).toBe(1)
    })
  })
