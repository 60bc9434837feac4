import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { corsNames, listed, OTHER_PAGE, PAGE, request, STRANGER } from '../support/requests.ts'

const LIST: CorsPolicy = { origins: [PAGE, OTHER_PAGE], credentials: true, exposedHeaders: ['ETag'] }

describe('apply()', () => {
  it('S24: shares a redirect, whose headers are immutable, and keeps its Location', () => {
    const response = createCors(LIST).apply(request(PAGE), Response.redirect('https://api.example.com/next', 307))
    expect([response.status, response.headers.get('Location')]).toEqual([307, 'https://api.example.com/next'])
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it('S26: shares a 304, and names no exposed header in it where patterns expand', () => {
    const plain = createCors(LIST).apply(request(PAGE), new Response(null, { status: 304, headers: { ETag: '"1"' } }))
    expect(plain.status).toBe(304)
    expect(plain.headers.get('Access-Control-Expose-Headers')).toBe('etag')
    const patterns = createCors({ ...LIST, exposedHeaders: ['ETag', 'X-Rate-*'] })
    const response = patterns.apply(
      request(PAGE),
      new Response(null, { status: 304, headers: { 'X-Rate-Limit': '1' } }),
    )
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(response.headers.has('Access-Control-Expose-Headers')).toBe(false)
  })

  it('S27: returns a 101 as it is', () => {
    const upgrade = { status: 101, headers: new Headers(), body: null, webSocket: {} } as unknown as Response
    expect(createCors(LIST).apply(request(PAGE, { headers: { Upgrade: 'websocket' } }), upgrade)).toBe(upgrade)
    expect([...upgrade.headers]).toEqual([])
  })

  it('S28: replaces what the application says of CORS', () => {
    const upstream = new Response('x', {
      headers: [
        ['Access-Control-Allow-Origin', '*'],
        ['Access-Control-Allow-Origin', 'https://other.example'],
        ['Access-Control-Allow-Credentials', 'false'],
        ['Access-Control-Expose-Headers', 'X-Secret'],
        ['Access-Control-Allow-Methods', 'TRACE'],
        ['Access-Control-Max-Age', '99'],
      ],
    })
    const response = createCors(LIST).apply(request(PAGE), upstream)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(response.headers.get('Access-Control-Expose-Headers')).toBe('etag')
    expect(corsNames(response)).toHaveLength(3)
  })

  it('S28: removes it where the origin is refused', () => {
    const upstream = {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'PUT',
    }
    const response = createCors(LIST).apply(request(STRANGER), new Response('x', { headers: upstream }))
    expect(corsNames(response)).toEqual([])
  })

  it('S28: lets no Access-Control-Allow-Credentials of the application stand next to its own origin', () => {
    const upstream = new Response('x', { headers: { 'Access-Control-Allow-Credentials': 'true' } })
    const response = createCors({ origins: [PAGE] }).apply(request(PAGE), upstream)
    expect(response.headers.has('Access-Control-Allow-Credentials')).toBe(false)
  })

  it.each([
    ['Accept-Encoding', ['accept-encoding', 'origin']],
    ['accept, ORIGIN', ['accept', 'origin']],
    ['*', ['*']],
    ['', ['origin']],
  ])('S29: unites Vary: %s with Origin', (vary, united) => {
    const response = createCors(LIST).apply(request(PAGE), new Response('x', { headers: { Vary: vary } }))
    expect(listed(response, 'Vary')).toEqual(united)
  })

  it('S30: shares what fetch() returned, with both cookies, its status text and its body', async () => {
    const server = createServer((_, response) => {
      response.setHeader('Set-Cookie', ['a=1; Path=/', 'b=2; Path=/'])
      response.writeHead(203, 'Not Quite', { 'Content-Type': 'text/plain', 'Access-Control-Allow-Origin': '*' })
      response.end('from upstream')
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    try {
      const { port } = server.address() as AddressInfo
      const fetched = await fetch(`http://127.0.0.1:${port}/`)
      const response = createCors(LIST).apply(request(PAGE), fetched)
      expect([response.status, response.statusText]).toEqual([203, 'Not Quite'])
      expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/'])
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
      expect(await response.text()).toBe('from upstream')
    } finally {
      server.close()
    }
  })

  it.each([204, 205, 304])('S30: keeps the null body of a %i', (status) => {
    const response = createCors(LIST).apply(request(PAGE), new Response(null, { status }))
    expect([response.status, response.body]).toEqual([status, null])
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it('S30: returns Response.error() as it is', () => {
    const error = Response.error()
    expect(createCors(LIST).apply(request(PAGE), error)).toBe(error)
  })

  it('passes a stream on without reading it', async () => {
    let pulls = 0
    const body = new ReadableStream(
      {
        pull(controller) {
          pulls++
          controller.enqueue(new TextEncoder().encode('tick '))
          if (pulls === 3) controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const response = createCors(LIST).apply(request(PAGE), new Response(body))
    expect(pulls).toBe(0)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(await response.text()).toBe('tick tick tick ')
  })

  it("expands patterns against the response's own names, and never to Set-Cookie or Access-Control-*", () => {
    const cors = createCors({ origins: [PAGE], exposedHeaders: ['ETag', 'S*', 'X-RateLimit-*', 'Access-Control-*'] })
    const headers = {
      'Set-Cookie': 'a=1',
      Server: 'x',
      'X-RateLimit-Limit': '9',
      'X-Other': '1',
      'Access-Control-Max-Age': '1',
    }
    const response = cors.apply(request(PAGE), new Response('x', { headers }))
    expect(listed(response, 'Access-Control-Expose-Headers')).toEqual(['etag', 'server', 'x-ratelimit-limit'])
  })
})

describe('a response that can be sent again', () => {
  const CASES: [string, () => Response][] = [
    ['an empty 404', () => new Response(null, { status: 404 })],
    ['an empty 204', () => new Response(null, { status: 204 })],
    [
      'an empty 401 with a Content-Type',
      () => new Response(null, { status: 401, headers: { 'Content-Type': 'text/plain' } }),
    ],
    ['a redirect', () => Response.redirect('https://api.example.com/')],
    ['an empty 200', () => new Response(null)],
  ]

  it.each(CASES)('is never left changed: %s', (_, make) => {
    const constant = make()
    const before = [...constant.headers]
    const cors = createCors(LIST)
    const first = cors.apply(request(PAGE), constant)
    const second = cors.apply(request(OTHER_PAGE), constant)
    const third = cors.apply(request(STRANGER), constant)
    expect([...constant.headers]).toEqual(before)
    expect(first.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(second.headers.get('Access-Control-Allow-Origin')).toBe(OTHER_PAGE)
    expect(corsNames(third)).toEqual([])
  })

  it('is recognised when it has a body and is on its way already', () => {
    const constant = new Response('once', { headers: { 'Content-Type': 'text/plain' } })
    const cors = createCors(LIST)
    const stranger = cors.apply(request(STRANGER), constant)
    const first = cors.apply(request(PAGE), constant)
    const second = cors.apply(request(OTHER_PAGE), constant)
    expect(corsNames(stranger)).toEqual([])
    expect(first.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(second.headers.get('Access-Control-Allow-Origin')).toBe(OTHER_PAGE)
  })

  it('is not changed by a policy of "*" either', () => {
    const constant = new Response(null, { status: 404 })
    createCors({ origins: '*' }).apply(request(PAGE), constant)
    expect([...constant.headers]).toEqual([])
  })
})
