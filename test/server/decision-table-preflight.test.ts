import { describe, expect, it } from 'vitest'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { corsNames, listed, PAGE, preflight, request, STRANGER } from '../support/requests.ts'

const LIST: CorsPolicy = {
  origins: [PAGE],
  methods: ['PUT', 'DELETE'],
  requestHeaders: ['Content-Type', 'Authorization'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
}

/** What a preflight is answered; a request that is none fails the test. */
function answer(policy: CorsPolicy, req: Request): Response {
  const response = createCors(policy).preflight(req)
  if (response === null) throw new Error('this is no preflight')
  return response
}

const ALL_VARY = ['access-control-request-headers', 'access-control-request-method', 'origin']

describe('a preflight', () => {
  it('S8: of an allowed origin is answered 204 with the whole policy, and no body', async () => {
    const response = answer({ ...LIST, credentials: true }, preflight(PAGE, 'PUT', 'content-type'))
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(listed(response, 'Access-Control-Allow-Methods')).toEqual(['delete', 'put'])
    expect(listed(response, 'Access-Control-Allow-Headers')).toEqual(['authorization', 'content-type'])
    expect(response.headers.get('Access-Control-Max-Age')).toBe('600')
    expect(response.headers.has('Access-Control-Expose-Headers')).toBe(false)
    expect(listed(response, 'Vary')).toEqual(['origin'])
  })

  it('S8: is answered 200 where the policy says so', () => {
    expect(answer({ ...LIST, preflightStatus: 200 }, preflight(PAGE)).status).toBe(200)
  })

  it('S9: of a refused origin is answered 403, Vary, and nothing else', () => {
    const response = answer({ ...LIST, credentials: true, timingAllowOrigin: true }, preflight(STRANGER))
    expect(response.status).toBe(403)
    expect(corsNames(response)).toEqual([])
    expect(listed(response, 'Vary')).toEqual(['origin'])
  })

  it('S10, S11: for what is not allowed still declares the whole policy, so that the browser can name the culprit', () => {
    const response = answer(LIST, preflight(PAGE, 'PATCH', 'x-unknown'))
    expect(response.status).toBe(204)
    expect(listed(response, 'Access-Control-Allow-Methods')).toEqual(['delete', 'put'])
    expect(listed(response, 'Access-Control-Allow-Headers')).toEqual(['authorization', 'content-type'])
  })

  it('S12: for a safelisted method needs no Access-Control-Allow-Methods', () => {
    const response = answer({ origins: [PAGE], requestHeaders: ['X-A'] }, preflight(PAGE, 'POST', 'x-a'))
    expect(response.status).toBe(204)
    expect(response.headers.has('Access-Control-Allow-Methods')).toBe(false)
  })

  it('S12: for a safelisted method without any header is accepted (an upload with progress events)', () => {
    expect(answer({ origins: [PAGE] }, preflight(PAGE, 'POST')).headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it.each(['', 'patch', 'FOO BAR', 'TRACE'])('S13: with the method %j is a preflight and echoes nothing', (method) => {
    const response = answer({ origins: [PAGE], methods: ['PATCH'] }, preflight(PAGE, method))
    expect(response.headers.get('Access-Control-Allow-Methods')).toBe('PATCH')
  })

  it('S14: without Access-Control-Request-Headers, or with an empty one, is accepted', () => {
    expect(answer(LIST, preflight(PAGE, 'PUT')).status).toBe(204)
    expect(answer(LIST, preflight(PAGE, 'PUT', '')).status).toBe(204)
  })

  it('S15: reads names whatever their case, order, white space and number of lines', () => {
    const asked = preflight(PAGE, 'PUT', 'X-Trace-Id ,\tX-TRACE-span,,')
    asked.headers.append('Access-Control-Request-Headers', 'x-trace-id')
    const response = answer({ origins: [PAGE], requestHeaders: ['X-Trace-*'] }, asked)
    expect(listed(response, 'Access-Control-Allow-Headers')).toEqual(['x-trace-id', 'x-trace-span'])
  })

  it('S16: with more than 4 KB or 256 names has nothing echoed', () => {
    const policy: CorsPolicy = { origins: [PAGE], credentials: true, requestHeaders: '*' }
    const echoed = (names: string) =>
      answer(policy, preflight(PAGE, 'POST', names)).headers.get('Access-Control-Allow-Headers')
    expect(echoed('x-a')).toBe('x-a')
    expect(echoed(`x-${'a'.repeat(4095)}`)).toBeNull()
    expect(echoed(Array.from({ length: 256 }, (_, i) => `x${i}`).join())?.split(',')).toHaveLength(256)
    expect(echoed(Array.from({ length: 257 }, (_, i) => `x${i}`).join())).toBeNull()
    expect(echoed(','.repeat(60_000))).toBeNull()
  })

  it('S17: never echoes what is no token, nor what no page can send', () => {
    const policy: CorsPolicy = { origins: [PAGE], credentials: true, requestHeaders: '*' }
    const response = answer(
      policy,
      preflight(PAGE, 'POST', 'x probe,x-ok,x:y,"q",cookie,sec-fetch-site,proxy-a,\u00e4'),
    )
    expect(listed(response, 'Access-Control-Allow-Headers')).toEqual(['x-ok'])
  })

  it('S18: to any header without credentials says "*", and names Authorization where the policy does', () => {
    const any: CorsPolicy = { origins: [PAGE], requestHeaders: '*' }
    expect(answer(any, preflight(PAGE)).headers.get('Access-Control-Allow-Headers')).toBe('*')
    const also: CorsPolicy = { origins: [PAGE], requestHeaders: ['*', 'Authorization'] }
    expect(answer(also, preflight(PAGE)).headers.get('Access-Control-Allow-Headers')).toBe('*,authorization')
  })

  it('S19: to any header with credentials echoes the names, but Authorization only where it is listed', () => {
    const any: CorsPolicy = { origins: [PAGE], credentials: true, requestHeaders: '*' }
    const response = answer(any, preflight(PAGE, 'POST', 'authorization,x-a'))
    expect(listed(response, 'Access-Control-Allow-Headers')).toEqual(['x-a'])
    expect(listed(response, 'Vary')).toEqual(ALL_VARY)
    const also: CorsPolicy = { ...any, requestHeaders: ['*', 'Authorization'] }
    expect(listed(answer(also, preflight(PAGE, 'POST', 'authorization,x-a')), 'Access-Control-Allow-Headers')).toEqual([
      'authorization',
      'x-a',
    ])
  })

  it('S19: that echoes varies by all three, and so does its refusal', () => {
    const any: CorsPolicy = { origins: [PAGE], credentials: true, requestHeaders: '*' }
    expect(listed(answer(any, preflight(STRANGER, 'POST', 'x-a')), 'Vary')).toEqual(ALL_VARY)
    expect(corsNames(answer(any, preflight(STRANGER, 'POST', 'x-a')))).toEqual([])
  })

  it('S20: to any method says "*" without credentials, and with them the one method that was asked for', () => {
    const any: CorsPolicy = { origins: [PAGE], methods: '*' }
    expect(answer(any, preflight(PAGE, 'FOO')).headers.get('Access-Control-Allow-Methods')).toBe('*')
    const credentialed: CorsPolicy = { ...any, credentials: true }
    expect(answer(credentialed, preflight(PAGE, 'patch')).headers.get('Access-Control-Allow-Methods')).toBe('patch')
    expect(answer(credentialed, preflight(PAGE, 'trace')).headers.has('Access-Control-Allow-Methods')).toBe(false)
    expect(answer(credentialed, preflight(PAGE, 'A B')).headers.has('Access-Control-Allow-Methods')).toBe(false)
  })

  it('S21: carries Access-Control-Max-Age where it is set, zero included, and not otherwise', () => {
    expect(answer({ origins: [PAGE], maxAge: 0 }, preflight(PAGE)).headers.get('Access-Control-Max-Age')).toBe('0')
    expect(answer({ origins: [PAGE] }, preflight(PAGE)).headers.has('Access-Control-Max-Age')).toBe(false)
  })

  it('S34: asking for a private network gets no grant', () => {
    const asked = preflight(PAGE)
    asked.headers.set('Access-Control-Request-Private-Network', 'true')
    expect(answer(LIST, asked).headers.has('Access-Control-Allow-Private-Network')).toBe(false)
  })

  it('S38: is answered before the handler, which never sees it', () => {
    const wrapped = createCors(LIST).wrap((): Response => {
      throw new Error('a preflight reached the handler')
    })
    expect(wrapped(preflight(PAGE)).status).toBe(204)
    expect(wrapped(preflight(STRANGER)).status).toBe(403)
  })

  it('of a public resource gets "*" for everybody, null and nonsense included', () => {
    for (const origin of [STRANGER, 'null', 'nonsense']) {
      const response = answer({ origins: '*', methods: ['PUT'] }, preflight(origin))
      expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([204, '*'])
      expect(response.headers.has('Vary')).toBe(false)
    }
  })

  it('is answered with a fresh response each time', () => {
    const cors = createCors(LIST)
    cors.preflight(preflight(PAGE))?.headers.set('Access-Control-Allow-Origin', 'https://leak.example')
    cors.preflight(preflight(STRANGER))?.headers.set('Access-Control-Allow-Origin', '*')
    expect(cors.preflight(preflight(PAGE))?.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(cors.preflight(preflight(STRANGER))?.headers.has('Access-Control-Allow-Origin')).toBe(false)
  })

  it('is nothing else: preflight() returns null for every other request', () => {
    const cors = createCors(LIST)
    expect(cors.preflight(request(PAGE))).toBeNull()
    expect(cors.preflight(request(PAGE, { method: 'OPTIONS' }))).toBeNull()
    expect(
      cors.preflight(request(PAGE, { method: 'POST', headers: { 'Access-Control-Request-Method': 'PUT' } })),
    ).toBeNull()
  })
})
