// Rows S8–S14, S21, S34, S38 and S39 of the decision table: preflights that declare the policy.
import { describe, expect, it, vi } from 'vitest'
import { createCors } from '../../src/index.ts'
import { APP, actual, cors, head, preflight, present, STRANGER } from '../support/exchanges.ts'

const full = {
  origins: [APP],
  credentials: true,
  methods: ['PUT', 'DELETE'],
  requestHeaders: ['Content-Type', 'Authorization'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
} as const

describe('preflight from an allowed origin', () => {
  it('S8 declares the whole policy in an empty 204 that names no exposed headers', async () => {
    const response = present(createCors(full).preflight(preflight(APP, 'PUT', 'authorization,content-type')))
    expect(response.status).toBe(204)
    expect(response.body).toBeNull()
    expect(cors(response)).toEqual({
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'PUT,DELETE',
      'Access-Control-Allow-Headers': 'authorization, content-type',
      'Access-Control-Max-Age': '600',
      Vary: 'origin',
    })
  })

  it('S8 answers with 200 where the policy says so', () => {
    const response = present(createCors({ ...full, preflightStatus: 200 }).preflight(preflight(APP)))
    expect(response.status).toBe(200)
    expect(response.body).toBeNull()
  })

  it('S8 says nothing that the policy does not', () => {
    expect(cors(createCors({ origins: [APP] }).preflight(preflight(APP)))).toEqual({
      'Access-Control-Allow-Origin': APP,
      Vary: 'origin',
    })
  })

  it('S8 answers any origin with *, and no Vary', () => {
    const policy = createCors({ origins: '*', methods: ['PUT'], requestHeaders: ['X-A'], maxAge: 5 })
    expect(cors(policy.preflight(preflight(STRANGER)))).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'PUT',
      'Access-Control-Allow-Headers': 'x-a',
      'Access-Control-Max-Age': '5',
    })
  })

  it('S8 gives each caller a response of its own', () => {
    const policy = createCors(full)
    const first = present(policy.preflight(preflight(APP)))
    first.headers.set('X-Leak', '1')
    first.headers.set('Access-Control-Allow-Origin', STRANGER)
    const second = present(policy.preflight(preflight(APP)))
    expect(second.headers.has('X-Leak')).toBe(false)
    expect(second.headers.get('Access-Control-Allow-Origin')).toBe(APP)
  })

  it('S8 keeps the answers to two origins apart', () => {
    const policy = createCors({ origins: [APP, 'https://*.example.org'] })
    const first = policy.preflight(preflight(APP))
    const second = policy.preflight(preflight('https://a.example.org'))
    expect(cors(first)['Access-Control-Allow-Origin']).toBe(APP)
    expect(cors(second)['Access-Control-Allow-Origin']).toBe('https://a.example.org')
  })

  it('S10 declares the policy to an undeclared method, for the browser to name the culprit', () => {
    const response = present(createCors(full).preflight(preflight(APP, 'PATCH')))
    expect(response.status).toBe(204)
    expect(cors(response)['Access-Control-Allow-Methods']).toBe('PUT,DELETE')
  })

  it('S11 declares the policy to an undeclared header', () => {
    const response = present(createCors(full).preflight(preflight(APP, 'PUT', 'x-undeclared')))
    expect(response.status).toBe(204)
    expect(cors(response)['Access-Control-Allow-Headers']).toBe('authorization, content-type')
  })

  it('S12 declares the same to a method that needs no permission', () => {
    const policy = createCors(full)
    expect(cors(policy.preflight(preflight(APP, 'GET')))).toEqual(cors(policy.preflight(preflight(APP, 'PUT'))))
  })

  it('S13 declares the same to methods that are empty, no token, lower-case, forbidden or doubled', () => {
    const policy = createCors(full)
    const answer = (method: string) =>
      cors(policy.preflight(head('OPTIONS', { origin: APP, 'access-control-request-method': method })))
    const expected = cors(policy.preflight(preflight(APP)))
    expect(answer('')).toEqual(expected)
    expect(answer('P U T')).toEqual(expected)
    expect(answer('put')).toEqual(expected)
    expect(answer('TRACE')).toEqual(expected)
    expect(answer('PUT, DELETE')).toEqual(expected)
  })

  it('S14 declares the same where Access-Control-Request-Headers is absent or empty', () => {
    const policy = createCors(full)
    expect(cors(policy.preflight(preflight(APP, 'PUT', '')))).toEqual(cors(policy.preflight(preflight(APP, 'PUT'))))
  })

  it('S21 writes a maxAge of 0, and none that is not set', () => {
    const maxAge = (policy: { origins: string[]; maxAge?: number }) =>
      cors(createCors(policy).preflight(preflight(APP)))['Access-Control-Max-Age']
    expect(maxAge({ origins: [APP], maxAge: 0 })).toBe('0')
    expect(maxAge({ origins: [APP], maxAge: 86_400 })).toBe('86400')
    expect(maxAge({ origins: [APP] })).toBeUndefined()
  })

  it('S34 grants nothing to a private network request', () => {
    const request = preflight(APP)
    request.headers.set('Access-Control-Request-Private-Network', 'true')
    expect(cors(createCors(full).preflight(request))).toEqual(cors(createCors(full).preflight(preflight(APP))))
  })

  it('S35 says nothing about timing, which is for actual responses', () => {
    const response = createCors({ ...full, timingAllowOrigin: true }).preflight(preflight(APP))
    expect(present(response).headers.has('Timing-Allow-Origin')).toBe(false)
  })
})

