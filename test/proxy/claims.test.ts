import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createProxy } from '../../src/proxy.ts'
import { varsFor } from '../support/edge.ts'
import { send } from '../support/loopback.ts'
import { from, PAGE } from '../support/pages.ts'
import { ALL_RUNTIMES, type Running } from '../support/runtimes.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

const DOCS = readFileSync(new URL('../../docs/edge.md', import.meta.url), 'utf8')
const [, TABLE = ''] = /<!-- claims -->(.*)<!-- \/claims -->/s.exec(DOCS) ?? []

/** Every pattern of docs/edge.md, as a name that a client may send. */
const DOCUMENTED = [...TABLE.matchAll(/`([^`]+)`/g)].map(([, name = '']) =>
  name.replace(/^…/, 'X-Any-').replace(/…$/, 'Any'),
)

/** What servers, frameworks and platforms are known to believe. */
const KNOWN = [
  'Client-IP',
  'Fly-Client-IP',
  'Fastly-Client-IP',
  'True-Client-IP',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'X-Original-Forwarded-For',
  'X-Envoy-External-Address',
  'X-Envoy-Original-Path',
  'X-Azure-ClientIP',
  'X-Azure-SocketIP',
  'X-AppEngine-User-IP',
  'X-ProxyUser-IP',
  'X-Nf-Client-Connection-IP',
  'DO-Connecting-IP',
  'Ali-CDN-Real-IP',
  'X-Remote-Addr',
  'WL-Proxy-Client-IP',
  'Incap-Client-IP',
  'X-Vercel-Forwarded-For',
  'CloudFront-Viewer-Address',
  'X-Forwarded-User',
  'Remote-User',
  'Remote-Groups',
  'X-Remote-User',
  'X-WebAuth-User',
  'X-Auth-Request-Email',
  'X-MS-Client-Principal-Id',
  'X-Amzn-Oidc-Identity',
  'X-SSL-Client-Verify',
  'Client-Cert',
  'Proxy',
  'X-Middleware-Subrequest',
  'X-Invoke-Path',
  'X-Original-URL',
  'X-Original-Host',
  'X-Rewrite-URL',
  'X-Sendfile-Type',
  'X-Accel-Mapping',
  'Front-End-Https',
  'Sec_Fetch_Site',
  'Content_Length',
  'Transfer_Encoding',
  'X_Client_IP',
  'X.Client.IP',
  'X~Forwarded~For',
  'X_HTTP_Host_Override',
  'Remote_User',
]

/** Of the client itself, and passed on. */
const ITS_OWN = {
  'X-Client-Info': 'supabase-js/2',
  'X-Client-Data': 'abc',
  'X-Api-Key': '1',
  X_Api_Key: '2',
  'X-Request-Id': '3',
  Traceparent: '00-1-1-01',
  'CF-Access-Client-Id': '4',
  'CF-Access-Jwt-Assertion': '5',
  'X-HTTP-Method-Override': 'PATCH',
  'X-Vercel-Protection-Bypass': '6',
  'X-Wallet-Address': '7',
  'CDN-Loop': 'cloudflare',
  'X-Shipping-Ip-Class': '8',
  Ssl: '9',
}

describe.each(ALL_RUNTIMES)('what a client claims, behind a proxy in %s', (_, start) => {
  let upstream: Upstream
  let edge: Running
  beforeAll(async () => {
    upstream = await startUpstream()
    edge = await start(varsFor(upstream.origin, { TRUSTED_HEADERS: 'X-Trusted-Client-IP, Tailscale-User' }))
  })
  afterAll(async () => {
    await edge[Symbol.asyncDispose]()
    await upstream[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    upstream.hits.length = 0
  })

  it('is not passed on: the names of docs/edge.md, and what is known to be believed', async () => {
    expect(DOCUMENTED.length).toBeGreaterThan(50)
    const headers = Object.fromEntries([...DOCUMENTED, ...KNOWN].map((name) => [name, 'claimed']))
    await send(edge, { headers })
    const passed = Object.entries(upstream.hits[0]?.headers ?? {}).filter(([, value]) => value === 'claimed')
    // The platform of Workers writes these.
    expect(passed.filter(([name]) => !name.startsWith('cf-'))).toEqual([])
  })

  it('is passed on where it is its own to say', async () => {
    await send(edge, { method: 'POST', headers: { Origin: PAGE, ...ITS_OWN } })
    for (const [name, value] of Object.entries(ITS_OWN))
      expect(upstream.hits[0]?.headers[name.toLowerCase()]).toBe(value)
  })

  it('is passed on where a server in front writes it', async () => {
    await send(edge, {
      headers: { 'X-Trusted-Client-IP': '1', 'Tailscale-User': '2', Tailscale_User: '3', 'Fly-Client-IP': '4' },
    })
    const { headers } = upstream.hits[0] ?? {}
    expect([headers?.['x-trusted-client-ip'], headers?.['tailscale-user']]).toEqual(['1', '2'])
    expect(headers).not.toHaveProperty('tailscale_user')
    expect(headers).not.toHaveProperty('fly-client-ip')
  })
})

describe('createProxy()', () => {
  it("takes CF-Connecting-IP for a claim outside of Workers, and for Cloudflare's word there", async () => {
    for (const [runtime, expected] of [
      [undefined, null],
      [{ upgrades: true, decodesBodies: false, trustedHeaders: ['CF-Connecting-IP'] }, '192.0.2.1'],
    ] as const) {
      let seen: Request | undefined
      const proxy = createProxy({
        upstream: 'https://api.example',
        cors: { origins: [PAGE] },
        ...(runtime && { runtime }),
        fetch: async (request) => {
          seen = request
          return new Response()
        },
      })
      await proxy(from(PAGE, '/', { headers: { 'CF-Connecting-IP': '192.0.2.1' } }))
      expect(seen?.headers.get('CF-Connecting-IP')).toBe(expected)
    }
  })
})
