import { describe, expect, it } from 'vitest'
import { recorded } from '../../../src/diagnose/fixes/proof.ts'
import { type Exchange, evidenceOf, PAGE, preflight, seen, URL_ } from './exchange.ts'
import {
  acao,
  B,
  CREDENTIALS,
  foreign,
  HOLDS,
  type Line,
  many,
  OPEN,
  OWN,
  permits,
  proof,
  STRANGER,
  says,
} from './proving.ts'

describe('the proof of a policy', () => {
  it('counts what passes today, with and without credentials, and what still does', async () => {
    expect(await proof(OWN, [{}])).toEqual(HOLDS)
    expect(await proof(OPEN, [says(acao('*'))])).toEqual({ ...HOLDS, passed: 1, kept: 1 })
    expect(await proof({ ...OWN, credentials: true }, [says(acao(PAGE), CREDENTIALS)])).toEqual({
      ...HOLDS,
      passed: 2,
      kept: 2,
    })
    expect(await proof(OWN, [says(acao(PAGE), CREDENTIALS)])).toEqual({
      ...HOLDS,
      holds: false,
      passed: 2,
      kept: 1,
      lost: [`GET from ${PAGE} (include)`],
    })
  })

  it('takes an answer that names a page for one to that page', async () => {
    expect(await proof(OWN, [says(acao(B))])).toEqual({
      ...HOLDS,
      holds: false,
      passed: 1,
      kept: 0,
      lost: [`GET from ${B} (omit)`],
    })
    // A pattern, a text and null are no pages.
    for (const value of ['https://*.example.com', 'x', 'null'])
      expect(await proof(OWN, [says(acao(value))])).toEqual(HOLDS)
  })

  it.each([
    ['without Origin', null],
    ['of a text', 'x'],
    ['of a URL', `${B}/`],
    ['of null', 'null'],
    ['of a URL of an application', 'capacitor://localhost/x'],
    ['of a URL without a host', 'data:text/plain,x'],
  ])('does not count the request %s', async (_, origin) => {
    expect(await proof(OPEN, [{ ...says(acao('*')), origin }])).toEqual(HOLDS)
  })

  it('counts the pages of applications, too', async () => {
    const origin = 'capacitor://localhost'
    expect(await proof(OPEN, [{ ...says(acao('*')), origin }])).toEqual({ ...HOLDS, passed: 1, kept: 1 })
  })

  it('counts each request once, as it was first answered, and no more than costs a moment', async () => {
    expect(await proof(OPEN, [says(acao('*')), {}])).toMatchObject({ passed: 1 })
    expect(await proof(OPEN, [{}, says(acao('*'))])).toMatchObject({ passed: 0 })
    const sites = many(20, (i) => ({ ...says(acao('*')), origin: `https://n${i}.example.com` }))
    expect(await proof(OPEN, sites)).toMatchObject({ passed: 12, kept: 12 })
  })

  it('knows the page by Origin alone', async () => {
    const asks: readonly Line[] = [['Referer', B]]
    expect(await proof(OWN, [{ ...says(acao('*')), origin: null, asks }])).toEqual(HOLDS)
    expect(await proof(OWN, [{ ...says(acao('*')), asks }])).toMatchObject({ passed: 1, lost: [] })
  })

  it('counts what every browser shares', async () => {
    // Firefox alone leaves the empty line out.
    const lines: readonly Line[] = [
      ['access-control-allow-origin', '*'],
      ['access-control-allow-origin', ''],
    ]
    expect(await proof(OPEN, [{ headers: lines }])).toEqual(HOLDS)
    expect((await proof(OPEN, [{}, foreign({ headers: lines })])).gained).toEqual(['GET from any other site (omit)'])
    // Firefox alone lets pages set it.
    const agent = [permits(['Access-Control-Allow-Headers', 'User-Agent']), says(acao('*'))]
    expect((await proof(OPEN, agent)).lost).toEqual([`GET with User-Agent from ${PAGE} (omit)`])
  })

  it('takes a plain request of each page, whatever the page asks for', async () => {
    const request = { method: 'PUT', initiator: 'xhr', uploadListener: true, body: 'x', reads: ['X-A'] } as const
    const found = await proof({ ...OPEN, methods: ['PUT'], exposedHeaders: ['X-A'] }, [says(acao('*'))], { request })
    expect(found).toMatchObject({ holds: true, passed: 1, kept: 1 })
  })

  it('says what would still block the request, and in which browser', async () => {
    const remains = { code: 'method-not-allowed', value: 'PUT', url: URL_ }
    expect(await proof(OWN, [{}], { request: { method: 'PUT' } })).toEqual({
      ...HOLDS,
      holds: false,
      passes: false,
      remains,
      unproven: [],
    })
    // Only Firefox asks for it.
    expect(await proof(OWN, [{}], { request: { headers: { 'User-Agent': 'x' } } })).toMatchObject({
      passes: false,
      remains: { code: 'header-not-allowed', value: 'user-agent', url: URL_ },
    })
  })

  it('asks for every header that the page reads', async () => {
    const request = { reads: ['X-A', 'ETag'] }
    const exposing = (...exposedHeaders: string[]) =>
      proof({ ...OWN, exposedHeaders }, [says(['X-A', '1'], ['ETag', '1'])], { request })
    expect(await exposing('X-A')).toEqual({ ...HOLDS, holds: false, passes: false })
    expect(await exposing('X-A', 'ETag')).toEqual(HOLDS)
    // Firefox alone takes a star beside a name that is not a token. The policy is not on that server.
    const there = 'https://c.example.org/'
    const led = [
      { status: 307, headers: [['Location', there]] },
      { url: there, headers: [acao('*'), ['Access-Control-Expose-Headers', '*, a b'], ['X-A', '1']] },
    ] as const
    expect(await proof(OWN, led, { request: { reads: ['X-A'] } })).toMatchObject({ passes: false, remains: null })
  })
})

