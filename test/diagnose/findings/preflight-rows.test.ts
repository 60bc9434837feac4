import { describe, expect, it } from 'vitest'
import { type Handler, ORIGIN, type Request, type Said } from '../stage.ts'
import { always, JSON_POST, MARK, PUT, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const shared: Said = { headers: [MARK, VARY] }
const METHODS = 'Access-Control-Allow-Methods'
const HEADERS = 'Access-Control-Allow-Headers'
const codesOf = async (handler: Handler, request: Request = PUT) =>
  (await ask(handler, request)).findings.map(({ code }) => code)
const errorsOf = async (handler: Handler, request: Request = PUT) =>
  (await ask(handler, request)).findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)
const answers = (status: number, ...headers: readonly Line[]): Said => ({ status, headers })

describe('a preflight that something else answers', () => {
  it('wants credentials', async () => {
    const code = 'preflight-needs-auth'
    const message = (status: number) =>
      `the preflight gets ${status} because the server wants credentials, but no browser sends credentials with a preflight`
    expect(await saidOf(code, two(answers(401), shared), PUT)).toBe(message(401))
    expect(await saidOf(code, two(answers(403), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(403, ['WWW-Authenticate', 'Basic']), shared), PUT)).toBe(message(403))
    // A server that refuses whom it does not know says so to requests without Origin too.
    for (const status of [401, 403])
      expect(await saidOf(code, two(answers(403), answers(status)), PUT)).toBe(message(403))
    expect(await saidOf(code, two(answers(403), answers(404)), PUT)).toBeNull()
    const token: Request = { method: 'PUT', headers: { Authorization: 'Bearer x' } }
    const guarded =
      (status: number): Handler =>
      ({ isPreflight, headers }) =>
        isPreflight ? { status: headers.authorization === undefined ? 403 : status } : shared
    for (const status of [200, 204, 299]) expect(await saidOf(code, guarded(status), token)).toBe(message(403))
    for (const status of [199, 300, 403]) expect(await saidOf(code, guarded(status), token)).toBeNull()
    expect(await errorsOf(two(answers(401), answers(401)))).toEqual([code])
  })

  it('needs a policy, unless the refusal has the headers', async () => {
    const policyOf = async (...lines: readonly Line[]) =>
      (await ask(two(answers(401, ...lines), shared), PUT)).findings.find((f) => f.code === 'preflight-needs-auth')?.fix
        ?.policy
    expect(await policyOf()).toMatchObject({ origins: [ORIGIN], methods: ['PUT'] })
    expect(await policyOf(MARK)).toBeNull()
  })

  it.each([404, 405, 501])('is not routed: %i', async (status) => {
    expect(await saidOf('options-not-routed', two(answers(status), shared), PUT)).toBe(
      `no route or handler answers OPTIONS at /items: the preflight gets ${status}`,
    )
    expect(await saidOf('options-not-routed', always(status))).toBeNull()
    const iis: Line = ['Server', 'Microsoft-IIS/10.0']
    expect(await saidOf('iis-options-handler', two(answers(status, iis), shared), PUT)).toBe(
      `IIS answers OPTIONS itself (${status}), before the application sees it`,
    )
  })

  it('is answered by IIS with those alone', async () => {
    const iis: Line = ['Server', 'Microsoft-IIS/10.0']
    expect(await saidOf('iis-options-handler', two(answers(403, iis), shared), PUT)).toBeNull()
    expect(await saidOf('options-not-routed', two(answers(403), shared), PUT)).toBeNull()
  })

  it('is forbidden', async () => {
    const code = 'preflight-forbidden'
    expect(await saidOf(code, two(answers(403), shared), PUT)).toBe(
      'the preflight gets 403 without CORS headers: a firewall or a CSRF check',
    )
    expect(await saidOf(code, two(answers(403), {}), PUT)).toBe(
      `the preflight gets 403 without CORS headers: a firewall, a CSRF check or a policy that does not know ${ORIGIN}`,
    )
    for (const line of [VARY, ['access-control-allow-methods', 'GET'], [HEADERS, 'x']] as const)
      expect(await saidOf(code, two(answers(403, line), {}), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(402), {}), PUT)).toBeNull()
  })

  it('fails', async () => {
    expect(await saidOf('preflight-server-error', two(answers(500), shared), PUT)).toBe(
      'the server fails on OPTIONS: the preflight gets 500; this is a server error, not a CORS problem',
    )
    for (const status of [400, 501])
      expect(await saidOf('preflight-server-error', two(answers(status), shared), PUT)).toBeNull()
  })

  it.each([400, 406, 411, 415, 422])('is validated: %i', async (status) => {
    const code = 'preflight-bad-request'
    expect(await saidOf(code, two(answers(status), shared), PUT)).toBe(
      `the server validates the preflight like an API request and answers ${status}: a preflight has no body and no Content-Type`,
    )
    expect(await saidOf(code, two(answers(status, VARY), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(410), shared), PUT)).toBeNull()
  })

  it('is answered by a router', async () => {
    const code = 'options-answered-by-router'
    const allow: Line = ['Allow', 'GET, HEAD']
    expect(await saidOf(code, two(answers(200, allow), shared), PUT)).toBe(
      'the router answers OPTIONS by itself (Allow: GET, HEAD), and adds no CORS headers',
    )
    expect(await saidOf(code, two(answers(299, allow), shared), PUT)).not.toBeNull()
    for (const status of [199, 300, 405])
      expect(await saidOf(code, two(answers(status, allow), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(200), shared), PUT)).toBeNull()
  })

  it('lacks the header that the response has', async () => {
    const code = 'preflight-unmarked'
    expect(await saidOf(code, two(answers(204), shared), PUT)).toBe(
      'the response has Access-Control-Allow-Origin, but the preflight does not: something else answers OPTIONS with 204',
    )
    expect(await saidOf(code, two(answers(204), {}), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(204), { headers: [['Access-Control-Allow-Origin', 'x']] }), PUT)).toBeNull()
  })

  it('is no success', async () => {
    expect(await saidOf('preflight-status', two(answers(418, MARK), shared), PUT)).toBe(
      'the preflight gets 418, but only 200 to 299 lets the request through',
    )
    for (const status of [304, 412])
      expect(await saidOf('preflight-not-modified', two(answers(status, MARK), shared), PUT)).toBe(
        `a cache answers the preflight with ${status}, which is not a success`,
      )
    expect(await saidOf('preflight-not-modified', two(answers(413, MARK), shared), PUT)).toBeNull()
  })

  it.each([
    ['reset', { destroy: true }, 'closes the connection (socket hang up)'],
    ['timeout', { hang: true }, 'lets it wait (no answer within 2000 ms)'],
  ] as const)('is never answered: %s', async (_, said, how) => {
    expect(await saidOf('preflight-unanswered', two(said, { status: 404 }), PUT)).toBe(
      `the server answers GET (404) but not OPTIONS: it ${how}, so the browser never sends the PUT`,
    )
    expect(await saidOf('preflight-unanswered', two(said, said), PUT)).toBeNull()
    expect(await saidOf('preflight-unanswered', two(said, said))).toBeNull()
    expect(await errorsOf(two(said, shared))).toEqual(['preflight-unanswered'])
  })

  it('may be refused on the wire for other reasons', async () => {
    const transport: Request['transport'] = async ({ method }) =>
      method === 'OPTIONS' ? { kind: 'failed', detail: 'x' } : { status: 200, headers: [] }
    expect(await codesOf(always(200), { ...PUT, transport })).toContain('network-error')
    expect(await codesOf(always(200), { ...PUT, transport })).not.toContain('preflight-unanswered')
  })
})

