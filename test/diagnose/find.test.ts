import { describe, expect, it } from 'vitest'
import { examine as examineCall } from '../../src/diagnose/diagnose.ts'
import { readCall } from '../../src/diagnose/page-request.ts'
import { createRecorder } from '../../src/diagnose/recorder.ts'
import type { Row } from '../../src/diagnose/row.ts'
import type { PageRequest, Target } from '../../src/diagnose.ts'

type Lines = readonly (readonly [string, string])[]
interface Wire {
  readonly preflight?: Lines
  readonly actual?: Lines
}

const ORIGIN = 'https://app.example.com'
const MARK = ['Access-Control-Allow-Origin', ORIGIN] as const

/** Finds with a table of the test's own, so that its order and its echoes are seen apart from the causes of the real one. */
async function find(
  rows: readonly Row[],
  { preflight = [], actual = [] }: Wire,
  request: Partial<PageRequest> = {},
  target?: Target,
) {
  const call = readCall({ url: 'https://api.example.com/', origin: ORIGIN, ...request })
  const answer = ({ method }: { readonly method: string }) =>
    method === 'OPTIONS' ? { status: 204, headers: preflight } : { status: 200, headers: actual }
  const recorder = createRecorder({
    transport: async (request) => answer(request),
    call,
    sendUnsafe: true,
    maxRequests: 50,
    extra: [],
    onObservation: () => {},
  })
  return (
    await examineCall(call, recorder, {
      rows,
      otherwise: 'server',
      probes: false,
      answer,
      ...(target === undefined ? {} : { target }),
    })
  ).findings
}

/** A row of the test's own: its code stands in no table. */
const row = (code: string, over: Partial<Row>): Row => ({
  code: code as Row['code'],
  severity: 'error',
  at: 'response',
  weight: 50,
  when: () => ({}),
  says: code,
  link: 'https://example.com/',
  ...over,
})
const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code)

const PUT = { method: 'PUT', headers: { 'X-A': '1' } } as const
const METHOD = ['method-not-allowed'] as const
const HEADER = ['header-not-allowed'] as const
const MISSING = ['allow-origin-missing'] as const

describe('the order of findings', () => {
  it('is severity, then the failures in line, then weight', async () => {
    const rows = [
      row('info', { severity: 'info' }),
      row('warning', { severity: 'warning' }),
      row('security', { severity: 'security' }),
      row('header', { explains: HEADER, weight: 90 }),
      row('method-habit', { explains: METHOD, weight: 50 }),
      row('method-product', { explains: METHOD, weight: 90 }),
      row('whatever-is-reported', {}),
    ]
    expect(codes(await find(rows, { preflight: [MARK], actual: [MARK] }, PUT))).toEqual([
      'whatever-is-reported',
      'method-product',
      'method-habit',
      'header',
      'security',
      'warning',
      'info',
    ])
  })

  it('puts what explains nothing behind, unless it is an error', async () => {
    const rows = [
      row('warning', { severity: 'warning', weight: 99 }),
      row('explains', { severity: 'warning', explains: METHOD, weight: 1 }),
    ]
    expect(codes(await find(rows, { preflight: [MARK], actual: [MARK] }, PUT))).toEqual(['explains', 'warning'])
  })

  it('leaves out what only repeats the browser where a cause is known, failure by failure', async () => {
    const rows = [
      row('repeats-method', { explains: METHOD, isFallback: true }),
      row('repeats-header', { explains: HEADER, isFallback: true }),
      row('cause', { explains: METHOD, isGeneral: true }),
    ]
    expect(codes(await find(rows, { preflight: [MARK], actual: [MARK] }, PUT))).toEqual(['cause', 'repeats-header'])
    expect(codes(await find(rows.slice(0, 2), { preflight: [MARK], actual: [MARK] }, PUT))).toEqual([
      'repeats-method',
      'repeats-header',
    ])
  })

  it('takes a row for the first failure that it fits, and for its part of the exchange', async () => {
    const rows = [
      row('response', {
        explains: MISSING,
        during: 'response',
        when: (_, standing) => (standing === null ? null : { at: standing.failure.during }),
        says: '{at}',
      }),
      row('preflight', { explains: MISSING, during: 'preflight' }),
    ]
    const findings = await find(
      rows,
      { preflight: [MARK, ['Access-Control-Allow-Methods', 'PUT'], ['Access-Control-Allow-Headers', 'x-a']] },
      PUT,
    )
    expect(findings.map(({ code, at, message }) => [code, at, message])).toEqual([['response', 'response', 'response']])
  })
})