describe('the strangers of a proof', () => {
  it('gain what they could not read, and keep what they could', async () => {
    expect(await proof(OPEN, [{}, foreign({})])).toEqual({
      ...HOLDS,
      holds: false,
      strangers: 1,
      gained: ['GET from any other site (omit)'],
    })
    expect(await proof(OPEN, [says(acao('*')), foreign(says(acao('*')))])).toEqual({
      ...HOLDS,
      passed: 2,
      kept: 2,
      strangers: 1,
    })
    expect(await proof(OWN, [{}, foreign({})])).toEqual({ ...HOLDS, strangers: 1 })
  })

  it('are those of a scan, too, by name, and never the page', async () => {
    const scan = (origin: string | null, more: Exchange = {}): Exchange => ({ purpose: 'security', origin, ...more })
    const policy = { origins: [PAGE, 'https://evil.example.com'], credentials: true }
    expect(
      await proof(policy, [
        {},
        scan('https://evil.example.com'),
        scan(PAGE),
        scan('null'),
        scan(null),
        scan('https://x.test', { trouble: 'reset' }),
        scan('https://y.test', { method: 'OPTIONS' }),
      ]),
    ).toEqual({
      ...HOLDS,
      holds: false,
      strangers: 1,
      gained: ['GET from https://evil.example.com (omit)', 'GET from https://evil.example.com (include)'],
    })
  })

  it('are counted by origin', async () => {
    const scan = (origin: string): Exchange => ({ purpose: 'security', origin })
    expect(await proof(OWN, [{}, foreign({}), scan(B), scan(B), scan('https://x.test')])).toMatchObject({
      strangers: 3,
    })
  })

  it('gain nothing that the server gives them past a cache', async () => {
    const fresh = (value: string) => ({ probes: { fresh: seen(says(acao(value))) } })
    expect(await proof(OPEN, [{}, foreign({})], fresh('*'))).toEqual({ ...HOLDS, strangers: 1 })
    expect((await proof(OPEN, [{}, foreign({})], fresh(PAGE))).gained).toHaveLength(1)
    const leaks = { origins: [PAGE, STRANGER], credentials: true }
    expect((await proof(leaks, [{}, foreign({})], fresh('*'))).gained).toEqual(['GET from any other site (include)'])
  })

  it('gain nothing that the preflight gives them, where the request itself cannot be seen', async () => {
    const unseen = [permits(['Access-Control-Allow-Methods', 'PUT']), { status: 405 }, foreign({ status: 405 })]
    expect(await proof({ ...OPEN, methods: ['PUT'] }, unseen, { request: { method: 'PUT' } })).toMatchObject({
      strangers: 1,
      gained: [],
    })
    // Without a preflight, what is seen counts.
    const shown = [{ status: 405, headers: [acao('*')] }]
    expect(await proof({ ...OPEN, methods: ['PUT'] }, shown, { request: { method: 'PUT' } })).toMatchObject({
      passed: 1,
    })
  })
})

