<<<<<<< HEAD
// What is sent, in which order and with what; what is held back; and what is kept of the answers.
import { describe, expect, it } from 'vitest'
import type { WireRequest } from '../../src/browser/wire.ts'
import type { Call } from '../../src/diagnose/page-request.ts'
import { createRecorder, isPreflight, isSafeMethod, type Purpose, requestKey } from '../../src/diagnose/recorder.ts'
import type { NoAnswer, Received } from '../../src/diagnose/transport.ts'

const API = 'https://api.example.com/items'
const OK: Received = { status: 200, headers: [] }
const LATE: NoAnswer = { kind: 'timeout', detail: 'no answer within 10 ms' }

const get = (url = API, ...headers: [string, string][]): WireRequest => ({ method: 'GET', url, headers, body: null })
const preflight = (): WireRequest => {
  return { method: 'OPTIONS', url: API, headers: [['Access-Control-Request-Method', 'PUT']], body: null }
}

type Options = Parameters<typeof createRecorder>[0]

function record(answer: (request: WireRequest) => Received | NoAnswer = () => OK, options: Partial<Options> = {}) {
  const sent: WireRequest[] = []
  const seen: string[] = []
=======
import { describe, expect, it } from 'vitest'
import type { HeaderLine, WireRequest } from '../../src/browser/wire.ts'
import { readCall } from '../../src/diagnose/page-request.ts'
import {
  createRecorder,
  isPreflight,
  isSafeMethod,
  type Observation,
  type Purpose,
  requestKey,
} from '../../src/diagnose/recorder.ts'
import type { Answer } from '../../src/diagnose/transport.ts'

const URL_ = 'https://api.example/x'
const get: WireRequest = { method: 'GET', url: URL_, headers: [], body: null }
const preflight: WireRequest = { ...get, method: 'OPTIONS', headers: [['Access-Control-Request-Method', 'PUT']] }
const late = { kind: 'timeout', detail: 'late' } as const

interface Over {
  readonly answer?: (request: WireRequest) => Answer
  readonly credentials?: 'include' | 'omit'
  readonly cookie?: string
  readonly sendUnsafe?: boolean
  readonly maxRequests?: number
  readonly extra?: readonly HeaderLine[]
}

function recording({ answer = () => ({ status: 200, headers: [] }), ...over }: Over = {}) {
  const sent: WireRequest[] = []
  const told: Observation[] = []
  const headers = over.cookie === undefined ? {} : { Cookie: over.cookie }
>>>>>>> w/imp
  const recorder = createRecorder({
    transport: async (request) => {
      sent.push(request)
      return answer(request)
    },
<<<<<<< HEAD
    call: { url: new URL(API), cookie: null, credentials: 'omit' } as Call,
    sendUnsafe: false,
    maxRequests: 9,
    extra: [],
    onObservation: ({ purpose }) => void seen.push(purpose),
    ...options,
  })
  return { recorder, sent, seen }
}

describe('observe()', () => {
  it('keeps the answer, what it was asked for, and how long it took', async () => {
    const { recorder, seen } = record()
    const observation = await recorder.observe(get(), 'root')
    expect(observation).toEqual({
      purpose: 'root',
      request: get(),
      response: OK,
      trouble: null,
      ms: expect.any(Number),
    })
    expect(observation.ms).toBeGreaterThanOrEqual(0)
    expect(observation.ms).toBeLessThan(1_000)
    expect([recorder.observations, seen]).toEqual([[observation], ['root']])
  })

  it('keeps why there is no answer', async () => {
    const { recorder } = record(() => LATE)
    expect(await recorder.observe(get(), 'request')).toMatchObject({ response: null, trouble: LATE })
  })

  it('sends the same request once, whatever it is asked for, unless it is a repeat', async () => {
    const { recorder, sent, seen } = record()
    const first = await recorder.observe(get(API, ['A', '1'], ['B', '2']), 'request')
    expect(await recorder.observe(get(API, ['b', '2'], ['a', '1']), 'fresh')).toBe(first)
    await recorder.observe(get(API, ['A', '2'], ['B', '2']), 'fresh')
    await recorder.observe(get(API, ['A', '1'], ['B', '2']), 'repeat')
    await recorder.observe(get(API, ['A', '1'], ['B', '2']), 'repeat')
    expect([sent.length, seen]).toEqual([4, ['request', 'fresh', 'repeat', 'repeat']])
  })

  it('does not send what changes something on the server, unless it is told to', async () => {
    const put = { ...get(), method: 'PUT' }
    const held = record()
    expect(await held.recorder.observe(put, 'request')).toMatchObject({
      response: null,
      trouble: { kind: 'withheld', detail: 'PUT has side effects and was not sent' },
    })
    expect(held.sent).toEqual([])
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await held.recorder.observe({ ...put, method }, 'request')
    expect(held.sent.length).toBe(3)
    const told = record(undefined, { sendUnsafe: true })
    expect((await told.recorder.observe(put, 'request')).response).toBe(OK)
  })

  it('stops at the limit, and what is held back does not count', async () => {
    const { recorder, sent } = record(undefined, { maxRequests: 2 })
    await recorder.observe({ ...get(), method: 'PUT' }, 'request')
    for (const path of ['/1', '/2']) await recorder.observe(get(API + path), 'request')
    expect((await recorder.observe(get(`${API}/3`), 'request')).trouble).toEqual({
      kind: 'limit',
      detail: 'the limit of 2 requests is reached',
    })
    expect(sent.length).toBe(2)
  })

  it.each<[Purpose, boolean]>([
    ['root', true],
    ['stand-in', true],
    ['request', false],
    ['preflight', false],
  ])('after two probes that came too late, does it hold back a %s: %s', async (purpose, isHeld) => {
    const { recorder } = record(() => LATE)
    await recorder.observe(get(`${API}/1`), 'root')
    expect((await recorder.observe(get(`${API}/2`), 'root')).trouble).toEqual(LATE)
    const { trouble } = await recorder.observe(get(`${API}/3`), purpose)
    expect(trouble).toEqual(isHeld ? { kind: 'limit', detail: 'the server does not answer probes in time' } : LATE)
  })

  it('counts as late neither the requests of the page nor other troubles', async () => {
    const late = record(() => LATE)
    for (const n of [1, 2, 3]) await late.recorder.observe(get(`${API}/${n}`), n === 2 ? 'preflight' : 'request')
    expect((await late.recorder.observe(get(`${API}/4`), 'root')).trouble).toEqual(LATE)
    const reset: NoAnswer = { kind: 'reset', detail: 'socket hang up' }
    const broken = record(() => reset)
    for (const n of [1, 2]) await broken.recorder.observe(get(`${API}/${n}`), 'root')
    expect((await broken.recorder.observe(get(`${API}/3`), 'root')).trouble).toEqual(reset)
  })
})

describe('what is added to a request', () => {
  const withCookie = (changes: Partial<Call> = {}) => {
    return { call: { url: new URL(API), cookie: 'id=1', credentials: 'include', ...changes } as Call }
  }
  const cookieOf = async (request: WireRequest, options: Partial<Options>) => {
    const { recorder, sent } = record(undefined, options)
    const { request: kept } = await recorder.observe(request, 'request')
    expect(kept).toBe(request)
    return sent[0]?.headers.filter(([name]) => name === 'Cookie')
  }

  it('is the cookie, for requests with credentials to the host itself', async () => {
    expect(await cookieOf(get(), withCookie())).toEqual([['Cookie', 'id=1']])
    expect(await cookieOf(get('https://api.example.com/other'), withCookie())).toEqual([['Cookie', 'id=1']])
    expect(await cookieOf(get('https://cdn.example.com/items'), withCookie())).toEqual([])
    expect(await cookieOf(get('https://api.example.com:8443/items'), withCookie())).toEqual([])
    expect(await cookieOf(get(), withCookie({ credentials: 'omit' }))).toEqual([])
    expect(await cookieOf(get(), withCookie({ cookie: null }))).toEqual([])
    expect(await cookieOf(preflight(), withCookie())).toEqual([])
    expect(await cookieOf({ ...preflight(), headers: [] }, withCookie())).toEqual([['Cookie', 'id=1']])
  })

  it('are further headers, where the request has none of that name', async () => {
    const { recorder, sent } = record(undefined, {
=======
    call: readCall({ url: URL_, origin: 'https://app.example', headers, credentials: over.credentials ?? 'include' }),
    sendUnsafe: over.sendUnsafe ?? false,
    maxRequests: over.maxRequests ?? 10,
    extra: over.extra ?? [],
    onObservation: (observation) => told.push(observation),
  })
  return { recorder, sent, told }
}

const to = (path: string, over: Partial<WireRequest> = {}): WireRequest => ({
  ...get,
  url: `https://api.example/${path}`,
  ...over,
})

describe('createRecorder()', () => {
  it('records an answer, and a missing one', async () => {
    const { recorder, told } = recording({ answer: ({ url }) => (url === URL_ ? { status: 204, headers: [] } : late) })
    const first = await recorder.observe(get, 'request')
    const second = await recorder.observe(to('y'), 'root')
    expect(first).toEqual({
      purpose: 'request',
      request: get,
      response: { status: 204, headers: [] },
      trouble: null,
      ms: expect.any(Number),
    })
    expect(second).toEqual({ purpose: 'root', request: to('y'), response: null, trouble: late, ms: expect.any(Number) })
    expect(first.ms % 1).toBe(0)
    expect(first.ms).toBeLessThan(5000)
    expect([recorder.observations, told]).toEqual([
      [first, second],
      [first, second],
    ])
  })

  it('sends what is the same once, unless it is a repeat', async () => {
    const { recorder, sent } = recording()
    const first = recorder.observe(
      to('x', {
        headers: [
          ['A', '1'],
          ['B', '2'],
        ],
      }),
      'request',
    )
    expect(
      recorder.observe(
        to('x', {
          headers: [
            ['b', '2'],
            ['a', '1'],
          ],
        }),
        'root',
      ),
    ).toBe(first)
    await recorder.observe(
      to('x', {
        headers: [
          ['A', '2'],
          ['B', '2'],
        ],
      }),
      'root',
    )
    await recorder.observe(
      to('x', {
        method: 'HEAD',
        headers: [
          ['A', '1'],
          ['B', '2'],
        ],
      }),
      'root',
    )
    for (const _ of [1, 2]) await recorder.observe(get, 'repeat')
    await recorder.observe(get, 'request')
    expect(sent).toHaveLength(6)
  })

  it('names the purpose of what the simulator sends', async () => {
    const { recorder } = recording({
      answer: (request) => (isPreflight(request) ? { status: 204, headers: [] } : late),
    })
    expect(await recorder.send(preflight)).toEqual({ status: 204, headers: [] })
    expect(await recorder.send(get)).toBeNull()
    expect(recorder.observations.map(({ purpose }) => purpose)).toEqual(['preflight', 'request'])
  })

  it('withholds what has side effects, unless it may', async () => {
    const put = to('x', { method: 'PUT' })
    const { recorder, sent } = recording()
    expect((await recorder.observe(put, 'request')).trouble).toEqual({
      kind: 'withheld',
      detail: 'PUT has side effects and was not sent',
    })
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await recorder.observe(to('x', { method }), 'request')
    expect(sent).toHaveLength(3)
    expect((await recording({ sendUnsafe: true }).recorder.observe(put, 'request')).trouble).toBeNull()
  })

  it('stops at the limit, which what was withheld does not count towards', async () => {
    const { recorder, sent } = recording({ maxRequests: 2 })
    for (const path of ['a', 'b']) await recorder.observe(to(path, { method: 'PUT' }), 'request')
    const troubles = []
    for (const path of ['a', 'b', 'c']) troubles.push((await recorder.observe(to(path), 'request')).trouble)
    expect(troubles).toEqual([null, null, { kind: 'limit', detail: 'the limit of 2 requests is reached' }])
    expect(sent).toHaveLength(2)
  })

  it('asks no third probe of a server that let two wait', async () => {
    const { recorder, sent } = recording({ answer: () => late })
    const kinds = []
    const purposes: readonly Purpose[] = ['preflight', 'request', 'request', 'root', 'fresh', 'missing-path', 'request']
    for (const [i, purpose] of purposes.entries())
      kinds.push((await recorder.observe(to(String(i)), purpose)).trouble?.kind)
    expect(kinds).toEqual(['timeout', 'timeout', 'timeout', 'timeout', 'timeout', 'limit', 'timeout'])
    expect(sent).toHaveLength(6)
    const refusing = recording({ answer: () => ({ kind: 'refused', detail: '' }) })
    for (const path of ['a', 'b', 'c']) await refusing.recorder.observe(to(path), 'root')
    expect(refusing.sent).toHaveLength(3)
    const last = await recorder.observe(to('z'), 'root')
    expect(last.trouble?.detail).toBe('the server does not answer probes in time')
  })

  it('adds what browsers add below CORS, where they add it', async () => {
    const cookies = async (request: WireRequest, over: Over = {}) => {
      const { recorder, sent } = recording({ cookie: 'a=b', ...over })
      await recorder.observe(request, 'request')
      return sent[0]?.headers
    }
    expect(await cookies(get)).toEqual([['Cookie', 'a=b']])
    expect(await cookies(to('other?x'))).toEqual([['Cookie', 'a=b']])
    expect(await cookies(preflight)).toEqual(preflight.headers)
    expect(await cookies(get, { credentials: 'omit' })).toEqual([])
    expect(await cookies({ ...get, url: 'https://b.example/x' })).toEqual([])
    expect(await cookies({ ...get, url: 'https://api.example:8080/x' })).toEqual([])
    const { recorder, sent } = recording({
>>>>>>> w/imp
      extra: [
        ['User-Agent', 'x'],
        ['Accept', '*/*'],
      ],
    })
<<<<<<< HEAD
    await recorder.observe(get(API, ['accept', 'text/html']), 'request')
    expect(sent[0]?.headers).toEqual([
      ['accept', 'text/html'],
      ['User-Agent', 'x'],
=======
    const own = to('x', { headers: [['user-agent', 'own']] })
    const { request } = await recorder.observe(own, 'request')
    expect(sent[0]?.headers).toEqual([
      ['user-agent', 'own'],
      ['Accept', '*/*'],
    ])
    expect(request).toEqual(own)
  })
})

describe('isPreflight() and isSafeMethod()', () => {
  it('tell by the method and by what is asked', () => {
    expect([preflight, { ...preflight, method: 'GET' }, { ...get, method: 'OPTIONS' }].map(isPreflight)).toEqual([
      true,
      false,
      false,
    ])
    expect(['GET', 'HEAD', 'OPTIONS', 'POST', 'get', ''].map(isSafeMethod)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
>>>>>>> w/imp
    ])
  })
})

<<<<<<< HEAD
it('the transport of the simulator tells preflights from requests', async () => {
  const { recorder, seen } = record((request) => (isPreflight(request) ? { status: 204, headers: [] } : LATE))
  expect([(await recorder.send(preflight()))?.status, await recorder.send(get())]).toEqual([204, null])
  expect(seen).toEqual(['preflight', 'request'])
})

it('a preflight is an OPTIONS with a header of its own', () => {
  expect(isPreflight(preflight())).toBe(true)
  expect(isPreflight({ ...preflight(), method: 'GET' })).toBe(false)
  expect(isPreflight({ ...preflight(), headers: [['Access-Control-Request-Headers', 'x']] })).toBe(false)
})

it('a safe method changes nothing', () => {
  const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'get', 'TRACE']
  expect(methods.filter(isSafeMethod)).toEqual(['GET', 'HEAD', 'OPTIONS'])
})

it('the key of a request leaves out its body and the order of its headers', () => {
  const key = requestKey({
    method: 'PUT',
    url: API,
    headers: [
      ['X-B', '2'],
      ['X-A', '1'],
    ],
    body: new TextEncoder().encode('x'),
  })
  expect(key).toBe(`PUT\n${API}\nx-a: 1\nx-b: 2`)
=======
describe('requestKey()', () => {
  it('is the method, the URL and the sorted headers', () => {
    expect(
      requestKey(
        to('x', {
          headers: [
            ['B', '2'],
            ['a', '1'],
          ],
        }),
      ),
    ).toBe(`GET\n${URL_}\na: 1\nb: 2`)
  })
>>>>>>> w/imp
})
