import { describe, expect, it } from 'vitest'
import { isSafelistedIn } from '../../src/browser/algorithms/safelist.ts'
import { rulesOf } from '../../src/browser/rules.ts'
import type { BrowserModel, PageInit } from '../../src/browser.ts'
import { API, acao, methods, names, openPage } from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const
const open = { '/': { headers: [acao(), methods('*'), names('*')] } }

/** The header lines that a page set and that were sent, apart from what the browser adds. */
async function sentLines(init: PageInit, browser: BrowserModel = 'spec'): Promise<string[]> {
  const { exchanges } = await openPage(browser, open).fetch(`${API}/`, init)
  const own = ['Origin', 'Sec-Fetch-Site', 'Sec-Fetch-Mode', 'Sec-Fetch-Dest']
  const lines = exchanges.at(-1)?.request.headers.filter(([name]) => !own.includes(name)) ?? []
  return lines.map(([name, value]) => `${name}: ${value}`)
}

describe('the headers of a request', () => {
  it.each(['', 'a b', 'a:b', 'é', '(x)'])('refuse the name %j', async (name) => {
    const seen = openPage('spec', open).fetch(`${API}/`, { headers: [[name, '1']] })
    await expect(seen).rejects.toThrow(`${JSON.stringify(name)} is not a header name`)
  })

  it.each(['a\nb', 'a\rb', 'a\0b', '\u0100', 'x☃'])('refuse the value %j', async (value) => {
    const seen = openPage('spec', open).fetch(`${API}/`, { headers: { 'X-Foo': value } })
    await expect(seen).rejects.toThrow(`${JSON.stringify(value)} cannot be the value of X-Foo`)
  })

  it('take every other byte, and trim what is around them', async () => {
    expect(await sentLines({ headers: { 'X-Foo': ' \t\x01a\x7f\x80\xff\r\n' } })).toEqual(['X-Foo: \x01a\x7f\x80\xff'])
    expect(await sentLines({ headers: { 'X-Foo': '' } })).toEqual(['X-Foo: '])
  })

  it('come as a record, as pairs, or as Headers', async () => {
    expect(await sentLines({ headers: { 'X-A': '1', 'X-B': 2 as never } })).toEqual(['X-A: 1', 'X-B: 2'])
    expect(
      await sentLines({
        headers: [
          ['X-A', '1'],
          ['X-A', '2'],
        ],
      }),
    ).toEqual(['X-A: 1', 'X-A: 2'])
    expect(await sentLines({ headers: new Headers({ 'X-A': '1' }) })).toEqual(['x-a: 1'])
    expect(await sentLines({ headers: new Map([['X-A', '1']]) as never })).toEqual(['X-A: 1'])
    expect(await sentLines({})).toEqual([])
  })

  it.each([[['X-A']], [['X-A', '1', '2']], [[]]])('refuse %j, which is no pair', async (pair) => {
    const seen = openPage('spec', open).fetch(`${API}/`, { headers: [pair] as never })
    await expect(seen).rejects.toThrow('a header in a list is a pair of a name and a value')
  })

  it('never hold names that browsers keep for themselves', async () => {
    const headers = {
      Host: 'x',
      Cookie: 'a=b',
      Origin: 'https://x.test',
      'Sec-Foo': '1',
      'Proxy-Foo': '1',
      'X-Foo': '1',
    }
    expect(await sentLines({ headers })).toEqual(['X-Foo: 1'])
  })

  it.each(BROWSERS)('hold User-Agent, but in Chromium: %s', async (browser) => {
    const kept = browser === 'chromium' ? [] : ['User-AGENT: x']
    expect(await sentLines({ headers: { 'User-AGENT': 'x', 'X-Foo': '1' } }, browser)).toEqual([...kept, 'X-Foo: 1'])
  })

  it('are few in the mode "no-cors", and limited together', async () => {
    const headers: [string, string][] = [
      ['Accept', 'a'.repeat(100)],
      ['X-Foo', '1'],
      ['ACCEPT', 'b'.repeat(27)],
      ['accept', 'b'.repeat(26)],
      ['Accept-Language', 'b'.repeat(128)],
      ['Content-Type', 'text/plain'],
      ['Content-Type', 'a/b'],
      ['Range', 'bytes=0-1'],
    ]
    expect(await sentLines({ mode: 'no-cors', headers })).toEqual([
      `Accept: ${'a'.repeat(100)}`,
      `accept: ${'b'.repeat(26)}`,
      `Accept-Language: ${'b'.repeat(128)}`,
      'Content-Type: text/plain',
    ])
  })

  it('get the type of the body where they have none', async () => {
    const body = new URLSearchParams({ a: '1' })
    const form = 'application/x-www-form-urlencoded;charset=UTF-8'
    expect(await sentLines({ method: 'POST', body })).toEqual([`Content-Type: ${form}`])
    expect(await sentLines({ method: 'POST', body, headers: { 'X-Foo': '1' } })).toEqual([
      'X-Foo: 1',
      `Content-Type: ${form}`,
    ])
    expect(await sentLines({ method: 'POST', body, headers: { 'content-TYPE': 'a/b' } })).toEqual(['content-TYPE: a/b'])
    expect(await sentLines({ method: 'POST', body: new Uint8Array([1]) })).toEqual([])
  })

  it('of an XMLHttpRequest are joined by name', async () => {
    const headers: [string, string][] = [
      ['X-Foo', '1'],
      ['X-Bar', '1'],
      ['x-foo', '2'],
    ]
    expect(await sentLines({ initiator: 'xhr', headers })).toEqual(['X-Foo: 1, 2', 'X-Bar: 1'])
  })
})

