import { describe, expect, it } from 'vitest'
import { readCall } from '../../../src/diagnose/page-request.ts'
import { createRecorder } from '../../../src/diagnose/recorder.ts'
import { instantiate, LOOSE_COMPARISONS } from '../../../src/diagnose/security/loose-comparisons.ts'
import { scanOrigins } from '../../../src/diagnose/security/scan.ts'
import type { PageRequest } from '../../../src/diagnose.ts'
import { answer } from '../settles.ts'
import type { Asked, Handler } from '../stage.ts'

const PAGE = 'https://app.example.com'

/** Scans a server, and gives the report beside what was asked. */
async function scan(handler: Handler, request: Partial<PageRequest> = {}) {
  const asked: (Asked & { readonly body: Uint8Array | null })[] = []
  const call = readCall({ url: 'https://api.example.com/items?a=1', origin: PAGE, ...request })
  const recorder = createRecorder({
    transport: async (wire) => {
      const record: Handler = (each) => {
        asked.push({ ...each, body: wire.body })
        return handler(each)
      }
      return answer(record, wire) ?? { kind: 'reset', detail: '' }
    },
    call,
    sendUnsafe: false,
    maxRequests: 200,
    extra: [],
    onObservation: () => {},
  })
  return { report: await scanOrigins(call, recorder), asked, observations: recorder.observations }
}

const lets =
  (...origins: readonly string[]): Handler =>
  ({ origin }) => ({
    headers: [PAGE, ...origins].includes(origin ?? '') ? [['Access-Control-Allow-Origin', origin ?? '']] : [],
  })

/** What is tried for a page at `https://app.example.com`, and the flaw that each shows. */
const TRIED: Readonly<Record<string, { readonly sent: readonly string[]; readonly raw?: readonly string[] }>> = {
  'null-origin-allowed': { sent: ['null'] },
  'insecure-origin-allowed': { sent: ['http://app.example.com'] },
  'matches-prefix': {
    sent: [
      'https://app.example.com.attacker.test',
      'https://app.example.com-attacker.test',
      'https://app.example.comattacker.test',
      'https://app.example.com.co',
      'https://app.example.com_.attacker.test',
      'https://app.example.com.example.com.attacker.test',
    ],
  },
  'matches-suffix': {
    sent: [
      'https://evilapp.example.com',
      'https://evil-example.com',
      'https://evilexample.com',
      'https://xappexample.com',
    ],
  },
  'matches-anywhere': {
    sent: ['https://xapp.example.comx.attacker.test', 'https://attacker.test.app.example.com.attacker.test'],
    raw: [
      'https://attacker.test/app.example.com',
      'https://attacker.test?app.example.com',
      'https://app.example.com@attacker.test',
      'https://attacker.test,https://app.example.com',
    ],
  },
  'matches-unescaped-dot': { sent: ['https://appxexample.com', 'https://app-example.com'] },
  'trusts-special-characters': {
    sent: ["'", '!', '$', '{', '`', '+'].map((sign) => `https://app.example.com${sign}.attacker.test`),
    raw: ['https://app.example.com%60.attacker.test', 'https://app.example.com|.attacker.test'],
  },
  'trusts-any-subdomain': { sent: ['https://evil.app.example.com', 'https://corsmith-probe.example.com'] },
  'ignores-port': { sent: ['https://app.example.com:8443'], raw: ['https://app.example.com:443'] },
  'trusts-loopback': { sent: ['http://localhost', 'http://localhost:3000', 'http://127.0.0.1:8080'] },
  'matches-loopback-prefix': { sent: ['http://localhost.attacker.test', 'https://localhost.attacker.test'] },
  'trusts-shared-hosting': {
    sent: [
      ...['github.io', 'pages.dev', 'vercel.app', 'netlify.app', 's3.amazonaws.com'].map(
        (host) => `https://whatever.${host}`,
      ),
      'https://codepen.io',
      'https://jsfiddle.net',
    ],
  },
  'trusts-public-suffix': { sent: ['https://attacker.com'] },
  'normalizes-origin': {
    sent: ['https://app.example.com.'],
    raw: [
      'https://app.example.com/',
      'HTTPS://app.example.com',
      'https://APP.EXAMPLE.COM',
      'https://app.example.com/path',
      'https://app.example.com?q',
      'app.example.com',
      '"https://app.example.com"',
      'Null',
    ],
  },
}