describe('answers that were not seen', () => {
  const put = { request: { method: 'PUT' } }
  const policy = { ...OWN, methods: ['PUT'] }
  const there = 'https://c.example.org/there'
  const leads = (to: string): Exchange => ({ status: 307, headers: [['Location', to]] })

  it('are stood in for by one to another method, or by any of the same server', async () => {
    expect(await proof(policy, [{}], put)).toEqual({
      ...HOLDS,
      unproven: [`the answer to PUT ${URL_} was not seen: the answer to GET stands in for it`],
    })
    expect(await proof(policy, [{ url: 'https://api.example.com/other' }], put)).toEqual({
      ...HOLDS,
      unproven: [`the answer to PUT ${URL_} was not seen`],
    })
  })

  it('leave open whether the request passes', async () => {
    expect(await proof(policy, [], put)).toEqual({
      ...HOLDS,
      holds: false,
      passes: null,
      unproven: [`the answer to PUT ${URL_} was not seen`],
    })
    expect(await proof(OWN, [leads(there)])).toEqual({
      ...HOLDS,
      holds: false,
      passes: null,
      unproven: [`the answer to GET ${there} was not seen`],
    })
  })

  it('are another matter than a server that says nothing', async () => {
    const silent = [
      { ...leads(there), method: 'PUT' },
      { url: there },
      { url: there, method: 'OPTIONS', trouble: 'reset' as const },
    ]
    expect(await proof(policy, silent, put)).toMatchObject({
      passes: false,
      remains: { code: 'network-error', value: '', url: there },
      unproven: [],
    })
  })

  it('do not hide what blocks the request further on', async () => {
    const led = [leads(there), { method: 'OPTIONS', url: there }, { url: there }]
    expect(await proof(policy, led, put)).toMatchObject({
      passes: false,
      remains: { code: 'allow-origin-missing', value: '', url: there },
      unproven: [`the answer to PUT ${URL_} was not seen: the answer to GET stands in for it`],
    })
  })

  it('stay those of another server: the policy is on this one alone', async () => {
    expect(await proof(OWN, [leads(there), { url: there }])).toMatchObject({
      passes: false,
      remains: { code: 'allow-origin-missing', url: there },
    })
    expect(await proof(OWN, [leads(there), { url: there, headers: [acao('*')] }])).toEqual(HOLDS)
  })

  it('are a 401 in the place of a login', async () => {
    expect(await proof(OWN, [leads('https://accounts.google.com/x')])).toEqual({
      ...HOLDS,
      unproven: ['with 401 instead of the login at accounts.google.com'],
    })
  })
})

describe('recorded()', () => {
  const get = (more: Exchange = {}) => seen({ status: 201, ...more })
  const wire = ({ request }: ReturnType<typeof seen>) => request

  it('gives the answer to the same request before one to another, and none of a scan', () => {
    const unproven: string[] = []
    const [plain, other] = [get(), get({ status: 202, asks: [['X-A', '1']] })]
    const answer = recorded(evidenceOf([seen({ purpose: 'security', status: 500 }), plain, other]), unproven)
    expect([answer(wire(plain))?.status, answer(wire(other))?.status]).toEqual([201, 202])
    expect(answer(wire(get({ asks: [['X-B', '1']] })))?.status).toBe(201)
    expect(unproven).toEqual([])
  })

  it('gives a preflight what another preflight to the same URL got, and nothing else', () => {
    const unproven: string[] = []
    const answer = recorded(evidenceOf([get(), preflight({ status: 205 })]), unproven)
    expect(answer(wire(preflight({ asks: [['X-A', '1']] })))?.status).toBe(205)
    expect(answer(wire(preflight({ url: `${URL_}/other` })))).toBeNull()
    expect(recorded(evidenceOf([get()]), unproven)(wire(preflight()))).toBeNull()
    expect(answer(wire(seen({ method: 'OPTIONS' })))?.status).toBe(201)
    expect(unproven).toEqual([`the answer to OPTIONS ${URL_} was not seen: the answer to GET stands in for it`])
  })
})
