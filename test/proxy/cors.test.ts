import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { varsFor } from '../support/edge.ts'
import { corsNames, type Loopback, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'
import { ALL_RUNTIMES } from '../support/runtimes.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

/** What an API says of CORS on its own; all of it is the edge's business. */
const FOREIGN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Credentials': 'false',
  'Access-Control-Allow-Methods': 'TRACE',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Expose-Headers': '*',
  'Access-Control-Max-Age': '9',
  'Access-Control-Allow-Private-Network': 'true',
  'Access-Control-Of-Tomorrow': 'yes',
  'Timing-Allow-Origin': '*',
}

describe.each(ALL_RUNTIMES)('the CORS of a proxy in %s', (runtime, start) => {
  let upstream: Upstream
  let edge: Pick<Loopback, 'port' | typeof Symbol.asyncDispose>
  beforeAll(async () => {
    upstream = await startUpstream((request, response) => {
      const status = Number(request.url?.slice(1)) || 200
      response.setHeader('Set-Cookie', ['a=1', 'b=2; Path=/'])
      response.writeHead(status, {
        ...FOREIGN,
        Vary: 'Accept-Language',
        'X-Own': 'kept',
        ...(request.method === 'HEAD' && { 'Content-Length': 13 }),
      })
      response.end([204, 205, 304].includes(status) ? undefined : 'from upstream')
    })
    edge = await start(
      varsFor(upstream.origin, { CORS_REQUEST_HEADERS: 'Content-Type, Authorization', CORS_MAX_AGE: '600' }),
    )
  })
  afterAll(async () => {
    await edge[Symbol.asyncDispose]()
    await upstream[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    upstream.hits.length = 0
  })

  it('answers a preflight with the whole policy, and forwards nothing', async () => {
    const answer = await send(edge, {
      method: 'OPTIONS',
      path: '/users/1',
      headers: {
        Origin: PAGE,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    })
    expect([answer.status, answer.body]).toEqual([204, ''])
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'PUT,DELETE',
      'access-control-max-age': '600',
      vary: 'Origin',
    })
    expect(answer.headers['access-control-allow-headers']?.toLowerCase()).toBe('content-type,authorization')
    expect(upstream.hits).toEqual([])
  })

  it('answers the preflight of a stranger with 403 and nothing but Vary, and forwards nothing', async () => {
    const headers = { Origin: STRANGER, 'Access-Control-Request-Method': 'PUT' }
    const answer = await send(edge, { method: 'OPTIONS', headers })
    expect([answer.status, corsNames(answer.headers), answer.headers.vary]).toEqual([403, [], 'Origin'])
    expect(upstream.hits).toEqual([])
  })

  it('forwards an OPTIONS request that is no preflight', async () => {
    await send(edge, { method: 'OPTIONS', headers: { Origin: PAGE } })
    await send(edge, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })
    expect(upstream.hits.map(({ method }) => method)).toEqual(['OPTIONS', 'OPTIONS'])
  })

  it.each([200, 204, 205, 302, 304, 401, 404, 500, 503])(
    'replaces what the upstream says of CORS on a %i, each name once',
    async (status) => {
      const answer = await send(edge, { path: `/${status}`, headers: { Origin: PAGE } })
      expect(answer.status).toBe(status)
      const names = answer.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase())
      const cors = names.filter((name) => name.startsWith('access-control-') || name === 'timing-allow-origin')
      expect(cors.sort()).toEqual(['access-control-allow-credentials', 'access-control-allow-origin'])
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': PAGE,
        'access-control-allow-credentials': 'true',
        vary: 'Accept-Language, Origin',
        'x-own': 'kept',
        'set-cookie': ['a=1', 'b=2; Path=/'],
      })
      expect(answer.body).toBe([204, 205, 304].includes(status) ? '' : 'from upstream')
    },
  )

  it.each([STRANGER, 'null', `${PAGE}.evil.example`, [PAGE, STRANGER], undefined])(
    'passes a GET of %s on, and the answer without a word of CORS',
    async (origin) => {
      const answer = await send(edge, { path: '/', headers: origin === undefined ? {} : { Origin: origin } })
      expect([answer.status, answer.body]).toEqual([200, 'from upstream'])
      expect([corsNames(answer.headers), answer.headers.vary]).toEqual([[], 'Accept-Language, Origin'])
      expect(upstream.hits).toHaveLength(1)
    },
  )

  it('treats HEAD as GET, and keeps the length of what is not sent', async () => {
    const answer = await send(edge, { method: 'HEAD', headers: { Origin: PAGE } })
    expect([answer.status, answer.body, answer.headers['access-control-allow-origin']]).toEqual([200, '', PAGE])
    expect(answer.headers['content-length']).toBe('13')
    expect(upstream.hits[0]?.method).toBe('HEAD')
  })

  it.runIf(runtime === 'workerd')(
    'refuses TRACE, with the header set; a Request of Node refuses it before',
    async () => {
      const answer = await send(edge, { method: 'TRACE', headers: { Origin: PAGE } })
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([405, PAGE])
      expect(upstream.hits).toEqual([])
    },
  )
})