describe('echoes', () => {
  const first = row('first', { explains: MISSING, weight: 70 })
  const list = row('list', { explains: METHOD, weight: 70 })

  it('are left out where nobody spoke CORS at all', async () => {
    expect(codes(await find([first, list], { actual: [MARK] }, PUT))).toEqual(['first'])
  })

  it('are causes where somebody did', async () => {
    const speaks = [['Access-Control-Allow-Headers', 'x-a']] as const
    expect(codes(await find([first, list], { preflight: speaks, actual: [MARK] }, PUT))).toEqual(['first', 'list'])
  })

  it('are left out where an earlier cause explains them too, unless they are particular', async () => {
    const covers = row('covers', { explains: ['allow-origin-missing', 'method-not-allowed'], weight: 60 })
    const speaks = { preflight: [['Access-Control-Allow-Headers', 'x-a']] as const, actual: [MARK] }
    const list = (over: Partial<Row>) => row('list', { explains: METHOD, ...over })
    expect(codes(await find([covers, list({ isGeneral: true })], speaks, PUT))).toEqual(['covers'])
    expect(codes(await find([covers, list({})], speaks, PUT))).toEqual(['covers', 'list'])
  })

  it('are not left out where the answer has a header of CORS, and no other', async () => {
    const told = async (name: string) =>
      codes(await find([first, list], { preflight: [[name, 'x-a']], actual: [MARK] }, PUT))
    expect(await told('access-control-max-age')).toEqual(['first', 'list'])
    expect(await told('X-Access-Control-Allow-Headers')).toEqual(['first'])
    expect(await told('Server')).toEqual(['first'])
  })

  it('are causes where they show at another answer', async () => {
    const twice = [
      row('preflight', { explains: METHOD, weight: 70 }),
      row('response', { explains: MISSING, weight: 40 }),
    ]
    const speaks = { preflight: [MARK, ['Access-Control-Allow-Headers', 'x-a']] as const }
    expect(codes(await find(twice, speaks, PUT))).toEqual(['preflight', 'response'])
  })

  it('are never what blocks nothing', async () => {
    expect(codes(await find([first, row('note', { severity: 'warning', weight: 20 })], {}, PUT))).toEqual([
      'first',
      'note',
    ])
  })
})

describe('one cause is said once', () => {
  const speaks = { preflight: [MARK], actual: [MARK] }
  const told = async (...rows: readonly Row[]) => codes(await find(rows, speaks, PUT))

  it('general causes are left out where each failure that they explain has a particular one', async () => {
    const general = row('general', { explains: [...METHOD, ...HEADER], isGeneral: true })
    const method = row('method', { explains: METHOD })
    const header = row('header', { explains: HEADER })
    expect(await told(general, method)).toEqual(['general', 'method'].sort())
    expect(await told(general, method, header)).toEqual(['method', 'header'])
    expect(await told(general, row('other', { explains: METHOD, isGeneral: true }))).toEqual(['general', 'other'])
    expect(await told(general, row('repeats', { explains: METHOD, isFallback: true }))).toEqual(['general'])
  })

  it('what only follows from a cause is left out beside it, and stands alone without it', async () => {
    const cause = row('cause', { explains: METHOD, covers: ['never-shared'] })
    const follows = row('never-shared', { explains: METHOD, weight: 90 })
    expect(await told(cause, follows)).toEqual(['cause'])
    expect(await told(follows)).toEqual(['never-shared'])
  })

  it('where something else answers, what its answer lacks is no cause; what shows before any answer is', async () => {
    const instead = row('instead', { explains: METHOD, isInstead: true })
    const rows = [row('header', { explains: HEADER }), row('before', {}), row('note', { severity: 'info' })]
    expect(await told(instead, ...rows)).toEqual(['before', 'instead', 'note'])
    // It must be what the browser reports first.
    expect(
      await told(row('instead', { explains: HEADER, isInstead: true }), row('method', { explains: METHOD })),
    ).toEqual(['method', 'instead'])
  })
})

