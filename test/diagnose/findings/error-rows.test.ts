import { describe, expect, it } from 'vitest'
import type { Handler, Said } from '../stage.ts'
import { always, MARK, PUT, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const STAR: Line = ['Access-Control-Allow-Origin', '*']

/** Shares everywhere but at the path that the page asks for. */
const only =
  (status: number, headers: readonly Line[] = [], body = ''): Handler =>
  ({ path }) =>
    path.startsWith('/items') ? { status, headers, body } : { headers: [MARK, VARY] }

describe('errors without CORS headers', () => {
  it.each([
    '<pre>TypeError: x is undefined</pre>',
    '<pre>Error<br>',
    'Internal Server Error',
    'Internal Server Error\n',
    '<title>500 Internal Server Error</title>',
    '<h1>Whitelabel Error Page</h1>',
    '{"status":500,"error":"Internal Server Error"}',
    '{"error":  "Internal Server Error"}',
    '<h1>Server Error (500)</h1>',
    "We're sorry, but something went wrong",
    '{"status": 500,"unhandled":true}',
    '{"status":500, "message":"x"}',
    '<p>Something went wrong!</p>',
    '<b>Fatal error</b>: x',
  ])('of a handler that threw are told by %s', async (body) => {
    expect(await saidOf('handler-threw', only(500, [], body))).toBe(
      'the handler threw, and the default error page (500) carries no CORS headers: this is a server error, not a CORS problem',
    )
    const isPhp = body.startsWith('<b>')
    expect((await saidOf('handler-threw', only(418, [], body))) !== null).toBe(isPhp)
  })

  it.each([
    '<pre>Terror:</pre>x',
    '<pre>Error 5</pre>',
    '<pre>3Error:</pre>',
    'x Internal Server Error',
    'Internal Server Error: x',
    '{"error":"Internal"}',
    '{"status":501,"message":"x"}',
    '',
  ])('are not told by %s', async (body) => {
    const message = await saidOf('handler-threw', only(500, [], body))
    expect(message === null || body.includes('Terror')).toBe(true)
  })

  it('of PHP come with any status', async () => {
    expect(await saidOf('handler-threw', only(200, [], '<b>Parse error</b>: x'))).toContain('(200)')
    expect(await saidOf('handler-threw', only(200, [], '<b>Warning</b>: x'))).toBeNull()
  })

  it('of a policy that refuses are no fault of a handler', async () => {
    const refuses: Handler = ({ origin }) =>
      origin === undefined ? {} : { status: 500, body: 'Internal Server Error' }
    expect(await saidOf('handler-threw', refuses)).toBeNull()
    expect(await saidOf('error-unmarked', refuses)).toBeNull()
  })

  const nginx = 'nginx-without-always'
  it.each(['nginx/1.26', 'OpenResty', 'Tengine'])('of %s lack always', async (server) => {
    for (const status of [202, 299, 300, 305, 400, 404, 500])
      expect(await saidOf(nginx, only(status, [['Server', server]]))).toBe(
        `nginx answered ${status}, but add_header without always covers only 200, 201, 204, 206 and redirects: this answer has no CORS headers`,
      )
    for (const status of [200, 201, 204, 206, 301, 302, 303, 304, 307, 308])
      expect(await saidOf(nginx, only(status, [['Server', server]]))).toBeNull()
    expect(await saidOf(nginx, always(404, [['Server', server]]))).toBeNull()
  })

  it('of nginx itself count alone, unless a success was seen', async () => {
    const own = '<hr><center>nginx</center>'
    const server: Line = ['Server', 'nginx']
    expect(await saidOf(nginx, always(404, [server], own))).not.toBeNull()
    expect(await saidOf(nginx, always(404, [server], own.replace('nginx', 'openresty')))).not.toBeNull()
    expect(await saidOf(nginx, always(404, [['Server', 'other']], own))).toBeNull()
    const rest =
      (status: number): Handler =>
      ({ path }) =>
        path === '/' ? { status } : { status: 404, headers: [server], body: own }
    for (const status of [200, 399]) expect(await saidOf(nginx, rest(status))).toBeNull()
    for (const status of [400, 199]) expect(await saidOf(nginx, rest(status))).not.toBeNull()
  })

  it('of Apache lack always', async () => {
    const code = 'apache-without-always'
    const server: Line = ['Server', 'Apache/2.4']
    expect(await saidOf(code, only(400, [server]))).toBe(
      'Apache adds headers to successes only: this 400 has none, because Header set lacks always',
    )
    expect(await saidOf(code, only(399, [server]))).toBeNull()
    expect(await saidOf(code, only(404, [['Server', 'Not Apache']]))).toBeNull()
    expect(await saidOf(code, always(404, [server]))).toBeNull()
    const { findings } = await ask(only(404, [server]))
    expect(findings[0]?.fix?.advice).toBe(
      'Write Header always set. Then look for the cause of the 404, which is the real error.',
    )
  })

  it.each([
    [403, 'Cross-site POST form submissions are forbidden'],
    [403, 'CSRF verification failed.'],
    [400, 'missing XSRF token'],
    [422, 'ActionController::InvalidAuthenticityToken'],
    [403, 'request forgery'],
    [419, ''],
  ])('of CSRF checks are told by %i %s', async (status, body) => {
    expect(await saidOf('csrf-rejected', only(status, [], body))).toBe(
      `a CSRF check refuses the request (${status}) before any CORS policy runs`,
    )
    if (status !== 419) expect(await saidOf('csrf-rejected', only(404, [], body))).toBeNull()
    expect(await saidOf('csrf-rejected', only(403, [], 'cross-site form submissions are forbidden'))).toBeNull()
  })

  it.each([401, 403, 407])('of authentication say %i', async (status) => {
    const { findings } = await ask(only(status))
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'auth-unmarked',
        `the request is refused with ${status} before the CORS middleware runs: the page sees a CORS error instead of the ${status}`,
      ],
    ])
    const refuses: Handler = ({ origin }) => (origin === undefined ? {} : { status })
    expect(await saidOf('auth-unmarked', refuses)).toBeNull()
  })

  it('of a path that does not exist', async () => {
    expect(await saidOf('not-found-unmarked', always(404))).toBe(
      '/items does not exist (404), and the 404 carries no CORS headers: check the URL first',
    )
    expect(await saidOf('not-found-unmarked', only(404))).toBeNull()
    expect(await saidOf('not-found-unmarked', always(410))).toBeNull()
  })

  it('of any other kind', async () => {
    const message = (status: number) =>
      `the server answers ${status} without CORS headers, and the browser reports CORS instead of the ${status}`
    expect(await saidOf('error-unmarked', only(400))).toBe(message(400))
    expect(await saidOf('error-unmarked', only(399))).toBeNull()
    expect(await saidOf('error-unmarked', always(400))).toBeNull()
    expect(await saidOf('error-unmarked', always(499))).toBeNull()
    expect(await saidOf('error-unmarked', always(500))).toBe(message(500))
  })

  const code = 'errors-unmarked'
  const missing =
    (status: number, rest: Said = { headers: [STAR] }): Handler =>
    ({ path }) =>
      path.includes('corsmith') ? { status } : rest
  it('will come, where only successes are shared', async () => {
    expect(await saidOf(code, missing(404))).toBe(
      'successes carry the CORS headers, but errors (404) do not: every error will look like a CORS problem',
    )
    expect(await saidOf(code, missing(400))).not.toBeNull()
    expect(await saidOf(code, missing(399))).toBeNull()
    expect(await saidOf(code, missing(404, {}))).toBeNull()
    expect(await saidOf(code, missing(404), { origin: 'https://api.example.com' })).toBeNull()
    const all: Handler = ({ path }) => ({ status: path.includes('corsmith') ? 404 : 200, headers: [STAR] })
    expect(await saidOf(code, all)).toBeNull()
  })

  it('will come of what was not sent, too', async () => {
    const allows: Line[] = [STAR, ['Access-Control-Allow-Methods', 'PUT']]
    expect(await saidOf(code, missing(404, { headers: allows }), PUT)).not.toBeNull()
    // Its answer alone would not be shared.
    const unmarked: Handler = ({ isPreflight, path }) =>
      isPreflight ? { headers: allows } : { status: path.includes('corsmith') ? 404 : 200 }
    expect(await saidOf(code, unmarked, PUT)).toBeNull()
  })
})