describe('a preflight that is refused by a list', () => {
  const code = 'preflight-refused-by-list'
  const message = (status: number, part: string) =>
    `the server allows ${ORIGIN} but refuses the preflight with ${status}, because its policy does not list ${part}`
  const headed: Request = { method: 'PUT', headers: { 'X-B': '1', 'X-A': '1' } }
  const HEADED = 'a request header (x-a, x-b)'

  it.each([
    ['CORS: method PUT is not allowed', PUT, 'the method PUT'],
    ['CORS request method is not permitted', PUT, 'the method PUT'],
    ['CORS: invalid method', PUT, 'the method PUT'],
    ['Disallowed CORS method', PUT, 'the method PUT'],
    ['The requested method is not allowed', PUT, 'the method PUT'],
    [`CORS${' '.repeat(59)} method is${' '.repeat(36)} not permitted`, PUT, 'the method PUT'],
    [`CORS${' '.repeat(29)} invalid method`, PUT, 'the method PUT'],
    ['CORS header X-A is not allowed', headed, HEADED],
    ['CORS headers not permitted', headed, HEADED],
    ['CORS: invalid header', headed, HEADED],
    ['CORS: invalid headers', headed, HEADED],
    ['Disallowed CORS headers', headed, HEADED],
    ['request headers are not allowed', PUT, 'a request header'],
    ['Invalid CORS request', PUT, 'the method PUT, or a request header'],
    ['CORS rejected', headed, `the method PUT, or ${HEADED}`],
  ])('says so: %s', async (body, request, part) => {
    expect(await saidOf(code, two({ status: 400, body }, shared), request)).toBe(message(400, part))
    expect(await saidOf(code, two({ status: 499, body }, shared), request)).toBe(message(499, part))
    for (const status of [399, 500]) expect(await saidOf(code, two({ status, body }, shared), request)).toBeNull()
    expect((await errorsOf(two({ status: 400, body }, shared), request))[0]).toBe(code)
  })

  it('lists others', async () => {
    const method: Line = [METHODS, 'GET']
    const header: Line = [HEADERS, 'x-b']
    expect(await saidOf(code, two(answers(403, MARK, method), shared), PUT)).toBe(message(403, 'the method PUT'))
    expect(await saidOf(code, two(answers(403, MARK, [METHODS, 'PUT'], header), shared), headed)).toBe(
      message(403, 'the request header x-a'),
    )
    expect(await saidOf(code, two(answers(401, MARK, method), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(403, method), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(403, MARK), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(403, MARK, header), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(403, MARK, [METHODS, 'PUT']), shared), PUT)).toBeNull()
    expect(await errorsOf(two(answers(400, MARK, method), shared))).toEqual([code, 'method-not-listed'])
    expect((await ask(two(answers(400, MARK, method), shared), PUT)).findings[0]?.fix?.advice).toBe(
      'Allow the method PUT.',
    )
  })
})

