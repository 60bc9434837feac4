import { describe, expect, it } from 'vitest'
import { createProxy, proxyOptionsFromEnv } from '../../src/proxy.ts'
import { startEdge, varsFor } from '../support/edge.ts'
import { corsNames, send } from '../support/loopback.ts'
import { PAGE } from '../support/pages.ts'
import { startUpstream } from '../support/upstream.ts'

const RIGHT = { UPSTREAM: 'https://api.example', CORS_ORIGINS: PAGE }

/** What is wrong with some variables, in words. */
function complaint(env: object): string {
  try {
    proxyOptionsFromEnv(env)
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return (error as Error).message
  }
  return ''
}

describe('proxyOptionsFromEnv()', () => {
  it('reads every variable', () => {
    const env = {
      ...RIGHT,
      FORWARD_ORIGIN: ' keep ',
      PUBLIC_ORIGIN: 'https://api.example.com/',
      TRUSTED_HEADERS: ' Fly-Client-IP, Remote-User',
      TIMEOUT_MS: '0',
      CORS_CREDENTIALS: 'true',
      OTHER: 1,
    }
    expect(proxyOptionsFromEnv(env)).toEqual({
      upstream: 'https://api.example',
      cors: { origins: [PAGE], credentials: true },
      forwardOrigin: 'keep',
      publicOrigin: 'https://api.example.com',
      trustedHeaders: ['Fly-Client-IP', 'Remote-User'],
      timeoutMs: 0,
    })
    expect(proxyOptionsFromEnv({ ...RIGHT, TRUSTED_HEADERS: ',X-A ,, X-B,' }).trustedHeaders).toEqual(['X-A', 'X-B'])
    expect(Object.keys(proxyOptionsFromEnv(RIGHT))).toEqual(['upstream', 'cors'])
    expect(proxyOptionsFromEnv({ ...RIGHT, TIMEOUT_MS: 5, FORWARD_ORIGIN: '' })).toStrictEqual({
      upstream: 'https://api.example',
      cors: { origins: [PAGE] },
      timeoutMs: 5,
    })
  })

  it.each([
    [
      { UPSTREAM: undefined },
      'UPSTREAM is not set: write the URL of the origin API, such as "https://api.internal.example"',
    ],
    [
      { UPSTREAM: null },
      'UPSTREAM is not set: write the URL of the origin API, such as "https://api.internal.example"',
    ],
    [{ UPSTREAM: ' ' }, 'UPSTREAM is not set: write the URL of the origin API, such as "https://api.internal.example"'],
    [
      { UPSTREAM: null },
      'UPSTREAM is not set: write the URL of the origin API, such as "https://api.internal.example"',
    ],
    [
      { PUBLIC_ORIGIN: 'api.example.com' },
      'PUBLIC_ORIGIN is not an origin: write one such as "https://api.example.com"',
    ],
    [
      { TRUSTED_HEADERS: 'Remote User:, x' },
      'TRUSTED_HEADERS holds "User:", which is not a header name: write one such as "Fly-Client-IP"',
    ],
    [{ UPSTREAM: 'api.example' }, 'UPSTREAM is not a URL: write one such as "https://api.internal.example"'],
    [{ UPSTREAM: 'ftp://x' }, 'UPSTREAM begins with "ftp:": write a URL that begins with "https:" or "http:"'],
    [
      { UPSTREAM: 'localhost:9000' },
      'UPSTREAM begins with "localhost:": write a URL that begins with "https:" or "http:"',
    ],
    [
      { UPSTREAM: 'https://api.example/?a=b' },
      'UPSTREAM has a query or a fragment: leave it out, requests bring their own',
    ],
    [
      { UPSTREAM: 'https://api.example/#a' },
      'UPSTREAM has a query or a fragment: leave it out, requests bring their own',
    ],
    [{ FORWARD_ORIGIN: 'x' }, 'FORWARD_ORIGIN is "x": write "strip", "keep" or "rewrite"'],
    [{ FORWARD_ORIGIN: 'Keep' }, 'FORWARD_ORIGIN is "Keep": write "strip", "keep" or "rewrite"'],
    [{ TIMEOUT_MS: 'abc' }, 'TIMEOUT_MS is "abc": write whole milliseconds, or 0 for none'],
    [{ TIMEOUT_MS: '-1' }, 'TIMEOUT_MS is "-1": write whole milliseconds, or 0 for none'],
    [{ TIMEOUT_MS: '1e999' }, 'TIMEOUT_MS is "1e999": write whole milliseconds, or 0 for none'],
    [{ TIMEOUT_MS: '2147483648' }, 'TIMEOUT_MS is "2147483648": write whole milliseconds, or 0 for none'],
  ])('says of %o what is wrong and what to write', (wrong, text) => {
    expect(complaint({ ...RIGHT, ...wrong })).toBe(text)
  })

  it('reads every variable of a policy, and ignores none', () => {
    expect(proxyOptionsFromEnv({ ...RIGHT, CORS_REFUSED: 'forbid', CORS_PREFLIGHT_STATUS: '200' }).cors).toMatchObject({
      refused: 'forbid',
      preflightStatus: 200,
    })
    expect(complaint({ ...RIGHT, CORS_CREDENTAILS: 'true' })).toContain('CORS_CREDENTIALS')
    expect(complaint({ ...RIGHT, CORS_FORBID: 'true' })).toContain('no variable of this name is read')
  })

  it('says of the policy what is wrong and what to write', () => {
    expect(complaint({ ...RIGHT, CORS_ORIGINS: undefined })).toMatch(/CORS_ORIGINS/)
    const slash = complaint({ ...RIGHT, CORS_ORIGINS: 'https://a.com/' })
    expect(slash).toMatch(/CORS_ORIGINS/)
    expect(slash).toContain('write "https://a.com"')
  })

  it('tells nobody the password of the upstream', () => {
    for (const UPSTREAM of [
      'https://user:hunter2@api.example',
      'https://:hunter2@api.example',
      'https://hunter2@api.example',
      'user:hunter2@api.example',
      'https://a.example/?key=hunter2',
    ]) {
      expect(complaint({ ...RIGHT, UPSTREAM })).toMatch(/^UPSTREAM /)
      expect(complaint({ ...RIGHT, UPSTREAM })).not.toContain('hunter2')
    }
    expect(complaint({ ...RIGHT, UPSTREAM: 'https://user:hunter2@api.example' })).toBe(
      'UPSTREAM has a user name or a password, which fetch refuses: leave it out',
    )
  })

  it('names all that is wrong at once, and takes nothing from a prototype', () => {
    const env = { UPSTREAM: 'ftp://x', FORWARD_ORIGIN: 'x', TIMEOUT_MS: 'abc', CORS_ORIGINS: 'https://a.com/' }
    const text = complaint(env)
    expect(text).toMatch(/"https:"[^\n]*"http:"\n/)
    for (const name of Object.keys(env)) expect(text).toContain(name)
    expect(complaint(Object.create(env))).toMatch(/UPSTREAM is not set.*CORS_ORIGINS/s)
  })
})

