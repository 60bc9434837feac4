// What a predicate looks up is not in its source, so its look-alikes are tried when it first allows an origin.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CorsPolicy, checkPolicy, createCors } from '../../src/index.ts'
import { createStrictCors } from '../../src/strict.ts'
import { APP, actual, cors, head, preflight, present } from '../support/exchanges.ts'
import { holds } from '../support/property.ts'

type Predicate = (origin: string) => boolean
type Options = Omit<CorsPolicy, 'origins'>

const shares = (predicate: Predicate, options: Options = { credentials: true }) => {
  const policy = createCors({ origins: predicate, ...options })
  return (origin: string) => policy.decide(head('GET', { origin })).shared
}

const error = vi.fn()
const warn = vi.fn()

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(error)
  vi.spyOn(console, 'warn').mockImplementation(warn)
})
afterEach(() => {
  vi.restoreAllMocks()
  error.mockReset()
  warn.mockReset()
})

// Hosts and ends come from elsewhere, as from a configuration: no source text names them.
const allowed = [APP, 'https://admin.example.org:8443']
const hosts = ['app.example.com']
const local = ['http://localhost', 'https://localhost']
const end =
  (text: string): Predicate =>
  (origin) =>
    origin.endsWith(text)
const matching =
  (pattern: RegExp): Predicate =>
  (origin) =>
    pattern.test(origin)

const LEAKY: readonly (readonly [name: string, predicate: Predicate, legitimate: string, stranger: string])[] = [
  ['startsWith', (o) => allowed.some((a) => o.startsWith(a)), APP, `${APP}.evil.test`],
  [
    'startsWith a loopback host',
    (o) => local.some((a) => o.startsWith(a)),
    'http://localhost:3000',
    'https://localhost.evil.test',
  ],
  ['endsWith without a dot', end('example.com'), APP, 'https://evilexample.com'],
  ['includes', (o) => allowed.some((a) => o.includes(a.slice(8))), APP, 'https://app.example.com.evil.test'],
  [
    'indexOf',
    (
      (word) => (o) =>
        o.indexOf(word) >= 0
    )('example.com') as Predicate,
    APP,
    'https://example.com.evil.test',
  ],
  ['a RegExp without anchors', matching(/example\.com/), APP, 'https://evilexample.com'],
  ['a RegExp without an end', matching(/^https:\/\/[a-z]+\.example\.com/), APP, 'https://app.example.com.evil.test'],
  ['a RegExp with .* before the domain', matching(/^https:\/\/.*example\.com$/), APP, 'https://evilexample.com'],
  ['a RegExp with an open dot', matching(/^https:\/\/app.example\.com$/), APP, 'https://appxexample.com'],
  [
    'a RegExp with an open dot before the last label',
    matching(/^https:\/\/app\.example.com$/),
    APP,
    'https://app.examplexcom',
  ],
  [
    'a helper',
    (
      (help: Predicate) => (o: string) =>
        help(o)
    )(end('example.com')),
    APP,
    'https://evilexample.com',
  ],
  ['a bound function', end('example.com').bind(null), APP, 'https://evilexample.com'],
  ['previews of anybody', end('-team.vercel.app'), 'https://pr-1-team.vercel.app', 'https://evil-team.vercel.app'],
  ['names below a public suffix', end('.github.io'), 'https://me.github.io', 'https://evil.github.io'],
  [
    'everybody',
    (
      (yes) => () =>
        yes
    )(true),
    APP,
    'https://evil.test',
  ],
]

