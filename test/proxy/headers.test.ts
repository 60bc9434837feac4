// Which headers a proxy takes away from a message, name by name.
import { describe, expect, it } from 'vitest'
import { dropHopByHop, requestHeaders } from '../../src/proxy/headers.ts'

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
    dropHopByHop(headers)
    expect([...headers]).toEqual([['x-kept', '1']])
  })
})

describe('requestHeaders()', () => {
  const names = (...received: string[]) => [
    ...requestHeaders(new Headers(received.map((name) => [name, 'x'])), {
      url: new URL('https://edge.example/'),
      client: null,
      origin: null,
      upgrade: false,
      decodesBodies: true,
      trusted: new Set(),
    }).keys(),
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
