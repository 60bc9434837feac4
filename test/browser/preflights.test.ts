import { describe, expect, it } from 'vitest'
import { createBrowser, createJudge, type Engine, type HeaderLine, type PageInit } from '../../src/browser.ts'
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
} from '../support/judged.ts'

const ENGINES = ['spec', 'chromium', 'firefox', 'webkit'] as const
const PUT: PageInit = { method: 'PUT' }
const FOO: PageInit = { headers: { 'X-Foo': '1' } }

/** What a page concludes of a preflight's answer, and at which step. */
async function judged(engine: Engine, pre: readonly HeaderLine[], init: PageInit, status = 204): Promise<string> {
  const page = openPage(engine, { '/': { headers: [acao(), credentials], pre: { status, headers: pre } } })
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
      const found = await judged('spec', [acao(), names('*')], { ...init, credentials: mode })
      expect(found).toBe('header-not-allowed | 7.6 | authorization')
    }
    expect(await judged('spec', [acao(), names('*, AUTHORIZATION')], init)).toBe('OPTIONS /, GET /')
    expect(await judged('spec', [acao(), names('Authorization')], init)).toBe('OPTIONS /, GET /')
    expect(await judged('spec', [acao()], init)).toBe('header-not-allowed | 7.7 | authorization')
    expect(await judged('spec', [acao(), credentials, names('*')], { ...init, credentials: 'include' })).toBe(
      'header-not-allowed | 7.7 | authorization',
    )
  })

  it.each(['chromium', 'firefox', 'webkit'] as const)(
    'covers Authorization by * in %s, with a note',
    async (engine) => {
      const page = openPage(engine, { '/': { headers: [acao()], pre: { headers: [acao(), names('*')] } } })
      const verdict = await page.fetch(`${API}/`, { headers: { Authorization: 'x' } })
      expect(verdict.notes.map(({ code }) => code)).toEqual(['authorization-covered-by-wildcard'])
      expect((await page.fetch(`${API}/?2`, FOO)).notes).toEqual([])
      const listed = openPage(engine, {
        '/': { headers: [acao()], pre: { headers: [acao(), names('*, authorization')] } },
      })
      expect((await listed.fetch(`${API}/`, { headers: { Authorization: 'x' } })).notes).toEqual([])
    },
  )

  it('is refused for the first of two faults, which in Firefox is the method', async () => {
    const pre = [acao(), methods('X'), names('bad token')]
    const seen = ENGINES.map((engine) => judged(engine, pre, { ...PUT, ...FOO }))
    const syntax = 'allow-headers-syntax | 7.3 | bad token'
    expect(await Promise.all(seen)).toEqual([syntax, syntax, 'method-not-allowed | 7.5 | PUT', syntax])
    expect(await judged('firefox', [acao(), methods('PUT'), names('bad token')], { ...PUT, ...FOO })).toBe(syntax)
    expect(await judged('spec', [acao(), methods('bad token'), names('bad token')], PUT)).toBe(
      'allow-methods-syntax | 7.3 | bad token',
    )
  })

  it('allows the method of an upload without Access-Control-Allow-Methods in the standard alone', async () => {
    const upload: PageInit = { ...PUT, initiator: 'xhr', uploadListener: true, body: 'x' }
    const seen = ENGINES.map((engine) => judged(engine, [acao(), names('content-type')], upload))
    const refused = 'method-not-allowed | 7.5 | PUT'
    expect(await Promise.all(seen)).toEqual(['OPTIONS /, PUT /', refused, refused, refused])
    expect(await judged('spec', [acao()], PUT)).toBe(refused)
    expect(await judged('spec', [acao(), methods('POST')], upload)).toBe(refused)
  })

  it.each([
    [[methods('*')], 'omit', 'OPTIONS /, PUT /'],
    [[methods('*')], 'include', 'method-not-allowed | 7.5 | PUT'],
    [[methods('put')], 'omit', 'method-not-allowed | 7.5 | PUT'],
    [[methods('GET'), methods('PUT')], 'omit', 'OPTIONS /, PUT /'],
    [[], 'omit', 'method-not-allowed | 7.5 | PUT'],
  ] as const)('with %j and credentials %s: %s', async (lines, mode, expected) => {
    expect(await judged('spec', [acao(), credentials, ...lines], { ...PUT, credentials: mode })).toBe(expected)
  })

  it.each(['GET', 'HEAD', 'POST'])('never needs to allow %s', async (method) => {
    expect(await judged('spec', [acao(), names('x-foo')], { method, ...FOO })).toBe(`OPTIONS /, ${method} /`)
  })

  it('allows header names in any case', async () => {
    expect(await judged('spec', [acao(), names('x-BAR, X-foo')], FOO)).toBe('OPTIONS /, GET /')
    expect(await judged('spec', [acao(), names('x-bar')], FOO)).toBe('header-not-allowed | 7.7 | x-foo')
  })
})

