import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { targetOf } from '../../src/proxy/target.ts'
import { createProxy } from '../../src/proxy.ts'
import { varsFor } from '../support/edge.ts'
import { type Loopback, send } from '../support/loopback.ts'
import { PAGE } from '../support/pages.ts'
import { ALL_RUNTIMES, startNodeProxy } from '../support/runtimes.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

describe.each(ALL_RUNTIMES)('the target of a proxy in %s', (_, start) => {
  let upstream: Upstream
  let other: Upstream
  let edge: Pick<Loopback, 'port' | typeof Symbol.asyncDispose>
  beforeAll(async () => {
    upstream = await startUpstream()
    other = await startUpstream()
    edge = await start(varsFor(`${upstream.origin}/v1`))
  })
  afterAll(async () => {
    for (const server of [edge, upstream, other]) await server[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    upstream.hits.length = 0
  })

  it.each([
    ['/users', '/v1/users'],
    ['/', '/v1/'],
    ['/a/../b', '/v1/b'],
    ['/v1', '/v1/v1'],
    ['/a%2Fb%20c', '/v1/a%2Fb%20c'],
    ['/a..b/..c/d../.../e', '/v1/a..b/..c/d../.../e'],
    ['/a?x=../..&y=%2e%2e%2f', '/v1/a?x=../..&y=%2e%2e%2f'],
    ['/100%', '/v1/100%'],
    ['/a;b=..', '/v1/a;b=..'],
    ['/%20..a', '/v1/%20..a'],
    ['/%C3%A9..', '/v1/%C3%A9..'],
    ['/...', '/v1/...'],
    ['/%2525', '/v1/%2525'],
  ])('of %s is %s', async (path, expected) => {
    const answer = await send(edge, { path })
    expect([answer.status, upstream.hits[0]?.path]).toEqual([200, expected])
  })

  it.each([
    '//OTHER/x',
    '///OTHER/x',
    '/\\OTHER/x',
    '\\\\OTHER/x',
    '/%5cOTHER/x',
    '/%2f%2fOTHER/x',
    '/.//OTHER/x',
    '/;@OTHER/x',
    '/@OTHER/x',
    '@OTHER/x',
    '/?url=http://OTHER/x',
    '/?apiurl=http://OTHER/x',
    '/http://OTHER/x',
    'http://OTHER/x',
    '/x#@OTHER/',
    '/\t/OTHER',
  ])('is never what a client writes: %s', async (path) => {
    const host = new URL(other.origin).host
    // Whatever the server in front makes of it: an answer of ours, its own 400, or a connection that is closed.
    await send(edge, { path: encodeTab(path.replace('OTHER', host)), headers: { Origin: PAGE } }).catch(() => null)
    expect(other.hits).toEqual([])
    for (const hit of upstream.hits) {
      expect(hit.path.startsWith('/v1/')).toBe(true)
      expect(hit.headers.host).toBe(new URL(upstream.origin).host)
    }
  })

  it.each([
    { Host: 'OTHER' },
    { Host: 'a@OTHER' },
    { Host: 'a:80@OTHER/' },
    { Host: 'OTHER/x?' },
    { 'X-Forwarded-Host': 'OTHER' },
    { Forwarded: 'host=OTHER' },
    { 'X-Original-URL': 'http://OTHER/' },
  ])('is never what a header says: %o', async (header) => {
    const host = new URL(other.origin).host
    const headers = Object.fromEntries(
      Object.entries(header).map(([name, value]) => [name, value.replace('OTHER', host)]),
    )
    await send(edge, { path: '/x', headers }).catch(() => null)
    expect(other.hits).toEqual([])
    for (const hit of upstream.hits) expect(hit.headers.host).toBe(new URL(upstream.origin).host)
  })

  it.each(['/..', '/../admin', '/a/../../admin', '/%2e%2e/admin', '/%2E./admin', '/.%2e/%2e%2e/admin', '/..\\admin'])(
    'stays below the path of the upstream: %s is resolved first',
    async (path) => {
      await send(edge, { path })
      expect(upstream.hits[0]?.path).toMatch(/^\/v1\/(admin)?$/)
    },
  )

  it.each([
    '/..%2f..%2fadmin',
    '/..%2Fadmin',
    '/%2e%2e%2fadmin',
    '/a%2f..%2f..%2fadmin',
    '/a/..%2f..%2f',
    '/..%5cadmin',
    '/%2e%2e%5Cadmin',
    '/%252e%252e%252fadmin',
    '/..%252fadmin',
    '/..;/admin',
    '/..;x=1/admin',
    '/%2e%2e;/admin',
    '/a/..%00/admin',
    '/..%3b/admin',
    '/..%3B/admin',
    '/..%253bx/admin',
    '/%25%32%65%25%32%65/admin',
    '/..%20/admin',
    '/.%09./admin',
    '/..%3f/admin',
    '/..%23/admin',
    '/%c0%ae%c0%ae/admin',
    '/..%c0%af..%C0%AFadmin',
    '/..%c1%9cadmin',
    '/..%C1%9Cadmin',
    '/%e0%80%ae%e0%80%ae/admin',
    '/..%u002fadmin',
    '/%u002e%u002e/admin',
  ])('stays below the path of the upstream: %s, which some servers resolve after us, is answered 400', async (path) => {
    const answer = await send(edge, { path, headers: { Origin: PAGE } })
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([400, PAGE])
    expect(upstream.hits).toEqual([])
  })
})

describe('the target of a proxy whose upstream has no path', () => {
  it('may have encoded dots, which lead nowhere else', async () => {
    await using upstream = await startUpstream()
    await using edge = await startNodeProxy({ upstream: upstream.origin, cors: { origins: [PAGE] } })
    expect((await send(edge, { path: '/files/a%2f..%2fb' })).status).toBe(200)
    expect(upstream.hits[0]?.path).toBe('/files/a%2f..%2fb')
  })
})

describe('a path that is encoded again and again', () => {
  /** Encodes every character, as often as told. */
  const encoded = (text: string, times: number): string =>
    times === 0 ? text : encoded([...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''), times - 1)

  it.each([
    [`a%${'25'.repeat(30)}20b`, 200],
    [`..%${'25'.repeat(30)}2fadmin`, 400],
    [encoded('a', 5), 200],
    [`${encoded('..', 5)}/admin`, 400],
    [encoded('a', 7), 200],
    // Nobody writes this for a reason.
    [encoded('a', 8), 400],
    [encoded('a', 9), 400],
  ])('is read to its end, or not at all: %.20s… is answered with %i', async (path, status) => {
    const proxy = createProxy({
      upstream: 'https://a.example/v1',
      cors: { origins: [PAGE] },
      fetch: async () => new Response(),
    })
    expect((await proxy(new Request(`http://edge.example/${path}`))).status).toBe(status)
  })
})

describe('targetOf()', () => {
  const inside = (url: string, base = '') =>
    targetOf(new URL(url), { origin: 'https://api.example', base })?.href ?? null

  it('leaves neither the host nor the path, whatever follows them', () => {
    expect(inside('x:/users?a')).toBe('https://api.example/users?a')
    expect(inside('x:@evil.example/')).toBeNull()
    expect(inside('x:.evil.example/')).toBeNull()
    expect(inside('x::8443/')).toBeNull()
    expect(inside('x:[')).toBeNull()
    expect(inside('x:/users', '/v1')).toBe('https://api.example/v1/users')
    expect(inside('x:0/admin', '/v1')).toBeNull()
  })
})

/** Node's client sends no tab in a path; its code is what a browser would send. */
function encodeTab(path: string): string {
  return path.replaceAll('\t', '%09')
}
