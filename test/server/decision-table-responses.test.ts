// Rows S4 and S22–S30 of the decision table: every response a handler can return.
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { APP, actual, cors, preflight, present, STRANGER } from '../support/exchanges.ts'

const policy = () => createCors({ origins: [APP], credentials: true, exposedHeaders: ['ETag'] })

const shared = {
  'Access-Control-Allow-Origin': APP,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': 'etag',
  Vary: 'origin',
}

describe('apply() to a response of any status', () => {
  it('S4 shares a 201, a 404, a 429 and a 503, and keeps status, text and body', async () => {
    const apply = (response: Response) => policy().apply(actual(APP), response)
    expect(cors(apply(new Response('x', { status: 201 })))).toEqual(shared)
    expect(cors(apply(new Response('x', { status: 429 })))).toEqual(shared)
    expect(cors(apply(new Response(null, { status: 503 })))).toEqual(shared)
    const response = apply(new Response('none', { status: 404, statusText: 'Nope', headers: { 'X-A': '1' } }))
    expect(cors(response)).toEqual(shared)
    expect([response.status, response.statusText, response.headers.get('X-A')]).toEqual([404, 'Nope', '1'])
    expect(await response.text()).toBe('none')
  })

  it('S4 shares a 204 and a 205, and gives them no body', () => {
    const empty = policy().apply(actual(APP), new Response(null, { status: 204 }))
    expect([empty.status, empty.body]).toEqual([204, null])
    expect(cors(empty)).toEqual(shared)
    expect(policy().apply(actual(APP), new Response(null, { status: 205 })).status).toBe(205)
  })

  it('S23 says the same to HEAD as to GET', () => {
    const head = policy().apply(actual(APP, { method: 'HEAD' }), new Response(null, { headers: { ETag: '"1"' } }))
    expect(cors(head)).toEqual(shared)
    expect(head.headers.get('ETag')).toBe('"1"')
    expect(cors(policy().apply(actual(STRANGER, { method: 'HEAD' }), new Response(null)))).toEqual({ Vary: 'origin' })
  })

  it('S24 shares a redirect made by hand and one made by Response.redirect(), which is immutable', () => {
    const byHand = new Response(null, { status: 302, headers: { Location: '/elsewhere' } })
    expect(cors(policy().apply(actual(APP), byHand))).toEqual(shared)
    const made = policy().apply(actual(APP), Response.redirect('https://api.example.net/2', 307))
    expect(cors(made)).toEqual(shared)
    expect([made.status, made.headers.get('Location')]).toEqual([307, 'https://api.example.net/2'])
    const refused = policy().apply(actual(STRANGER), Response.redirect('https://api.example.net/2'))
    expect(cors(refused)).toEqual({ Vary: 'origin' })
  })

  it('S26 shares a 304 with the list of exposed names', () => {
    const response = policy().apply(actual(APP), new Response(null, { status: 304, headers: { ETag: '"1"' } }))
    expect([response.status, response.body, response.headers.get('ETag')]).toEqual([304, null, '"1"'])
    expect(cors(response)).toEqual(shared)
  })

  it('S27 returns a 101 as it is', () => {
    const upgrade = { status: 101, headers: new Headers({ Upgrade: 'websocket' }), body: null } as unknown as Response
    expect(policy().apply(actual(APP), upgrade)).toBe(upgrade)
    expect(policy().apply(actual(STRANGER), upgrade)).toBe(upgrade)
    expect([...upgrade.headers]).toEqual([['upgrade', 'websocket']])
  })

  it('S27 treats an upgrade that was declined as any other answer, for a cache may keep it', () => {
    const upgrade = (origin: string) => actual(origin, { headers: { Upgrade: 'websocket' } })
    const declined = () => new Response(null, { status: 404, headers: { 'Access-Control-Allow-Origin': '*' } })
    expect(cors(policy().apply(upgrade(APP), declined()))).toEqual(shared)
    expect(cors(policy().apply(upgrade(STRANGER), declined()))).toEqual({ Vary: 'origin' })
    expect(cors(policy().apply(upgrade(STRANGER), new Response(null, { status: 426 })))).toEqual({ Vary: 'origin' })
  })

  it('S30 returns Response.error() as it is', () => {
    const error = Response.error()
    expect(policy().apply(actual(APP), error)).toBe(error)
    expect(policy().wrap(() => error)(actual(APP))).toBe(error)
    expect([...error.headers]).toEqual([])
  })

  it('S30 keeps every Set-Cookie on a copy', () => {
    const original = new Response(null, { status: 201 })
    original.headers.append('Set-Cookie', 'a=1; Path=/')
    original.headers.append('Set-Cookie', 'b=2, 3')
    const response = policy().apply(actual(APP), original)
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2, 3'])
  })

  it('S30 keeps every Set-Cookie in place', () => {
    const original = new Response('x', { status: 201 })
    original.headers.append('Set-Cookie', 'a=1')
    original.headers.append('Set-Cookie', 'b=2')
    expect(policy().apply(actual(APP), original).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })
})

describe('apply() to a stream', () => {
  function endless() {
    let pulls = 0
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulls++
          controller.enqueue(new TextEncoder().encode(`data: ${pulls}\n\n`))
        },
      },
      { highWaterMark: 0 },
    )
    return { stream, pulls: () => pulls }
  }

  it('S4 shares it without reading it', async () => {
    const { stream, pulls } = endless()
    const events = new Response(stream, { headers: { 'Content-Type': 'text/event-stream' } })
    const response = policy().apply(actual(APP), events)
    expect(cors(response)).toEqual(shared)
    expect(pulls()).toBe(0)
    expect(response.bodyUsed).toBe(false)
    const reader = present(response.body).getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 1\n\n')
    await reader.cancel()
  })

  it('S30 copies it without reading it, where it bears the headers of another policy', async () => {
    const { stream, pulls } = endless()
    const events = new Response(stream, { headers: { 'Access-Control-Allow-Origin': '*' } })
    const response = policy().apply(actual(APP), events)
    expect(cors(response)).toEqual(shared)
    expect(pulls()).toBe(0)
    const reader = present(response.body).getReader()
    await reader.read()
    expect(pulls()).toBe(1)
    await reader.cancel()
  })
})

