import { describe, expect, it } from 'vitest'
import type { Handler, Request, Said } from '../stage.ts'
import { always, MARK, PUT, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const STAR: Line = ['Access-Control-Allow-Origin', '*']
const METHODS = 'Access-Control-Allow-Methods'
const HEADERS = 'Access-Control-Allow-Headers'
const shared: Said = { headers: [MARK, VARY] }
const allows = (...lines: readonly Line[]): Handler => two({ status: 204, headers: [MARK, ...lines] }, shared)
const fixOf = async (code: string, handler: Handler, request: Request) =>
  (await ask(handler, request)).findings.find((finding) => finding.code === code)?.fix
const headed = (...names: string[]): Request => ({ headers: Object.fromEntries(names.map((name) => [name, '1'])) })

describe('a request that no page can make, or should', () => {
  it('sets headers that no page can set', async () => {
    const request = headed('Host', 'Accept', 'Sec-Fetch-Site')
    const { findings } = await ask(always(200, [MARK]), request)
    const finding = findings.find(({ code }) => code === 'request-header-forbidden')
    expect([finding?.message, finding?.fix?.advice, finding?.fix?.request?.headers]).toEqual([
      'no page can set Host, Sec-Fetch-Site: fetch() drops it silently, and XMLHttpRequest drops it with a line in the console',
      'Remove Host, Sec-Fetch-Site. If the server needs the value, send it in a header of your own.',
      [['Accept', '1']],
    ])
  })

  it('asks for another mode', async () => {
    expect(await fixOf('same-origin-mode', always(200), { mode: 'same-origin' })).toMatchObject({
      advice: 'Write mode: "cors".',
      request: { mode: 'cors' },
    })
    const code = 'no-cors-mode'
    expect(await saidOf(code, always(200), { mode: 'no-cors' })).toBe(
      'mode: "no-cors" does not help: the page gets an opaque response with status 0 and no body',
    )
    expect(await saidOf(code, always(200), { mode: 'no-cors', initiator: 'xhr' })).not.toBeNull()
    expect(await saidOf(code, always(200), { mode: 'no-cors', initiator: 'image' })).toBeNull()
    expect(await saidOf(code, always(200), { mode: 'no-cors', origin: 'https://api.example.com' })).toBeNull()
    expect(await fixOf(code, always(200), { mode: 'no-cors' })).toMatchObject({ request: { mode: 'cors' } })
  })

  it('embeds what may not be embedded', async () => {
    const far: Request = { mode: 'no-cors', url: 'https://elsewhere.org/x' }
    expect(await saidOf('resource-policy', always(200, [['Cross-Origin-Resource-Policy', 'same-site']]), far)).toBe(
      'Cross-Origin-Resource-Policy is same-site: other origins may not embed this response, and CORS headers do not change that for a request without CORS',
    )
  })

  it.each(['application/json', 'text/html', 'application/xml', 'image/svg+xml'])('embeds %s', async (type) => {
    const code = 'opaque-response-blocking'
    const lines: Line[] = [
      ['Content-Type', type],
      ['X-Content-Type-Options', 'nosniff'],
    ]
    const embeds = (initiator: Request['initiator'], headers = lines, over: Request = {}) =>
      saidOf(code, always(200, headers), { mode: 'no-cors', ...(initiator && { initiator }), ...over })
    for (const initiator of ['script', 'image', 'fetch'] as const)
      expect(await embeds(initiator)).toBe(
        'browsers block JSON, HTML and XML for requests without CORS (opaque response blocking); CORS headers do not change that',
      )
    expect(await embeds('font')).toBeNull()
    expect(await embeds('script', lines.slice(0, 1))).toBeNull()
    expect(await embeds('script', lines.slice(1))).toBeNull()
    expect(await embeds('script', lines, { mode: 'cors' })).toBeNull()
    expect(await embeds('script', lines, { origin: 'https://api.example.com' })).toBeNull()
    expect(await fixOf(code, always(200, lines), { mode: 'no-cors', initiator: 'image' })).toMatchObject({
      request: { mode: 'cors', initiator: 'fetch' },
    })
  })

  it('needs no CORS', async () => {
    const { findings } = await ask(always(200), { origin: 'https://api.example.com' })
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ['same-origin', 'page and URL have the same origin: CORS does not apply'],
    ])
    expect(await saidOf('same-origin', always(200))).toBeNull()
  })

  it.each([
    ['http://localhost:5173', 'https://api.example.com/items', true],
    ['http://127.0.0.1:3000', 'https://api.example.com/items', true],
    ['http://localhost:5173', 'http://localhost:4000/items', false],
    ['https://app.example.com', 'https://api.example.com/items', false],
    ['null', 'https://api.example.com/items', false],
  ])('passes the proxy of development by: %s to %s', async (origin, url, isOne) => {
    const request = { origin, url }
    expect(await saidOf('dev-proxy-bypassed', always(200), request)).toBe(
      isOne
        ? 'the page is on a development server and calls api.example.com directly; the proxy of the development server only handles relative URLs'
        : null,
    )
    expect(await saidOf('dev-proxy-bypassed', always(200, [MARK]), request)).toBeNull()
    if (isOne)
      expect((await fixOf('dev-proxy-bypassed', always(200), request))?.advice).toMatch(/^Call \/items, and let/)
  })

  it('was not sent', async () => {
    const code = 'unsent-perhaps-unmarked'
    const fine = [METHODS, 'PUT'] as const
    const handler = (said: Said) => two({ status: 204, headers: [MARK, fine] }, said)
    expect(await saidOf(code, handler({ status: 404 }), PUT)).toBe(
      'PUT was not sent; a GET of the same URL (404) carries no Access-Control-Allow-Origin, so the answer to PUT may lack it too',
    )
    expect(await saidOf(code, handler(shared), PUT)).toBeNull()
    expect(await saidOf(code, handler({ hang: true }), PUT)).toBeNull()
    expect(await saidOf(code, handler({}), { ...PUT, send: true })).toBeNull()
    expect(await saidOf(code, always(200), PUT)).toBeNull()
    expect(await saidOf(code, handler({}), { ...PUT, origin: 'https://api.example.com' })).toBeNull()
  })

  it('gets a page of HTML', async () => {
    const code = 'html-instead-of-data'
    const html: Line = ['Content-Type', 'text/html; charset=utf-8']
    const page = (body: string, ...lines: readonly Line[]) => always(404, [html, ...lines], body)
    const message = 'the answer is an HTML page: the URL may belong to a website instead of an API'
    for (const body of ['<!DOCTYPE html>', '<HTML lang=en>']) expect(await saidOf(code, page(body))).toBe(message)
    expect(await saidOf(code, page('{}'))).toBeNull()
    expect(await saidOf(code, page('<html>', STAR))).toBeNull()
    expect(await saidOf(code, always(200, [['Content-Type', 'application/json']], '<html>'))).toBeNull()
    expect(await saidOf(code, always(200, [['Content-Type', 'xtext/html']], '<html>'))).toBeNull()
    expect(await saidOf(code, page('<html>'), { initiator: 'xhr' })).toBeNull()
    expect(await saidOf(code, page('<html>'), { url: 'https://api.example.com/' })).toBeNull()
    expect(await saidOf(code, page('<html>'), { origin: 'https://api.example.com' })).toBeNull()
  })
})

