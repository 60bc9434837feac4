import { describe, expect, it } from 'vitest'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { corsNames, listed, OTHER_PAGE, PAGE, request, STRANGER } from '../support/requests.ts'

const LIST: CorsPolicy = { origins: [PAGE, OTHER_PAGE], exposedHeaders: ['ETag', 'X-Request-Id'] }
const WITH_CREDENTIALS: CorsPolicy = { ...LIST, credentials: true }

function answer(policy: CorsPolicy, req: Request, response: () => Response = () => new Response('hello')): Response {
  return createCors(policy).wrap(response)(req)
}

describe('an actual request', () => {
  it('S1: of no page to a public resource gets "*" and no Vary', () => {
    const response = answer({ origins: '*', exposedHeaders: ['ETag'] }, request(null))
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Access-Control-Expose-Headers')).toBe('etag')
    expect(response.headers.get('Vary')).toBeNull()
  })

  it('S2: of no page to a list of origins gets Vary: Origin and nothing else', () => {
    const response = answer(LIST, request(null))
    expect(corsNames(response)).toEqual([])
    expect(listed(response, 'Vary')).toEqual(['origin'])
  })

  it('S3: of no page to a single origin is answered as to a list of one', () => {
    const response = answer({ origins: [PAGE] }, request(null))
    expect(corsNames(response)).toEqual([])
    expect(listed(response, 'Vary')).toEqual(['origin'])
  })

  it('S3: of a stranger to a single origin is not told which one', () => {
    expect(corsNames(answer({ origins: [PAGE] }, request(STRANGER)))).toEqual([])
  })

  it.each([200, 201, 400, 404, 405, 429, 500, 503])('S4: of an allowed origin is shared with status %i', (status) => {
    const response = answer(LIST, request(PAGE), () => new Response('text', { status }))
    expect(response.status).toBe(status)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(listed(response, 'Access-Control-Expose-Headers')).toEqual(['etag', 'x-request-id'])
    expect(listed(response, 'Vary')).toEqual(['origin'])
    expect(response.headers.has('Access-Control-Allow-Credentials')).toBe(false)
  })

  it('S5: next to credentials gets the very bytes of its origin, true, and the names', () => {
    const response = answer(WITH_CREDENTIALS, request(OTHER_PAGE))
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(OTHER_PAGE)
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(listed(response, 'Access-Control-Expose-Headers')).toEqual(['etag', 'x-request-id'])
  })

  it('S6: of a refused origin reaches the handler and is not shared', async () => {
    const response = answer(WITH_CREDENTIALS, request(STRANGER))
    expect(await response.text()).toBe('hello')
    expect(corsNames(response)).toEqual([])
    expect(listed(response, 'Vary')).toEqual(['origin'])
  })

  it('S6: of a refused origin is answered 403 where the policy forbids, before the handler', () => {
    let calls = 0
    const wrapped = createCors({ ...LIST, refused: 'forbid' }).wrap(() => {
      calls++
      return new Response('hello')
    })
    const response = wrapped(request(STRANGER, { method: 'POST', body: 'x' }))
    expect([response.status, calls, corsNames(response)]).toEqual([403, 0, []])
    expect(listed(response, 'Vary')).toEqual(['origin'])
    expect(wrapped(request(null)).status).toBe(200)
    expect(wrapped(request(PAGE)).status).toBe(200)
    expect(calls).toBe(2)
  })

  it('S7: of the origin "null" is refused', () => {
    const response = answer(WITH_CREDENTIALS, request('null'))
    expect(corsNames(response)).toEqual([])
    expect(listed(response, 'Vary')).toEqual(['origin'])
  })

  it("S22: OPTIONS without Access-Control-Request-Method is the application's", async () => {
    const response = answer(
      LIST,
      request(PAGE, { method: 'OPTIONS' }),
      () => new Response('mine', { headers: { Allow: 'GET' } }),
    )
    expect(await response.text()).toBe('mine')
    expect(response.headers.get('Allow')).toBe('GET')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it("S22: OPTIONS without Origin is the application's, even with Access-Control-Request-Method", async () => {
    const plain = request(null, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })
    expect(await answer(LIST, plain, () => new Response('mine')).text()).toBe('mine')
  })

  it('S23: HEAD gets what GET gets', () => {
    const make = () => new Response(null, { headers: { 'Content-Type': 'text/plain', 'Content-Length': '5' } })
    const response = answer(WITH_CREDENTIALS, request(PAGE, { method: 'HEAD' }), make)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(response.headers.get('Content-Length')).toBe('5')
  })

  it('S32: of the own origin is not refused by "forbid" when the browser says so', () => {
    const wrapped = createCors({ ...LIST, refused: 'forbid' }).wrap(() => new Response('posted'))
    const own = request('https://api.example.com', { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' } })
    expect(wrapped(own).status).toBe(200)
    const foreign = request('https://api.example.com', { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-site' } })
    expect(wrapped(foreign).status).toBe(403)
  })

  it('S35: gets Timing-Allow-Origin only where the option is on, and only when allowed', () => {
    expect(answer(LIST, request(PAGE)).headers.has('Timing-Allow-Origin')).toBe(false)
    const timed: CorsPolicy = { ...LIST, timingAllowOrigin: true }
    expect(answer(timed, request(PAGE)).headers.get('Timing-Allow-Origin')).toBe(PAGE)
    expect(answer(timed, request(STRANGER)).headers.has('Timing-Allow-Origin')).toBe(false)
    const upstream = () => new Response('x', { headers: { 'Timing-Allow-Origin': '*' } })
    expect(answer(timed, request(STRANGER), upstream).headers.has('Timing-Allow-Origin')).toBe(false)
    expect(answer(LIST, request(PAGE), upstream).headers.get('Timing-Allow-Origin')).toBe('*')
  })

  it('two Origin lines are refused, whichever comes first', () => {
    const both = [
      [PAGE, STRANGER],
      [STRANGER, PAGE],
      [PAGE, PAGE],
    ]
    for (const lines of both) {
      const headers = new Headers(lines.map((line) => ['Origin', line] as [string, string]))
      const cors = createCors(WITH_CREDENTIALS)
      const twice = new Request('https://api.example.com/', { headers })
      expect(cors.decide(twice).refusal).toBe('origin-multiple')
      expect(corsNames(cors.wrap(() => new Response('x'))(twice))).toEqual([])
    }
  })
})
