import { describe, expect, it } from 'vitest'
import { createBrowser, createSimulator, type PageInit } from '../../src/browser.ts'
import { API, acao, location, openPage, outcome, PAGE } from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const
const ASCII = 'text/plain;charset=US-ASCII'

function page(browser: (typeof BROWSERS)[number] = 'spec', origin = PAGE) {
  const fetch = () => {
    throw new Error('nothing is sent for a data: URL')
  }
  return createBrowser({ browser, fetch }).page(origin)
}

async function read(url: string, init: PageInit = {}): Promise<string> {
  const seen = await page().request(url, init)
  if (!seen.shared) return seen.failure.code
  const { status, statusText, type } = seen.response
  expect([status, statusText, type, seen.exchanges.length]).toEqual([200, 'OK', 'basic', 0])
  const bytes = [...new Uint8Array(await seen.response.arrayBuffer())]
  return `${seen.response.headers.get('Content-Type')} ${bytes.map((byte) => byte.toString(16)).join(' ')}`.trimEnd()
}

describe('fetching a data: URL', () => {
  // Each line is what Chromium, Firefox and WebKitGTK read.
  it.each([
    ['data:,x', `${ASCII} 78`],
    ['data:,', ASCII],
    ['data:text/plain,x', 'text/plain 78'],
    ['data:text/plain;base64,eHl6', 'text/plain 78 79 7a'],
    ['data:text/plain;BASE64,eHl6', 'text/plain 78 79 7a'],
    ['data:text/plain; base64,eHl6', 'text/plain 78 79 7a'],
    ['data:text/plain;base64 ,eHl6', 'text/plain 78 79 7a'],
    ['data:text/plain;charset=utf-8;base64,eHl6', 'text/plain;charset=utf-8 78 79 7a'],
    ['data:;base64,eHl6', `${ASCII} 78 79 7a`],
    ['data:base64,eHl6', `${ASCII} 65 48 6c 36`],
    ['data:text/plain;base64;charset=utf-8,eHl6', 'text/plain;charset=utf-8 65 48 6c 36'],
    ['data:text/plain;base64,eHl6eA', 'text/plain 78 79 7a 78'],
    ['data:text/plain;base64,eHl6eA==', 'text/plain 78 79 7a 78'],
    ['data:text/plain;base64,eHl6eA=', 'network-error'],
    ['data:text/plain;base64,eH%0Al6', 'text/plain 78 79 7a'],
    ['data:text/plain;base64,e%48l6', 'text/plain 78 79 7a'],
    ['data:text/plain;base64,/+8=', 'text/plain ff ef'],
    ['data:text/plain;base64,!!!', 'network-error'],
    ['data:text/plain;base64,', 'text/plain'],
    ['data:;charset=UTF-8,%C3%A9', 'text/plain;charset=UTF-8 c3 a9'],
    ['data:text/html;charset=utf-8,é', 'text/html;charset=utf-8 c3 a9'],
    ['data:text/plain;charset=latin1,%E9', 'text/plain;charset=latin1 e9'],
    ['data:,%FF%zz%4', `${ASCII} ff 25 7a 7a 25 34`],
    ['data:,%41%4x', `${ASCII} 41 25 34 78`],
    ['data:foo,x', `${ASCII} 78`],
    ['data:foo/,x', `${ASCII} 78`],
    ['data:/bar,x', `${ASCII} 78`],
    ['data:TEXT/Plain;Charset=UTF-8,x', 'text/plain;charset=UTF-8 78'],
    ['data:,a?b#c', `${ASCII} 61 3f 62`],
    ['data:,a,b', `${ASCII} 61 2c 62`],
    ['data:  text/plain  ,x', 'text/plain 78'],
    ['data:  ;charset=utf-8,x', 'text/plain;charset=utf-8 78'],
    ['data:text/plain;base64  ,eHl6', 'text/plain 78 79 7a'],
    ['data:text/plain;a="\\ b",x', 'text/plain;a=" b" 78'],
    ['data:text/plain;a="b\\,x', 'text/plain;a="b\\\\" 78'],
    ['data:text/plain;a;b;c=d,x', 'text/plain;c=d 78'],
    ['data:notcomma', 'network-error'],
    ['data:text/plain#,x', 'network-error'],
    ['data:text/plain;charset,x', 'text/plain 78'],
    ['data:;x=y,z', 'text/plain;x=y 7a'],
    ['data:x/y;,q', 'x/y 71'],
    ['data:text/plain;charset="utf-8",x', 'text/plain;charset=utf-8 78'],
    ['data:text/plain;a="b c";d=e,x', 'text/plain;a="b c";d=e 78'],
    ['data:text/plain;a="",x', 'text/plain;a="" 78'],
    ['data:text/plain;a=;b=c,x', 'text/plain;b=c 78'],
    ['data:*/*;;charset=GB2312,x', '*/*;charset=GB2312 78'],
    ['DATA:,x', `${ASCII} 78`],
  ])('%s reads %s', async (url, expected) => {
    expect(await read(url)).toBe(expected)
  })

  // The MIME Sniffing Standard; browsers differ among themselves.
  it.each([
    ['data:text/plain;a=1;A=2,x', 'text/plain;a=1 78'],
    ['data:text/plain;X="a\\"b;c"junk;d=e,x', 'text/plain;x="a\\"b;c";d=e 78'],
    ['data:text/plain;a="b\\,x', 'text/plain;a="b\\\\" 78'],
    ['data:text/plain;a= b ,x', 'text/plain;a=" b" 78'],
    ['data:text/plain;(=1;b=2,x', 'text/plain;b=2 78'],
    ['data://h/p,x', `${ASCII} 78`],
  ])('writes the type anew: %s reads %s', async (url, expected) => {
    expect(await read(url)).toBe(expected)
  })

  it.each(['GET', 'POST', 'PUT', 'X'])('asks nobody for permission to %s', async (method) => {
    expect(await read('data:,xy', { method, headers: { 'X-Foo': '1' }, credentials: 'include' })).toBe(`${ASCII} 78 79`)
  })

  it('gives HEAD no body', async () => {
    expect(await read('data:,xy', { method: 'HEAD' })).toBe(ASCII)
    const verdict = await createSimulator({ send: () => null })
      .page(PAGE)
      .fetch('data:,xy', { method: 'HEAD' })
    expect(verdict.shared && verdict.response.body).toBeNull()
  })

  it('works for a page without an origin', async () => {
    expect((await page('spec', 'null').request('data:,x')).shared).toBe(true)
  })

  it.each(['cors', 'no-cors', 'same-origin'] as const)(
    'works in the mode %s with every redirect mode',
    async (mode) => {
      for (const redirect of ['follow', 'error', 'manual'] as const) {
        expect(await read('data:,x', { mode, redirect })).toBe(`${ASCII} 78`)
      }
    },
  )

  it('wants in WebKit the redirect mode "follow" next to "no-cors"', async () => {
    const seen = async (init: PageInit) => (await page('webkit').request('data:,x', init)).shared
    expect(await seen({ mode: 'no-cors' })).toBe(true)
    expect(await seen({ mode: 'cors', redirect: 'manual' })).toBe(true)
    expect(await seen({ mode: 'no-cors', redirect: 'manual' })).toBe(false)
    expect(await seen({ mode: 'no-cors', redirect: 'error' })).toBe(false)
  })

  it('has a Content-Length in Firefox alone', async () => {
    const seen = BROWSERS.map(async (browser) => {
      const outcome = await page(browser).request('data:,%C3%A9')
      return outcome.shared && outcome.response.headers.get('Content-Length')
    })
    expect(await Promise.all(seen)).toEqual([null, null, '2', null])
  })

  for (const browser of BROWSERS) {
    it.each(['cors', 'no-cors', 'same-origin'] as const)(
      `is not where a redirect leads, in ${browser} with %s`,
      async (mode) => {
        const home = openPage(browser, { '/a': { status: 302, headers: [acao(), location('data:,x')] } })
        expect(outcome(await home.fetch('/a', { mode }))).toBe('redirect-scheme')
        if (mode !== 'same-origin') expect(outcome(await home.fetch(`${API}/a`, { mode }))).toBe('redirect-scheme')
      },
    )
  }
})
