import { describe, expect, it } from 'vitest'
import type { BrowserModel, HeaderLine, PageInit } from '../../src/browser.ts'
import { API, acao, credentials, location, methods, names, openPage, sent } from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const
const PUT: PageInit = { method: 'PUT' }
const FOO: PageInit = { headers: { 'X-Foo': '1' } }

/** What a page concludes of a preflight's answer, and at which step. */
async function checked(
  browser: BrowserModel,
  pre: readonly HeaderLine[],
  init: PageInit,
  status = 204,
): Promise<string> {
  const page = openPage(browser, { '/': { headers: [acao(), credentials], pre: { status, headers: pre } } })
  const verdict = await page.fetch(`${API}/`, init)
  if (verdict.shared) return sent(verdict)
  const { code, step, value, during } = verdict.failure
  return [
    code,
    step.replace('CORS-preflight fetch, step ', ''),
    value,
    ...(during === 'preflight' ? [] : [during]),
  ].join(' | ')
}

describe('the answer to a preflight', () => {
  it('does not cover Authorization by * in the standard alone', async () => {
    const init = { headers: { Authorization: 'x' } }
    for (const mode of ['omit', 'same-origin'] as const) {
      const found = await checked('spec', [acao(), names('*')], { ...init, credentials: mode })
      expect(found).toBe('header-not-allowed | 7.6 | authorization')
    }
    expect(await checked('spec', [acao(), names('*, AUTHORIZATION')], init)).toBe('OPTIONS /, GET /')
    expect(await checked('spec', [acao(), names('Authorization')], init)).toBe('OPTIONS /, GET /')
    expect(await checked('spec', [acao()], init)).toBe('header-not-allowed | 7.7 | authorization')
    expect(await checked('spec', [acao(), credentials, names('*')], { ...init, credentials: 'include' })).toBe(
      'header-not-allowed | 7.7 | authorization',
    )
  })

  it.each(['chromium', 'firefox', 'webkit'] as const)(
    'covers Authorization by * in %s, with a note',
    async (browser) => {
      const page = openPage(browser, { '/': { headers: [acao()], pre: { headers: [acao(), names('*')] } } })
      const verdict = await page.fetch(`${API}/`, { headers: { Authorization: 'x' } })
      expect(verdict.notes.map(({ code }) => code)).toEqual(['authorization-covered-by-wildcard'])
      expect((await page.fetch(`${API}/?2`, FOO)).notes).toEqual([])
      const listed = openPage(browser, {
        '/': { headers: [acao()], pre: { headers: [acao(), names('*, authorization')] } },
      })
      expect((await listed.fetch(`${API}/`, { headers: { Authorization: 'x' } })).notes).toEqual([])
    },
  )

  it('is refused for the first of two faults, which in Firefox is the method', async () => {
    const pre = [acao(), methods('X'), names('bad token')]
    const seen = BROWSERS.map((browser) => checked(browser, pre, { ...PUT, ...FOO }))
    const syntax = 'allow-headers-syntax | 7.3 | bad token'
    expect(await Promise.all(seen)).toEqual([syntax, syntax, 'method-not-allowed | 7.5 | PUT', syntax])
    expect(await checked('firefox', [acao(), methods('PUT'), names('bad token')], { ...PUT, ...FOO })).toBe(syntax)
    expect(await checked('spec', [acao(), methods('bad token'), names('bad token')], PUT)).toBe(
      'allow-methods-syntax | 7.3 | bad token',
    )
  })

  it('allows the method of an upload without Access-Control-Allow-Methods in the standard alone', async () => {
    const upload: PageInit = { ...PUT, initiator: 'xhr', uploadListener: true, body: 'x' }
    const seen = BROWSERS.map((browser) => checked(browser, [acao(), names('content-type')], upload))
    const refused = 'method-not-allowed | 7.5 | PUT'
    expect(await Promise.all(seen)).toEqual(['OPTIONS /, PUT /', refused, refused, refused])
    expect(await checked('spec', [acao()], PUT)).toBe(refused)
    expect(await checked('spec', [acao(), methods('POST')], upload)).toBe(refused)
  })

  it.each([
    [[methods('*')], 'omit', 'OPTIONS /, PUT /'],
    [[methods('*')], 'include', 'method-not-allowed | 7.5 | PUT'],
    [[methods('put')], 'omit', 'method-not-allowed | 7.5 | PUT'],
    [[methods('GET'), methods('PUT')], 'omit', 'OPTIONS /, PUT /'],
    [[], 'omit', 'method-not-allowed | 7.5 | PUT'],
  ] as const)('with %j and credentials %s: %s', async (lines, mode, expected) => {
    expect(await checked('spec', [acao(), credentials, ...lines], { ...PUT, credentials: mode })).toBe(expected)
  })

  it.each(['GET', 'HEAD', 'POST'])('never needs to allow %s', async (method) => {
    expect(await checked('spec', [acao(), names('x-foo')], { method, ...FOO })).toBe(`OPTIONS /, ${method} /`)
  })

  it('allows header names in any case', async () => {
    expect(await checked('spec', [acao(), names('x-BAR, X-foo')], FOO)).toBe('OPTIONS /, GET /')
    expect(await checked('spec', [acao(), names('x-bar')], FOO)).toBe('header-not-allowed | 7.7 | x-foo')
  })
})