describe('the status of a preflight', () => {
  const refused = [location('/b')]

  it.each([200, 204, 226, 299])('passes with %d', async (status) => {
    expect(await judged('spec', [acao(), methods('PUT')], PUT, status)).toBe('OPTIONS /, PUT /')
  })

  it.each([300, 304, 404, 500])('fails with %d', async (status) => {
    expect(await judged('spec', [acao(), methods('PUT')], PUT, status)).toBe(`preflight-status | 7 | ${status}`)
    expect(await judged('spec', [acao(), methods('PUT'), ...refused], PUT, status)).toBe(
      `preflight-status | 7 | ${status}`,
    )
  })

  it.each([301, 302, 303, 307, 308])('fails with %d as a redirect where it has a Location', async (status) => {
    expect(await judged('spec', [acao(), ...refused], PUT, status)).toBe('preflight-redirect | 7 | /b')
    expect(await judged('spec', [acao()], PUT, status)).toBe(`preflight-status | 7 | ${status}`)
  })

  it('is named before or after the origin, as the engine does', async () => {
    const seen = (pre: readonly HeaderLine[], status: number) =>
      Promise.all(ENGINES.map(async (engine) => (await judged(engine, pre, PUT, status)).split(' | ')[0]))
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
    // Both names come with either engine: each is told what the other would have found.
    for (const engine of ['spec', 'firefox'] as const) {
      const page = openPage(engine, { '/': { pre: { status: 302, headers: [acao(), location(value)] } } })
      const verdict = await page.fetch(`${API}/`, { ...PUT, redirect })
      expect(verdict.shared ? null : [verdict.failure.during, verdict.failure.firefox]).toEqual(['preflight', firefox])
      if (engine === 'spec') expect(verdict.shared ? null : verdict.failure.chromium).toBe(chromium)
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
    expect((await judged('firefox', pre, PUT, 302)).split(' | ')[0]).toBe(code)
  })

  it('breaks where two Location lines differ, in Chromium and Firefox', async () => {
    const pre = [acao(), methods('PUT'), location('/b'), location('/c')]
    const seen = ENGINES.map(async (engine) => (await judged(engine, pre, PUT)).split(' | ')[0])
    expect(await Promise.all(seen)).toEqual(['OPTIONS /, PUT /', 'network-error', 'network-error', 'OPTIONS /, PUT /'])
    expect(await judged('chromium', pre.slice(1), PUT)).toBe('network-error | HTTP-network fetch | ')
  })
})

describe('a stream as a body', () => {
  const stream = (): PageInit => ({ method: 'POST', body: new Blob(['x']).stream(), duplex: 'half' }) as PageInit
  const open = { '/': { headers: [acao(), methods('*'), names('*')] } }

  it.each(ENGINES)('needs more than a URL of the scheme http, in %s', async (engine) => {
    const seen = openPage(engine, open, 'http://app.example.com').fetch('http://app.example.com/', stream())
    if (engine === 'webkit') await expect(seen).rejects.toThrow(TypeError)
    else expect(outcome(await seen)).toBe(engine === 'firefox' ? 'basic 200' : 'network-error')
  })

  it('is preflighted before it fails over http', async () => {
    const http = { '/': { headers: [acao('http://app.example.com'), methods('*'), names('*')] } }
    for (const engine of ['spec', 'chromium'] as const) {
      const verdict = await openPage(engine, http, 'http://app.example.com').fetch('http://api.example.org/', stream())
      expect([outcome(verdict), sent(verdict)]).toEqual(['network-error', 'OPTIONS /'])
      expect(verdict.shared ? '' : verdict.failure.during).toBe('response')
      const refused = await openPage(engine, {}, 'http://app.example.com').fetch('http://api.example.org/', stream())
      expect(outcome(refused)).toBe('allow-origin-missing')
    }
  })

  it('is sent over https', async () => {
    const verdict = await openPage('spec', open).fetch(`${API}/`, stream())
    expect([outcome(verdict), sent(verdict)]).toEqual(['cors 200', 'OPTIONS /, POST /'])
  })

  it('is no stream any more after a redirect that drops it', async () => {
    const hops = {
      '/a': { status: 303, headers: [acao(), methods('*'), location('http://app.example.com/b')], pre: open['/'] },
      '/b': { headers: [acao('*')] },
    }
    expect(outcome(await openPage('spec', hops).fetch(`${API}/a`, stream()))).toBe('cors 200')
    const kept = { ...hops, '/a': { ...hops['/a'], status: 307 } }
    expect(outcome(await openPage('spec', kept).fetch(`${API}/a`, stream()))).toBe('redirect-body')
  })

  it('is refused with the mode "no-cors"', async () => {
    for (const engine of ['spec', 'chromium'] as const) {
      await expect(openPage(engine, open).fetch(`${API}/`, { ...stream(), mode: 'no-cors' })).rejects.toThrow(
        'a ReadableStream cannot be sent in the mode "no-cors"',
      )
    }
    // Its string conversion is no stream.
    const verdict = await openPage('firefox', open).fetch(`${API}/`, { ...stream(), mode: 'no-cors' })
    expect(outcome(verdict)).toBe('opaque 200')
  })

  it('asks for permission before the mode "same-origin" refuses, in Chromium alone', async () => {
    const seen = async (engine: Engine, answers = open as Parameters<typeof openPage>[1]) => {
      const verdict = await openPage(engine, answers).fetch(`${API}/`, { ...stream(), mode: 'same-origin' })
      return [outcome(verdict), sent(verdict)]
    }
    expect(await seen('spec')).toEqual(['same-origin-mode', ''])
    expect(await seen('firefox')).toEqual(['same-origin-mode', ''])
    expect(await seen('chromium')).toEqual(['same-origin-mode', 'OPTIONS /'])
    expect(await seen('chromium', {})).toEqual(['allow-origin-missing', 'OPTIONS /'])
    const plain = await openPage('chromium', open).fetch(`${API}/`, { method: 'POST', body: 'x', mode: 'same-origin' })
    expect(sent(plain)).toBe('')
  })
})

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
      const verdict = await createJudge({ send }).page(PAGE).fetch(`${API}/`, PUT)
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
    const seen = ENGINES.map(async (engine) => asks(await openPage(engine, hops).fetch(`${API}/a`, init)))
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
    const seen = ENGINES.map(
      async (engine) => asks(await openPage(engine, { '/': { headers: open } }).fetch(`${API}/`, init))[0],
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

describe('a Request', () => {
  const fetch = async (request: Request) =>
    new Response(`${request.method} ${request.headers.get('X-Foo')} ${await request.text()}`, {
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': '*',
        'Access-Control-Allow-Headers': '*',
      },
    })
  const page = () => createBrowser({ fetch }).page(PAGE)
  const made = () => new Request(`${API}/x`, { method: 'PUT', headers: { 'X-Foo': '1' }, body: 'text' })

  it('is fetched with its method, headers and body, which is used up', async () => {
    const request = made()
    const seen = await page().fetch(request)
    expect(seen.shared && [seen.response.url, await seen.response.text()]).toEqual([`${API}/x`, 'PUT 1 text'])
    expect(seen.exchanges.map(({ kind }) => kind)).toEqual(['preflight', 'request'])
    expect(request.bodyUsed).toBe(true)
    await expect(page().fetch(request)).rejects.toThrow('was used already')
  })

  it('gives way to init', async () => {
    const request = made()
    const seen = await page().fetch(request, { method: 'POST', body: 'other', headers: { 'X-Foo': '2' } })
    expect(seen.shared && (await seen.response.text())).toBe('POST 2 other')
    expect(request.bodyUsed).toBe(false)
  })

  it('keeps its body where init has none', async () => {
    const seen = await page().fetch(made(), { body: null, method: undefined as never, headers: { 'X-Foo': '2' } })
    expect(seen.shared && (await seen.response.text())).toBe('PUT 2 text')
    const read = await page().fetch(new Request(`${API}/x`))
    expect(read.exchanges.map(({ request }) => [request.method, request.body])).toEqual([['GET', null]])
  })

  it('keeps its modes', async () => {
    const request = new Request(`${API}/x`, { mode: 'no-cors', credentials: 'include', redirect: 'manual' })
    const seen = await page().fetch(request, { redirect: 'follow' })
    expect(seen.shared && seen.response.type).toBe('opaque')
    expect(seen.exchanges[0]?.credentials).toBe(true)
    const refused = await page().fetch(request)
    expect(refused.shared ? '' : refused.failure.code).toBe('no-cors-redirect-mode')
  })

  it('of another kind is taken by what it holds, and nothing else passes for one', async () => {
    const send = () => ({ status: 200, headers: [acao()] })
    const judge = createJudge({ send }).page(PAGE)
    const other = { url: `${API}/x`, method: 'GET', headers: new Headers(), body: null, bodyUsed: false }
    expect(sent(await judge.fetch(other as never))).toBe('GET /x')
    for (const wrong of [{}, null, 7, { url: 7, method: 'GET', headers: [] }]) {
      await expect(judge.fetch(wrong as never)).rejects.toThrow('fetch() takes a URL or a Request')
    }
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
