import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createProxy } from '../../src/proxy.ts'
import { varsFor } from '../support/edge.ts'
import { type Loopback, send } from '../support/loopback.ts'
import { from, PAGE } from '../support/pages.ts'
import { ALL_RUNTIMES } from '../support/runtimes.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

describe.each(ALL_RUNTIMES)('what a proxy in %s forwards', (runtime, start) => {
  let upstream: Upstream
  let edge: Pick<Loopback, 'port' | 'origin' | typeof Symbol.asyncDispose>
  beforeAll(async () => {
    upstream = await startUpstream((_, response) => {
      response.writeHead(200, {
        Connection: 'X-Hop, close',
        'X-Hop': '1',
        'Keep-Alive': 'timeout=9',
        'Proxy-Authenticate': 'Basic',
        Upgrade: 'h2,h2c',
        'X-Own': 'kept',
      })
      response.end('hello')
    })
    edge = await start(varsFor(upstream.origin))
  })
  afterAll(async () => {
    await edge[Symbol.asyncDispose]()
    await upstream[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    upstream.hits.length = 0
  })

  it('is method, path, query, end-to-end headers and body, as they came', async () => {
    const headers = {
      Origin: PAGE,
      Authorization: 'Bearer x',
      Cookie: 'a=1; b=2',
      'Content-Type': 'application/json; charset=utf-8',
      'If-None-Match': '"1"',
      'User-Agent': 'test/1',
      Referer: `${PAGE}/page`,
    }
    await send(edge, { method: 'PUT', path: '/users/a%20b;c=1?q=%2F&q=%20#x', headers, body: '{"name":"é"}' })
    const [hit] = upstream.hits
    expect(hit).toMatchObject({ method: 'PUT', path: '/users/a%20b;c=1?q=%2F&q=%20', body: '{"name":"é"}' })
    const { Origin: _, ...forwarded } = headers
    for (const [name, value] of Object.entries(forwarded)) expect(hit?.headers[name.toLowerCase()]).toBe(value)
    expect(hit?.headers.host).toBe(new URL(upstream.origin).host)
  })

  it('is neither Access-Control-Request-* nor Expect', async () => {
    const headers = {
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'x-a',
      'Access-Control-Request-Private-Network': 'true',
      Expect: '100-continue',
    }
    expect((await send(edge, { method: 'OPTIONS', headers })).status).toBe(200)
    expect(upstream.hits).toHaveLength(1)
    const names = Object.keys(upstream.hits[0]?.headers ?? {})
    expect(names.filter((name) => name.startsWith('access-control-') || name === 'expect')).toEqual([])
  })

  it('is nothing that speaks of the connection to the client, what Connection names included', async () => {
    const headers = {
      Connection: 'X-Named, close, not a name, "quoted", Content-Length',
      'X-Named': '1',
      'X-Other': '2',
      'Keep-Alive': 'timeout=5',
      'Proxy-Connection': 'keep-alive',
      'Proxy-Authorization': 'Basic x',
      TE: 'trailers',
      Trailer: 'X-Trailer',
      'Transfer-Encoding': 'chunked',
      Upgrade: 'h2c',
    }
    const answer = await send(edge, { method: 'POST', headers, body: 'text' })
    expect(answer.status).toBe(200)
    const [hit] = upstream.hits
    for (const name of ['x-named', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'trailer', 'upgrade'])
      expect(hit?.headers).not.toHaveProperty(name)
    expect([hit?.headers['x-other'], hit?.body]).toEqual(['2', 'text'])
  })

  it('is, on the way back, nothing that speaks of the connection to the upstream', async () => {
    const { headers } = await send(edge, { headers: { Connection: 'close' } })
    for (const name of ['x-hop', 'keep-alive', 'proxy-authenticate', 'upgrade'])
      expect(headers).not.toHaveProperty(name)
    expect(headers['x-own']).toBe('kept')
  })

  it('is not what a client claims to be: X-Forwarded-* is replaced, in any spelling', async () => {
    const headers = {
      Forwarded: 'for=1.1.1.1;host=evil.example',
      'X-Forwarded-For': '1.1.1.1',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Port': '1',
      'X-Forwarded-Prefix': '/evil',
      'X-Forwarded-Email': 'root@evil.example',
      'X-Forwarded-Client-Cert': 'Subject="root"',
      X_Forwarded_For: '1.1.1.1',
      'X_Forwarded-Email': 'root@evil.example',
      'X-Real-IP': '1.1.1.1',
      'X-Client-IP': '1.1.1.1',
      'True-Client-IP': '1.1.1.1',
      'X-Original-URL': '/admin',
      'X-Rewrite-URL': '/admin',
      'X-Host': 'evil.example',
    }
    await send(edge, { path: '/a', headers })
    const received = upstream.hits[0]?.headers ?? {}
    expect(received['x-forwarded-host']).toBe(new URL(edge.origin).host)
    // Some know where the connection comes from. A local workerd takes the scheme of its URL from here.
    expect(received['x-forwarded-for']).toBe(['workerd', 'node:http'].includes(runtime) ? '127.0.0.1' : undefined)
    expect(received['x-forwarded-proto']).toBe(runtime === 'workerd' ? 'https' : 'http')
    const claimed = Object.entries(received).filter(([, value]) => /evil|1\.1\.1\.1|admin|root/.test(String(value)))
    expect(claimed).toEqual([])
  })

  it('is marked with Via, behind what others wrote there', async () => {
    await send(edge, { headers: { Via: '1.1 proxy.example' } })
    expect(upstream.hits[0]?.headers.via).toBe('1.1 proxy.example, 1.1 corsmith')
    const others = '1.1 a, 1.1 b, 1.1 c, 2 d, 1.1 notcorsmith, 1.1 corsmith'
    expect((await send(edge, { headers: { Via: others } })).status).toBe(200)
    expect(upstream.hits[1]?.headers.via).toBe(`${others}, 1.1 corsmith`)
  })

  it('is no GET with a body, and one whose body is empty is a GET', async () => {
    const empty = await send(edge, { headers: { Origin: PAGE, 'Content-Length': 0 } })
    expect([empty.status, empty.body, upstream.hits.length]).toEqual([200, 'hello', 1])
    const full = await send(edge, { headers: { Origin: PAGE, 'Content-Length': 4 }, body: 'text' })
    expect([full.status, full.headers['access-control-allow-origin']]).toEqual([400, PAGE])
    const head = await send(edge, { method: 'HEAD', headers: { Origin: PAGE, 'Content-Length': 4 }, body: 'text' })
    expect(head.status).toBe(400)
    expect(upstream.hits).toHaveLength(1)
    expect(upstream.hits[0]?.headers).not.toHaveProperty('content-length')
  })
})

describe.each(ALL_RUNTIMES)('a loop through a proxy in %s', (_, start) => {
  it('ends with 508 and the header set', async () => {
    let rounds = 0
    await using upstream = await startUpstream(async (request, response) => {
      rounds++
      const again = await send(edge, { headers: { Via: request.headers.via, 'Accept-Encoding': 'identity' } })
      response.writeHead(again.status, { 'Content-Type': 'text/plain' }).end(again.body)
    })
    await using edge = await start(varsFor(upstream.origin))
    const answer = await send(edge, { headers: { Origin: PAGE } })
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([508, PAGE])
    expect(answer.body).toContain('loop')
    expect(rounds).toBe(4)
  })
})

describe('the Accept-Encoding of a proxy', () => {
  it.each([
    ["is the client's where bodies stay encoded", false, 'gzip, br', 'gzip, br'],
    ['asks for no coding where the client names none', false, undefined, 'identity'],
    ['asks for no coding where fetch would decode it', true, 'gzip, br', 'identity'],
  ])('%s', async (_, decodesBodies, asked, expected) => {
    let seen: string | null = null
    const proxy = createProxy({
      upstream: 'https://api.example',
      cors: { origins: [PAGE] },
      runtime: { upgrades: false, decodesBodies },
      fetch: async ({ headers }) => {
        seen = headers.get('Accept-Encoding')
        return new Response()
      },
    })
    await proxy(from(PAGE, '/', asked === undefined ? {} : { headers: { 'Accept-Encoding': asked } }))
    expect(seen).toBe(expected)
  })
})