describe('a response that says something about CORS or caches already', () => {
  const upstream = () =>
    new Response('x', {
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Allow-Methods': 'GET, PUT',
        'Access-Control-Allow-Headers': '*',
        'Access-Control-Allow-Private-Network': 'true',
        'Access-Control-Expose-Headers': 'X-Secret',
        'Access-Control-Max-Age': '1',
        'Timing-Allow-Origin': '*',
        Vary: 'Accept-Encoding',
      },
    })

  it('S28 has its Access-Control-* replaced', () => {
    expect(cors(policy().apply(actual(APP), upstream()))).toEqual({
      ...shared,
      'Timing-Allow-Origin': '*',
      Vary: 'accept-encoding, origin',
    })
  })

  it('S28 has its Access-Control-* removed where the origin is refused, or absent', () => {
    const left = { Vary: 'accept-encoding, origin' }
    expect(cors(policy().apply(actual(STRANGER), upstream()))).toEqual(left)
    expect(cors(policy().apply(actual(null), upstream()))).toEqual({ 'Timing-Allow-Origin': '*', ...left })
  })

  it('S28 has every Access-Control-* removed where the origin is refused, known or not, alone or not', () => {
    for (const name of [
      'Access-Control-Foo',
      'access-control-allow-LOCAL-network',
      'Access-Control-Allow-Private-Network',
      'Access-Control-Allow-Methods',
      'Timing-Allow-Origin',
    ]) {
      const response = new Response('x', { headers: { [name]: 'true', 'X-Access-Control-Own': 'stays' } })
      expect([...policy().apply(actual(STRANGER), response).headers.keys()]).toEqual([
        'content-type',
        'vary',
        'x-access-control-own',
      ])
      expect([
        ...policy()
          .headers(actual(STRANGER), { [name]: 'true' })
          .keys(),
      ]).toEqual(['vary'])
    }
  })

  it('S34 keeps a permission for private networks in a preflight that the application answers, and only for whom the policy allows', () => {
    const own = () => new Response(null, { status: 204, headers: { 'Access-Control-Allow-Private-Network': 'true' } })
    const answered = (origin: string) => policy().apply(preflight(origin), own())
    expect(answered(APP).headers.get('Access-Control-Allow-Private-Network')).toBe('true')
    expect(answered(APP).headers.get('Access-Control-Allow-Origin')).toBe(APP)
    expect(cors(answered(STRANGER))).toEqual({ Vary: 'origin' })
    const head = { 'Access-Control-Allow-Private-Network': 'true', 'Access-Control-Foo': '1' }
    expect(policy().headers(preflight(APP), head).get('Access-Control-Allow-Private-Network')).toBe('true')
    expect(cors({ headers: policy().headers(preflight(STRANGER), head) })).toEqual({ Vary: 'origin' })
    expect(createCors({ origins: '*' }).headers(preflight(APP), head).get('Access-Control-Allow-Private-Network')).toBe(
      'true',
    )
  })

  it('S28 has what the policy does not say removed', () => {
    const bare = createCors({ origins: '*' })
    const response = upstream()
    response.headers.delete('Vary')
    response.headers.delete('Timing-Allow-Origin')
    expect(cors(bare.apply(actual(APP), response))).toEqual({ 'Access-Control-Allow-Origin': '*' })
  })

  it('S28 has two lines of one header made one', () => {
    const response = new Response('x')
    response.headers.append('Access-Control-Allow-Origin', '*')
    response.headers.append('Access-Control-Allow-Origin', STRANGER)
    expect(cors(policy().apply(actual(APP), response))).toEqual(shared)
  })

  it('S28 loses every grant that stands alone, where the origin is refused', () => {
    const lone = (name: string) => new Response('x', { headers: { [name]: 'true' } })
    const left = (name: string) => cors(createCors({ origins: [APP] }).apply(actual(STRANGER), lone(name)))
    expect(left('Access-Control-Allow-Credentials')).toEqual({ Vary: 'origin' })
    expect(left('Access-Control-Expose-Headers')).toEqual({ Vary: 'origin' })
    expect(left('Access-Control-Allow-Methods')).toEqual({ Vary: 'origin' })
    expect(left('Access-Control-Allow-Headers')).toEqual({ Vary: 'origin' })
    expect(left('Access-Control-Max-Age')).toEqual({ Vary: 'origin' })
    expect(left('Access-Control-Allow-Private-Network')).toEqual({ Vary: 'origin' })
  })

  const stripped = (name: string, origin: string | null) => {
    const response = createCors({ origins: [APP] }).apply(
      actual(origin),
      new Response('x', { headers: { [name]: 'true' } }),
    )
    return [response.headers.has(name), cors(response)]
  }

  it.each(['Access-Control-Allow-Credentials', 'Access-Control-Expose-Headers'])(
    'S28 loses a lone %s where the origin is allowed, beside whose grant it would mean something',
    (name) => {
      expect(stripped(name, APP)).toEqual([false, { 'Access-Control-Allow-Origin': APP, Vary: 'origin' }])
    },
  )

  it('S28 says the same by headers() as by apply(), of every lone header and whoever asks', () => {
    const made = createCors({ origins: [APP], credentials: true })
    for (const name of upstream().headers.keys()) {
      for (const origin of [APP, STRANGER, null]) {
        const lone = { 'Content-Type': 'text/plain', [name]: 'x' }
        const applied = made.apply(actual(origin), new Response('x', { headers: lone }))
        expect([...made.headers(actual(origin), lone)]).toEqual([...applied.headers])
      }
    }
  })

  it('S28 loses a lone Access-Control-Allow-Origin without an Origin', () => {
    expect(stripped('Access-Control-Allow-Origin', null)).toEqual([false, { Vary: 'origin' }])
  })

  it('S29 has Origin added to its Vary once, in whatever case it stood', () => {
    const vary = (value: string) =>
      policy()
        .apply(actual(APP), new Response('x', { headers: { Vary: value } }))
        .headers.get('Vary')
    expect(vary('Accept-Encoding')).toBe('Accept-Encoding, Origin')
    expect(vary('origin')).toBe('origin')
    expect(vary('Accept, ORIGIN ,Cookie')).toBe('Accept, ORIGIN ,Cookie')
    expect(vary('X-Origin')).toBe('X-Origin, Origin')
    expect(vary('')).toBe('Origin')
  })

  it('S29 keeps a Vary of *, alone or in a list', () => {
    const vary = (value: string) =>
      policy()
        .apply(actual(APP), new Response('x', { headers: { Vary: value } }))
        .headers.get('Vary')
    expect(vary('*')).toBe('*')
    expect(vary('Accept, *')).toContain('*')
    expect(vary('*, foo')).not.toContain('Origin')
    expect(vary('Accept, *')).not.toContain('Origin')
  })
})