describe('a preflight that need not be', () => {
  it('is forced by a listener', async () => {
    const code = 'upload-preflight'
    const upload: Request = { method: 'POST', initiator: 'xhr', uploadListener: true, body: 'x' }
    const message = (method: string) =>
      `a listener for upload progress forces a preflight, although ${method} and the headers need none; the server answers it 404`
    expect(await saidOf(code, two(answers(404), shared), upload)).toBe(message('POST'))
    for (const method of ['GET', 'HEAD'])
      expect(await saidOf(code, two(answers(404), shared), { method, initiator: 'xhr', uploadListener: true })).toBe(
        message(method),
      )
    expect(await saidOf(code, two(answers(404), shared), { ...upload, method: 'PUT' })).toBeNull()
    expect(await saidOf(code, two(answers(404), shared), { ...upload, headers: { 'X-A': '1' } })).toBeNull()
    expect(await saidOf(code, two(answers(404), shared), JSON_POST)).toBeNull()
  })

  it.each([
    [{ 'Content-Type': 'application/json' }, 'content-type'],
    [{ 'X-Requested-With': 'x' }, 'x-requested-with'],
    [{ Pragma: 'no-cache', 'Cache-Control': 'no-cache' }, 'cache-control and pragma'],
  ])('is forced by %j', async (headers, names) => {
    const code = 'needless-preflight'
    const message = (method: string) =>
      `the request would be shared without ${names}, which a ${method} does not need: it forces a preflight, and the server refuses that`
    const { findings } = await ask(two(answers(404), shared), { headers: { ...headers, Accept: 'x' } })
    expect([findings[0]?.code, findings[0]?.message, findings[0]?.fix?.advice, findings[0]?.fix?.request]).toEqual([
      code,
      message('GET'),
      `Remove ${names} from this request.`,
      expect.objectContaining({ headers: [['Accept', 'x']] }),
    ])
    expect(await saidOf(code, two(answers(404), shared), { headers, method: 'HEAD' })).toBe(message('HEAD'))
    expect(await saidOf(code, two(answers(404), shared), { headers, method: 'POST' })).toBeNull()
    expect(await saidOf(code, two(answers(404), {}), { headers })).toBeNull()
    expect(await saidOf(code, two(answers(404), shared), { headers: { ...headers, 'X-A': '1' } })).toBeNull()
    expect(await saidOf(code, two(answers(404), shared), { headers: { 'X-A': '1' } })).toBeNull()
    const away = two(answers(302, ['Location', 'https://b.example.com/']), shared)
    for (const handler of [away, two(answers(204, MARK), shared), two(answers(404, MARK), shared)])
      expect(await saidOf(code, handler, { headers })).toBe(message('GET'))
  })
})

