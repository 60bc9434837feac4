// What stands just beside a rule: a Location that is no redirect's, a listener that no upload has, a status that a failure names.
import { describe, expect, it } from 'vitest'
import { includesCredentials, isSameOrigin, originOf } from '../../src/browser/algorithms/origin.ts'
import type { PageInit, Verdict } from '../../src/browser.ts'
import { type Answer, API, acao, location, openPage, outcome, PAGE } from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const
type Browser = (typeof BROWSERS)[number]
type Answers = Readonly<Record<string, Answer>>

const ask = (browser: Browser, answers: Answers, init: PageInit = {}, host = API): Promise<Verdict> =>
  openPage(browser, answers).fetch(`${host}/a`, init)

/** What comes of it: the type and status, or the code and the status that the failure names. */
async function said(browser: Browser, answers: Answers, init: PageInit = {}, host = API): Promise<string> {
  const verdict = await ask(browser, answers, init, host)
  return verdict.shared ? outcome(verdict) : `${verdict.failure.code} ${verdict.failure.status}`
}

describe('a Location', () => {
  it.each(BROWSERS)('of an answer that is no redirect changes nothing: %s', async (browser) => {
    for (const value of ['ftp://x/', 'http://[', ''])
      expect(await said(browser, { '/a': { headers: [acao(), location(value)] } })).toBe('cors 200')
  })

  it.each<[Browser, string]>([
    ['spec', 'opaqueredirect 302'],
    ['chromium', 'opaqueredirect 302'],
    ['firefox', 'opaqueredirect 302'],
    ['webkit', 'network-error null'],
  ])('of ftp: breaks the answer in WebKit although it is not followed: %s', async (browser, expected) => {
    const answers = { '/a': { status: 302, headers: [acao(), location('ftp://x/')] } }
    expect(await said(browser, answers, { redirect: 'manual' })).toBe(expected)
  })

  it.each<[Browser, string, string]>([
    ['spec', 'redirect-location null', 'redirect-location null'],
    ['chromium', 'network-error null', 'cors 200'],
    ['firefox', 'network-error null', 'cors 200'],
    ['webkit', 'cors 200', 'allow-origin-missing 200'],
  ])('that stands twice, other and alike: %s', async (browser, other, alike) => {
    const answers = (second: string): Answers => ({
      '/a': { status: 302, headers: [acao(), location('/b'), location(second)] },
      '/b': { headers: [acao()] },
      '/b,%20/c': { headers: [acao()] },
    })
    expect(await said(browser, answers('/c'))).toBe(other)
    expect(await said(browser, answers('/b'))).toBe(alike)
  })

  it.each<[Browser, string, string]>([
    ['spec', 'redirect-mode 302', 'redirect-mode 302'],
    ['chromium', 'network-error null', 'cors 302'],
    ['firefox', 'redirect-mode 302', 'redirect-mode 302'],
    ['webkit', 'redirect-mode 302', 'cors 302'],
  ])('that is malformed or absent fails the redirect mode "error" or not: %s', async (browser, malformed, absent) => {
    const answer = (...headers: Answer['headers'] & {}) => ({ '/a': { status: 302, headers: [acao(), ...headers] } })
    const init: PageInit = { redirect: 'error' }
    expect(await said(browser, answer(location('http://[')), init)).toBe(malformed)
    expect(await said(browser, answer(), init)).toBe(absent)
    expect(await said(browser, answer(location('')), init)).toBe(absent)
  })

  it.each<[string, Browser, string]>([
    ['user@', 'chromium', 'embedded-credentials null'],
    [':secret@', 'chromium', 'embedded-credentials null'],
    ['', 'chromium', 'redirect-mode 302'],
    [':secret@', 'spec', 'redirect-mode 302'],
  ])('with "%s" on the page\'s own origin, in the redirect mode "error": %s', async (user, browser, expected) => {
    const target = PAGE.replace('://', `://${user}`)
    const answers = { '/a': { status: 302, headers: [location(`${target}/b`)] } }
    expect(await said(browser, answers, { redirect: 'error' }, PAGE)).toBe(expected)
  })
})