describe('createProxy()', () => {
  it.each([
    [{ upstream: 'ftp://x' }, 'upstream begins with "ftp:": write a URL that begins with "https:" or "http:"'],
    [{ upstream: undefined }, 'upstream is not a URL: write one such as "https://api.internal.example"'],
    [{ forwardOrigin: 'Strip' }, 'forwardOrigin is "Strip": write "strip", "keep" or "rewrite"'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs is NaN: write whole milliseconds, or 0 for none'],
    [{ timeoutMs: 2 ** 31 }, 'timeoutMs is 2147483648: write whole milliseconds, or 0 for none'],
    [{ timeoutMs: 1.5 }, 'timeoutMs is 1.5: write whole milliseconds, or 0 for none'],
    [{ timeoutMs: -1 }, 'timeoutMs is -1: write whole milliseconds, or 0 for none'],
    [{ publicOrigin: 'api.example.com' }, 'publicOrigin is not an origin: write one such as "https://api.example.com"'],
    [
      { publicOrigin: 'https://a.com/v1' },
      'publicOrigin is not an origin: write one such as "https://api.example.com"',
    ],
    [{ publicOrigin: 'https://a@a.com' }, 'publicOrigin is not an origin: write one such as "https://api.example.com"'],
    [{ publicOrigin: 'ftp://a.com' }, 'publicOrigin is not an origin: write one such as "https://api.example.com"'],
    [{ trustedHeaders: 'X-A' }, 'trustedHeaders is "X-A": write a list of header names'],
    [
      { trustedHeaders: ['X-A', 1] },
      'trustedHeaders holds 1, which is not a header name: write one such as "Fly-Client-IP"',
    ],
    [{ fetch: 'fetch' }, 'fetch is "fetch": write a function'],
    [{ clientAddress: null }, 'clientAddress is null: write a function'],
    [{ forwardorigin: 'keep' }, '"forwardorigin" is not an option of the proxy: write "forwardOrigin"'],
    [{ forward_origin: 'keep' }, '"forward_origin" is not an option of the proxy: write "forwardOrigin"'],
    [
      { target: 'http://a' },
      '"target" is not an option of the proxy: the options are upstream, cors, forwardOrigin, publicOrigin, trustedHeaders, timeoutMs, fetch, clientAddress, runtime',
    ],
    [{ timeoutMs: '200' }, 'timeoutMs is "200": write whole milliseconds, or 0 for none'],
  ])('refuses %o', (wrong, text) => {
    const options = { upstream: 'https://api.example', cors: { origins: [PAGE] }, ...wrong }
    expect(() => createProxy(options as never)).toThrow(new TypeError(text))
  })

  it.each([
    { publicOrigin: 'http://localhost:8787' },
    { publicOrigin: new URL('https://a.com') },
    { timeoutMs: 2 ** 31 - 1 },
  ])('takes %o', (right) => {
    const options = { upstream: 'https://api.example', cors: { origins: [PAGE] }, ...right }
    expect(createProxy(options)).toBeTypeOf('function')
  })

  it('takes undefined for an option that is not there', () => {
    const options = { upstream: 'https://api.example', cors: { origins: [PAGE] } }
    expect(createProxy({ ...options, forwardOrigin: undefined, timeoutMs: undefined } as never)).toBeTypeOf('function')
  })

  it('refuses a policy with a defect', () => {
    expect(() => createProxy({ upstream: 'https://api.example', cors: { origins: ['*'], credentials: true } })).toThrow(
      expect.objectContaining({ name: 'CorsPolicyError' }),
    )
  })
})

describe('the edge worker', () => {
  it('answers 500, in plain text that names each variable and the cure, and prints it once', async () => {
    await using edge = await startEdge({
      UPSTREAM: 'ftp://x',
      CORS_ORIGINS: 'https://a.com/',
      FORWARD_ORIGIN: 'x',
      TIMEOUT_MS: 'abc',
    })
    for (const sent of [
      {},
      { method: 'POST', path: '/users', body: 'text' },
      { method: 'OPTIONS', headers: { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' } },
    ]) {
      const answer = await send(edge, sent)
      expect([answer.status, answer.headers['content-type']]).toEqual([500, 'text/plain; charset=utf-8'])
      expect([corsNames(answer.headers), answer.headers['cache-control']]).toEqual([[], 'no-store'])
      for (const text of ['UPSTREAM', 'CORS_ORIGINS', '"https://a.com"', 'FORWARD_ORIGIN', '"strip"', 'TIMEOUT_MS'])
        expect(answer.body).toContain(text)
    }
    const printed = edge.printed().split('This edge worker is not configured').length - 1
    expect([printed, edge.printed().includes('UPSTREAM begins with "ftp:"')]).toEqual([1, true])
  })

  it('says so when nothing at all is set', async () => {
    await using edge = await startEdge({})
    const answer = await send(edge)
    expect([answer.status, answer.body]).toEqual([500, expect.stringMatching(/UPSTREAM is not set.*CORS_ORIGINS/s)])
  })

  it('prints nothing when all is well', async () => {
    await using upstream = await startUpstream()
    await using edge = await startEdge(varsFor(upstream.origin))
    expect((await send(edge)).status).toBe(200)
    expect(edge.printed()).toBe('')
  })
})
