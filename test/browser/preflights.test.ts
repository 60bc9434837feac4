import { describe, expect, it } from 'vitest'
import { type BrowserModel, createSimulator, type HeaderLine, type PageInit } from '../../src/browser.ts'
import {
  API,
  acao,
  age,
  credentials,
  location,
  methods,
  names,
  openPage,
  outcome,
  PAGE,
  sent,
  sentField,
} from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const
const PUT: PageInit = { method: 'PUT' }
const _FOO: PageInit = { headers: { 'X-Foo': '1' } }

/** What a page concludes of a preflight's answer, and at which step. */
async function _judged(
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

describe('a preflight', () => {
  it('carries no credentials, and accepts everything', async () => {
    const answers = { '/': { headers: [acao(), credentials, methods('PUT')] } }
    const verdict = await openPage('spec', answers).fetch(`${API}/`, { ...PUT, credentials: 'include' })
    expect(verdict.exchanges.map((exchange) => exchange.credentials)).toEqual([false, true])
    expect(verdict.exchanges[0]?.request.headers.map(([name, value]) => `${name}: ${value}`)).toEqual([
      'Accept: */*',
      'Access-Control-Request-Method: PUT',
      `Origin: ${PAGE}`,
      'Sec-Fetch-Site: cross-site',
      'Sec-Fetch-Mode: cors',
      'Sec-Fetch-Dest: empty',
    ])
  })

  it('that nobody answers is the fault of the preflight', async () => {
    const during = async (broken: string) => {
      const send = ({ method }: { method: string }) =>
        method === broken ? null : { status: 200, headers: [acao(), methods('PUT')] }
      const verdict = await createSimulator({ send }).page(PAGE).fetch(`${API}/`, PUT)
      return verdict.shared ? '' : verdict.failure.during
    }
    expect([await during('OPTIONS'), await during('PUT')]).toEqual(['preflight', 'response'])
  })

  it('names the step of the CORS check that failed', async () => {
    const verdict = await openPage('spec', {}).fetch(`${API}/`, PUT)
    expect(verdict.shared ? '' : verdict.failure.step).toBe('CORS-preflight fetch, step 7 (CORS check, step 2)')
  })
})

describe('what is asked after a redirect', () => {
  const open = [acao('*'), methods('*'), names('*, authorization')]
  const asks = (verdict: Awaited<ReturnType<ReturnType<typeof openPage>['fetch']>>) =>
    verdict.exchanges.map(({ kind }, index) =>
      kind === 'preflight' ? (sentField(verdict, index, 'Access-Control-Request-Headers') ?? 'nothing') : 'sent',
    )

  it('goes by the first headers in Firefox, without Authorization for another origin', async () => {
    const hops = { '/a': { status: 307, headers: [location(`${API}/b`)] }, '/b': { headers: open } }
    const init = { headers: { Authorization: 'x' } }
    expect(asks(await openPage('firefox', hops).fetch('/a', init))).toEqual(['sent', 'nothing', 'sent'])
    expect(asks(await openPage('spec', hops).fetch('/a', init))).toEqual(['sent', 'sent'])
    const near = {
      '/a': { status: 307, headers: [...open, location('/b')], pre: { headers: open } },
      '/b': { headers: open },
    }
    expect(asks(await openPage('firefox', near).fetch(`${API}/a`, init))).toEqual([
      'authorization',
      'sent',
      'authorization',
      'sent',
    ])
  })

  it('leaves out the headers of a body that was dropped', async () => {
    const hops = {
      '/a': { status: 303, headers: [...open, location('/b')], pre: { headers: open } },
      '/b': { headers: open },
    }
    const init = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', 'X-Foo': '1' } }
    const seen = BROWSERS.map(async (browser) => asks(await openPage(browser, hops).fetch(`${API}/a`, init)))
    expect(await Promise.all(seen)).toEqual([
      ['content-type,x-foo', 'sent', 'x-foo', 'sent'],
      ['content-type,x-foo', 'sent', 'x-foo', 'sent'],
      ['content-type,x-foo', 'sent', 'x-foo', 'sent'],
      ['content-type,x-foo', 'sent', 'content-type,x-foo', 'sent'],
    ])
    // Headers of a body that stays are asked for again.
    const kept = { ...hops, '/a': { ...hops['/a'], status: 307 } }
    expect(asks(await openPage('firefox', kept).fetch(`${API}/a`, init))[2]).toBe('content-type,x-foo')
  })

  // What Firefox 153 sent.
  it.each([
    ['fetch', 'Authorization', 2, ['sent', 'sent', 'nothing', 'sent']],
    ['xhr', 'Authorization', 2, ['sent', 'sent', 'nothing', 'sent']],
    ['xhr', 'Authorization', 1, ['sent', 'nothing', 'sent']],
    ['fetch', 'Content-Type', 2, ['sent', 'sent', 'content-type', 'sent']],
    ['xhr', 'Content-Type', 2, ['sent', 'sent', 'content-type', 'sent']],
    ['xhr', 'Content-Type', 1, ['sent', 'nothing', 'sent']],
  ] as const)(
    'remembers in Firefox, with %s and %s, what was dropped after %d hops at home',
    async (initiator, name, hops, expected) => {
      const answers = {
        '/1': { status: 303, headers: [location(hops === 1 ? `${API}/3` : '/2')] },
        '/2': { status: 307, headers: [location(`${API}/3`)] },
        '/3': { headers: open },
      }
      const init: PageInit = { initiator, method: 'POST', body: 'x', headers: { [name]: 'a/b' } }
      expect(asks(await openPage('firefox', answers).fetch('/1', init))).toEqual(expected)
      const others = await openPage('firefox', answers).fetch('/1', { ...init, initiator: 'beacon' })
      expect(asks(others)).not.toContain('nothing')
    },
  )

  it('names a repeated header twice in Firefox alone', async () => {
    const init: PageInit = {
      headers: [
        ['X-Foo', '1'],
        ['Accept', 'a'],
        ['X-Foo', '2'],
        ['X-Bar', '1'],
        ['Accept', '"'],
      ],
    }
    const seen = BROWSERS.map(
      async (browser) => asks(await openPage(browser, { '/': { headers: open } }).fetch(`${API}/`, init))[0],
    )
    const once = 'accept,x-bar,x-foo'
    expect(await Promise.all(seen)).toEqual([once, once, 'accept,x-bar,x-foo,x-foo', once])
  })

  it('carries the origin of the page in Firefox, which nobody checks where that is home', async () => {
    const hops = {
      '/a': { status: 307, headers: [...open, location(`${PAGE}/b`)], pre: { headers: open } },
      '/b': { headers: [acao('null')], pre: { headers: [methods('PUT')] } },
    }
    const verdict = await openPage('firefox', hops).fetch(`${API}/a`, PUT)
    expect([outcome(verdict), sentField(verdict, 2, 'Origin'), sentField(verdict, 3, 'Origin')]).toEqual([
      'cors 200',
      PAGE,
      'null',
    ])
    const standard = await openPage('spec', hops).fetch(`${API}/a`, PUT)
    expect([outcome(standard), sentField(standard, 2, 'Origin')]).toEqual(['allow-origin-missing', 'null'])
    const away = { ...hops, '/a': { ...hops['/a'], headers: [...open, location('https://third.example/b')] } }
    expect(outcome(await openPage('firefox', away).fetch(`${API}/a`, PUT))).toBe('allow-origin-missing')
  })
})

describe('age', () => {
  it('is read from the answer that is stored last', async () => {
    const lines = [acao(), methods('PUT'), age('600')]
    const page = openPage('spec', { '/': { headers: lines } })
    await page.fetch(`${API}/`, PUT)
    page.wait(599)
    expect(sent(await page.fetch(`${API}/`, PUT))).toBe('PUT /')
    page.wait(1)
    expect(sent(await page.fetch(`${API}/`, PUT))).toBe('OPTIONS /, PUT /')
  })
})
