import { describe, expect, it } from 'vitest'
import { diagnoseEntry, parseHar } from '../../../src/diagnose.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/items'

type Lines = Readonly<Record<string, string>>
const lines = (headers: Lines) => Object.entries(headers).map(([name, value]) => ({ name, value }))

interface Over {
  readonly method?: string
  readonly url?: string
  readonly request?: Lines
  readonly response?: object | null
  readonly more?: object
}

/** An entry; its answer is shared with the page unless it says otherwise. */
const entry = ({ method = 'GET', url = API, request = {}, response = {}, more = {} }: Over = {}) => ({
  request: { method, url, headers: lines({ Origin: PAGE, 'Sec-Fetch-Mode': 'cors', ...request }) },
  response: response && { status: 200, headers: lines({ 'Access-Control-Allow-Origin': PAGE }), ...response },
  ...more,
})
const har = (...entries: unknown[]) => parseHar(JSON.stringify({ log: { entries } }))
const kind = (over: Over) => har(entry(over))[0]?.kind
const failed = (_error: string) => ({ status: 0, headers: [], _error })
const preflight = (names: string, answer: Lines, method = 'PUT') =>
  entry({
    method: 'OPTIONS',
    request: { 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': names },
    response: { status: 204, headers: lines(answer) },
  })

async function judged(...entries: unknown[]) {
  const [first] = har(...entries)
  if (first === undefined) throw new Error('no entry')
  const { diagnosis, notes } = await diagnoseEntry(first, { origin: PAGE, ...first.request })
  return { ...diagnosis, notes: [...(first.request.notes ?? []), ...notes], code: diagnosis.failure?.code ?? null }
}

describe('parseHar()', () => {
  it.each<[string, Over, string]>([
    ['a request with CORS', {}, 'cors'],
    ['one that failed', { response: failed('net::ERR_FAILED') }, 'cors'],
    ['one without Sec-Fetch-Mode', { request: { 'Sec-Fetch-Mode': 'cors' } }, 'cors'],
    ['an ad blocker', { response: failed('net::ERR_BLOCKED_BY_CLIENT') }, 'blocked-by-client'],
    ['an ad blocker before CORS', { response: failed('net::ERR_BLOCKED_BY_CLIENT.Inspector') }, 'blocked-by-client'],
    ['abort()', { response: failed('net::ERR_ABORTED') }, 'aborted'],
    ['abort() in Firefox', { response: failed('NS_BINDING_ABORTED') }, 'aborted'],
    ['a policy of the page', { response: failed('net::ERR_BLOCKED_BY_CSP') }, 'blocked-by-policy'],
    ['a resource policy', { response: failed('net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin') }, 'blocked-by-policy'],
    ['the own origin', { url: `${PAGE}/items`, response: { headers: [] } }, 'same-origin'],
    ['a navigation', { request: { 'Sec-Fetch-Mode': 'navigate' }, response: { headers: [] } }, 'navigation'],
    ['a beacon', { request: { 'Sec-Fetch-Mode': 'no-cors' }, response: { headers: [] } }, 'no-cors'],
    ['a service worker', { response: { headers: [], _fetchedViaServiceWorker: true } }, 'service-worker'],
    ['a 304', { response: { status: 304, headers: [] } }, 'revalidated'],
    ['a 304 that failed', { response: { status: 304, headers: [], _error: 'net::ERR_FAILED' } }, 'cors'],
    ['a reset', { response: failed('net::ERR_CONNECTION_RESET') }, 'cors'],
  ])('knows %s', (_, over, expected) => expect(kind(over)).toBe(expected))

  it('goes by the resource type and the referrer where headers are provisional', () => {
    const bare = (type: string) => ({
      request: { method: 'GET', url: API, headers: lines({ Referer: `${PAGE}/page` }) },
      response: failed('net::ERR_FAILED'),
      _resourceType: type,
    })
    expect(har(bare('xhr'), bare('image'), bare('document')).map((each) => [each.kind, each.request.origin])).toEqual([
      ['cors', PAGE],
      ['no-cors', PAGE],
      ['navigation', PAGE],
    ])
  })

  it('goes by the answer, not by the error', () => {
    const silent = { status: 200, headers: [] }
    expect(
      har(
        entry({ response: silent }),
        entry({ response: { ...silent, _error: 'net::ERR_FAILED' } }),
        entry(),
        entry({ response: { headers: lines({ 'Access-Control-Allow-Origin': '*' }) } }),
        entry({ response: { headers: lines({ 'Access-Control-Allow-Origin': 'https://b.example' }) } }),
      ).map(({ isBlocked }) => isBlocked),
    ).toEqual([true, true, false, false, true])
  })

  it('reads numbers as texts, objects as headers, and lines that were joined by a line break', async () => {
    const both = {
      request: { method: 'GET', url: API, headers: { Origin: PAGE } },
      response: { status: '200', headers: [{ name: 'access-control-allow-origin', value: `${PAGE}\n${PAGE}` }] },
    }
    expect((await judged(both)).code).toBe('allow-origin-multiple')
  })

  it('follows redirects to the entry that ended them', async () => {
    const to = (url: string) => [
      { name: 'Location', value: url },
      { name: 'Access-Control-Allow-Origin', value: '*' },
    ]
    const first = entry({ response: { status: 302, headers: to('/there') } })
    const last = entry({ url: 'https://api.example.com/there', response: { headers: [] } })
    expect(har(first, last)).toHaveLength(1)
    expect(await judged(first, last)).toMatchObject({ conclusion: 'blocked', code: 'allow-origin-missing' })
    expect((await judged(first)).conclusion).toBe('error')
  })

  it('judges what a redirect of the own origin leads to', async () => {
    const own = {
      request: { method: 'GET', url: `${PAGE}/api`, headers: lines({ Referer: `${PAGE}/`, 'Sec-Fetch-Mode': 'cors' }) },
      response: { status: 302, headers: lines({ Location: 'https://login.example.net/' }) },
    }
    const login = entry({ url: 'https://login.example.net/', response: { headers: [] } })
    expect(har(own, login).map((each) => each.kind)).toEqual(['cors'])
    expect(await judged(own, login)).toMatchObject({ conclusion: 'blocked', code: 'allow-origin-missing' })
  })

  it('reads over names and values that no field can hold', async () => {
    const odd = entry({ request: { 'X Y': '1', 'X-Name': '\u540d\ud800', 'X-Line': 'a\r\nb', '': '', '\u0000': 'x' } })
    expect(await judged(odd)).toMatchObject({
      conclusion: 'allowed',
      call: {
        headers: [
          ['X-Name', 'unknown'],
          ['X-Line', 'a'],
          ['X-Line', 'b'],
        ],
      },
    })
  })

  it.each([
    ['{"log":{"entries":[{"request":{"url":"https://a.exa', 'ends in the middle'],
    ['<html>', 'is not JSON'],
    ['[]', 'log.entries is missing'],
    ['{"log":{"entries":{"length":1e9}}}', 'log.entries is missing'],
  ])('says in a line what is wrong with %s', (text, message) => {
    expect(() => parseHar(text)).toThrow(message)
  })

  it('takes nothing from prototypes, and reads what is hostile in time', () => {
    const hostile = JSON.parse('{"__proto__":{"request":{"method":"GET","url":"https://api.example.com/"}}}')
    expect(har(hostile, { __proto__: null }, [], 'x', null)).toEqual([])
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(parseHar(`{"log":{"entries":[{"request":${deep}}]}}`)).toEqual([])
    const loop = Array.from({ length: 2000 }, () =>
      entry({ response: { status: 302, headers: [{ name: 'Location', value: API }] } }),
    )
    const preflights = Array.from({ length: 2000 }, () => preflight('x-a', {}))
    const started = performance.now()
    har(...loop, ...preflights, ...Array.from({ length: 2000 }, () => entry({ method: 'PUT', response: null })))
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('diagnoseEntry()', () => {
  const allow = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'PUT' }

  it('adds the names that sanitizing took away, from the preflight', async () => {
    const put = entry({ method: 'PUT', response: failed('net::ERR_FAILED') })
    const asked = preflight('authorization,content-type', { ...allow, 'Access-Control-Allow-Headers': 'content-type' })
    expect(await judged(put, asked)).toMatchObject({ conclusion: 'blocked', code: 'header-not-allowed' })
  })

  it('takes the preflight that asks for what the request carries', async () => {
    const put = entry({ method: 'PUT', request: { 'X-A': '1' } })
    const other = preflight('x-b', { ...allow, 'Access-Control-Allow-Headers': 'x-b' })
    const own = preflight('x-a', { ...allow, 'Access-Control-Allow-Headers': 'x-a' })
    expect((await judged(put, other, own)).conclusion).toBe('allowed')
  })

  it('supposes permission where the request itself was answered', async () => {
    expect((await judged(entry({ method: 'PUT' }))).conclusion).toBe('allowed')
    expect((await judged(entry({ method: 'PUT', response: { headers: [] } }))).code).toBe('allow-origin-missing')
  })

  it('supposes credentials where only they explain the failure', async () => {
    const star = { headers: lines({ 'Access-Control-Allow-Origin': '*' }), _error: 'net::ERR_FAILED' }
    const { conclusion, code, notes } = await judged(entry({ response: star }))
    expect([conclusion, code, notes.join()]).toEqual([
      'blocked',
      'allow-origin-wildcard',
      expect.stringContaining('sends credentials'),
    ])
  })

  it.each([
    ['kept an answer that is not there', failed('net::ERR_FAILED'), 'blocked', 'answer-not-recorded'],
    [
      'kept an answer that looks right',
      {
        headers: lines({ 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Credentials': 'true' }),
        _error: 'net::ERR_FAILED',
      },
      'blocked',
      'answer-not-recorded',
    ],
    ['found no name', failed('net::ERR_NAME_NOT_RESOLVED'), 'error', 'unreachable-dns'],
    ['was refused', failed('net::ERR_CONNECTION_REFUSED'), 'error', 'unreachable-refused'],
    ['says nothing', { status: 0, headers: [] }, 'error', 'answer-not-recorded'],
    ['has no response at all', null, 'error', 'answer-not-recorded'],
  ])('is never better than what the browser concluded: %s', async (_, response, conclusion, code) => {
    const diagnosis = await judged(entry({ response }))
    expect([diagnosis.conclusion, diagnosis.findings[0]?.code]).toEqual([conclusion, code])
  })

  it('sends nothing, and asks nothing beyond the exchange', async () => {
    const { observations } = await judged(entry({ method: 'PUT', url: 'https://corsmith-test.invalid/' }))
    expect(observations.map(({ purpose, response }) => [purpose, response?.source])).toEqual([
      ['preflight', 'assumed'],
      ['request', 'archive'],
    ])
  })
})
