// The edges of the checks: what stands just inside, and just outside, of each.
import { describe, expect, it } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'
import { head, present } from '../support/exchanges.ts'

const ORIGINS = ['https://app.example.com']
const found = (policy: object) =>
  checkPolicy(policy).map(({ code, path, suggestion, review }) => ({ code, path: path.join('.'), suggestion, review }))
const codes = (origin: string, rest: object = {}) => checkPolicy({ origins: [origin], ...rest }).map(({ code }) => code)

/** A list one of whose elements throws when it is read. */
function throwing(...list: string[]): string[] {
  Object.defineProperty(list, 1, {
    get: () => {
      throw new Error('not ready')
    },
  })
  return list
}

describe('an element that cannot be read', () => {
  it('is named with its place, and what can be read is checked', () => {
    const unreadable = (path: string) => ({ code: 'value-unreadable', path, suggestion: undefined, review: undefined })
    expect(found({ origins: throwing('https://a.com', 'x') })).toEqual([unreadable('origins.1')])
    expect(found({ origins: ORIGINS, methods: throwing('PUT', 'x') })).toEqual([unreadable('methods.1')])
    expect(found({ origins: ORIGINS, requestHeaders: throwing('X-A', 'x', 'A B') }).map(({ path }) => path)).toEqual([
      'requestHeaders.1',
      'requestHeaders.2',
    ])
  })
})

describe('a name that is none', () => {
  it.each([
    [5, 'name-not-a-string', undefined],
    [{}, 'name-not-a-string', undefined],
    [undefined, 'name-not-a-string', null],
    [null, 'name-not-a-string', null],
    [/(PUT|POST)/, 'name-regexp', undefined],
    [/^PUT$/, 'name-regexp', 'PUT'],
  ])('%o is %s', (name, code, suggestion) => {
    expect(found({ origins: ORIGINS, methods: [name] })).toMatchObject([{ code, path: 'methods.0' }])
    expect(checkPolicy({ origins: ORIGINS, methods: [name] })[0]?.suggestion).toBe(suggestion)
  })
})

describe('an option with a wrong value', () => {
  it.each([
    ['origins', '', 'origins-missing', undefined],
    ['origins', ' \n', 'origins-missing', undefined],
    ['origins', 'x', 'origins-not-a-list', undefined],
    ['maxAge', '', 'max-age-not-whole-seconds', undefined],
    ['maxAge', ' ', 'max-age-not-whole-seconds', undefined],
    ['maxAge', '600', 'max-age-not-whole-seconds', 600],
    ['maxAge', -0, 'max-age-not-whole-seconds', 0],
    ['maxAge', 86_401, 'max-age-not-whole-seconds', 86_400],
    ['refused', 'FORBID', 'refused-value', 'forbid'],
    ['refused', ' Pass', 'refused-value', 'pass'],
    ['refused', null, 'refused-value', null],
    ['preflightStatus', '200', 'preflight-status', 200],
    ['credentials', 'False', 'not-a-boolean', false],
    ['credentials', 0, 'not-a-boolean', false],
    ['credentials', null, 'not-a-boolean', null],
  ])('%s: %j is %s', (option, value, code, suggestion) => {
    const [issue] = checkPolicy({ origins: ORIGINS, [option]: value })
    expect(issue).toMatchObject({ code, path: [option] })
    expect(Object.is(issue?.suggestion, suggestion), String(issue?.suggestion)).toBe(true)
    expect(issue?.review).toBeUndefined()
  })

  it.each([
    ['refused', 'deny', 'forbid'],
    ['credentials', 'true', true],
    ['credentials', 1, true],
  ])('%s: %j is corrected to what somebody should look at', (option, value, suggestion) => {
    expect(found({ origins: ORIGINS, [option]: value })).toMatchObject([{ suggestion, review: true }])
  })
})