describe('a fix', () => {
  const fixOf = async (remedy: NonNullable<Row['remedy']>, target?: Target, actual: Lines = []) =>
    (await find([row('x', { remedy })], { preflight: actual, actual }, PUT, target))[0]?.fix

  it.each([
    // where it is made, the remedy's own target, what the server shows, what was chosen, what it is written for
    ['server', undefined, [], undefined, 'server'],
    ['server', undefined, [['Server', 'nginx']], undefined, 'nginx'],
    ['server', undefined, [['Server', 'nginx']], 'hono', 'hono'],
    ['server', 'apache', [['Server', 'nginx']], undefined, 'apache'],
    ['server', 'apache', [['Server', 'nginx']], 'hono', 'hono'],
    ['platform', undefined, [['Server', 'nginx']], 'hono', 'hono'],
    ['platform', 's3', [['Server', 'nginx']], 'hono', 's3'],
    ['client', 's3', [['Server', 'nginx']], 'hono', 'client'],
    ['network', undefined, [['Server', 'nginx']], 'hono', 'network'],
  ] as const)('where %s, remedy for %s, seen %j, chosen %s: is for %s', async (where, own, actual, chosen, target) => {
    const fix = await fixOf(
      { where, advice: 'a', policy: true, ...(own === undefined ? {} : { target: own }) },
      chosen,
      actual,
    )
    expect([fix?.where, fix?.target]).toEqual([where, target])
  })

  it('without a policy is for the server, in words alone', async () =>
    expect(await fixOf({ where: 'server', advice: 'do {method}' })).toEqual({
      where: 'server',
      target: 'server',
      advice: 'do PUT',
      snippet: null,
      policy: null,
      alternative: null,
      note: null,
      asks: [],
      proof: null,
      request: null,
      requestProof: null,
    }))

  it.each(['client', 'gateway', 'server'] as const)(
    'for %s says what the server has to send, header by header',
    async (target) => {
      const where = target === 'client' ? 'client' : 'platform'
      const fix = await fixOf({ where, advice: 'a', policy: true, target })
      expect([fix?.target, fix?.snippet]).toEqual([
        target,
        expect.stringContaining(`Access-Control-Allow-Origin: ${ORIGIN}\nVary: Origin`),
      ])
    },
  )

  it('for what has no configuration of its own has none', async () => {
    const fix = await fixOf({ where: 'platform', advice: 'a', policy: true, target: 'waf' })
    expect([fix?.snippet, fix?.policy?.origins]).toEqual([null, [ORIGIN]])
  })

  it('has other words for a target, and falls back on its own', async () => {
    const remedy = { where: 'server', advice: 'general', by: { nginx: 'for nginx at {host}' } } as const
    expect((await fixOf(remedy, 'nginx'))?.advice).toBe('for nginx at api.example.com')
    expect((await fixOf(remedy, 'hono'))?.advice).toBe('general')
  })

  it('has the request to make instead, changed where it is wrong', async () => {
    const fix = await fixOf({
      where: 'client',
      advice: 'a',
      request: (_, { method = '' }) => ({ method: method || 'PATCH' }),
    })
    expect(fix?.request).toMatchObject({
      url: 'https://api.example.com/',
      origin: ORIGIN,
      method: 'PATCH',
      headers: [['X-A', '1']],
    })
  })
})

