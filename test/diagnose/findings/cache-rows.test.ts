import { describe, expect, it } from 'vitest'
import { type Handler, ORIGIN, type Request } from '../stage.ts'
import { always, MARK, PUT, per, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const STAR: Line = ['Access-Control-Allow-Origin', '*']

/** Shares everywhere but at the path that the page asks for. */
const only =
  (status: number, headers: readonly Line[] = [], body = ''): Handler =>
  ({ path }) =>
    path.startsWith('/items') ? { status, headers, body } : { headers: [MARK, VARY] }

describe('files', () => {
  it('of a CDN that does not forward Origin', async () => {
    const code = 'cdn-drops-origin'
    const via = (name: string) =>
      `a CDN stands in front (${name}) and no answer through it carries Access-Control-Allow-Origin: either it does not forward Origin, or the server has no policy`
    expect(await saidOf(code, always(200, [['Via', '1.1 x.cloudfront.net']]))).toBe(via('1.1 x.cloudfront.net'))
    const cache: Line = ['X-Cache', 'MISS']
    expect(await saidOf(code, always(200, [cache, ['Server', 'cdn'], ['Via', '1.1 v']]))).toBe(via('1.1 v'))
    expect(await saidOf(code, always(200, [cache, ['Server', 'cdn']]))).toBe(via('cdn'))
    expect(await saidOf(code, always(200, [cache]))).toBe(via('a CDN'))
    expect(await saidOf(code, always(399, [cache]))).not.toBeNull()
    expect(await saidOf(code, always(400, [cache]))).toBeNull()
    expect(await saidOf(code, only(200, [cache]))).toBeNull()
    expect(await saidOf(code, always(200))).toBeNull()
  })

  it('of a stream', async () => {
    const stream = (type: string, ...lines: readonly Line[]) =>
      saidOf('stream-unmarked', always(200, [['Content-Type', type], ...lines]))
    expect(await stream('Text/event-stream; charset=utf-8')).toBe(
      'the event stream has no CORS headers: it is flushed before the middleware adds them',
    )
    expect(await stream('x-text/event-stream')).toBeNull()
  })

  it.each([
    ['font/woff2', true],
    ['application/font-woff', true],
    ['application/x-font-ttf', true],
    ['application/vnd.ms-fontobject', true],
    ['xfont/woff', false],
    ['application/fon', false],
    ['image/png', false],
  ])('of a font, %s', async (type, isOne) => {
    const message = 'browsers always fetch fonts with CORS, and this one has no Access-Control-Allow-Origin'
    const handler = always(200, [['Content-Type', type]])
    expect(await saidOf('font-unmarked', handler)).toBe(isOne ? message : null)
    expect(await saidOf('font-unmarked', handler, { initiator: 'font' })).toBe(message)
  })

  it('that are answered before the middleware', async () => {
    const lines: Line[] = [
      ['Last-Modified', 'Sat, 01 Nov 2025 00:00:00 GMT'],
      ['ETag', '"1"'],
      ['Accept-Ranges', 'bytes'],
    ]
    const code = 'static-unmarked'
    expect(await saidOf(code, only(200, lines))).toBe(
      'the file server answers before the CORS middleware: other paths have the headers, but this file does not',
    )
    expect(await saidOf(code, only(299, lines))).not.toBeNull()
    expect(await saidOf(code, only(300, lines))).toBeNull()
    expect(await saidOf(code, always(200, lines))).toBeNull()
    for (const line of lines)
      expect(
        await saidOf(
          code,
          only(
            200,
            lines.filter((each) => each !== line),
          ),
        ),
      ).toBeNull()
  })
})

describe('caches', () => {
  /** Answers so, and otherwise past the caches, for strangers, and without Origin. */
  const cached =
    (said: readonly Line[], fresh: readonly Line[] = [MARK]): Handler =>
    ({ path }) => ({ headers: path.includes('corsmith=') ? fresh : said })
  const without = 'cached-without-origin'
  const WITHOUT =
    'a cache stored the answer to a request without Origin and gives it to the page; without the cache the server shares'

  it.each([
    [['Age', '1'], true],
    [['Age', '0'], false],
    [['X-Cache', 'Hit from cloudfront'], true],
    [['CF-Cache-Status', 'HIT'], true],
    [['X-Vercel-Cache', 'HIT'], true],
    [['Cache-Status', 'x; hit'], true],
    [['X-Proxy-Cache', 'HIT'], true],
    [['X-Cache-Status', 'HIT'], true],
    [['X-Cache', 'MISS'], false],
    [['X-Cache', 'WHITE'], false],
    [['X-Varnish', '12 34'], true],
    [['X-Varnish', '12'], false],
    [['X-Varnish', '1 2 3'], false],
    [['X-Varnish', 'a 12 34'], false],
    [['Cache-Control', 'public'], true],
    [['Cache-Control', 'public, max-age=0'], false],
    [['Cache-Control', 'max-age=1'], true],
    [['Cache-Control', 's-maxage=60'], true],
    [['Cache-Control', 'max-age=0'], false],
    [['Cache-Control', 'republic'], false],
    [['Cache-Control', 'no-store'], false],
  ] as const)('with %j may come from a cache that was filled without an Origin: %s', async (line, isOne) => {
    expect(await saidOf(without, cached([line]))).toBe(isOne ? WITHOUT : null)
    expect(await saidOf(without, cached([line], []))).toBeNull()
  })

  it('hold answers to GET', async () => {
    const age: Line = ['Age', '3']
    const preflight: Handler = (asked) => (asked.isPreflight ? { status: 204, headers: [age] } : cached([age])(asked))
    expect(await saidOf(without, preflight, PUT)).toBeNull()
    const other: Line = ['Access-Control-Allow-Origin', 'https://b.example.com']
    const another = 'cached-for-another-origin'
    expect(await saidOf(another, cached([other, age]))).toBe(
      'a cache gives this page the answer for https://b.example.com; without the cache the server shares',
    )
    expect(await saidOf(another, cached([other], [other]))).toBeNull()
    const first: Handler = (asked) => (asked.isPreflight ? { headers: [other] } : cached([other])(asked))
    expect(await saidOf(another, first, PUT)).toBeNull()
  })

  it('are not told that the answer depends on Origin', async () => {
    const code = 'vary-missing'
    const message =
      'the answer depends on Origin, but Vary does not say so: a cache may give one site the answer for another'
    expect(await saidOf(code, per({ headers: [MARK] }))).toBe(message)
    expect(await saidOf(code, per({ headers: [MARK, VARY] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [MARK, ['Vary', '*']] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [MARK, ['Vary', 'Accept, origin']] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [MARK, ['Vary', 'X-Origin']] }))).toBe(message)
    expect(await saidOf(code, always(200, [MARK]))).toBeNull()
    expect(await saidOf(code, per({ headers: [STAR] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [MARK] }, { hang: true }))).toBeNull()
  })

  it('are not told so of answers to others', async () => {
    const code = 'vary-missing-for-others'
    const page = { headers: [MARK, VARY] }
    const varies = { headers: [VARY] }
    const message = `Vary: Origin is missing from answers to a refused or missing origin: a cache stores such an answer and gives it to ${ORIGIN}`
    expect(await saidOf(code, per(page, {}, varies))).toBe(message)
    expect(await saidOf(code, per(page, varies, {}))).toBe(message)
    expect(await saidOf(code, per(page, varies))).toBeNull()
    expect(await saidOf(code, per(page, { status: 299 }, varies))).toBe(message)
    for (const status of [199, 300, 403]) expect(await saidOf(code, per(page, { status }))).toBeNull()
    expect(await saidOf(code, per(page, { headers: [STAR] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [MARK] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [STAR, VARY] }))).toBeNull()
  })

  it('give strangers the answer of the page', async () => {
    const code = 'foreign-answer-cached'
    const age: Line = ['Age', '3']
    expect(await saidOf(code, always(200, [MARK, age]))).toBe(
      `a stranger's page gets the answer that a cache stored for ${ORIGIN}; an origin that you add later would be refused`,
    )
    expect(await saidOf(code, always(200, [MARK]))).toBeNull()
    expect(await saidOf(code, always(200, [STAR, age]))).toBeNull()
    const probe: Request = { origin: 'https://cors-probe.invalid' }
    expect(
      await saidOf(code, always(200, [['Access-Control-Allow-Origin', 'https://cors-probe.invalid'], age]), probe),
    ).toBeNull()
  })

  it('keep one copy per origin', async () => {
    const code = 'shared-by-luck'
    const age: Line = ['Age', '3']
    expect(await saidOf(code, per({ headers: [MARK, VARY, age] }))).toBe(
      'this answer came from a cache that keeps one copy per origin',
    )
    expect(await saidOf(code, per({ headers: [MARK, VARY] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [MARK, age] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [STAR, VARY, age] }))).toBeNull()
    expect(await saidOf(code, per({ headers: [VARY, age] }))).toBeNull()
  })

  const AGES: readonly (readonly [value: string | null, code: string | null, message: string | null])[] = [
    [null, 'max-age-absent', 'the preflight has no Access-Control-Max-Age: browsers ask again after 5 seconds'],
    ...['', '10m', '-1', '1.5', 'x600', 'x7201'].map((value): [string, string, string] => [
      value,
      'max-age-unreadable',
      `Access-Control-Max-Age is "${value}", but it must be a number of seconds: browsers ask again after 5 seconds, or at once`,
    ]),
    [
      '7201',
      'max-age-above-caps',
      'Access-Control-Max-Age is 7201: Chromium keeps a preflight for at most 7200 seconds, WebKit for 600; after a change of policy, browsers use the old one until then',
    ],
    ['7200', null, null],
    ['0', null, null],
  ]
  it.each(AGES)('of preflights with %s are told of', async (value, code, message) => {
    const lines: Line[] = value === null ? [] : [['Access-Control-Max-Age', value]]
    const allows = { status: 204, headers: [MARK, VARY, ['Access-Control-Allow-Methods', 'PUT'] as const, ...lines] }
    const { findings } = await ask(two(allows, { headers: [MARK, VARY] }), PUT)
    expect(findings.filter((each) => each.code.startsWith('max-age')).map((each) => [each.code, each.message])).toEqual(
      code === null ? [] : [[code, message]],
    )
    const refused = await ask(two({ status: 204, headers: lines }, { headers: [MARK, VARY] }), PUT)
    expect(refused.findings.some((each) => each.code === 'max-age-absent')).toBe(false)
  })
})