describe('request headers and methods in lists', () => {
  it('may be those of responses', async () => {
    const code = 'response-header-on-request'
    for (const name of ['Access-Control-Allow-Origin', 'access-control-expose-headers', 'Access-Control-Max-Age']) {
      expect(await saidOf(code, allows(), headed('X-A', name))).toBe(
        `the page sends ${name}, which is a response header: on a request it only forces a preflight`,
      )
      expect((await fixOf(code, allows(), headed('X-A', name)))?.request?.headers).toEqual([['X-A', '1']])
    }
    for (const name of ['Access-Control-Foo', 'X-Access-Control-Allow-Origin', 'Access-Control'])
      expect(await saidOf(code, allows(), headed(name))).toBeNull()
    // Without it, the answer would not be shared either.
    const name = 'Access-Control-Allow-Origin'
    expect(await saidOf(code, always(404), headed(name))).toBeNull()
    expect(await saidOf(code, two({ status: 404 }, shared), headed(name))).not.toBeNull()
  })

  it('are named as the page wrote them', async () => {
    const lists: Line[] = [
      [HEADERS, 'x-b'],
      [HEADERS, 'x-c'],
    ]
    const { findings } = await ask(allows(...lists), { ...headed('X-B', 'X-TENANT-Id'), method: 'GET' })
    expect([findings[0]?.message, findings[0]?.fix?.advice]).toEqual([
      'the page sets X-TENANT-Id, and Access-Control-Allow-Headers (x-b, x-c) does not list it',
      'Allow the request header X-TENANT-Id.',
    ])
    expect(await saidOf('header-not-listed', allows(), headed('X-A'))).toContain('(absent)')
    expect(await saidOf('method-not-listed', allows([METHODS, 'GET'], [METHODS, 'POST']), PUT)).toBe(
      'the page sends PUT, and Access-Control-Allow-Methods (GET, POST) does not list it',
    )
    expect(await saidOf('method-not-listed', allows(), PUT)).toContain('(absent)')
  })

  it.each([
    ...['traceparent', 'tracestate', 'baggage', 'sentry-trace', 'x-datadog-', 'x-datadog-trace-id', 'newrelic'],
    ...['x-b3-traceid', 'b3', 'elastic-apm-traceparent', 'x-amzn-trace-id', 'uber-trace-id', 'x-cloud-trace-context'],
    ...['request-id', 'request-context', 'x-instana-s', 'x-instana-t', 'x-instana-l', 'x-dtpc', 'x-dtreferer', 'adrum'],
    ...['adrum_1', 'x-newrelic-id', 'x-honeycomb-trace', 'x-highlight-request', 'x-posthog-session-id', 'Traceparent'],
  ])('may be those of monitoring: %s', async (name) => {
    const code = 'monitoring-header'
    expect(await saidOf(code, allows(), headed(name))).toBe(
      `a monitoring script adds ${name.toLowerCase()} to the request, and the server does not allow it`,
    )
    expect((await fixOf(code, allows(), headed(name, 'X-Own')))?.request?.headers).toEqual([['X-Own', '1']])
    expect(await saidOf(code, allows(), headed(`y${name}`))).toBeNull()
  })

  it.each(['traceparents', 'b33', 'x-instana-x', 'x-instana-st', 'adrum_', 'adrum_12', 'adrum_x', 'x-datadog'])(
    'are not of monitoring: %s',
    async (name) => expect(await saidOf('monitoring-header', allows(), headed(name))).toBeNull(),
  )

  it.each([
    ['grpc-web-header', 'X-Grpc-Web'],
    ['grpc-web-header', 'grpc-timeout'],
    ['grpc-web-header', 'X-User-Agent'],
    ['grpc-web-header', 'connect-protocol-version'],
    ['grpc-web-header', 'connect-timeout-ms'],
    ['tunnel-header', 'ngrok-skip-browser-warning'],
    ['tunnel-header', 'bypass-tunnel-reminder'],
  ])('may be %s: %s', async (code, name) => {
    const lower = name.toLowerCase()
    expect(await saidOf(code, allows(), headed(name))).toBe(
      code === 'tunnel-header'
        ? `${lower} skips the tunnel's own page, but it also causes a preflight, and the server does not allow the header`
        : `gRPC-Web and Connect clients set ${lower}, and the server does not allow it`,
    )
    for (const other of [`a${name}`, `${name}a`]) expect(await saidOf(code, allows(), headed(other))).toBeNull()
  })

  it('are compared with their case', async () => {
    const { findings } = await ask(allows([METHODS, 'GET, PATCH']), { method: 'patch' })
    const finding = findings.find(({ code }) => code === 'method-case')
    expect([finding?.message, finding?.fix?.request?.method]).toEqual([
      'the page sends patch, but the server lists PATCH: methods are case-sensitive, and fetch() upper-cases only DELETE, GET, HEAD, OPTIONS, POST and PUT',
      'PATCH',
    ])
    expect(await saidOf('method-case', allows([METHODS, 'GET, Patch']), { method: 'PATCH' })).toContain('lists Patch:')
    for (const list of ['GET', '', 'PATCHES'])
      expect(await saidOf('method-case', allows([METHODS, list]), { method: 'patch' })).toBeNull()
  })

  it('cannot be read', async () => {
    const code = 'list-malformed'
    const message = (header: string, value: string) =>
      `${header} is "${value}", which is not a list of names separated by commas`
    expect(await saidOf(code, allows([METHODS, 'PUT; POST'], [METHODS, 'GET']), PUT)).toBe(
      message(METHODS, 'PUT; POST, GET'),
    )
    expect(await saidOf(code, allows([HEADERS, '"x-a"']), headed('X-A'))).toBe(message(HEADERS, '"x-a"'))
  })

  it('do not cover Authorization by *', async () => {
    const code = 'authorization-by-wildcard'
    expect(await saidOf(code, allows([HEADERS, '*']), headed('Authorization'))).toBe(
      '"*" in Access-Control-Allow-Headers does not cover Authorization; browsers still accept it for now, with a warning',
    )
    expect(await saidOf(code, allows([HEADERS, '*, authorization']), headed('Authorization'))).toBeNull()
    expect(await saidOf(code, allows([HEADERS, '*']), headed('X-A'))).toBeNull()
  })
})
