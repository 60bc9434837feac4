import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProxy } from '../../src/proxy.ts'
import { varsFor } from '../support/edge.ts'
import { send } from '../support/loopback.ts'
import { from, PAGE } from '../support/pages.ts'
import { ALL_RUNTIMES, type Running } from '../support/runtimes.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

describe.each(ALL_RUNTIMES)('the addresses in an answer through a proxy in %s', (_, start) => {
  let upstream: Upstream
  let edge: Running
  let answered: Record<string, string | string[]> = {}
  beforeAll(async () => {
    upstream = await startUpstream((_, response) => response.writeHead(201, answered).end())
    edge = await start(varsFor(`${upstream.origin}/v1`, { PUBLIC_ORIGIN: 'https://api.example' }))
  })
  afterAll(async () => {
    await edge[Symbol.asyncDispose]()
    await upstream[Symbol.asyncDispose]()
  })

  it.each([
    ['Location', 'http://UPSTREAM/v1/users/2', 'https://api.example/users/2'],
    ['Location', '/v1/users/2', 'https://api.example/users/2'],
    ['Location', 'http://UPSTREAM/login', 'https://api.example/login'],
    ['Location', 'https://api.example/v1/users/2', 'https://api.example/users/2'],
    ['Location', 'https://elsewhere.example/v1', 'https://elsewhere.example/v1'],
    ['Content-Location', '/v1/users/2', 'https://api.example/users/2'],
    ['Content-Location', 'users/2', 'users/2'],
    [
      'Link',
      '<http://UPSTREAM/v1/users?page=2>; rel="next", </v1/users?page=9>; rel="last", <?page=1>; rel=first',
      '<https://api.example/users?page=2>; rel="next", <https://api.example/users?page=9>; rel="last", <?page=1>; rel=first',
    ],
    [
      'Link',
      '<https://cdn.example/a.css>; rel=preload; title="<b>"',
      '<https://cdn.example/a.css>; rel=preload; title="<b>"',
    ],
    ['Refresh', '5; url=http://UPSTREAM/v1/users', '5; url=https://api.example/users'],
    ['Refresh', "0;URL='/v1/users'", "0;URL='https://api.example/users'"],
    ['Refresh', '0, url="http://UPSTREAM/"', '0, url="https://api.example/"'],
    ['Refresh', '5', '5'],
    ['Refresh', '0; http://UPSTREAM/v1/users', '0; https://api.example/users'],
    ['Refresh', '1.5 , URL = "/v1/users" ', '1.5 , URL = "https://api.example/users"'],
    ['Refresh', '10 url=/v1/users', '10 url=https://api.example/users'],
    ['Refresh', 'in 5; url=http://elsewhere.example/v1', 'in 5; url=http://elsewhere.example/v1'],
    ['Location', 'http://:no address', 'http://:no address'],
    ['Refresh', 'in5; url=/v1/users', 'in5; url=/v1/users'],
    ['Refresh', '5; url=https://elsewhere.example/', '5; url=https://elsewhere.example/'],
  ])('are public: %s: %s', async (name, given, expected) => {
    answered = { [name]: given.replaceAll('UPSTREAM', new URL(upstream.origin).host) }
    const answer = await send(edge, { path: '/users', headers: { Origin: PAGE } })
    expect(answer.headers[name.toLowerCase()]).toBe(expected)
  })

  it.each([
    ['a=1; Path=/v1', 'a=1; Path=/'],
    ['a=1;path=/v1/', 'a=1; path=/'],
    ['a=1; Path=/v1/users; HttpOnly', 'a=1; Path=/users; HttpOnly'],
    ['a=1; Path=/', 'a=1; Path=/'],
    ['a=1; Path=/v10', 'a=1; Path=/v10'],
    ['a=1; Path=relative', 'a=1; Path=relative'],
    ['a=1;Path=/', 'a=1;Path=/'],
    ['a=1; Other=/v1/users; Comment=127.0.0.1', 'a=1; Other=/v1/users; Comment=127.0.0.1'],
    ['a=1; Path=/v1=x/y;Max-Age=1', 'a=1; Path=/v1=x/y;Max-Age=1'],
    ['a=1; Path=/v1/x=y', 'a=1; Path=/x=y'],
    ['a=/v1; Secure; SameSite=None', 'a=/v1; Secure; SameSite=None'],
    ['a=1; Domain=127.0.0.1; Secure', 'a=1; Secure'],
    ['a=1; Domain=api.example', 'a=1; Domain=api.example'],
    ['a=1; Domain=.example', 'a=1; Domain=.example'],
    ['a=1; Domain=other.example', 'a=1; Domain=other.example'],
    [
      'a=b=c; Expires=Thu, 01 Jan 2099 00:00:00 GMT; Path=/v1/x',
      'a=b=c; Expires=Thu, 01 Jan 2099 00:00:00 GMT; Path=/x',
    ],
  ])('are public: Set-Cookie: %s', async (given, expected) => {
    answered = { 'Set-Cookie': ['first=1', given] }
    const answer = await send(edge, { path: '/users', headers: { Origin: PAGE } })
    expect(answer.headers['set-cookie']).toEqual(['first=1', expected])
  })

  it('are told to the origin API as well, whatever Host a client sends', async () => {
    answered = {}
    await send(edge, { headers: { Host: 'evil.example' } })
    const { headers } = upstream.hits.at(-1) ?? {}
    expect([headers?.['x-forwarded-host'], headers?.['x-forwarded-proto']]).toEqual(['api.example', 'https'])
  })
})

