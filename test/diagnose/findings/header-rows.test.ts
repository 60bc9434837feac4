import { describe, expect, it } from 'vitest'
import type { Handler, Request, Said } from '../stage.ts'
import { always, MARK, PUT, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const CREDENTIALS: Line = ['Access-Control-Allow-Credentials', 'true']
const METHODS = 'Access-Control-Allow-Methods'
const HEADERS = 'Access-Control-Allow-Headers'
const EXPOSE = 'Access-Control-Expose-Headers'
const shared: Said = { headers: [MARK, VARY] }
const allows = (...lines: readonly Line[]): Handler => two({ status: 204, headers: [MARK, ...lines] }, shared)
const fixOf = async (code: string, handler: Handler, request: Request) =>
  (await ask(handler, request)).findings.find((finding) => finding.code === code)?.fix
const headed = (...names: string[]): Request => ({ headers: Object.fromEntries(names.map((name) => [name, '1'])) })

describe('credentials', () => {
  const include: Request = { credentials: 'include' }

  it('are allowed by one value', async () => {
    const value = (text: string) =>
      `Access-Control-Allow-Credentials is "${text}"; the only value is true, in lower case, once`
    const missing = 'the page sends credentials, and Access-Control-Allow-Credentials: true is missing'
    const name = 'Access-Control-Allow-Credentials'
    for (const text of ['True', '1', 'true, true'])
      expect(await saidOf('allow-credentials-value', always(200, [MARK, [name, text]]), include)).toBe(value(text))
    expect(await saidOf('allow-credentials-value', always(200, [MARK, [name, '']]), include)).toBeNull()
    expect(await saidOf('allow-credentials-missing', always(200, [MARK, [name, '']]), include)).toBe(missing)
    expect(await saidOf('allow-credentials-missing', always(200, [MARK]), include)).toBe(missing)
    expect(await saidOf('allow-credentials-missing', always(200, [MARK, [name, '1']]), include)).toBeNull()
  })

  it('make a name of *', async () => {
    const list = (header: string, value: string) => allows(CREDENTIALS, [header, value])
    const ask = { ...include, ...headed('X-A') }
    expect(await saidOf('headers-wildcard-with-credentials', list(HEADERS, 'x-b, *'), ask)).toBe(
      'with credentials, * in Access-Control-Allow-Headers means a header with the name "*", so it does not cover x-a',
    )
    expect(await saidOf('headers-wildcard-with-credentials', list(HEADERS, 'x-b'), ask)).toBeNull()
    expect(await saidOf('methods-wildcard-with-credentials', list(METHODS, '*'), { ...include, ...PUT })).toBe(
      'with credentials, * in Access-Control-Allow-Methods means a method with the name "*", so it does not cover PUT',
    )
    expect(await saidOf('methods-wildcard-with-credentials', list(METHODS, 'GET'), { ...include, ...PUT })).toBeNull()
    const code = 'exposed-wildcard-with-credentials'
    const exposes = (value: string, credentials: Request['credentials'] = 'include') =>
      saidOf(code, always(200, [MARK, CREDENTIALS, [EXPOSE, value]]), { ...(credentials && { credentials }) })
    expect(await exposes('x-a, *')).toBe(
      'with credentials, * in Access-Control-Expose-Headers exposes only a header with the name "*"',
    )
    expect(await exposes('x-a')).toBeNull()
    expect(await exposes('*', 'same-origin')).toBeNull()
  })

  it.each([
    ['sid=1', true],
    ['sid=1; SameSite=None', true],
    ['sid=1; Secure', true],
    ['sid=1; Secure; SameSite=Lax', true],
    ['sid=1;secure;samesite=none', false],
    ['sid=1 ;  Secure ;  SameSite = None', false],
  ])('are cookies for other sites: %s', async (cookie, isOne) => {
    const code = 'cookie-not-cross-site'
    const far: Request = { ...include, url: 'https://api.elsewhere.org/' }
    const said = (request: Request, ...lines: readonly Line[]) =>
      saidOf(code, always(200, [MARK, CREDENTIALS, ...lines, ['Set-Cookie', cookie]]), request)
    expect(await said(far)).toBe(
      isOne
        ? 'the cookie sid lacks SameSite=None; Secure: the browser does not send it to another site, so the next request arrives without it'
        : null,
    )
    expect(await said(far, ['Set-Cookie', 'a=1; Secure; SameSite=None'])).toBe(await said(far))
    expect(await said(include)).toBeNull()
    expect(await said({ ...far, credentials: 'omit' })).toBeNull()
    expect((await said({ ...far, origin: 'null' })) !== null).toBe(isOne)
    expect(await said({ ...far, origin: 'https://api.elsewhere.org' })).toBeNull()
  })

  it.each([401, 403])('are allowed and not sent: %i', async (status) => {
    const code = 'credentials-not-sent'
    const { findings } = await ask(always(status, [MARK, CREDENTIALS]))
    const finding = findings.find((each) => each.code === code)
    expect([finding?.message, finding?.fix?.request?.credentials]).toEqual([
      `the server allows credentials and answers ${status}, but the page sends none: fetch() sends no cookies to other origins by default`,
      'include',
    ])
    expect(await saidOf(code, always(status, [MARK]))).toBeNull()
    expect(await saidOf(code, always(status, [MARK, CREDENTIALS]), include)).toBeNull()
    expect(await saidOf(code, always(402, [MARK, CREDENTIALS]))).toBeNull()
    expect(await saidOf(code, always(status, [MARK, CREDENTIALS]), { origin: 'https://api.example.com' })).toBeNull()
  })
})

describe('response headers', () => {
  it('are hidden from the page that reads them', async () => {
    const code = 'header-not-exposed'
    const lines: Line[] = [MARK, ['X-Total-Count', '7'], ['X-B', '1']]
    const reads = ['X-Total-Count', 'X-B', 'Content-Type']
    expect(await saidOf(code, always(200, lines), { reads })).toBe(
      'the page reads X-Total-Count, X-B and gets null: Access-Control-Expose-Headers does not list it',
    )
    expect((await fixOf(code, always(200, lines), { reads }))?.advice).toBe('Expose X-Total-Count, X-B.')
    expect(await saidOf(code, always(200, [...lines, [EXPOSE, 'x-b']]), { reads })).toContain('reads X-Total-Count and')
    expect(await saidOf(code, always(200, [...lines, [EXPOSE, '*']]), { reads })).toBeNull()
    expect(await saidOf(code, always(200, lines.slice(1)), { reads })).toBeNull()
    expect(await saidOf(code, always(200, lines), { reads, origin: 'https://api.example.com' })).toBeNull()
  })

  it.each([
    ...['X-Total-Count', 'x-total', 'Link', 'ETag', 'Location', 'X-Request-Id', 'Content-Range', 'Content-Disposition'],
    ...['Retry-After', 'X-RateLimit-', 'X-RateLimit-Limit', 'RateLimit', 'RateLimit-Reset', 'X-Pagination'],
    ...['X-CSRF-Token', 'X-Page', 'X-Page-Count', 'X-Next-Page', 'X-Per-Page', 'Server-Timing'],
  ])('are often read: %s', async (name) => {
    const code = 'header-perhaps-not-exposed'
    const lines: Line[] = [MARK, [name, '1']]
    const message = `pages cannot read ${name.toLowerCase()}: Access-Control-Expose-Headers does not list it`
    expect(await saidOf(code, always(200, lines))).toBe(message)
    expect(await saidOf(code, always(200, lines), { reads: [name] })).toBeNull()
    expect(await saidOf(code, always(200, [...lines, [EXPOSE, name]]))).toBeNull()
    expect(await saidOf(code, always(200, [MARK, [`y${name}`, '1']]))).toBeNull()
  })

  it('are named once, and only those that are often read', async () => {
    const code = 'header-perhaps-not-exposed'
    const lines: Line[] = [MARK, ['ETag', '1'], ['Link', 'a'], ['link', 'b'], ['X-Other', '1'], ['ETags', '1']]
    expect(await saidOf(code, always(200, lines), { reads: ['X-Other'] })).toContain('cannot read etag, link:')
    for (const name of ['X-RateLimits', 'X-Totals', 'X-Request-Ids'])
      expect(await saidOf(code, always(200, [MARK, [name, '1']]))).toBeNull()
    expect((await fixOf(code, always(200, lines), {}))?.advice).toBe('Expose etag, link if the page reads it.')
  })

  it.each([
    ['application/grpc-web+proto', true],
    ['application/connect+json', true],
    ['application/grpc', false],
    ['x-application/grpc-web', false],
  ])('tell the status of gRPC: %s', async (type, isOne) => {
    const code = 'grpc-status-not-exposed'
    const lines: Line[] = [MARK, ['Content-Type', type]]
    expect(await saidOf(code, always(200, lines))).toBe(
      isOne ? 'a gRPC-Web client cannot read grpc-status, so every call looks broken' : null,
    )
    expect(await saidOf(code, always(200, [...lines, [EXPOSE, 'Grpc-Status']]))).toBeNull()
  })
})

describe('names of response headers', () => {
  const ALLOW_ORIGIN = 'Access-Control-Allow-Origin'
  it.each([
    ['Access-Control-Allow-Origins', ALLOW_ORIGIN],
    ['Access-Control-Alow-Origin', ALLOW_ORIGIN],
    ['Acces-Control-Allow-Origin', ALLOW_ORIGIN],
    ['Access_Control_Allow_Origin', ALLOW_ORIGIN],
    ['X-Access-Control-Allow-Origin', ALLOW_ORIGIN],
    ['Access-Control-Request-Origin', ALLOW_ORIGIN],
    ['Allow-Origin', ALLOW_ORIGIN],
    ['Allow-Control-Allow-Origin', ALLOW_ORIGIN],
    ['Access-Control-Origin', ALLOW_ORIGIN],
    ['Access-Allow-Origin', ALLOW_ORIGIN],
    ['Access-Control-Allow-Or', ALLOW_ORIGIN],
    [`X-Access-Control-Allow-Origin${'-'.repeat(31)}`, ALLOW_ORIGIN],
    ['Accss-Control-Allow-Origin', ALLOW_ORIGIN],
    ['Alow-Origin', null],
    ['Allow-Origins', ALLOW_ORIGIN],
    ['Access-Control-Allow-O', null],
    ['Access-Control-Allow', null],
    ['Access-Origin-Control', null],
  ])('are misspelt: %s', async (name, meant) => {
    expect(await saidOf('header-name-misspelt', always(200, [[name, '*']]))).toBe(
      meant &&
        `browsers do not know a header that the server sends; the right name follows in brackets: ${name} (${meant})`,
    )
  })

  it.each([
    ['Access-Control-Allow-Method', METHODS],
    ['Access-Control-Methods', METHODS],
    ['Access-Control-Request-Methods', METHODS],
    ['Access-Control-Request-Method', METHODS],
    ['Access-Control-Allow-Header', HEADERS],
    ['Access-Control-Request-Headers', HEADERS],
    ['Access-Control-Allow-Credential', 'Access-Control-Allow-Credentials'],
    ['Allow-Credentials', 'Access-Control-Allow-Credentials'],
    ['Access-Control-Expose-Header', EXPOSE],
    ['Expose-Headers', EXPOSE],
    ['Access-Control-MaxAge', 'Access-Control-Max-Age'],
    ['Access-Control-Max-Ages', 'Access-Control-Max-Age'],
    ['Access-Control-Allow-Private-Networks', 'Access-Control-Allow-Private-Network'],
  ])('are not known to browsers: %s', async (name, meant) =>
    expect(await saidOf('header-name-unknown', always(200, [MARK, VARY, [name, 'x']]))).toBe(
      `the server sends a header that browsers do not know; the intended name follows in brackets: ${name} (${meant})`,
    ),
  )

  it.each([
    ...['Allow', 'Accept-CH', 'Access-Control-Allow-Local-Network', 'X-Robots-Tag', 'X-Content-Type-Options'],
    ...['Permissions-Policy', 'access-control-allow-origin', 'Cache-Control', 'X-Control', 'Content-Type'],
    ...[
      'X-Frame-Options',
      'Allowance',
      `X-Access-Control-Allow-Origin${'-'.repeat(32)}`,
      'Expose',
      'Acess-Control-Max',
    ],
  ])('are right, or of another protocol: %s', async (name) =>
    expect(await saidOf('header-name-unknown', always(200, [MARK, VARY, [name, '*']]))).toBeNull(),
  )

  it('are listed, each once', async () => {
    const lines: Line[] = [
      ['Access-Control-Allow-Origins', '*'],
      ['Access-Control-Allow-Method', 'PUT'],
    ]
    const names = `Access-Control-Allow-Origins (${ALLOW_ORIGIN}), Access-Control-Allow-Method (${METHODS})`
    const { findings } = await ask(always(200, lines))
    expect(findings.map(({ code, fix }) => [code, fix?.advice])).toEqual([
      ['header-name-misspelt', `Use the names in brackets: ${names}.`],
    ])
    expect(await saidOf('header-name-unknown', always(200, [MARK, ...lines]))).toContain(names)
    const both = two({ status: 204, headers: [MARK, [METHODS, 'PUT'], ...lines] }, { headers: [MARK, ...lines] })
    // One that explains a failure is no other cause's.
    const some = always(200, [
      ['Access-Control-Allow-Origins', '*'],
      ['Access-Control-Max-Ages', '5'],
    ])
    expect(await saidOf('header-name-misspelt', some)).toContain('Access-Control-Max-Ages (Access-Control-Max-Age)')
    expect(await saidOf('header-name-unknown', both, { ...PUT, send: true })).toBe(
      `the server sends a header that browsers do not know; the intended name follows in brackets: ${names}`,
    )
    expect(await saidOf('header-name-unknown', always(200, lines), { origin: 'https://api.example.com' })).toBeNull()
  })

  it.each([
    ['method-not-allowed', 'Access-Control-Allow-Method', 'PUT', METHODS, PUT],
    ['header-not-allowed', 'Access-Control-Allow-Header', 'x-a', HEADERS, headed('X-A')],
    [
      'allow-credentials',
      'Access-Control-Allow-Credential',
      'true',
      'Access-Control-Allow-Credentials',
      { credentials: 'include' },
    ],
  ] as const)('explain %s', async (_, name, value, right, request: Request) => {
    const handler = (...lines: readonly Line[]) =>
      two({ status: 204, headers: [MARK, ...lines] }, { headers: [MARK, ...lines] })
    expect(await saidOf('header-name-misspelt', handler([name, value]), request)).toContain(`${name} (${right})`)
    // With the right header too, another one is at fault.
    const both = handler([name, value], [right, 'x'])
    expect(await saidOf('header-name-misspelt', both, request)).toBeNull()
    expect(await saidOf('header-name-unknown', both, request)).toContain(`${name} (${right})`)
    expect(await saidOf('header-name-misspelt', handler(['Access-Control-Max-Ages', '5']), request)).toBeNull()
    expect(await saidOf('header-name-unknown', handler([name, value]), request)).toBeNull()
  })
})
