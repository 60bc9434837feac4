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
  const recorder = createRecorder({
    transport: async (request) => {
      sent.push(request)
      return answer(request)
    },
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
      extra: [
        ['User-Agent', 'x'],
        ['Accept', '*/*'],
      ],
    })
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
    ])
  })
})

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
})