const EACH = Object.entries(TRIED).flatMap(([flaw, { sent, raw = [] }]) => [
  ...sent.map((origin) => ({ flaw, origin, isEmittable: true })),
  ...raw.map((origin) => ({ flaw, origin, isEmittable: false })),
])

describe('the origins of a scan', () => {
  it('are those of every mistake in a comparison, for the host of the page', () => {
    const all = LOOSE_COMPARISONS.map(({ code, probes, raw = [] }) => [
      code,
      probes.map((template) => instantiate(template, 'app.example.com')),
      raw.map((template) => instantiate(template, 'app.example.com')),
    ])
    expect(all).toEqual(Object.entries(TRIED).map(([code, { sent, raw = [] }]) => [code, sent, raw]))
  })

  it('that browsers send are origins that URLs have; the others are not', () => {
    for (const { origin, isEmittable } of EACH)
      expect([origin, origin === 'null' || URL.parse(origin)?.origin === origin]).toEqual([origin, isEmittable])
  })

  it('take the page’s host whole where it has no subdomain', () => {
    expect(instantiate('{L}|{R}|{H}|{TLD}|{H^}', 'example.com')).toBe('|example.com|example.com|com|EXAMPLE.COM')
    expect(instantiate('{L}|{R}|{TLD}|{A}', 'a.b.example.org')).toBe('a|b.example.org|org|attacker.test')
    expect(instantiate('{H} {H} {R} {R} {L} {L} {A} {A} {TLD} {TLD}', 'localhost')).toBe(
      'localhost localhost localhost localhost   attacker.test attacker.test localhost localhost',
    )
  })

  it('are each sent once, and nothing else is', async () => {
    const { asked, report, observations } = await scan(lets())
    expect(asked.map(({ method, origin }) => `${method} ${origin}`)).toEqual([
      `GET ${PAGE}`,
      'GET https://attacker.test',
      ...EACH.map(({ origin }) => `GET ${origin}`),
      `OPTIONS ${PAGE}`,
    ])
    expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/items?a=1']))
    expect(new Set(observations.map(({ purpose }) => purpose))).toEqual(new Set(['security']))
    expect(report).toEqual({
      tried: EACH.length + 1,
      ownIsAccepted: true,
      reflectsAnyone: false,
      accepted: [],
      echoesHeaders: false,
      echoesMethods: false,
    })
  })

  it('carry the headers of the page, but nothing of a body', async () => {
    const headers = {
      Authorization: 'Bearer x',
      'X-A': '1',
      'Content-Type': 'application/json',
      'CONTENT-LANGUAGE': 'de',
    }
    const { asked } = await scan(lets(), { method: 'PUT', headers, body: '{}' })
    expect(asked[0]).toMatchObject({ method: 'GET', body: null })
    expect(asked[0]?.headers).toEqual({ authorization: 'Bearer x', 'x-a': '1', origin: PAGE })
    expect(asked.at(-1)).toMatchObject({ method: 'OPTIONS', body: null })
    expect(asked.at(-1)?.headers).toEqual({
      origin: PAGE,
      'access-control-request-method': 'CORSPROBE',
      'access-control-request-headers': 'x-cors-probe-7f3a',
    })
  })

  it('leave out the page’s own', async () => {
    const own = 'https://whatever.github.io'
    const { asked, report } = await scan(lets(own), { origin: own })
    expect(asked.filter(({ origin, method }) => origin === own && method === 'GET')).toHaveLength(1)
    expect(report.accepted).toEqual([])
    expect(report.tried).toBe(EACH.length)
  })

  it('are none where the page has no host', async () => {
    const { asked, report } = await scan(lets(), { origin: 'null' })
    expect(asked.map(({ method, origin }) => `${method} ${origin}`)).toEqual([
      'GET null',
      'GET https://attacker.test',
      'OPTIONS null',
    ])
    expect(report).toMatchObject({ tried: 1, ownIsAccepted: false, accepted: [] })
  })
})

