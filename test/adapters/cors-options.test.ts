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

  const ANY = 'listed nowhere: with credentials the cors package lets every site read what a visitor sees'
  const UNSET = 'often an unset environment variable: list the origins you trust'
  const OFF = 'turns CORS off: leave the middleware out'
  const AS_TEXT =
    'the cors package compares it as a text, which no browser sends: leave it out, or write it in "origins"'
  const TAKEN = 'the cors package takes this for every origin: list the origins you trust'
  const ONLY_TRUE = 'the cors package sends credentials only for true: write true or false'
  const A_NAME = 'with credentials browsers read "*" as a name: list the names'
  const NO_PATTERN =
    'browsers compare a name with "*" in it as a text: leave it out, or write it in the policy, where it is a'
  const TEXTS = 'names are texts, in a list or joined by commas'
  const meaning = (origin: string) =>
    `a regular expression: write what it seems to mean, "${origin}", and look whether it is that`
  const predicate = (expression: string) =>
    `a regular expression that no entry can replace: write what it means, origin by origin, or "origins: (origin) => ${expression}.test(origin)"`

  it.each([
    [{ credentials: true }, 'origin: "*"', `${ANY}: list the origins you trust`],
    [{ origin: true, credentials: true }, 'origin: true', `${ANY}: list the origins you trust`],
    [{ origin: undefined }, 'origin: undefined', UNSET],
    [{ origin: '' }, 'origin: ""', UNSET],
    [{ origin: false }, 'origin: false', OFF],
    [{ origin: null }, 'origin: null', OFF],
    [
      { origin: () => {} },
      'origin: a function',
      'a callback: write "origins: (origin) => boolean", or perRequest() where it must wait or see the request',
    ],
    [{ origin: /x/g }, 'origin: /x/g', predicate('/^(?:x)$/')],
    [{ origin: [PAGE, /x/y] }, 'origin[1]: /x/y', predicate('/^(?:x)$/')],
    [
      { origin: /^https:\/\/.*\.example\.com$/ },
      String.raw`origin: /^https:\/\/.*\.example\.com$/`,
      meaning('https://*.example.com'),
    ],
    [{ origin: [/\.example\.org$/i] }, String.raw`origin[0]: /\.example\.org$/i`, meaning('https://*.example.org')],
    [
      { origin: /^https:\/\/(a|b)\.example\.com$/ },
      String.raw`origin: /^https:\/\/(a|b)\.example\.com$/`,
      predicate(String.raw`/^https:\/\/(a|b)\.example\.com$/`),
    ],
    [
      { origin: /(a|b)\.example\.com/gi },
      String.raw`origin: /(a|b)\.example\.com/gi`,
      predicate(String.raw`/^(?:(a|b)\.example\.com)$/i`),
    ],
    // Only the anchors at the ends are taken off, not those within.
    [
      { origin: /^https:\/\/([^.]+|b)\.x\.com/ },
      String.raw`origin: /^https:\/\/([^.]+|b)\.x\.com/`,
      predicate(String.raw`/^(?:https:\/\/([^.]+|b)\.x\.com)$/`),
    ],
    [{ origin: /(a$|b)\.com$/ }, String.raw`origin: /(a$|b)\.com$/`, predicate(String.raw`/^(?:(a$|b)\.com)$/`)],
    [{ origin: 'https://*.example.com' }, 'origin: "https://*.example.com"', `${AS_TEXT}, where it is a pattern`],
    [{ origin: ['http://localhost:*'] }, 'origin[0]: "http://localhost:*"', `${AS_TEXT}, where it is a pattern`],
    [
      { origin: ['*'] },
      'origin[0]: "*"',
      '"*" stands alone, and never matches in a list of the cors package: leave it out',
    ],
    [{ origin: [PAGE, true] }, 'origin[1]: true', TAKEN],
    [{ origin: [PAGE, undefined] }, 'origin[1]: undefined', 'it matches nothing: leave it out'],
    [{ origin: 5 }, 'origin: 5', TAKEN],
    [{ origin: [] }, 'origins: []', 'an empty list shares with nobody; list the origins you trust'],
    [{ origin: PAGE, credentials: 'false' }, 'credentials: "false"', ONLY_TRUE],
    [{ origin: PAGE, credentials: 'true' }, 'credentials: "true"', ONLY_TRUE],
    [{ origin: PAGE, credentials: 1 }, 'credentials: 1', ONLY_TRUE],
    [{ origin: PAGE, credentials: () => true }, 'credentials: a function', ONLY_TRUE],
    [{ origin: PAGE, credentials: true, methods: '*' }, 'methods: "*"', A_NAME],
    [{ origin: PAGE, credentials: true, methods: ['GET', '*'] }, 'methods: ["GET","*"]', A_NAME],
    [{ origin: PAGE, credentials: true, allowedHeaders: '*' }, 'allowedHeaders: "*"', A_NAME],
    [{ origin: PAGE, credentials: true, headers: ['*', 'Authorization'] }, 'headers: ["*","Authorization"]', A_NAME],
    [{ allowedHeaders: 'X-*' }, 'allowedHeaders: "X-*"', `${NO_PATTERN} pattern`],
    [{ exposedHeaders: ['X-RateLimit-*'] }, 'exposedHeaders: ["X-RateLimit-*"]', `${NO_PATTERN} pattern`],
    [{ exposedHeaders: 5 }, 'exposedHeaders: 5', TEXTS],
    [{ methods: undefined }, 'methods: undefined', TEXTS],
    [{ methods: null }, 'methods: null', TEXTS],
    [{ allowedHeaders: ['X-A', 5] }, 'allowedHeaders: 5', TEXTS],
    [{ headers: [5] }, 'headers: 5', TEXTS],
    [
      { methods: 'put' },
      'methods.0: "put"',
      'methods are case-sensitive, and browsers send this one in upper case: write "PUT"',
    ],
    [{ methods: 'GET PUT' }, 'methods.0: "GET PUT"', 'one entry is one name; list them one by one: write "GET", "PUT"'],
    [{ maxAge: '99999999' }, 'maxAge: 99999999', 'maxAge is whole seconds from 0 to 86400: write 86400'],
    [{ maxAge: '10m' }, 'maxAge: "10m"', 'a max-age is a number of whole seconds: write "600"'],
    [{ maxAge: -1 }, 'maxAge: -1', 'a max-age is a number of whole seconds: write "600"'],
    [
      { optionsSuccessStatus: undefined },
      'optionsSuccessStatus: undefined',
      'a preflight is answered 200 or 204: write "204"',
    ],
    [
      { preflightContinue: true },
      'preflightContinue: true',
      'a preflight never reaches a handler: answer a plain OPTIONS in a route of your own',
    ],
    [{ orgin: 1 }, 'orgin: 1', 'the cors package has no such option and ignores it: leave it out'],
    [
      { origin: 'https://a.example,https://b.example' },
      'origins.0: "https://a.example,https://b.example"',
      'one entry is one origin; list them one by one: write "https://a.example", "https://b.example"',
    ],
    [{ origin: `${PAGE}/` }, `origins.0: "${PAGE}/"`, `an origin has no trailing slash: write "${PAGE}"`],
    [
      { exposedHeaders: '*', credentials: true, origin: PAGE },
      'exposedHeaders: "*"',
      'with credentials: true, browsers read "*" as a header named "*"; list the names',
    ],
  ])('refuses %o for this reason alone, and says where and what to write', (options, place, reason) => {
    const convert = () => fromCorsOptions(options as never)
    expect(convert).toThrow(TypeError)
    expect(convert).toThrow(
      new TypeError(`these options of the cors package cannot be converted, for 1 reason\n  ${place}\n    ${reason}`),
    )
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