describe('createProxy()', () => {
  /** What becomes of some headers of the answer of an origin API. */
  async function published(upstream: string, given: Record<string, string>, path = '/a'): Promise<Headers> {
    const proxy = createProxy({
      upstream,
      publicOrigin: 'https://www.example.com',
      cors: { origins: [PAGE] },
      fetch: async () => new Response(null, { headers: given }),
    })
    return (await proxy(from(PAGE, path))).headers
  }

  it.each([
    ['https://api.internal', 'http://api.internal/a', 'https://www.example.com/a'],
    ['http://api.internal', 'https://api.internal/a', 'https://www.example.com/a'],
    ['https://api.internal', 'https://api.internal:8443/a', 'https://api.internal:8443/a'],
    ['https://api.internal:8443', 'http://api.internal/a', 'http://api.internal/a'],
    ['https://api.internal', 'ftp://api.internal/a', 'ftp://api.internal/a'],
    ['https://api.internal', 'http://other.internal/a', 'http://other.internal/a'],
    ['https://api.internal', 'https://www.example.com', 'https://www.example.com'],
    ['http://api.internal', 'http:', 'https://www.example.com/a'],
    ['https://api.internal', 'HTTPS://API.internal', 'https://www.example.com/'],
    ['https://api.internal', 'https://www.example.com/v1/a', 'https://www.example.com/v1/a'],
    ['https://api.internal/v1', '/v1', 'https://www.example.com/'],
    ['https://api.internal/v1', '//api.internal/v1//evil.example', 'https://www.example.com//evil.example'],
  ])('behind %s takes Location: %s for the API or not', async (upstream, given, expected) => {
    expect((await published(upstream, { Location: given })).get('Location')).toBe(expected)
  })

  it.each([
    ['sid=1; Domain=api.internal.example; Path=/', 'sid=1; Path=/'],
    ['sid=1; Domain=.internal.example', 'sid=1'],
    ['sid=1; DOMAIN = api.internal.example', 'sid=1'],
    ['sid=1; Domain=example', 'sid=1'],
    ['sid=1; Domain=.Example.com', 'sid=1; Domain=.Example.com'],
    ['sid=1; Domain', 'sid=1; Domain'],
    ['sid=1; Path', 'sid=1; Path'],
    ['sid=1; Path=', 'sid=1; Path='],
  ])('makes a cookie of the API its own where no browser would keep it: %s', async (given, expected) => {
    const headers = await published('https://api.internal.example', { 'Set-Cookie': given })
    expect(headers.getSetCookie()).toEqual([expected])
  })

  it('does not say where else the API can be reached', async () => {
    expect((await published('https://api.internal', { 'Alt-Svc': 'h3="api.internal:443"' })).has('Alt-Svc')).toBe(false)
  })

  it('takes the path of a request for a path, under a public origin too', async () => {
    const headers = await published('https://api.internal', { Location: 'https://api.internal/x' }, '//evil.example/a')
    expect(headers.get('Location')).toBe('https://www.example.com/x')
  })
})