describe('a failure', () => {
  it.each(BROWSERS)('names the status of the answer that fails: %s', async (browser) => {
    expect(await said(browser, { '/a': { status: 404 } })).toBe('allow-origin-missing 404')
    const policy = { '/a': { status: 203, headers: [['Cross-Origin-Resource-Policy', 'same-origin']] } } as const
    expect(await said(browser, policy, { mode: 'no-cors' })).toBe('resource-policy 203')
  })
})

describe('a preflight that is answered by a redirect', () => {
  const failed = async (browser: Browser, ...pre: Answer['headers'] & {}) => {
    const answers = { '/a': { headers: [acao()], pre: { status: 302, headers: [acao(), ...pre] } } }
    const verdict = await ask(browser, answers, { method: 'PUT' })
    return verdict.shared ? 'shared' : `${verdict.failure.code}, ${verdict.failure.step}`
  }

  it.each<[Browser, string, string, string]>([
    ['spec', 'preflight-redirect', 'preflight-redirect', 'preflight-redirect'],
    ['chromium', 'preflight-redirect', 'preflight-redirect', 'preflight-redirect'],
    ['firefox', 'redirect-location', 'redirect-scheme', 'redirect-credentials'],
    ['webkit', 'preflight-redirect', 'preflight-redirect', 'preflight-redirect'],
  ])('fails by its status, at step 7: %s', async (browser, malformed, scheme, user) => {
    const step = 'CORS-preflight fetch, step 7'
    expect(await failed(browser)).toBe(`preflight-status, ${step}`)
    expect(await failed(browser, location('/b'))).toBe(`preflight-redirect, ${step}`)
    expect(await failed(browser, location('data:,x'))).toBe(`${scheme}, ${step}`)
    expect(await failed(browser, location('https://u@api.example.org/'))).toBe(`${user}, ${step}`)
    if (browser !== 'chromium') expect(await failed(browser, location('http://['))).toBe(`${malformed}, ${step}`)
  })
})

describe('headers of a page', () => {
  const send = (headers: unknown) => ask('spec', { '/a': { headers: [acao('*')] } }, { headers: headers as never })

  it.each([['ab'], [null], [5], [[['x-a']]], [[['x-a', 'b', 'c']]], [[[]]]])('cannot be %j', async (headers) => {
    await expect(send(headers)).rejects.toThrow(TypeError)
    await expect(send(headers)).rejects.toThrow(/^(?:headers are|a header in a list is) a/)
  })

  it('are pairs, an object, or Headers', async () => {
    for (const headers of [
      [['Accept', 'x']],
      { Accept: 'x' },
      new Headers({ Accept: 'x' }),
      new Map([['Accept', 'x']]),
    ])
      expect(outcome(await send(headers))).toBe('cors 200')
  })
})

describe('a listener of uploads', () => {
  it.each(BROWSERS)('forces a preflight of an XMLHttpRequest, and says nothing of fetch(): %s', async (browser) => {
    const answers = { '/a': { headers: [acao()], pre: { status: 404, headers: [acao()] } } }
    const init: PageInit = { method: 'POST', body: 'x', uploadListener: true }
    expect(await said(browser, answers, init)).toBe('cors 200')
    expect(await said(browser, answers, { ...init, initiator: 'xhr' })).toBe('preflight-status 404')
  })
})

describe('an origin', () => {
  it('that is opaque is the same as no other, and not as itself', () => {
    const urls = ['data:,x', 'file:///x', 'file://host/x', 'blob:app://x/y', 'blob:null/x', 'about:blank', 'app:///x']
    expect(urls.map((url) => originOf(new URL(url)))).toEqual(urls.map(() => 'null'))
    expect(urls.filter((url) => isSameOrigin('null', new URL(url)))).toEqual([])
    expect(isSameOrigin('https://a.com', new URL('https://a.com/x'))).toBe(true)
  })

  it('does not tell whether a URL has a user or a password', () => {
    const urls = ['https://a.com', 'https://u@a.com', 'https://:p@a.com', 'https://u:p@a.com']
    expect(urls.map((url) => includesCredentials(new URL(url)))).toEqual([false, true, true, true])
  })
})
