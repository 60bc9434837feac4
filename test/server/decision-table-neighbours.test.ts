// Rows S26, S31–S33 and S35–S37 of the decision table, and the options that go with them.
import { describe, expect, it, vi } from 'vitest'
import { createCors } from '../../src/index.ts'
import { APP, actual, cors, head, preflight, present, STRANGER } from '../support/exchanges.ts'

const json = () =>
  Response.json({ ok: true }, { headers: { 'X-Rate-Limit': '9', 'X-Rate-Left': '1', 'Set-Cookie': 'a=1' } })

describe('exposedHeaders', () => {
  it('expands a pattern against the names of the response itself, beside the names that are listed', () => {
    const policy = createCors({ origins: [APP], exposedHeaders: ['ETag', 'X-Rate-*'] })
    expect(cors(policy.apply(actual(APP), json()))['Access-Control-Expose-Headers']).toBe(
      'etag, x-rate-left, x-rate-limit',
    )
  })

  it('expands to nothing that no page may read, and to no Access-Control-*', () => {
    const policy = createCors({ origins: [APP], credentials: true, exposedHeaders: ['Set-*', 'Access-*', 'X-*'] })
    const response = json()
    response.headers.set('Access-Control-Allow-Methods', 'PUT')
    expect(cors(policy.apply(actual(APP), response))['Access-Control-Expose-Headers']).toBe('x-rate-left, x-rate-limit')
  })

  it('says nothing where a pattern finds nothing, and removes what stood there', () => {
    const policy = createCors({ origins: [APP], exposedHeaders: ['X-None-*'] })
    const response = new Response('x', { headers: { 'Access-Control-Expose-Headers': 'X-Secret' } })
    expect(cors(policy.apply(actual(APP), response))).not.toHaveProperty('Access-Control-Expose-Headers')
  })

  it('S21 exposes nothing by a pattern in entries for which no names are given', () => {
    const exposedHeaders = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `${letter}*`)
    expect(createCors({ origins: [APP], exposedHeaders }).entries(actual(APP))).toEqual([
      ['Access-Control-Allow-Origin', APP],
      ['Vary', 'Origin'],
    ])
  })

  it('S26 is left out of a 304 where it holds a pattern, and taken out of one', () => {
    const policy = createCors({ origins: [APP], exposedHeaders: ['ETag', 'X-Rate-*'] })
    const bare = new Response(null, { status: 304, headers: { 'X-Rate-Left': '1' } })
    expect(cors(policy.apply(actual(APP), bare))).toEqual({ 'Access-Control-Allow-Origin': APP, Vary: 'origin' })
    const named = new Response(null, { status: 304, headers: { 'Access-Control-Expose-Headers': 'X-Rate-Left' } })
    expect(cors(policy.apply(actual(APP), named))).toEqual({ 'Access-Control-Allow-Origin': APP, Vary: 'origin' })
  })

  it('is * without credentials where it is *', () => {
    const policy = createCors({ origins: [APP], exposedHeaders: '*' })
    expect(cors(policy.apply(actual(APP), json()))['Access-Control-Expose-Headers']).toBe('*')
  })

  it('expands in entries() against the names given, and not without', () => {
    const policy = createCors({ origins: [APP], exposedHeaders: ['ETag', 'X-Rate-*'] })
    const exposed = (names?: Iterable<string>) =>
      policy.entries(actual(APP), names).find(([name]) => name === 'Access-Control-Expose-Headers')?.[1]
    expect(
      exposed(new Set(['X-RATE-LEFT', 'Content-Type']))
        ?.split(',')
        .sort(),
    ).toEqual(['etag', 'x-rate-left'])
    expect(exposed()).toBe('etag')
  })
})

describe('timingAllowOrigin', () => {
  it('S35 sends Timing-Allow-Origin to the origins that are allowed', () => {
    const policy = createCors({ origins: [APP], timingAllowOrigin: true })
    expect(cors(policy.apply(actual(APP), json()))['Timing-Allow-Origin']).toBe(APP)
    expect(cors(policy.apply(actual(STRANGER), json()))).toEqual({ Vary: 'origin' })
    expect(cors(createCors({ origins: '*', timingAllowOrigin: true }).apply(actual(null), json()))).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Timing-Allow-Origin': '*',
    })
  })

  it('S35 replaces and removes what stood there when it is on, and removes it for strangers alone when it is off', () => {
    const timed = () => new Response('x', { headers: { 'Timing-Allow-Origin': 'https://cdn.example' } })
    const on = createCors({ origins: [APP], timingAllowOrigin: true })
    const off = createCors({ origins: [APP] })
    expect(cors(on.apply(actual(APP), timed()))['Timing-Allow-Origin']).toBe(APP)
    expect(cors(on.apply(actual(STRANGER), timed()))).not.toHaveProperty('Timing-Allow-Origin')
    expect(cors(off.apply(actual(APP), timed()))['Timing-Allow-Origin']).toBe('https://cdn.example')
    expect(cors(off.apply(actual(null), timed()))['Timing-Allow-Origin']).toBe('https://cdn.example')
    expect(cors(off.apply(actual(STRANGER), timed()))).not.toHaveProperty('Timing-Allow-Origin')
    expect(cors(on.apply(actual(null), timed()))).not.toHaveProperty('Timing-Allow-Origin')
  })

  it('S35 never adds Cross-Origin-Resource-Policy', () => {
    expect(createCors({ origins: '*' }).apply(actual(APP), json()).headers.has('Cross-Origin-Resource-Policy')).toBe(
      false,
    )
  })
})