describe('where a finding shows', () => {
  it.each([
    ['response', 'preflight'],
    ['request', 'request'],
    ['probe', 'probe'],
    ['connection', 'connection'],
    ['preflight', 'preflight'],
  ] as const)('is its own place, or for a response the part that failed: %s', async (at, shown) => {
    const [finding] = await find([row('x', { at, explains: METHOD })], { preflight: [MARK], actual: [MARK] }, PUT)
    expect([finding?.at, finding?.explains]).toEqual([shown, 'method-not-allowed'])
    const [other] = await find([row('x', { at })], { preflight: [MARK], actual: [MARK] }, PUT)
    expect([other?.at, other?.explains]).toEqual([at, null])
  })

  it('has the header, the link, and no fix without a remedy', async () =>
    expect(await find([row('x', { severity: 'info' })], { actual: [MARK] })).toEqual([
      {
        code: 'x',
        severity: 'info',
        at: 'response',
        message: 'x',
        header: null,
        actual: null,
        expected: null,
        explains: null,
        fix: null,
        link: 'https://example.com/',
      },
    ]))

  it('shows the header of the answer that failed, before that of the response', async () => {
    const header = 'Vary'
    const rows = [row('x', { header, explains: METHOD }), row('y', { header })]
    const wire = { preflight: [MARK, ['Vary', 'A']] as const, actual: [MARK, ['Vary', 'B']] as const }
    expect((await find(rows, wire, PUT)).map(({ code, actual }) => [code, actual])).toEqual([
      ['y', null],
      ['x', 'A'],
    ])
    expect((await find(rows, wire)).map(({ code, actual }) => [code, actual])).toEqual([['y', 'B']])
  })

  it('has the status and the Location of the answer that failed', async () => {
    const says = '{status} {actualStatus} {location}'
    const wire = { preflight: [MARK, ['Location', '/a']] as const, actual: [MARK] }
    expect((await find([row('x', { says, explains: METHOD })], wire, PUT))[0]?.message).toBe('204 0 /a')
    expect((await find([row('y', { says })], wire))[0]?.message).toBe('200 200 ')
  })

  it('prints what could act on a terminal in words', async () => {
    const [finding] = await find([row('x', { says: '{value}', when: () => ({ value: 'a\u001b[31mb' }) })], {})
    expect(finding?.message).not.toContain('\u001b')
    expect(finding?.message).toContain('a')
  })
})

describe('what a finding says', () => {
  const sayOf = async (says: string, url: string, wire: Wire = {}) =>
    (await find([row('x', { says })], wire, { url }))[0]?.message

  it.each([
    ['{host} {port} {path}', 'https://api.example.com/a?b', 'api.example.com 443 /a'],
    ['{host} {port}', 'http://api.example.com/', 'api.example.com 80'],
    ['{host} {port}', 'http://api.example.com:8080/', 'api.example.com:8080 8080'],
    ['{origin} {method} {url}', 'https://api.example.com/a', `${ORIGIN} GET https://api.example.com/a`],
    ['{status} {actualStatus} {location}', 'https://api.example.com/a', '200 200 '],
    ['{nothing} {method}', 'https://api.example.com/a', '{nothing} GET'],
  ])('fills %s', async (says, url, message) => expect(await sayOf(says, url)).toBe(message))

  it('is short, and says how much was cut', async () => {
    const message = await sayOf('{path}', `https://api.example.com/${'a/'.repeat(300)}`)
    expect(message).toBe(`/${'a/'.repeat(79)}a… (441 more characters)`)
  })

  it('shows the header at fault, and what would do', async () => {
    const of = async (header: string, actual: Lines) => {
      const [finding] = await find([row('x', { header, severity: 'warning' })], { actual })
      return [finding?.actual, finding?.expected]
    }
    expect(await of('Access-Control-Allow-Origin', [['Access-Control-Allow-Origin', 'x']])).toEqual(['x', ORIGIN])
    expect(await of('Access-Control-Allow-Credentials', [])).toEqual([null, 'true'])
    expect(await of('Vary', [['Vary', 'Accept']])).toEqual(['Accept', null])
    expect(await of('Set-Cookie', [['Set-Cookie', 'a=b']])).toEqual([null, null])
  })
})
