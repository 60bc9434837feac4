import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import corsPackage from 'cors'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cors, fromCorsOptions } from '../../adapters/node.ts'
import { type CorsPolicy, checkPolicy } from '../../src/index.ts'
import { isMutating } from '../support/mutating.ts'
import { type Listener, serveOnce } from '../support/node-server.ts'
import { holds } from '../support/property.ts'

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
    [{ origin: /^https:\/\/.*\.example\.com$/ }, '"https://*.example.com"'],
    [{ origin: [/\.example\.org$/i] }, '"https://*.example.org"'],
    [
      { origin: /^https:\/\/(a|b)\.example\.com$/ },
      'origins: (origin) => /^https:\\/\\/(a|b)\\.example\\.com$/.test(origin)',
    ],
    [{ origin: /(a|b)\.example\.com/gi }, 'origins: (origin) => /^(?:(a|b)\\.example\\.com)$/i.test(origin)'],
    [{ origin: 'https://*.example.com' }, 'compares it as a text'],
    [{ origin: ['http://localhost:*'] }, 'compares it as a text'],
    [{ origin: [PAGE, true] }, 'takes this for every origin'],
    [{ origin: [PAGE, undefined] }, 'matches nothing'],
    [{ origin: 5 }, 'takes this for every origin'],
    [{ origin: [] }, 'list the origins you trust'],
    [{ origin: PAGE, credentials: 'false' }, 'only for true'],
    [{ origin: PAGE, credentials: 'true' }, 'only for true'],
    [{ origin: PAGE, credentials: 1 }, 'only for true'],
    [{ origin: PAGE, credentials: true, methods: '*' }, 'read "*" as a name'],
    [{ origin: PAGE, credentials: true, methods: ['GET', '*'] }, 'read "*" as a name'],
    [{ origin: PAGE, credentials: true, allowedHeaders: '*' }, 'read "*" as a name'],
    [{ origin: PAGE, credentials: true, headers: ['*', 'Authorization'] }, 'read "*" as a name'],
    [{ allowedHeaders: 'X-*' }, 'compare a name with "*" in it as a text'],
    [{ exposedHeaders: ['X-RateLimit-*'] }, 'compare a name with "*" in it as a text'],
    [{ methods: undefined }, 'names are texts'],
    [{ methods: null }, 'names are texts'],
    [{ allowedHeaders: ['X-A', 5] }, 'names are texts'],
    [{ methods: 'put' }, 'upper case'],
    [{ methods: 'GET PUT' }, 'one entry is one name'],
    [{ maxAge: '99999999' }, 'whole seconds from 0 to 86400'],
    [{ optionsSuccessStatus: undefined }, 'answered 200 or 204'],
    [{ origin: 'https://a.example,https://b.example' }, 'origins'],
    [{ origin: 'https://app.example.com/' }, 'https://app.example.com'],
    [{ exposedHeaders: '*', credentials: true, origin: PAGE }, 'exposedHeaders'],
  ])('refuses %o and says what to write', (options, text) => {
    expect(() => fromCorsOptions(options as never)).toThrow(text)
  })

  it('names a function of options as what it is, and what is no options', () => {
    expect(() => fromCorsOptions((() => {}) as never)).toThrow('cors((req) => …)')
    expect(() => fromCorsOptions(null as never)).toThrow('options: null\n    options are an object')
    expect(() => fromCorsOptions('https://a.example' as never)).toThrow('options are an object')
  })

  it('throws a TypeError that counts its reasons', () => {
    const caught = (options: object): unknown => {
      try {
        return fromCorsOptions(options)
      } catch (error) {
        return error
      }
    }
    expect(caught({ origin: false })).toBeInstanceOf(TypeError)
    expect(String(caught({ origin: false }))).toContain('cannot be converted, for 1 reason\n')
    expect(String(caught({ origin: false, maxAge: -1 }))).toContain('for 2 reasons\n')
  })

  it.each([
    [{ headers: 'X-One' }, { requestHeaders: ['X-One'] }],
    [{ allowedHeaders: 'X-One' }, { requestHeaders: ['X-One'] }],
    [{ allowedHeaders: '', headers: ['X-One'] }, { requestHeaders: ['X-One'] }],
    [{ allowedHeaders: ['X-One', 'X-Two, X-Three'] }, { requestHeaders: ['X-One', 'X-Two', 'X-Three'] }],
    [{ allowedHeaders: 'A,,B, ' }, { requestHeaders: ['A', 'B'] }],
    [{ allowedHeaders: '*' }, { requestHeaders: '*' }],
    [{ allowedHeaders: '*,Authorization' }, { requestHeaders: ['*', 'Authorization'] }],
    [{ allowedHeaders: '' }, { requestHeaders: ['*', 'Authorization'] }],
    [{ allowedHeaders: null }, { requestHeaders: ['*', 'Authorization'] }],
    [{ allowedHeaders: [] }, { requestHeaders: [] }],
    [{ methods: '*' }, { methods: '*' }],
    [{ methods: 'GET,*' }, { methods: '*' }],
    [{ methods: 'POST,PUT,HEAD' }, { methods: ['PUT'] }],
    [{ methods: [] }, { methods: [] }],
    [{ exposedHeaders: '*' }, { exposedHeaders: '*' }],
    [{ exposedHeaders: '' }, {}],
    [{ credentials: null, maxAge: 0 }, { maxAge: 0 }],
    [{ maxAge: 86_400 }, { maxAge: 86_400 }],
    [{ origin: [PAGE, PAGE] }, { origins: [PAGE, PAGE] }],
  ])('converts %o', (options, expected) => {
    const policy = fromCorsOptions(options as never)
    expect(policy).toMatchObject(expected)
    if (!('exposedHeaders' in expected)) expect(policy).not.toHaveProperty('exposedHeaders')
  })

  it('reads own properties alone, as the package does', () => {
    expect(fromCorsOptions(Object.create({ origin: 'https://a.example', credentials: true }))).toEqual(
      fromCorsOptions(),
    )
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

describe('whatever the options', () => {
  const names = fc.oneof(
    fc.constantFrom<unknown>(
      '*',
      '',
      [],
      null,
      undefined,
      'X-One',
      'X-One, X-Two',
      ['X-One'],
      ['*'],
      ['X-*'],
      'Authorization,*',
      'Cookie',
      'X One',
      5,
      [5],
    ),
    fc.subarray(['X-One', 'x-two', 'Authorization', '*', 'Content-Type', '']),
  )
  const given = fc.record(
    {
      origin: fc.constantFrom<unknown>(
        '*',
        true,
        false,
        undefined,
        null,
        '',
        PAGE,
        [PAGE],
        [PAGE, 'https://b.example'],
        ['*'],
        [],
        'https://*.example.com',
        ['https://*.example.com'],
        'http://app.example.com',
        'http://localhost:*',
        'null',
        ['null', PAGE],
        [PAGE, true],
        [PAGE, ''],
        /example/,
        [/^https:\/\/app\.example\.com$/],
        {},
        5,
        `${PAGE}/`,
        PAGE.toUpperCase(),
        'moz-extension://*',
      ),
      credentials: fc.constantFrom<unknown>(true, true, false, undefined, null, 'true', 'false', '0', 0, 1, ''),
      methods: fc.oneof(
        fc.constantFrom<unknown>(
          '*',
          'GET,*',
          '',
          [],
          undefined,
          null,
          'put',
          'PUT',
          'PUT,PATCH',
          ['PUT', 'DELETE'],
          ['PUT,DELETE'],
          'GET PUT',
          'PUT;DELETE',
          5,
          'TRACE,PUT',
          'patch',
        ),
        fc.subarray(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', '*', 'patch']),
      ),
      allowedHeaders: names,
      headers: names,
      exposedHeaders: names,
      maxAge: fc.constantFrom<unknown>(
        0,
        600,
        '600',
        '',
        null,
        undefined,
        86_400,
        86_401,
        -1,
        1.5,
        Number.NaN,
        '10m',
        true,
      ),
      optionsSuccessStatus: fc.constantFrom<unknown>(200, 204, 204, '200', 299, undefined),
      preflightContinue: fc.constantFrom<unknown>(false, false, true),
      orgin: fc.constant(PAGE),
    },
    { requiredKeys: [] },
  )
  const mostlyFew = fc.oneof(
    {
      weight: 4,
      arbitrary: given
        .chain((options) => fc.subarray(Object.entries(options), { maxLength: 3 }))
        .map((entries) => Object.fromEntries(entries)),
    },
    { weight: 1, arbitrary: given },
  )
  const asked = fc.record({
    origin: fc.constantFrom(
      PAGE,
      PAGE,
      'https://b.example',
      'https://stranger.example',
      'https://x.example.com',
      'null',
      'http://localhost:3000',
      'moz-extension://a',
    ),
    method: fc.constantFrom('GET', 'PUT', 'PATCH', 'patch', 'DELETE', 'X-ODD'),
    names: fc.subarray(['authorization', 'content-type', 'x-any', 'x-one', 'x-two']),
  })

  let listener: Listener = (_, res) => void res.end()
  const server = createServer((req, res) => {
    // What throws in the package is answered by the framework, without headers.
    try {
      listener(req, res)
    } catch {
      res.writeHead(500).end()
    }
  })
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  /** What the answers of a server let a page do, by the Fetch Standard, with credentials and without. */
  async function granted(
    use: Listener,
    { origin, method, names: wanted }: { origin: string; method: string; names: string[] },
  ) {
    listener = use
    const { port } = server.address() as AddressInfo
    const send = async (verb: string, headers: Record<string, string>) => {
      const { promise, resolve, reject } = Promise.withResolvers<Record<string, string>>()
      httpRequest({ port, host: '127.0.0.1', method: verb, headers: { origin, ...headers } }, (response) => {
        response.resume()
        resolve({ ...(response.headers as Record<string, string>), status: String(response.statusCode) })
      })
        .on('error', reject)
        .end()
      return promise
    }
    const asking = wanted.length === 0 ? {} : { 'access-control-request-headers': wanted.join(',') }
    const preflight = await send('OPTIONS', { 'access-control-request-method': method, ...asking })
    const actual = await send('GET', {})
    return [false, true].map((credentials) => {
      const isShared = (fields: Record<string, string>) => {
        const value = fields['access-control-allow-origin']
        if (value === '*' && !credentials) return true
        return value === origin && (!credentials || fields['access-control-allow-credentials'] === 'true')
      }
      const list = (fields: Record<string, string>, name: string) =>
        (fields[name] ?? '')
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')
      const methods = list(preflight, 'access-control-allow-methods')
      const allowed = list(preflight, 'access-control-allow-headers').map((name) => name.toLowerCase())
      const exposed = list(actual, 'access-control-expose-headers').map((name) => name.toLowerCase())
      const isToken = (text: string) => /^[!#$%&'*+.^_`|~\w-]+$/.test(text)
      const isWellFormed = methods.every(isToken) && allowed.every(isToken) && /^2/.test(preflight.status ?? '')
      const isSent =
        isWellFormed &&
        isShared(preflight) &&
        (['GET', 'HEAD', 'POST'].includes(method) ||
          methods.includes(method) ||
          (!credentials && methods.includes('*'))) &&
        wanted.every(
          (name) => allowed.includes(name) || (!credentials && allowed.includes('*') && name !== 'authorization'),
        )
      const reads = ['x-one', 'x-two', 'x-other'].filter(
        (name) => exposed.includes(name) || (!credentials && exposed.includes('*')),
      )
      return isShared(actual)
        ? {
            isSent,
            reads: exposed.every(isToken) ? reads : [],
            maxAge: isSent ? preflight['access-control-max-age'] : undefined,
          }
        : { isSent, reads: [], maxAge: isSent ? preflight['access-control-max-age'] : undefined }
    })
  }

  it('allows exactly what the cors package allows, or refuses with the reasons', async () => {
    let converted = 0
    let refused = 0
    await holds(
      fc.asyncProperty(mostlyFew, asked, async (options, request) => {
        let policy: CorsPolicy
        try {
          policy = fromCorsOptions(options as never)
        } catch (error) {
          refused += 1
          expect(error).toBeInstanceOf(TypeError)
          expect((error as Error).message).toMatch(/cannot be converted, for \d+ reasons?\n {2}\S/)
          return
        }
        converted += 1
        const ours = await granted((req, res) => cors(policy)(req, res, () => res.end()), request)
        const theirs = await granted((req, res) => corsPackage(options as never)(req, res, () => res.end()), request)
        expect(ours).toEqual(theirs)
      }),
      { numRuns: 600 },
    )
    // Under mutation a fifth of the cases is tried.
    expect(converted).toBeGreaterThan(isMutating ? 10 : 60)
    expect(refused).toBeGreaterThan(isMutating ? 10 : 60)
  }, 60_000)
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
