import corsPackage from 'cors'
import { describe, expect, it } from 'vitest'
import { cors, fromCorsOptions } from '../../adapters/node.ts'
import { checkPolicy } from '../../src/index.ts'
import { serveOnce } from '../support/node-server.ts'

const PAGE = 'https://app.example.com'

describe('fromCorsOptions()', () => {
  it('keeps the defaults of the cors package', () => {
    expect(fromCorsOptions()).toEqual({
      origins: '*',
      methods: ['PUT', 'PATCH', 'DELETE'],
      requestHeaders: ['*', 'Authorization'],
    })
  })

  it('converts every option that means the same', () => {
    const policy = fromCorsOptions({
      origin: PAGE,
      methods: 'GET, PUT',
      allowedHeaders: 'Content-Type,X-Ok',
      exposedHeaders: ['X-Total'],
      credentials: true,
      maxAge: '600',
      optionsSuccessStatus: 200,
    })
    expect(policy).toEqual({
      origins: [PAGE],
      credentials: true,
      methods: ['PUT'],
      requestHeaders: ['Content-Type', 'X-Ok'],
      exposedHeaders: ['X-Total'],
      maxAge: 600,
      preflightStatus: 200,
    })
    expect(checkPolicy(policy)).toEqual([])
  })

  it('takes origin: true without credentials for what it is: any origin', () => {
    expect(fromCorsOptions({ origin: true }).origins).toBe('*')
  })

  it('names every reason at once', () => {
    const options = {
      origin: [/example\.com$/, '*'],
      preflightContinue: true,
      optionsSuccessStatus: 299,
      maxAge: Number.NaN,
      orgin: 1,
    }
    expect(() => fromCorsOptions(options)).toThrow(
      /for 6 reasons[\s\S]*orgin: 1[\s\S]*origin\[0\]: \/example[\s\S]*origin\[1\]: "\*"[\s\S]*preflightContinue[\s\S]*optionsSuccessStatus: 299[\s\S]*maxAge/,
    )
  })

  it.each([
    [{ credentials: true }, 'list the origins you trust'],
    [{ origin: true, credentials: true }, 'list the origins you trust'],
    [{ origin: undefined }, 'environment variable'],
    [{ origin: '' }, 'environment variable'],
    [{ origin: false }, 'leave the middleware out'],
    [{ origin: () => {} }, 'origins: (origin) => boolean'],
    [{ origin: /x/g }, 'write what it means'],
    [{ origin: 'https://a.example,https://b.example' }, 'origins'],
    [{ origin: 'https://app.example.com/' }, 'https://app.example.com'],
    [{ exposedHeaders: '*', credentials: true, origin: PAGE }, 'exposedHeaders'],
  ])('refuses %o and says what to write', (options, text) => {
    expect(() => fromCorsOptions(options)).toThrow(text)
  })

  it('names a function of options as what it is', () => {
    expect(() => fromCorsOptions((() => {}) as never)).toThrow('cors((req) => …)')
  })

  const requests = [
    { headers: { origin: PAGE } },
    { headers: { origin: 'https://stranger.example' } },
    {
      method: 'OPTIONS',
      headers: {
        origin: PAGE,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,x-any',
      },
    },
  ]

  it.each([
    [{}],
    [{ origin: PAGE, credentials: true }],
    [{ origin: [PAGE], allowedHeaders: ['X-Any'], methods: ['PATCH'] }],
    [{ origin: true, exposedHeaders: 'X-Total' }],
  ])('allows what the cors package allows with %o', async (options) => {
    for (const init of requests) {
      const theirs = await serveOnce((req, res) => corsPackage(options)(req, res, () => res.end()), init)
      const ours = await serveOnce((req, res) => cors(fromCorsOptions(options))(req, res, () => res.end()), init)
      const isShared = ({ lines }: typeof ours) =>
        ['*', init.headers.origin].includes(lines['access-control-allow-origin']?.[0] ?? '')
      expect(isShared(ours)).toBe(isShared(theirs))
      if (!isShared(ours) || init.method !== 'OPTIONS') continue
      expect(permits(ours, 'access-control-allow-methods', 'PATCH')).toBe(
        permits(theirs, 'access-control-allow-methods', 'PATCH'),
      )
      expect(permits(ours, 'access-control-allow-headers', 'x-any')).toBe(
        permits(theirs, 'access-control-allow-headers', 'x-any'),
      )
      expect(permits(ours, 'access-control-allow-headers', 'authorization')).toBe(
        permits(theirs, 'access-control-allow-headers', 'authorization'),
      )
    }
  })
})

function permits(
  { lines }: { lines: Readonly<Record<string, readonly string[] | undefined>> },
  name: string,
  element: string,
): boolean {
  const list = (lines[name] ?? [])
    .join(',')
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
  return list.includes(element.toLowerCase()) || (list.includes('*') && element !== 'authorization')
}
