import { describe, expect, it } from 'vitest'
import { type CookieJarOptions, createCookieJar } from '../../src/browser.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/v1/items'
const FOREIGN = 'https://api.elsewhere.net/'

/** A jar with a clock that the test moves. */
function jar(options: CookieJarOptions = {}) {
  let clock = 0
  const cookies = createCookieJar({ now: () => clock, ...options })
  return {
    cookies,
    wait: (seconds: number) => {
      clock += seconds * 1000
    },
    set: (url: string, lines: string | readonly string[], pageOrigin = PAGE) =>
      cookies.store(
        { url: new URL(url), pageOrigin },
        [lines].flat().map((line) => ['set-cookie', line] as const),
      ),
    sent: (url: string, pageOrigin = PAGE) => cookies.valueFor({ url: new URL(url), pageOrigin }),
  }
}

describe('a cookie', () => {
  it('of a host that names itself goes to the hosts below it too, from the path where it was set', () => {
    const { set, sent } = jar()
    set(API, 'a=1; Domain=api.example.com')
    expect(['https://x.api.example.com/v1/y', API, 'https://api.example.com/v2'].map((url) => sent(url))).toEqual([
      'a=1',
      'a=1',
      null,
    ])
  })

  it('of a first level is the same as one for the whole host', () => {
    const { cookies, set, sent } = jar()
    set('https://api.example.com/items', 'a=1')
    set('https://api.example.com/items', 'a=2; Path=/')
    expect([sent('https://api.example.com/'), cookies.all().length]).toEqual(['a=2', 1])
  })

  it('without a name is its value, and one with a control character is none', () => {
    const { set, sent } = jar()
    set(API, ['flag', 'b=1\x7f', 'c=1\x01', 'd=1\t'])
    expect(sent(API)).toBe('flag; d=1')
  })

  it.each([
    ['Strict', 'strict'],
    ['lax', 'lax'],
    ['NONE; Secure', 'none'],
    ['other', 'unset'],
  ])('says SameSite=%s', (value, read) => {
    const { cookies, set } = jar()
    set(API, `a=1; SameSite=${value}`)
    expect(cookies.all().map(({ sameSite }) => sameSite)).toEqual([read])
  })

  it('keeps its life where Max-Age is no number', () => {
    const { cookies, set } = jar()
    set(API, ['a=1; Max-Age=x5', 'b=1; Max-Age=5x', 'c=1; Max-Age='])
    expect(cookies.all().map(({ expires }) => expires)).toEqual([Infinity, Infinity, Infinity])
  })

  it('goes back to its host and path, to nothing else', () => {
    const { set, sent } = jar()
    set(API, 'a=1')
    expect([API, 'https://api.example.com/v1', 'https://api.example.com/v1/x/y'].map((url) => sent(url))).toEqual([
      'a=1',
      'a=1',
      'a=1',
    ])
    const others = ['https://api.example.com/', 'https://api.example.com/v11', 'https://example.com/v1/']
    expect(others.map((url) => sent(url))).toEqual([null, null, null])
  })

  it.each([
    ['a=1; Domain=example.com; Path=/', 'https://other.example.com/', 'a=1'],
    ['a=1; Domain=.Example.COM; Path=/', 'https://example.com/', 'a=1'],
    ['a=1; Domain=example.com; Path=/', 'https://notexample.com/', null],
    ['a=1; Domain=other.example.com; Path=/', 'https://other.example.com/', null],
    ['a=1; Domain=com; Path=/', 'https://api.example.com/', null],
    ['a=1; Path=/v1/items/', 'https://api.example.com/v1/items', null],
    ['a=1; Path=/v1/', 'https://api.example.com/v1/x', 'a=1'],
    ['a=1; Path=/; Secure', 'http://api.example.com/', null],
    ['__Host-a=1; Secure; Path=/', API, '__Host-a=1'],
    ['__host-a=1; Secure; Path=/; Domain=example.com', API, null],
    ['__Host-a=1; Path=/', API, null],
    ['__Secure-a=1', API, null],
    ['=__Secure-a=1; Secure', API, null],
    ['a=1; Partitioned', API, null],
    [`a=${'x'.repeat(4096)}`, API, null],
    ['a=1\x01', API, null],
    [`a=1; Path=/${'x'.repeat(1024)}`, API, 'a=1'],
  ])('%s is sent to %s as %s', (line, url, value) => {
    const { set, sent } = jar()
    set(API, line)
    expect(sent(url)).toBe(value)
  })

  it('may be shared by a host that is itself a public suffix with nobody', () => {
    const { set, sent } = jar()
    set('https://github.io/', 'a=1; Domain=github.io; Path=/', 'https://github.io')
    expect(sent('https://github.io/', 'https://github.io')).toBe('a=1')
    expect(sent('https://me.github.io/', 'https://me.github.io')).toBeNull()
  })

  it('expires, and is removed by one that has expired', () => {
    const { cookies, set, sent, wait } = jar()
    set(API, ['a=1; Max-Age=10', 'b=2'])
    wait(10)
    expect(sent(API)).toBe('b=2')
    expect(cookies.all().map(({ name }) => name)).toEqual(['b'])
    set(API, 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT')
    expect(sent(API)).toBeNull()
  })

  it('is replaced by one of the same name, host and path', () => {
    const { cookies, set, sent } = jar()
    set(API, ['a=1', 'b=2', 'a=3'])
    expect(sent(API)).toBe('a=3; b=2')
    set(API, 'c=4; Path=/v1/items')
    expect(sent(API)).toBe('c=4; a=3; b=2')
    cookies.clear()
    expect(sent(API)).toBeNull()
  })

  it('with Secure is not replaced over plain http', () => {
    const { set, sent } = jar()
    set(API, 'a=1; Secure; Domain=example.com; Path=/')
    set('http://api.example.com/', 'a=2; Path=/', 'http://app.example.com')
    expect(sent(API)).toBe('a=1')
    expect(sent('http://api.example.com/', 'http://app.example.com')).toBeNull()
  })
})

describe('a cookie of another site', () => {
  it.each([
    ['spec', 'a=1; Secure', null],
    ['spec', 'a=1; SameSite=Strict; Secure', null],
    ['spec', 'a=1; SameSite=None', null],
    ['spec', 'a=1; SameSite=None; Secure', 'a=1'],
    ['chromium', 'a=1; SameSite=None; Secure', 'a=1'],
    ['firefox', 'a=1; Secure', 'a=1'],
    ['firefox', 'a=1; SameSite=Lax', null],
    ['webkit', 'a=1; SameSite=None; Secure', null],
  ] as const)('in %s: %s is sent as %s', (browser, line, value) => {
    const { set, sent } = jar({ browser })
    set(FOREIGN, line)
    expect(sent(FOREIGN)).toBe(value)
  })

  it('that was stored on its own site is sent only with SameSite=None', () => {
    const { set, sent } = jar()
    set(FOREIGN, ['a=1; SameSite=Lax', 'b=2', 'c=3; SameSite=None; Secure'], 'https://api.elsewhere.net')
    expect(sent(FOREIGN)).toBe('c=3')
    expect(sent(FOREIGN, 'https://www.elsewhere.net')).toBe('a=1; b=2; c=3')
    expect(sent(FOREIGN, 'http://www.elsewhere.net')).toBe('c=3')
    expect(sent(FOREIGN, 'null')).toBe('c=3')
  })

  it('is kept per site of the page where cookies are partitioned', () => {
    const { set, sent } = jar({ browser: 'firefox' })
    set(FOREIGN, 'a=1; SameSite=None; Secure')
    expect(sent(FOREIGN, 'https://www.example.com')).toBe('a=1')
    expect([sent(FOREIGN, 'https://stranger.test'), sent(FOREIGN, 'https://api.elsewhere.net')]).toEqual([null, null])
  })

  it('with Partitioned stays with the site of the page under which it was set', () => {
    const { cookies, set, sent } = jar()
    set(FOREIGN, 'a=1; SameSite=None; Secure; Partitioned', 'https://api.elsewhere.net')
    expect([sent(FOREIGN), sent(FOREIGN, 'https://www.elsewhere.net')]).toEqual([null, 'a=1'])
    set(FOREIGN, 'a=2; SameSite=None; Secure; Partitioned')
    expect([sent(FOREIGN), sent(FOREIGN, 'https://stranger.test')]).toEqual(['a=2', null])
    expect(cookies.all().map(({ partition }) => partition)).toEqual(['https://elsewhere.net', 'https://example.com'])
  })

  it('is refused on demand, except with Partitioned', () => {
    const { set, sent } = jar({ thirdPartyCookies: 'block' })
    set(FOREIGN, ['a=1; SameSite=None; Secure', 'b=2; SameSite=None; Secure; Partitioned'])
    expect([sent(FOREIGN), sent(FOREIGN, 'https://stranger.test')]).toEqual(['b=2', null])
    set(FOREIGN, 'c=3; SameSite=None; Secure', 'https://api.elsewhere.net')
    expect(sent(FOREIGN)).toBe('b=2')
  })
})

describe('the time of a cookie', () => {
  it.each([
    ['Max-Age=5', 4, true],
    ['Max-Age=5', 5, false],
    ['Max-Age=-1', 0, false],
    ['Max-Age=x', 1e9, true],
    ['Max-Age=5; Expires=Thu, 01 Jan 2060 00:00:00 GMT', 6, false],
    ['Expires=Thu, 01-Jan-1970 00:01:00 GMT', 59, true],
    ['Expires=Thu, 01-Jan-1970 00:01:00 GMT', 60, false],
    ['Expires=soon', 1e9, true],
    ['Max-Age=99999999', 400 * 86_400 - 1, true],
    ['Max-Age=99999999', 400 * 86_400, false],
    ['Expires=Thu, 01 Jan 2060 00:00:00 GMT', 400 * 86_400, false],
  ])('%s after %d seconds: %s', (attribute, seconds, isSent) => {
    const { set, sent, wait } = jar()
    set(API, `a=1; ${attribute}`)
    wait(seconds)
    expect(sent(API)).toBe(isSent ? 'a=1' : null)
  })
})