describe('the status of a preflight', () => {
  const refused = [location('/b')]

  it.each([200, 204, 226, 299])('passes with %d', async (status) => {
    expect(await checked('spec', [acao(), methods('PUT')], PUT, status)).toBe('OPTIONS /, PUT /')
  })

  it.each([300, 304, 404, 500])('fails with %d', async (status) => {
    expect(await checked('spec', [acao(), methods('PUT')], PUT, status)).toBe(`preflight-status | 7 | ${status}`)
    expect(await checked('spec', [acao(), methods('PUT'), ...refused], PUT, status)).toBe(
      `preflight-status | 7 | ${status}`,
    )
  })

  it.each([301, 302, 303, 307, 308])('fails with %d as a redirect where it has a Location', async (status) => {
    expect(await checked('spec', [acao(), ...refused], PUT, status)).toBe('preflight-redirect | 7 | /b')
    expect(await checked('spec', [acao()], PUT, status)).toBe(`preflight-status | 7 | ${status}`)
  })

  it('is named before or after the origin, as the browser does', async () => {
    const seen = (pre: readonly HeaderLine[], status: number) =>
      Promise.all(BROWSERS.map(async (browser) => (await checked(browser, pre, PUT, status)).split(' | ')[0]))
    const [missing, status] = ['allow-origin-missing', 'preflight-status']
    expect(await seen([], 500)).toEqual([missing, missing, missing, status])
    expect(await seen(refused, 302)).toEqual([missing, 'preflight-redirect', missing, 'preflight-redirect'])
    expect(await seen([acao()], 500)).toEqual([status, status, status, status])
  })

  // What Firefox 153 reported in its console, and Chromium 156 to its developer tools.
  it.each([
    ['/b', 'follow', 'CORSExternalRedirectNotAllowed', 'PreflightDisallowedRedirect'],
    ['/b', 'error', 'CORSPreflightDidNotSucceed3', 'PreflightDisallowedRedirect'],
    ['/b', 'manual', 'CORSPreflightDidNotSucceed3', 'PreflightDisallowedRedirect'],
    ['/', 'manual', 'CORSPreflightDidNotSucceed3', 'PreflightDisallowedRedirect'],
    ['', 'follow', 'CORSExternalRedirectNotAllowed', 'PreflightInvalidStatus'],
    ['', 'manual', 'CORSPreflightDidNotSucceed3', 'PreflightInvalidStatus'],
    ['http://', 'follow', 'CORSDidNotSucceed2', null],
    ['http://', 'manual', 'CORSPreflightDidNotSucceed3', null],
    ['data:,x', 'follow', 'CORSDidNotSucceed2', 'PreflightDisallowedRedirect'],
    ['foo:bar', 'follow', 'CORSDidNotSucceed2', 'PreflightDisallowedRedirect'],
    ['https://user:password@api.example.org/', 'follow', 'CORSDidNotSucceed2', 'PreflightDisallowedRedirect'],
    ['https://user:password@api.example.org/', 'error', 'CORSPreflightDidNotSucceed3', 'PreflightDisallowedRedirect'],
  ] as const)('302 with Location %j and the redirect mode %s', async (value, redirect, firefox, chromium) => {
    // Both names come with either browser: each is told what the other would have found.
    for (const browser of ['spec', 'firefox'] as const) {
      const page = openPage(browser, { '/': { pre: { status: 302, headers: [acao(), location(value)] } } })
      const verdict = await page.fetch(`${API}/`, { ...PUT, redirect })
      expect(verdict.shared ? null : [verdict.failure.during, verdict.failure.firefox]).toEqual(['preflight', firefox])
      if (browser === 'spec') expect(verdict.shared ? null : verdict.failure.chromium).toBe(chromium)
    }
  })

  it.each([
    ['http://', 'redirect-location'],
    ['data:,x', 'redirect-scheme'],
    ['foo:bar', 'allow-origin-mismatch'],
    ['https://user:password@api.example.org/', 'allow-origin-mismatch'],
    ['/b', 'allow-origin-mismatch'],
  ])('with a bad origin and Location %j fails in Firefox as %s', async (value, code) => {
    const pre = [acao('https://other.example'), location(value)]
    expect((await checked('firefox', pre, PUT, 302)).split(' | ')[0]).toBe(code)
  })

  it('breaks where two Location lines differ, in Chromium and Firefox', async () => {
    const pre = [acao(), methods('PUT'), location('/b'), location('/c')]
    const seen = BROWSERS.map(async (browser) => (await checked(browser, pre, PUT)).split(' | ')[0])
    expect(await Promise.all(seen)).toEqual(['OPTIONS /, PUT /', 'network-error', 'network-error', 'OPTIONS /, PUT /'])
    expect(await checked('chromium', pre.slice(1), PUT)).toBe('network-error | HTTP-network fetch | ')
  })
})
