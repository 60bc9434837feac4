// Rows S1–S7 of the decision table: who may read an actual response.
import { describe, expect, it, vi } from 'vitest'
import { createCors } from '../../src/index.ts'
import { ADMIN, APP, actual, cors, head, STRANGER } from '../support/exchanges.ts'

const hello = () => new Response('hello')

describe('any origin', () => {
  it('S1 answers a request without Origin with *, and no Vary', () => {
    const fetch = createCors({ origins: '*', exposedHeaders: ['ETag'] }).wrap(hello)
    expect(cors(fetch(actual(null)))).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'etag',
    })
  })

  it('S1 answers every origin with the same *, malformed ones and null included', () => {
    const fetch = createCors({ origins: '*' }).wrap(hello)
    expect(cors(fetch(actual(STRANGER)))).toEqual({ 'Access-Control-Allow-Origin': '*' })
    expect(cors(fetch(actual('null')))).toEqual({ 'Access-Control-Allow-Origin': '*' })
    expect(cors(fetch(actual('nonsense')))).toEqual({ 'Access-Control-Allow-Origin': '*' })
  })

  it('S1 does not read Origin on an actual request', () => {
    const get = vi.fn((name: string) => (name === 'origin' ? APP : null))
    const policy = createCors({ origins: '*' })
    policy.apply({ method: 'GET', headers: { get } }, hello())
    policy.entries({ method: 'GET', headers: { get } })
    policy.headers({ method: 'GET', headers: { get } })
    expect(get.mock.calls.flat()).not.toContain('origin')
  })

  it('S1 keeps the Vary of the handler', () => {
    const fetch = createCors({ origins: '*' }).wrap(() => new Response('x', { headers: { Vary: 'Accept-Encoding' } }))
    expect(cors(fetch(actual(APP)))).toEqual({ 'Access-Control-Allow-Origin': '*', Vary: 'accept-encoding' })
  })
})

describe('listed origins', () => {
  it('S2 answers a request without Origin with Vary: Origin alone', () => {
    const fetch = createCors({ origins: [APP, ADMIN], credentials: true, exposedHeaders: ['ETag'] }).wrap(hello)
    expect(cors(fetch(actual(null)))).toEqual({ Vary: 'origin' })
  })

  it('S3 treats a single origin as a list of one', () => {
    const fetch = createCors({ origins: [APP] }).wrap(hello)
    expect(cors(fetch(actual(null)))).toEqual({ Vary: 'origin' })
    expect(cors(fetch(actual(APP)))).toEqual({ 'Access-Control-Allow-Origin': APP, Vary: 'origin' })
    expect(cors(fetch(actual(STRANGER)))).toEqual({ Vary: 'origin' })
  })

  it('S4 shares with an allowed origin, and varies', () => {
    const fetch = createCors({ origins: [APP, ADMIN], exposedHeaders: ['ETag', 'X-Total'] }).wrap(hello)
    expect(cors(fetch(actual(ADMIN)))).toEqual({
      'Access-Control-Allow-Origin': ADMIN,
      'Access-Control-Expose-Headers': 'etag, x-total',
      Vary: 'origin',
    })
  })

  it('S5 shares credentialed answers with the exact bytes of the origin', () => {
    const origins = ['https://*.preview.example.com', 'http://localhost:*', 'capacitor://localhost']
    const fetch = createCors({ origins, credentials: true, exposedHeaders: ['ETag'] }).wrap(hello)
    expect(cors(fetch(actual('https://pr-7.web.preview.example.com')))).toEqual({
      'Access-Control-Allow-Origin': 'https://pr-7.web.preview.example.com',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'etag',
      Vary: 'origin',
    })
    expect(cors(fetch(actual('http://localhost:5173')))['Access-Control-Allow-Origin']).toBe('http://localhost:5173')
    expect(cors(fetch(actual('http://localhost')))['Access-Control-Allow-Origin']).toBe('http://localhost')
    expect(cors(fetch(actual('capacitor://localhost')))['Access-Control-Allow-Origin']).toBe('capacitor://localhost')
  })

  it('S5 never says that credentials are allowed where the origin is not', () => {
    const fetch = createCors({ origins: [APP], credentials: true }).wrap(hello)
    expect(cors(fetch(actual(STRANGER)))).toEqual({ Vary: 'origin' })
    expect(cors(fetch(actual(null)))).toEqual({ Vary: 'origin' })
  })

  it('S6 lets a refused request reach the handler, and says Vary: Origin alone', async () => {
    const policy = { origins: [APP], credentials: true, exposedHeaders: ['ETag'], timingAllowOrigin: true } as const
    const response = createCors(policy).wrap(hello)(actual(STRANGER))
    expect(response.status).toBe(200)
    expect(cors(response)).toEqual({ Vary: 'origin' })
    expect(await response.text()).toBe('hello')
  })

  it('S7 refuses the origin null', () => {
    const policy = createCors({ origins: ['https://*.example.com', APP, 'http://localhost:*'] })
    expect(cors(policy.wrap(hello)(actual('null')))).toEqual({ Vary: 'origin' })
    expect(policy.decide(actual('null'))).toEqual({
      kind: 'cors',
      shared: false,
      origin: 'null',
      rule: null,
      refusal: 'origin-null',
    })
  })
})