describe('preflight from a refused origin', () => {
  it('S9 is answered 403 with Vary: Origin alone', () => {
    const response = present(createCors({ ...full, timingAllowOrigin: true }).preflight(preflight(STRANGER)))
    expect(response.status).toBe(403)
    expect(response.body).toBeNull()
    expect(cors(response)).toEqual({ Vary: 'origin' })
  })

  it('S9 is answered so for null, an empty value and two origins', () => {
    const policy = createCors(full)
    const answer = (origin: string) => policy.preflight(preflight(origin))
    expect(present(answer('null')).status).toBe(403)
    expect(present(answer('')).status).toBe(403)
    expect(present(answer(`${APP}, ${APP}`)).status).toBe(403)
    expect(cors(answer(''))).toEqual({ Vary: 'origin' })
  })
})

describe('wrap() before a handler', () => {
  it('S38 answers preflights before the handler, which may want credentials that no preflight carries', () => {
    const handler = vi.fn(() => new Response(null, { status: 401 }))
    const response = createCors(full).wrap(handler)(preflight(APP))
    expect(response.status).toBe(204)
    expect(handler).not.toHaveBeenCalled()
  })

  it('S38 answers refused preflights before the handler', () => {
    const handler = vi.fn(() => new Response('x'))
    expect(createCors(full).wrap(handler)(preflight(STRANGER)).status).toBe(403)
    expect(handler).not.toHaveBeenCalled()
  })

  it('S39 answers the same whatever a preflight carries of credentials', () => {
    const request = preflight(APP)
    request.headers.set('Authorization', 'Bearer x')
    const policy = createCors(full)
    expect(cors(policy.preflight(request))).toEqual(cors(policy.preflight(preflight(APP))))
  })

  it('S22 leaves a plain OPTIONS to the application, with and without Origin', () => {
    const handler = vi.fn(() => new Response(null, { headers: { Allow: 'GET, PUT' } }))
    const fetch = createCors(full).wrap(handler)
    const withOrigin = fetch(actual(APP, { method: 'OPTIONS' }))
    const without = fetch(actual(null, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } }))
    expect(handler).toHaveBeenCalledTimes(2)
    expect(withOrigin.headers.get('Allow')).toBe('GET, PUT')
    expect(cors(withOrigin)).toMatchObject({ 'Access-Control-Allow-Origin': APP, Vary: 'origin' })
    expect(cors(without)).toEqual({ Vary: 'origin' })
  })

  it('S22 takes nothing but OPTIONS for a preflight', () => {
    const policy = createCors(full)
    const request = actual(APP, { method: 'POST', headers: { 'Access-Control-Request-Method': 'PUT' } })
    expect(policy.preflight(request)).toBeNull()
    expect(policy.decide(request).kind).toBe('cors')
    expect(policy.decide(preflight(APP)).kind).toBe('preflight')
  })
})