describe('isSafelistedIn()', () => {
  const seen = (name: string, value: string) => BROWSERS.map((browser) => isSafelistedIn(rulesOf(browser), name, value))
  const [NO, YES] = [false, true]

  // spec, Chromium, Firefox, WebKit
  it.each([
    ['Accept', '*/*', [YES, YES, YES, YES]],
    ['Accept', '"', [NO, NO, NO, NO]],
    ['Accept', '\x7f', [NO, NO, NO, NO]],
    ['Accept', '~', [YES, YES, YES, YES]],
    ['Accept', '\x80', [YES, YES, NO, YES]],
    ['Accept', 'aé', [YES, YES, NO, YES]],
    ['accept-language', 'de', [YES, YES, YES, YES]],
    ['X-Foo', '1', [NO, NO, NO, NO]],
    ['Content-Type', 'text/plain', [YES, YES, YES, YES]],
    ['Content-Type', 'text/plain;a=b', [YES, YES, YES, YES]],
    ['Content-Type', 'text/plain;a,b', [YES, YES, NO, YES]],
    ['CONTENT-type', 'text/plain;a=b; ', [YES, YES, NO, YES]],
    ['Content-Type', 'text/plain;a=b;', [YES, YES, NO, YES]],
    ['Content-Type', 'text/plain;a=b; \t', [YES, YES, NO, YES]],
    ['Content-Type', 'text/plain;;a', [YES, YES, YES, YES]],
    ['Content-Type', 'a/b', [NO, NO, NO, NO]],
    ['Accept', 'a;b,c', [YES, YES, YES, YES]],
    ['Range', 'bytes=0-9', [YES, YES, YES, YES]],
    ['range', 'bytes=5-', [YES, YES, YES, YES]],
    ['Range', 'bytes=-5', [NO, NO, NO, NO]],
    ['Range', 'Bytes=0-9', [NO, NO, NO, YES]],
    ['Range', 'bytes=+0-+9', [NO, NO, NO, YES]],
    ['Range', 'bytes=+0-9', [NO, NO, NO, YES]],
    ['Range', 'bytes=++0-9', [NO, NO, NO, NO]],
    ['Range', 'bytes=0-9223372036854775806', [YES, YES, YES, YES]],
    ['Range', 'bytes=0-9223372036854775807', [YES, NO, YES, YES]],
    ['Range', 'bytes=9223372036854775807-', [YES, NO, YES, YES]],
    ['Range', 'bytes=0-18446744073709551615', [YES, NO, YES, YES]],
    ['Range', 'bytes=0-18446744073709551616', [YES, NO, NO, NO]],
    ['Range', 'bytes=0-99999999999999999999', [YES, NO, NO, NO]],
    ['Range', 'bytes=00000000000000000000000-1', [YES, YES, YES, YES]],
    ['Range', 'bytes=000000000000000000009-10', [YES, YES, YES, YES]],
    ['Range', 'items=0-9', [NO, NO, NO, NO]],
    ['Range', 'bytes=0-0099999999999999999999', [YES, NO, NO, NO]],
    ['DPR', '2', [NO, YES, NO, NO]],
    ['DPR', '2.5', [NO, YES, NO, NO]],
    ['DPR', 'x', [NO, NO, NO, NO]],
    ['DPR', '', [NO, NO, NO, NO]],
    ['DPR', '2.', [NO, NO, NO, NO]],
    ['DPR', '.5', [NO, NO, NO, NO]],
    ['DPR', '1.2.3', [NO, NO, NO, NO]],
    ['DPR', '1'.repeat(128), [NO, YES, NO, NO]],
    ['DPR', '1'.repeat(129), [NO, NO, NO, NO]],
    ['Downlink', '1.5', [NO, YES, NO, NO]],
    ['DEVICE-memory', '8', [NO, YES, NO, NO]],
    ['RTT', '100', [NO, YES, NO, NO]],
    ['RTT', '1.5', [NO, NO, NO, NO]],
    ['Viewport-Width', '100', [NO, YES, NO, NO]],
    ['Width', '100', [NO, YES, NO, NO]],
    ['ECT', 'slow-2g', [NO, YES, NO, NO]],
    ['ECT', '2g', [NO, YES, NO, NO]],
    ['ECT', '3g', [NO, YES, NO, NO]],
    ['ECT', '4g', [NO, YES, NO, NO]],
    ['ECT', '5g', [NO, NO, NO, NO]],
    ['Save-Data', 'On', [NO, YES, NO, NO]],
    ['Save-Data', 'off', [NO, NO, NO, NO]],
    ['Intervention', 'x', [NO, YES, NO, NO]],
  ] as const)('%s: %s', (name, value, expected) => {
    expect(seen(name, value)).toEqual(expected)
  })
})