describe("refused: 'forbid'", () => {
  const write = (origin: string | null, headers: Record<string, string> = {}) =>
    actual(origin, { method: 'POST', body: '{}', headers: { 'Content-Type': 'text/plain', ...headers } })

  it('S6 answers a refused request 403 before the handler, and says Vary: Origin alone', () => {
    const handler = vi.fn(json)
    const response = createCors({ origins: [APP], refused: 'forbid' }).wrap(handler)(write(STRANGER))
    expect(response.status).toBe(403)
    expect(cors(response)).toEqual({ Vary: 'origin' })
    expect(handler).not.toHaveBeenCalled()
  })

  it('S37 lets a JSON body sent as text/plain by a stranger through only where the policy passes', () => {
    const handler = vi.fn(json)
    createCors({ origins: [APP] }).wrap(handler)(write(STRANGER))
    expect(handler).toHaveBeenCalledTimes(1)
    createCors({ origins: [APP], refused: 'forbid' }).wrap(handler)(write(STRANGER))
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('S36 stops a stranger who overrides the method', () => {
    const policy = createCors({ origins: [APP], refused: 'forbid' })
    const request = write(STRANGER, { 'X-HTTP-Method-Override': 'OPTIONS', 'Access-Control-Request-Method': 'PUT' })
    expect(policy.wrap(json)(request).status).toBe(403)
  })

  it('S32 never stops a request of the same origin, nor one without Origin', () => {
    const fetch = createCors({ origins: [APP], refused: 'forbid' }).wrap(json)
    expect(fetch(write('https://api.example.net', { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
    expect(fetch(write('https://api.example.net', { 'Sec-Fetch-Site': 'same-site' })).status).toBe(403)
    expect(fetch(write(null)).status).toBe(200)
  })

  it('S32 knows the own origin by Sec-Fetch-Site alone, never by Host or X-Forwarded-Host', () => {
    const fetch = createCors({ origins: [APP], refused: 'forbid' }).wrap(json)
    expect(fetch(write(STRANGER, { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' })).status).toBe(403)
    expect(fetch(write('https://api.example.net', { Host: 'api.example.net' })).status).toBe(403)
  })

  it('S32 does not share a same-origin answer with an origin that is not listed', () => {
    const request = write('https://api.example.net', { 'Sec-Fetch-Site': 'same-origin' })
    expect(cors(createCors({ origins: [APP], refused: 'forbid' }).wrap(json)(request))).toEqual({ Vary: 'origin' })
  })

  it('S22 stops a plain OPTIONS of a stranger, and answers its preflight', () => {
    const fetch = createCors({ origins: [APP], refused: 'forbid' }).wrap(json)
    expect(fetch(actual(STRANGER, { method: 'OPTIONS' })).status).toBe(403)
    expect(fetch(preflight(STRANGER)).status).toBe(403)
    expect(fetch(preflight(APP)).status).toBe(204)
  })
})

describe('guard()', () => {
  it('S27 answers 403 to a WebSocket upgrade from a refused origin, and null to an allowed one', () => {
    const policy = createCors({ origins: [APP] })
    const upgrade = (origin: string | null) => actual(origin, { headers: { Upgrade: 'websocket' } })
    expect(policy.guard(upgrade(APP))).toBeNull()
    expect(policy.guard(upgrade(null))).toBeNull()
    const refused = present(policy.guard(upgrade(STRANGER)))
    expect([refused.status, refused.body]).toEqual([403, null])
    expect(cors(refused)).toEqual({ Vary: 'origin' })
    expect(present(policy.guard(upgrade('null'))).status).toBe(403)
  })

  it('S32 answers null to a request of the same origin', () => {
    const policy = createCors({ origins: [APP] })
    expect(policy.guard(actual(STRANGER, { headers: { 'Sec-Fetch-Site': 'same-origin' } }))).toBeNull()
    expect(present(policy.guard(actual(STRANGER, { headers: { 'Sec-Fetch-Site': 'cross-site' } }))).status).toBe(403)
  })

  it('refuses nobody for any origin', () => {
    expect(createCors({ origins: '*' }).guard(actual('null'))).toBeNull()
  })
})

describe('what a server cannot know', () => {
  it('S31 treats a request whose Origin a proxy removed as one without', () => {
    const policy = createCors({ origins: [APP] })
    expect(cors(policy.wrap(json)(actual(null, { headers: { 'Sec-Fetch-Site': 'cross-site' } })))).toEqual({
      Vary: 'origin',
    })
  })

  it('S33 needs neither Host nor URL', () => {
    const policy = createCors({ origins: [APP] })
    expect(policy.entries(head('GET', { origin: APP }))).toEqual([
      ['Access-Control-Allow-Origin', APP],
      ['Vary', 'Origin'],
    ])
  })
})