describe('decide()', () => {
  it('names the kind and the entry that matched', () => {
    const policy = createCors({ origins: [APP, 'https://*.example.org', 'http://localhost:*'] })
    const shared = { kind: 'cors', shared: true, refusal: null }
    expect(policy.decide(actual(APP))).toEqual({ ...shared, origin: APP, rule: APP })
    expect(policy.decide(actual('https://a.b.example.org'))).toEqual({
      ...shared,
      origin: 'https://a.b.example.org',
      rule: 'https://*.example.org',
    })
    expect(policy.decide(actual('http://localhost:1'))).toMatchObject({ rule: 'http://localhost:*' })
    expect(policy.decide(actual(null))).toEqual({
      kind: 'non-cors',
      shared: false,
      origin: null,
      rule: null,
      refusal: null,
    })
  })

  it('names the rule * and the rule predicate', () => {
    expect(createCors({ origins: '*' }).decide(actual(STRANGER))).toMatchObject({ shared: true, rule: '*' })
    const policy = createCors({ origins: (origin) => origin === APP })
    expect(policy.decide(actual(APP))).toMatchObject({ shared: true, rule: 'predicate' })
    expect(policy.decide(actual(ADMIN))).toMatchObject({ shared: false, rule: null, refusal: 'origin-not-allowed' })
  })

  it('says why a value is not one origin', () => {
    const policy = createCors({ origins: [APP] })
    const refusal = (origin: string) => policy.decide(head('GET', { origin })).refusal
    expect(refusal(STRANGER)).toBe('origin-not-allowed')
    expect(refusal('null')).toBe('origin-null')
    expect(refusal('')).toBe('origin-malformed')
    expect(refusal(`${APP}/`)).toBe('origin-malformed')
    expect(refusal('HTTPS://APP.EXAMPLE.COM')).toBe('origin-malformed')
    expect(refusal(`${APP}, ${STRANGER}`)).toBe('origin-multiple')
    expect(refusal(`https://${'a'.repeat(5000)}.example.com`)).toBe('origin-too-long')
  })

  it('counts undefined from get as absent', () => {
    const policy = createCors({ origins: [APP] })
    expect(policy.decide(head('GET', {})).kind).toBe('non-cors')
    expect(policy.decide(head('OPTIONS', { origin: APP })).kind).toBe('cors')
    expect(policy.preflight(head('OPTIONS', { origin: APP }))).toBeNull()
  })
})

describe('two Origin lines', () => {
  it('S6 refuses them, the allowed one first or last', () => {
    const policy = createCors({ origins: [APP] })
    const twoLines = (first: string, second: string) => {
      const headers = new Headers({ Origin: first })
      headers.append('Origin', second)
      return new Request('https://api.example.net/', { headers })
    }
    expect(cors(policy.wrap(hello)(twoLines(APP, STRANGER)))).toEqual({ Vary: 'origin' })
    expect(cors(policy.wrap(hello)(twoLines(STRANGER, APP)))).toEqual({ Vary: 'origin' })
    expect(cors(policy.wrap(hello)(twoLines(APP, APP)))).toEqual({ Vary: 'origin' })
    expect(policy.decide(twoLines(APP, APP)).refusal).toBe('origin-multiple')
  })
})
