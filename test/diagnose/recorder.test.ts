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
  const recorder = createRecorder({
    transport: async (request) => {
      sent.push(request)
      return answer(request)
    },
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
      extra: [
        ['User-Agent', 'x'],
        ['Accept', '*/*'],
      ],
    })
    await recorder.observe(get(API, ['accept', 'text/html']), 'request')
    expect(sent[0]?.headers).toEqual([
      ['accept', 'text/html'],
      ['User-Agent', 'x'],
    ])
  })
})

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
})