describe('limits', () => {
  it('of bodies', async () => {
    const message =
      'the body is too large (413), and the server that refuses it adds no CORS headers: this is a limit, not a CORS problem'
    expect(await saidOf('body-too-large', only(413))).toBe(message)
    expect(await saidOf('body-too-large', only(400, [], 'FUNCTION_PAYLOAD_TOO_LARGE'))).toBe(message)
    expect(await saidOf('body-too-large', only(400))).toBeNull()
  })

  it.each([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530])('of a gateway: %i', async (status) => {
    const { findings } = await ask(only(status))
    expect(findings.map(({ code, message, fix }) => [code, message, fix?.target])).toEqual([
      [
        'gateway-error',
        `a gateway answers ${status} because the application behind it does not answer: this is an outage, not a CORS problem`,
        'gateway',
      ],
    ])
    // Nothing else is to be said about the preflight, unless the application answers a GET.
    expect((await ask(always(status), PUT)).findings.map(({ code }) => code)).toEqual(['gateway-error'])
    expect(await saidOf('gateway-error', two({ status, headers: [MARK] }, { status }), PUT)).not.toBeNull()
    for (const other of [200, 399])
      expect(await saidOf('gateway-error', two({ status }, { status: other }), PUT)).toBeNull()
    const refuses: Handler = ({ origin }) => (origin === undefined ? {} : { status })
    expect(await saidOf('gateway-error', refuses)).toBeNull()
  })

  it('of requests', async () => {
    const message = (after: string, lack = ', and the limiter adds no CORS headers') =>
      `too many requests (429, Retry-After: ${after})${lack}: this is a limit, not a CORS problem`
    expect(await saidOf('rate-limited', only(429, [['Retry-After', '30']]))).toBe(message('30'))
    expect(await saidOf('rate-limited', only(429))).toBe(message('not said'))
    expect(await saidOf('rate-limited', only(428))).toBeNull()
    const { findings } = await ask(always(429), PUT)
    expect(findings.map((each) => [each.code, each.message])).toEqual([['rate-limited', message('not said')]])
    expect(await saidOf('rate-limited', two({ status: 429, headers: [MARK] }, {}), PUT)).toBe(message('not said', ''))
  })

  it.each([405, 501])('of methods: %i', async (status) => {
    const message = (allow: string) =>
      `this path does not support GET (${status}, Allow: ${allow}), and the refusal carries no CORS headers`
    expect(await saidOf('method-not-routed', only(status, [['Allow', 'POST, PUT']]))).toBe(message('POST, PUT'))
    expect(await saidOf('method-not-routed', only(status))).toBe(message('not said'))
    expect(await saidOf('method-not-routed', only(404))).toBeNull()
  })
})