describe('a predicate next to credentials that lets look-alikes in', () => {
  it.each(LEAKY)(
    '%s constructs, and refuses the look-alike and then everybody',
    (_, predicate, legitimate, stranger) => {
      // Only where it names no host in its own source can the check not see it.
      if (checkPolicy({ origins: predicate, credentials: true }).length > 0) return
      const first = shares(predicate)
      expect([first(stranger), first(legitimate), first(stranger)]).toEqual([false, false, false])
      const second = shares(predicate)
      expect([second(legitimate), second(stranger)]).toEqual([false, false])
      expect(error).toHaveBeenCalledTimes(2)
      expect(warn).not.toHaveBeenCalled()
    },
  )

  it('are mostly such that the check cannot see them', () => {
    const seen = LEAKY.filter(([, predicate]) => checkPolicy({ origins: predicate, credentials: true }).length > 0)
    expect(seen.map(([name]) => name)).toEqual(['names below a public suffix', 'everybody'])
  })

  it('is closed for preflights, responses and guard alike, with the code of a predicate that failed', () => {
    const policy = createCors({ origins: end('example.com'), credentials: true, methods: ['PUT'] })
    expect(present(policy.preflight(preflight(APP))).status).toBe(403)
    expect(cors(policy.apply(actual(APP), new Response('x')))).toEqual({ Vary: 'origin' })
    expect(policy.guard(actual(APP))?.status).toBe(403)
    expect(policy.decide(actual(APP))).toMatchObject({ shared: false, rule: null, refusal: 'origin-predicate-failed' })
  })

  it('says once per policy what it allows, what to write, and where it is explained', () => {
    const ask = shares(end('example.com'))
    for (const origin of [APP, 'https://evilexample.com', APP]) ask(origin)
    expect(error).toHaveBeenCalledTimes(1)
    expect(error.mock.calls[0]?.[0]).toMatch(
      /^corsmith: with credentials: true, this predicate allows origins that nobody listed; compare whole origins: it allows "https:\/\/[a-z-]+example\.com"; it is not shared\n {2}more: npx corsmith why predicate-accepts-strangers$/,
    )
  })

  it('is found when what it looks up comes to be wide later', () => {
    const list = new Set([APP])
    const ask = shares(
      (origin) => list.has(origin) || [...list].some((each) => each.length < 13 && origin.startsWith(each)),
    )
    expect(ask(APP)).toBe(true)
    list.add('https://a.io')
    expect(ask('https://a.io')).toBe(false)
    expect(ask(APP)).toBe(false)
    expect(error).toHaveBeenCalledTimes(1)
  })

  it('refuses all the same where the console throws', () => {
    error.mockImplementation(() => {
      throw new Error('no console')
    })
    expect(shares(end('example.com'))(APP)).toBe(false)
  })

  it('leaves no rejection of a look-alike unhandled', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const predicate = (origin: string) => (allowed.includes(origin) ? true : Promise.reject(new Error('database')))
    const ask = shares(((o: string) => predicate(o)) as Predicate, {})
    expect(ask(APP)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 5))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

const SOUND: readonly (readonly [name: string, predicate: Predicate, origins: readonly string[]])[] = [
  ['a list', (o) => allowed.includes(o), allowed],
  [
    'a suffix with its dot, over https',
    (o) => o.startsWith('https://') && end('.example.com')(o),
    [APP, 'https://a.b.c.example.com', 'https://axb.example.com'],
  ],
  ['a suffix with its dot, and a port', end('.example.com:8443'), ['https://app.example.com:8443']],
  [
    'hosts of URLs',
    (o) => new URL(o).protocol === 'https:' && hosts.includes(new URL(o).hostname),
    [APP, `${APP}:8443`],
  ],
  [
    'a domain and what is below it',
    matching(/^https:\/\/([a-z0-9-]+\.)*example\.co\.uk$/),
    ['https://example.co.uk', 'https://a-b.example.co.uk'],
  ],
  ['previews of an own domain', matching(/^https:\/\/[a-z0-9-]+-app\.example\.com$/), ['https://pr-1-app.example.com']],
  ['one name at a platform', matching(/^https:\/\/my-app\.vercel\.app$/), ['https://my-app.vercel.app']],
  ['below one name at a platform', end('.my-app.pages.dev'), ['https://abc123.my-app.pages.dev']],
  [
    'loopback on any port',
    matching(/^http:\/\/(localhost|127\.0\.0\.1|\[::1\]|[a-z]+\.localhost)(:\d+)?$/),
    [
      'http://localhost',
      'http://localhost:3000',
      'http://127.0.0.1:5173',
      'http://[::1]:1',
      'http://acme.localhost:3000',
    ],
  ],
  [
    'a loopback prefix with its colon',
    (o) => o.startsWith(['http://localhost', ''].join(':')),
    ['http://localhost:3000'],
  ],
  [
    'tenants',
    (o) => o.startsWith('https://') && new Map([['a.tenant.example', 1]]).has(o.slice(8)),
    ['https://a.tenant.example'],
  ],
  ['an app', (o) => ['app://.', 'capacitor://localhost'].includes(o), ['app://.', 'capacitor://localhost']],
  [
    'extensions of Firefox',
    matching(/^moz-extension:\/\/[0-9a-f-]{36}$/),
    ['moz-extension://a1cd9ab7-ab15-462c-9315-8eece8e16982'],
  ],
  [
    'extensions of Firefox by their scheme',
    (o) => o.startsWith(['moz-extension', '//'].join(':')),
    ['moz-extension://a1cd9ab7-ab15-462c-9315-8eece8e16982'],
  ],
  ['an address', (o) => o === 'https://10.0.0.7:8443', ['https://10.0.0.7:8443']],
  ['a host of many labels', end('.example.com'), [`https://${'a.'.repeat(110)}example.com`]],
]

describe('a predicate next to credentials that lets nobody in', () => {
  it.each(SOUND)('%s is left alone', (_, predicate, origins) => {
    const ask = shares(predicate)
    for (let round = 0; round < 2; round++) expect(origins.filter((origin) => !ask(origin))).toEqual([])
    expect(error).not.toHaveBeenCalled()
  })

  it.each(SOUND)('%s is left alone with every public suffix there is', (_, predicate, origins) => {
    const policy = createStrictCors({ origins: predicate, credentials: true })
    expect(origins.filter((origin) => !policy.decide(head('GET', { origin })).shared)).toEqual([])
  })

  it('may allow previews of anybody where the policy says so', () => {
    const ask = shares(end('-team.vercel.app'), { credentials: true, dangerouslyAllowPublicSuffixes: true })
    expect(ask('https://pr-1-team.vercel.app')).toBe(true)
    const wide = shares(end('vercel.app'), { credentials: true, dangerouslyAllowPublicSuffixes: true })
    expect(wide('https://pr-1-team.vercel.app')).toBe(false)
  })

  it('is asked about every request: what was tried allows nothing', () => {
    const list = new Set([APP])
    const ask = shares((origin) => list.has(origin))
    expect(ask(APP)).toBe(true)
    list.delete(APP)
    expect(ask(APP)).toBe(false)
    list.add(APP)
    expect(ask(APP)).toBe(true)
  })

  it('is asked about the look-alikes of an origin once, and about a bounded number of them', () => {
    const predicate = vi.fn((origin: string) => end('.example.com')(origin))
    const ask = shares(predicate)
    predicate.mockClear()
    ask(APP)
    expect(predicate.mock.calls.length).toBeGreaterThan(20)
    expect(predicate.mock.calls.length).toBeLessThan(60)
    predicate.mockClear()
    ask(`https://${'a.'.repeat(110)}example.com`)
    expect(predicate.mock.calls.length).toBeGreaterThan(20)
    expect(predicate.mock.calls.length).toBeLessThan(120)
    predicate.mockClear()
    ask(APP)
    expect(predicate).toHaveBeenCalledTimes(1)
    ask('https://stranger.test')
    expect(predicate).toHaveBeenCalledTimes(2)
  })

  it('does not let many allowed origins hide a leaky one, nor remember them all', () => {
    const wild = end('.example.com')
    const leaky = (origin: string) =>
      wild(origin) || ['https://partner.example.org'].some((each) => origin.startsWith(each))
    const source = createCors({
      origins: (
        (help: Predicate) => (o: string) =>
          help(o)
      )(leaky),
      credentials: true,
    })
    const ask = (origin: string) => source.decide(head('GET', { origin })).shared
    for (let i = 0; i < 2_000; i++) expect(ask(`https://t${i}.example.com`)).toBe(true)
    expect(ask('https://partner.example.org.evil.test')).toBe(false)
  })

  it('answers a hundred thousand repeated questions without trying again', () => {
    let calls = 0
    const ask = shares((origin) => {
      calls += 1
      return allowed.includes(origin)
    })
    ask(APP)
    calls = 0
    for (let i = 0; i < 100_000; i++) ask(APP)
    expect(calls).toBe(100_000)
  })
})

describe('a predicate next to credentials that looks at host names alone', () => {
  const predicate: Predicate = (origin) => hosts.includes(new URL(origin).hostname)

  it('shares with https:, and never with http:', () => {
    const ask = shares(predicate)
    expect([ask('http://app.example.com'), ask(APP), ask('http://app.example.com:8080')]).toEqual([false, true, false])
    expect(error).toHaveBeenCalledTimes(1)
    expect(error.mock.calls[0]?.[0]).toContain('allows an http: origin')
  })

  it('shares with http: where the policy says so, and without credentials', () => {
    expect(
      shares(predicate, { credentials: true, dangerouslyAllowInsecureOrigins: true })('http://app.example.com'),
    ).toBe(true)
    expect(shares(predicate, {})('http://app.example.com')).toBe(true)
    expect(error).not.toHaveBeenCalled()
  })
})

describe('a predicate without credentials that lets look-alikes in', () => {
  it.each(LEAKY)('%s shares, and warns once', (_, predicate, legitimate, stranger) => {
    const ask = shares(predicate, {})
    expect([ask(legitimate), ask(stranger), ask(legitimate)]).toEqual([true, true, true])
    expect(warn).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls[0]?.[0]).toMatch(/^corsmith: this predicate allows origins that nobody listed/)
    expect(error).not.toHaveBeenCalled()
  })

  it.each(SOUND)('is not taken for one when it is %s', (_, predicate, origins) => {
    const ask = shares(predicate, {})
    expect(origins.filter((origin) => !ask(origin))).toEqual([])
    expect(warn).not.toHaveBeenCalled()
  })

  it('is asked no more than once per request after the warning', () => {
    const predicate = vi.fn(() => true)
    const ask = shares(predicate, {})
    ask(APP)
    predicate.mockClear()
    for (const origin of [APP, 'https://a.test', 'https://b.test']) ask(origin)
    expect(predicate).toHaveBeenCalledTimes(3)
  })
})

describe('any predicate that compares a beginning or an end', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/)
  const host = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, 'example', 'com'].join('.'))

  it('is closed, whatever host it looks for', () => {
    holds(
      fc.property(host, fc.constantFrom('', ':8443'), fc.boolean(), (name, port, isStart) => {
        const wanted = `https://${name}${port}`
        const domain = `example.com${port}`
        const ask = shares(isStart ? (o) => o.startsWith(`https://${name}`) : (o) => o.endsWith(domain))
        expect(ask(wanted)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('is left alone when it compares whole origins, or an end with its dot', () => {
    holds(
      fc.property(host, fc.constantFrom('', ':8443'), fc.boolean(), (name, port, isWhole) => {
        const wanted = `https://x.${name}${port}`
        const ask = shares(
          isWhole ? (o) => o === wanted : (o) => o.startsWith('https://') && o.endsWith(`.${name}${port}`),
        )
        expect(ask(wanted)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
