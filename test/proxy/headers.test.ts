// Which headers a proxy takes away from a message, name by name.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { dropHopByHop, namesOf, requestHeaders } from '../../src/proxy/headers.ts'
import { createProxy } from '../../src/proxy.ts'

const OF_ONE_CONNECTION =
  'Connection Keep-Alive Proxy-Connection Proxy-Authenticate Proxy-Authentication-Info Proxy-Authorization TE Trailer Transfer-Encoding Upgrade HTTP2-Settings Alt-Svc'.split(
    ' ',
  )

describe('dropHopByHop()', () => {
  it.each(OF_ONE_CONNECTION)('removes %s', (name) => {
    const headers = new Headers([
      [name, 'x'],
      ['X-Kept', '1'],
    ])
    dropHopByHop(headers, namesOf(headers), () => false)
    expect([...headers]).toEqual([['x-kept', '1']])
  })

  it('removes what Connection lists, in any case, and lets it list anything', () => {
    const headers = new Headers({ Connection: 'close, X-Own ,é, ,"a b"', 'X-Own': '1', 'X-Kept': '1', 'X-Other': '1' })
    dropHopByHop(headers, namesOf(headers), (name) => name === 'x-other')
    expect([...headers]).toEqual([['x-kept', '1']])
  })
})

describe('a proxy', () => {
  afterEach(() => vi.restoreAllMocks())

  it('removes only headers that are there: each call leaves JavaScript', async () => {
    const answer = () => new Response('{}', { headers: { 'Content-Type': 'application/json', Connection: 'close' } })
    const proxy = createProxy({
      upstream: 'https://origin.example.net',
      cors: { origins: ['https://app.example.com'] },
      fetch: async () => answer(),
    })
    const request = new Request('https://api.example.com/', { headers: { Origin: 'https://app.example.com', TE: 'x' } })
    const { delete: remove } = Headers.prototype
    const vain: string[] = []
    const removed: string[] = []
    vi.spyOn(Headers.prototype, 'delete').mockImplementation(function (this: Headers, name) {
      ;(this.has(name) ? removed : vain).push(name.toLowerCase())
      remove.call(this, name)
    })
    await proxy(request)
    expect(removed.sort()).toEqual(['connection', 'origin', 'te'])
    // The policy removes these two without a look, as in front of any handler.
    expect(vain).toEqual(['access-control-expose-headers', 'access-control-allow-credentials'])
  })
})

describe('requestHeaders()', () => {
  const names = (...received: string[]) => [
    ...requestHeaders(
      new Headers(received.map((name) => [name, 'x'])),
      received.map((name) => name.toLowerCase()),
      {
        url: new URL('https://edge.example/'),
        client: null,
        origin: null,
        upgrade: false,
        decodesBodies: true,
        trusted: new Set(),
      },
    ).keys(),
  ]
  const added = names()

  it.each(
    [...OF_ONE_CONNECTION, 'Content-Length']
      .filter((name) => name.includes('-'))
      .map((name) => name.replaceAll('-', '_')),
  )('removes the spelling %s', (name) => {
    expect(names(name)).toEqual(added)
  })

  it('keeps what a browser writes', () => {
    expect(names('Cookie', 'Referer', 'X_Own', 'Content-Length')).toEqual(
      [...added, 'content-length', 'cookie', 'referer', 'x_own'].sort(),
    )
  })
})
