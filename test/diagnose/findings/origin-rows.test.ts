import { describe, expect, it } from 'vitest'
import { type Handler, ORIGIN, type Request } from '../stage.ts'
import { always, MARK, per, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const allow = (value: string): Line => ['Access-Control-Allow-Origin', value]
const says = (...values: string[]): Handler => always(200, values.map(allow))
const STAR = allow('*')
/** Compares Origin with a list, and says nothing to others. */
const lists =
  (...known: string[]): Handler =>
  ({ origin = '' }) => ({ headers: known.includes(origin) ? [allow(origin), VARY] : [] })
const errorsOf = async (handler: Handler, request?: Request) =>
  (await ask(handler, request)).findings.filter((f) => f.severity === 'error').map((f) => f.code)

describe('a value of Access-Control-Allow-Origin', () => {
  it.each([
    ['(null)', true],
    ['undefined', true],
    ['True', true],
    ['false', true],
    ['None', true],
    ['nil', true],
    ['NaN', true],
    ['yes', true],
    ['on', true],
    ['[object Object]', true],
    ['$ORIGIN', true],
    ['$'.concat('{ORIGIN}'), true],
    ['$http_origin', true],
    ['$env.ORIGIN', true],
    ['{{ origin }}', true],
    ['%{ORIGIN}e', true],
    ['%ORIGIN%', true],
    ['process.env.ORIGIN', true],
    ['os.environ["ORIGIN"]', true],
    ['<your-origin>', true],
    ['undefined.example.com', false],
    ['x undefined', false],
    ['[object]', false],
    ['[object a b]', false],
    ['{ origin }', false],
    ['$a b', false],
    ['xprocess.env.A', false],
    ['xos.environ', false],
    ['x<a>', false],
    ['<a>x', false],
    ['x{{a}}', false],
    ['{{a}}x', false],
  ])('without a value: %s', async (value, isOne) =>
    expect(await saidOf('allow-origin-variable', says(value))).toBe(
      isOne
        ? `Access-Control-Allow-Origin is "${value}": a variable on the server has no value, or its value is not an origin`
        : null,
    ),
  )

  it.each([
    ['app.example.com', true],
    ['//app.example.com', true],
    ['app.example.com/', true],
    ['localhost', true],
    ['localhost:3000', true],
    ['localhost:30/', true],
    ['127.0.0.1', true],
    ['192.168.100.200:8080', true],
    ['my-site.example.co', true],
    ['a1.z9.io', true],
    ['localhosts', false],
    ['xlocalhost:', false],
    ['example', false],
    ['example.c', false],
    ['example.c0m', false],
    ['1.2.3', false],
    ['1.2.3.4.5', false],
    ['1.2.3.4444', false],
    ['localhost:', false],
    ['a_b.example.com', false],
    ['https://b.example.com', false],
    ['true', false],
  ])('without a scheme: %s', async (value, isOne) => {
    const shown = value.replace('//', '')
    expect(await saidOf('allow-origin-without-scheme', says(value))).toBe(
      isOne ? `Access-Control-Allow-Origin is "${shown}", without a scheme: browsers compare with ${ORIGIN}` : null,
    )
  })

  it('without a scheme may be the host of the page', async () => {
    const code = 'allow-origin-without-scheme'
    const request = { origin: 'http://my_host:3000' }
    for (const value of ['my_host', 'my_host:3000', 'my_host:3000/'])
      expect(await saidOf(code, says(value), request)).not.toBeNull()
    for (const value of ['my_host:30', 'my_host//', '']) expect(await saidOf(code, says(value), request)).toBeNull()
    expect(await saidOf(code, says('localhost'), { origin: 'null' })).not.toBeNull()
  })

  it.each([
    [`"${ORIGIN}"`, true],
    [`'${ORIGIN}'`, true],
    [`[${ORIGIN}]`, true],
    [`<${ORIGIN}>`, true],
    [`{${ORIGIN}}`, true],
    [`%22${ORIGIN}`, true],
    [`%2${ORIGIN}`, false],
    ['http://[::1]:3000', false],
    ['https://[::1]', false],
    ['x http://[::1]', true],
    ['ftp://[::1]', true],
    [`${ORIGIN}]`, true],
  ])('with quotes or brackets: %s', async (value, isOne) =>
    expect(await saidOf('allow-origin-quoted', says(value))).toBe(
      isOne ? `Access-Control-Allow-Origin is ${value}, with quotes or brackets from a configuration file` : null,
    ),
  )

  it.each([
    ['https://*.example.com', true],
    ['*.example.com', true],
    ['**', true],
    ['*', false],
    ['https://*.a.com, b', false],
    [ORIGIN, false],
  ])('with a pattern: %s', async (value, isOne) =>
    expect(await saidOf('allow-origin-pattern', says(value), { credentials: 'include' })).toBe(
      isOne ? `Access-Control-Allow-Origin is "${value}", but browsers do not support patterns there` : null,
    ),
  )

  const listed = (value: string) =>
    `Access-Control-Allow-Origin lists several origins ("${value}"), but it can hold only one`
  const B = 'https://b.example.com'
  const C = 'https://c.example.com'
  it.each([[`${B}, ${C}`], [`${B},${C}`], [`${B} ${C}`], [`${B}; ${C}`], [`,${B}, ,${C},`], [`${B}  ${C}`]])(
    'with a list: %s',
    async (value) => {
      expect(await saidOf('allow-origin-list', says(value))).toBe(listed(value.trim()))
      expect(await saidOf('allow-origin-doubled', says(value))).toBeNull()
    },
  )

  it('with a list, line by line, is the same for every page', async () => {
    const code = 'allow-origin-list'
    expect(await saidOf(code, says(B, C))).toBe(listed(`${B}, ${C}`))
    expect(await saidOf(code, per({ headers: [allow(B), allow(C)] }, { headers: [allow(B)] }))).toBeNull()
    expect(await saidOf('allow-origin-doubled', says(B, C))).toBeNull()
    expect(await saidOf(code, per({ headers: [allow(`${B}, ${C}`)] }))).toBe(listed(`${B}, ${C}`))
    for (const value of [`${B}, ${B}`, `${B}, *`, B]) expect(await saidOf(code, says(value))).toBeNull()
  })

  it.each([
    [[B, B], 2, `${B} | ${B}`],
    [[`${B}, ${B}`], 2, `${B}, ${B}`],
    [[`${B},${B}`], 2, `${B},${B}`],
    [['*', B], 2, `* | ${B}`],
    [[`${B}, *`], 2, `${B}, *`],
    [['*', '*', '*'], 3, '* | * | *'],
  ])('twice: %j', async (values, count, value) =>
    expect(await saidOf('allow-origin-doubled', says(...values), { credentials: 'include' })).toBe(
      `Access-Control-Allow-Origin is set ${count} times (${value}): two layers both add it`,
    ),
  )

  it('twice, and different for each page', async () => {
    expect(await saidOf('allow-origin-doubled', per({ headers: [allow(B), allow(C)] }))).toBe(
      `Access-Control-Allow-Origin is set 2 times (${B} | ${C}): two layers both add it`,
    )
    const alone = per({ headers: [STAR, MARK] }, { status: 418, headers: [STAR] })
    expect(await saidOf('allow-origin-doubled', alone)).toBe(
      `Access-Control-Allow-Origin is set 2 times (* | ${ORIGIN}): two layers both add it; * stands alone on another answer (418), so the server in front adds it, and the application adds ${ORIGIN}`,
    )
  })

  it('of null, of another page, and of nonsense', async () => {
    expect(await saidOf('allow-origin-null', says('null'))).toBe(
      'Access-Control-Allow-Origin is the word null: a variable on the server has no value, or the server allows pages without an origin on purpose',
    )
    expect(await saidOf('allow-origin-null', says('Null'))).toBeNull()
    expect(await saidOf('allow-origin-fixed', says(B))).toBe(
      `Access-Control-Allow-Origin is always "${B}", but the page is ${ORIGIN}`,
    )
    expect(await saidOf('allow-origin-fixed', says('null'))).toBeNull()
    expect(await saidOf('allow-origin-malformed', says('https//a'))).toBe(
      'Access-Control-Allow-Origin is "https//a", which is not an origin: write scheme://host, with :port if it is not the default',
    )
    expect(await errorsOf(says(`${B} ${B}`))).toEqual(['allow-origin-mismatch'])
  })
})

describe('an origin in another spelling', () => {
  const DEV: Request = { origin: 'http://localhost:3000' }
  const words = {
    'origin-trailing-slash': (value: string) =>
      `the server allows "${value}", but an origin has no trailing slash and no path`,
    'origin-quoted': (value: string) =>
      `the server allows ${value} with the quotes, which came from the environment variable`,
    'origin-scheme': (value: string, page: string) =>
      `the server allows "${value}", but the page is ${page}: the scheme is part of an origin`,
    'origin-port': (value: string, page: string) =>
      `the server allows "${value}", but the page is ${page}: the port is part of an origin`,
    'origin-loopback-name': (value: string, page: string) =>
      `the server allows "${value}", but the page is ${page}: localhost, 127.0.0.1 and [::1] are three origins`,
    'origin-www': (value: string, page: string) =>
      `the server allows "${value}", but the page is ${page}: with and without www are two origins`,
  } as const

  it.each([
    ['origin-trailing-slash', `${ORIGIN}/`, {}],
    ['origin-trailing-slash', `${ORIGIN}/path`, {}],
    ['origin-scheme', 'http://app.example.com', {}],
    ['origin-port', 'http://localhost:5173', DEV],
    ['origin-port', `${ORIGIN}:8443`, {}],
    ['origin-loopback-name', 'http://127.0.0.1:3000', DEV],
    ['origin-loopback-name', 'http://[::1]:3000', DEV],
    ['origin-www', 'https://www.app.example.com', {}],
    ['origin-www', 'https://example.com', { origin: 'https://www.example.com' }],
    ['origin-www', 'https://app.example.com.', {}],
  ] as const)('%s is told by the constant %s', async (code, value, request: Request) => {
    const page = request.origin ?? ORIGIN
    expect(await saidOf(code, says(value), request)).toBe(words[code](value, page))
    expect((await errorsOf(says(value), request))[0]).toBe(code)
  })

  it.each([
    ['origin-trailing-slash', `${ORIGIN}/`, {}],
    ['origin-quoted', `"${ORIGIN}"`, {}],
    ['origin-scheme', 'http://app.example.com', {}],
    ['origin-scheme', 'https://localhost:3000', DEV],
    ['origin-port', 'http://localhost:5173', DEV],
    ['origin-port', 'https://app.example.com', { origin: 'https://app.example.com:8443' }],
    ['origin-loopback-name', 'http://127.0.0.1:3000', DEV],
    ['origin-www', 'https://www.app.example.com', {}],
  ] as const)('%s is told by a list with %s', async (code, value, request: Request) =>
    expect(await saidOf(code, lists(value), request)).toBe(words[code](value, request.origin ?? ORIGIN)),
  )

  it.each([
    ['origin-trailing-slash', ORIGIN.slice(0, -1), {}],
    ['origin-trailing-slash', `${ORIGIN}.evil/`, {}],
    ['origin-scheme', 'http://b.example.com', {}],
    ['origin-scheme', 'http://app.example.com:81', {}],
    ['origin-scheme', `${ORIGIN}/`, {}],
    ['origin-port', `${ORIGIN}/`, {}],
    ['origin-port', 'https://b.example.com:8443', {}],
    ['origin-port', 'http://localhost:5173', {}],
    ['origin-port', 'https://localhost:5173', DEV],
    ['origin-loopback-name', 'http://127.0.0.1:3001', DEV],
    ['origin-loopback-name', 'https://127.0.0.1:3000', DEV],
    ['origin-loopback-name', 'http://127.0.0.1:3000', { origin: 'http://10.0.0.1:3000' }],
    ['origin-loopback-name', 'http://10.0.0.1:3000', DEV],
    ['origin-loopback-name', 'http://localhost:3001', DEV],
    ['origin-www', 'https://wwwapp.example.com', {}],
    ['origin-www', 'https://app.www.example.com', {}],
    ['origin-www', 'https://other.example.com', {}],
    ['origin-www', 'http://app.example.com', {}],
    ['origin-case', 'https://Other.example.com', {}],
    ['origin-case', 'https://App.example.com/', {}],
    ['origin-case', 'https://App.example.com/x', {}],
    ['origin-case', 'nonsense', {}],
    ['origin-own-address', 'https://api.example.org', {}],
    ['origin-own-address', 'nonsense', {}],
  ] as const)('%s is not %s', async (code, value, request: Request) =>
    expect(await saidOf(code, says(value), request)).toBeNull(),
  )

  it.each(['https://App.Example.com', 'https://app.example.com:443', 'HTTPS://app.example.com'])(
    'is not what browsers write: %s',
    async (value) =>
      expect(await saidOf('origin-case', says(value))).toBe(
        `the server writes "${value}", but browsers write ${ORIGIN}: lower case, without the default port, and compared byte by byte`,
      ),
  )

  it('may be the address of the server', async () => {
    const value = 'https://api.example.com'
    const { findings } = await ask(says(value))
    expect([findings[0]?.code, findings[0]?.message, findings[0]?.fix?.advice]).toEqual([
      'origin-own-address',
      `Access-Control-Allow-Origin is "${value}", the server's own address; it must be the page's origin, ${ORIGIN}`,
      `List the page's origin, "${ORIGIN}", instead of the server's address.`,
    ])
    expect(await saidOf('origin-own-address', says(`${value}/x`))).not.toBeNull()
  })

  it.each([
    ['https://x-3000.app.github.dev/', 'http://localhost:3000', {}, true],
    ['https://3000-x.gitpod.io/', 'http://127.0.0.1:3000', {}, true],
    ['https://app.github.dev/', 'http://localhost', {}, true],
    ['https://xapp.github.dev/', 'http://localhost', {}, false],
    ['https://app.github.dev.example.com/', 'http://localhost', {}, false],
    ['https://api.example.com/', 'http://localhost', {}, false],
    ['https://x-3000.app.github.dev/', 'https://b.example.com', {}, false],
    ['https://x-3000.app.github.dev/', 'http://localhost:3000', { origin: 'http://localhost:5173' }, false],
  ])('may be rewritten on the way to %s: %s', async (url, value, request: Request, isOne) =>
    expect(await saidOf('forwarded-port-origin', says(value), { ...request, url })).toBe(
      isOne ? `the port forwarding rewrites Origin, so the server answers "${value}" instead of ${ORIGIN}` : null,
    ),
  )
})