describe('the report of a scan', () => {
  it.each(EACH)('names the mistake that lets $origin in: $flaw', async ({ flaw, origin, isEmittable }) => {
    const { report } = await scan(lets(origin))
    expect(report.accepted).toEqual([{ origin, flaw, credentials: false, isEmittable }])
    expect([report.ownIsAccepted, report.reflectsAnyone]).toEqual([true, false])
  })

  it('says whether credentials are allowed', async () => {
    const withCredentials =
      (value: string): Handler =>
      (asked) => ({
        headers: [...(lets('null')(asked).headers ?? []), ['Access-Control-Allow-Credentials', value]],
      })
    expect((await scan(withCredentials('true'))).report.accepted[0]?.credentials).toBe(true)
    expect((await scan(withCredentials('True'))).report.accepted[0]?.credentials).toBe(false)
  })

  it('names one origin for each mistake, because more would repeat it', async () => {
    const [first, second] = TRIED['matches-prefix']?.sent ?? []
    const { report, asked } = await scan(lets(first ?? '', second ?? '', 'null'))
    expect(report.accepted.map(({ origin }) => origin)).toEqual(['null', first])
    expect(asked.some(({ origin }) => origin === second)).toBe(false)
    expect(report.tried).toBe(EACH.length + 1 - 5)
  })

  it.each([
    ['https://attacker.test', true],
    ['*', true],
    [PAGE, false],
  ])('ends early where any origin is let in: %s', async (value, reflectsAnyone) => {
    const { report, asked } = await scan(() => ({ headers: [['Access-Control-Allow-Origin', value]] }))
    expect(report.reflectsAnyone).toBe(reflectsAnyone)
    expect(asked.length === 3).toBe(reflectsAnyone)
    if (reflectsAnyone) expect(report).toMatchObject({ tried: 1, accepted: [] })
  })

  it('knows a server that treats an origin as the trusted one, and answers with that', async () => {
    const constant = await scan(() => ({ headers: [['Access-Control-Allow-Origin', PAGE]] }))
    // The answer names the page to everybody: only what means the page is taken for it.
    expect(constant.report.accepted.map(({ origin, flaw }) => [flaw, origin])).toEqual([
      ['ignores-port', 'https://app.example.com:443'],
      ['normalizes-origin', 'https://app.example.com/'],
    ])
    const quoted: Handler = ({ origin }) =>
      origin === `"${PAGE}"` ? { headers: [['Access-Control-Allow-Origin', PAGE]] } : {}
    const { report } = await scan(quoted)
    expect(report.accepted).toEqual([
      { origin: `"${PAGE}"`, flaw: 'normalizes-origin', credentials: false, isEmittable: false },
    ])
    expect(report.ownIsAccepted).toBe(false)
  })

  it('says whether a preflight repeats what it is asked', async () => {
    const says = async (...headers: readonly (readonly [string, string])[]) => {
      const { report } = await scan(({ isPreflight }) => (isPreflight ? { headers } : {}))
      return [report.echoesHeaders, report.echoesMethods]
    }
    expect(await says(['Access-Control-Allow-Headers', 'a, X-CORS-Probe-7F3A'])).toEqual([true, false])
    expect(
      await says(['Access-Control-Allow-Headers', 'a'], ['Access-Control-Allow-Headers', 'x-cors-probe-7f3a']),
    ).toEqual([true, false])
    expect(await says(['Access-Control-Allow-Methods', 'GET'], ['Access-Control-Allow-Methods', 'CORSPROBE'])).toEqual([
      false,
      true,
    ])
    expect(await says(['Access-Control-Allow-Methods', '*'], ['Access-Control-Allow-Headers', '*'])).toEqual([
      false,
      false,
    ])
  })
})