describe('an entry', () => {
  it('is of an unset variable only where it is that text', () => {
    expect(codes('undefined')).toEqual(['origin-unset'])
    // Only the whole text is a variable that is not set, or the opaque origin.
    expect(codes('undefined.example.com')).toEqual(['origin-without-scheme'])
    expect(codes('nullable.example.com')).toEqual(['origin-without-scheme'])
    expect(codes('file://user@host:1/index.html?x#y')).toEqual(['origin-file'])
    expect(codes('https://undefined')).toEqual(['origin-unset'])
    expect(codes('https://app.undefined')).toEqual([])
    expect(codes('https://*.undefined', { dangerouslyAllowPublicSuffixes: true })).toEqual([])
    expect(codes('https://app.dev.null')).toEqual([])
    expect(codes('https://*.dev.null')).toEqual([])
    expect(codes(' NULL ')).toEqual(['origin-null'])
  })

  it('is in lower case, scheme and host', () => {
    expect(codes('HTTPS://app.example.com')).toEqual(['origin-upper-case'])
    expect(codes('https://App.example.com')).toEqual(['origin-upper-case'])
    expect(codes('App://bundle')).toEqual(['origin-upper-case'])
    expect(codes('app://Bundle')).toEqual(['origin-upper-case'])
  })

  it('has a scheme of 64 characters at most, labels of 63 and a host of 253', () => {
    expect(codes(`${'a'.repeat(64)}://x`)).toEqual([])
    expect(codes(`${'a'.repeat(65)}://x`)).toEqual(['origin-scheme'])
    expect(codes(`https://${'a'.repeat(63)}.com`)).toEqual([])
    expect(codes(`https://${'a'.repeat(64)}.com`)).toEqual(['origin-host-too-long'])
    expect(codes(`https://${'a'.repeat(64)}.b~`)).toEqual(['origin-host'])
    expect(codes(`https://${'a.'.repeat(126)}a`)).toEqual([])
    expect(codes(`https://${'a.'.repeat(126)}aa`)).toEqual(['origin-host-too-long'])
    expect(codes(`https://*${'a'.repeat(63)}.example.com`)).toEqual(['origin-host-too-long'])
    expect(codes(`https://${'a'.repeat(63)}~`)).toEqual(['origin-host'])
  })

  it('has Punycode that can be decoded, in a pattern too', () => {
    expect(codes('https://*.xn--a')).toEqual(['origin-host-punycode'])
    expect(codes('https://*.xn--a.com')).toEqual(['origin-host-punycode'])
    expect(codes('https://*.xn--mnchen-3ya.de')).toEqual([])
    expect(codes('app://xn--a')).toEqual([])
  })

  it('is read where a prototype of arrays is polluted, and a hole is not filled', () => {
    const polluted = Array.prototype as unknown as Record<number, string>
    try {
      polluted[0] = 'https://evil.test'
      polluted[1] = 'https://evil.test'
      const list = ['https://a.com']
      list.length = 2
      expect(checkPolicy({ origins: list }).map(({ code, path }) => [code, path[1]])).toEqual([['origin-unset', 1]])
      expect(createCors({ origins: ['https://a.com', 'https://b.com'] }).policy.origins).toEqual([
        'https://a.com',
        'https://b.com',
      ])
    } finally {
      delete polluted[0]
      delete polluted[1]
    }
  })
})

describe('a name pattern', () => {
  it('permits names that are longer than its head, and not the head', () => {
    const cors = createCors({ origins: ORIGINS, requestHeaders: ['x-a-*'] })
    const permitted = (names: string) =>
      new Map(
        cors.entries(
          head('OPTIONS', {
            origin: present(ORIGINS[0]),
            'access-control-request-method': 'GET',
            'access-control-request-headers': names,
          }),
        ),
      ).get('Access-Control-Allow-Headers')
    expect(permitted('x-a-b')).toBe('x-a-b')
    expect(permitted('x-a-')).toBeUndefined()
  })
})

describe('a predicate that names its host', () => {
  it('is refused when it takes a longer first label for its own, and says so', () => {
    const [issue] = checkPolicy({ origins: (origin: string) => origin.endsWith('app.example.com'), credentials: true })
    expect(issue?.message).toMatch(/it allows "https:\/\/[a-z]{10}app\.example\.com"$/)
  })

  it('may be open at its beginning where http: is allowed too', () => {
    const origins = (origin: string) => /https:\/\/app\.example\.com$/.test(origin)
    expect(checkPolicy({ origins, credentials: true })).toMatchObject([{ code: 'predicate-accepts-strangers' }])
    expect(checkPolicy({ origins, credentials: true, dangerouslyAllowInsecureOrigins: true })).toEqual([])
  })
})