describe('a response beside the preflight', () => {
  const allows: Said = { status: 204, headers: [MARK, [METHODS, 'PUT']] }
  const SENT: Request = { ...PUT, send: true }

  it('may be on a path that is not covered', async () => {
    const code = 'route-not-covered'
    const elsewhere =
      (path: string, said: Said): Handler =>
      (asked) =>
        asked.path === path ? shared : asked.path === '/items' ? said : {}
    const message =
      'other paths of this server send the headers, but /items does not: its handler runs before the CORS middleware, or the middleware does not cover this path'
    expect(await saidOf(code, elsewhere('/corsmith-no-such-path', {}))).toBe(message)
    expect(await saidOf(code, elsewhere('/', {}))).toBe(message)
    expect(await saidOf(code, elsewhere('/', { status: 299 }))).toBe(message)
    for (const status of [199, 300, 404]) expect(await saidOf(code, elsewhere('/', { status }))).toBeNull()
    expect(await saidOf(code, elsewhere('/other', {}))).toBeNull()
  })

  it('may have no headers', async () => {
    const code = 'only-preflight-answered'
    expect(await saidOf(code, two(allows, {}), SENT)).toBe(
      'the preflight is right, but the response to PUT itself (200) has no Access-Control-Allow-Origin',
    )
    expect(await saidOf(code, two(allows, { status: 300 }), SENT)).toBeNull()
    const missing: Handler = ({ isPreflight, path }) =>
      isPreflight ? allows : path.includes('no-such') ? { headers: [['Access-Control-Allow-Origin', 'x']] } : {}
    expect(await saidOf(code, missing, SENT)).toBeNull()
    expect(await saidOf(code, two(allows, {}))).toBeNull()
  })

  it.each([
    ['Server', 'gateway/1', 'app/2', true],
    ['Server', 'nginx/1', 'Nginx 2', false],
    ['X-Powered-By', 'Express', 'PHP', true],
    ['Via', '1.1 a', '1.1 b', false],
    ['Other', 'a', 'b', false],
  ])('may be of another layer, by %s: %s and %s', async (name, first, second, isOne) => {
    const code = 'preflight-by-another-layer'
    const layers = (said: Line[]) =>
      two({ ...allows, headers: [...(allows.headers ?? []), [name, first]] }, { headers: said })
    expect(await saidOf(code, layers([[name, second]]), SENT)).toBe(
      isOne
        ? `two layers send CORS headers: ${first} answers the preflight and ${second} the request, and they disagree`
        : null,
    )
    expect(await saidOf(code, layers([]), SENT)).toBeNull()
    if (isOne)
      expect(
        await saidOf(
          code,
          layers([
            [name, second],
            ['Access-Control-Allow-Origin', 'https://b.com'],
          ]),
          SENT,
        ),
      ).not.toBeNull()
    expect(await saidOf(code, two(allows, { headers: [[name, second]] }), SENT)).toBeNull()
  })

  it('may be of another policy', async () => {
    const code = 'preflight-by-another-policy'
    const message = (who: string) =>
      `${who} answers OPTIONS (204) with a list that lacks ${ORIGIN}; the response itself has Access-Control-Allow-Origin, from a second policy`
    const npm: Line = [METHODS, 'GET,HEAD,PUT,PATCH,POST,DELETE']
    expect(await saidOf(code, two(answers(204, npm), shared), PUT)).toBe(message('the npm package cors'))
    expect(await saidOf(code, two(answers(204, [METHODS, 'GET']), shared), PUT)).toBe(message('another CORS policy'))
    expect(await saidOf(code, two(answers(204, npm), {}), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(204, npm, ['Access-Control-Allow-Origin', 'x']), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(404, npm), shared), PUT)).toBeNull()
    expect(await saidOf(code, two(answers(204), shared), PUT)).toBeNull()
    const policyOf = async (line: Line) =>
      (await ask(two(answers(204, line), shared), PUT)).findings.find((each) => each.code === code)?.fix?.policy
    expect(await policyOf(npm)).toBeNull()
    expect(await policyOf([METHODS, 'GET'])).toMatchObject({ methods: ['PUT'] })
    expect(await errorsOf(two(answers(204, npm), { headers: [MARK, ['X-Jenkins', '2']] }))).toEqual([code])
  })
})
