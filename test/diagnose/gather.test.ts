<<<<<<< HEAD
// What the requests of the page itself show, and which recorded answer stands for a request.
import { describe, expect, it } from 'vitest'
import type { WireRequest } from '../../src/browser/wire.ts'
import { gather, recall } from '../../src/diagnose/gather.ts'
import type { Call } from '../../src/diagnose/page-request.ts'
import { NO_PROBES } from '../../src/diagnose/probes.ts'
import type { Observation, Recorder } from '../../src/diagnose/recorder.ts'
import type { Verdicts } from '../../src/diagnose/verdicts.ts'

const API = 'https://api.example.com/items'
const call = (method = 'GET', origin = 'https://app.example.com') => ({ url: new URL(API), origin, method }) as Call
const request = (path: string, method = 'GET'): WireRequest => ({ method, url: API + path, headers: [], body: null })
const preflight = (path: string): WireRequest => {
  return { ...request(path, 'OPTIONS'), headers: [['Access-Control-Request-Method', 'PUT']] }
}

function seen(purpose: Observation['purpose'], asked: WireRequest, answer: number | string = 200): Observation {
  const parts = { purpose, request: asked, ms: 1 }
  return typeof answer === 'number'
    ? { ...parts, response: { status: answer, headers: [] }, trouble: null }
    : { ...parts, response: null, trouble: { kind: answer as 'dns', detail: '' } }
}

/** Verdicts for which Chromium sent these requests, and preflights. */
function sentBy(requests: readonly WireRequest[], preflights: readonly WireRequest[] = []): Verdicts {
  const exchanges = [
    ...requests.map((each) => ({ kind: 'request', request: each })),
    ...preflights.map((each) => ({ kind: 'preflight', request: each })),
  ]
  return { chromium: { exchanges } } as unknown as Verdicts
}

describe('gather()', () => {
  const [first, second, other] = [request('/1'), request('/2'), request('/other')]

  it('takes the answers to what Chromium sent, the last as final, and the last preflight', () => {
    const all = [
      seen('preflight', preflight('/1'), 204),
      seen('request', first, 302),
      seen('preflight', preflight('/2'), 200),
      seen('request', second, 201),
      seen('request', other, 500),
      seen('root', request('/root'), 404),
    ]
    const evidence = gather(call(), sentBy([first, second]), all)
    expect(evidence).toMatchObject({ preflight: all[2], hops: [all[1], all[3]], final: all[3], actual: all[3] })
    expect(evidence).toMatchObject({ broken: null, isWithheld: false, isCrossOrigin: true, obstacles: [], plan: null })
    expect([evidence.probes, evidence.observations]).toEqual([NO_PROBES, all])
  })

  it('takes all answers where Chromium sent none of them, and none of those to preflights', () => {
    const all = [seen('request', first, 200), seen('request', second, 201)]
    expect(gather(call(), sentBy([other]), all)).toMatchObject({ hops: all, final: all[1] })
    expect(gather(call(), sentBy([], [second]), all)).toMatchObject({ hops: all, final: all[1] })
    expect(gather(call(), sentBy([first], [second]), all)).toMatchObject({ hops: [all[0]], final: all[0] })
  })

  it('finds nothing where nothing was answered', () => {
    const all = [seen('preflight', preflight('/1'), 'dns'), seen('request', first, 'reset')]
    expect(gather(call(), sentBy([first]), all)).toMatchObject({
      preflight: null,
      hops: [],
      final: null,
      broken: all[0],
    })
  })

  it('takes for a fault neither what was held back nor what another address did', () => {
    const [held, elsewhere, broken] = [
      seen('request', first, 'withheld'),
      seen('other-address', first, 'refused'),
      seen('root', second, 'timeout'),
    ]
    expect(gather(call(), sentBy([]), [held, elsewhere]).broken).toBeNull()
    expect(gather(call(), sentBy([]), [held, elsewhere, broken]).broken).toBe(broken)
  })

  it('knows a request that was held back, and one that changes something and has no answer', () => {
    const isWithheld = (method: string, ...all: Observation[]) => gather(call(method), sentBy([]), all).isWithheld
    expect(isWithheld('GET', seen('request', first, 'withheld'))).toBe(true)
    expect(isWithheld('GET', seen('request', first, 'dns'))).toBe(false)
    expect(isWithheld('PUT', seen('preflight', preflight('/1'), 204))).toBe(true)
    expect(isWithheld('PUT', seen('request', request('/1', 'PUT'), 204))).toBe(false)
  })

  it('knows the origin of the server itself', () => {
    expect(gather(call('GET', 'https://api.example.com'), sentBy([]), []).isCrossOrigin).toBe(false)
=======
import { describe, expect, it } from 'vitest'
import type { WireRequest } from '../../src/browser/wire.ts'
import { gather, recall } from '../../src/diagnose/gather.ts'
import { type PageRequest, readCall } from '../../src/diagnose/page-request.ts'
import { NO_PROBES } from '../../src/diagnose/probes.ts'
import { createRecorder, isPreflight, type Observation, type Purpose } from '../../src/diagnose/recorder.ts'
import type { Answer, NoAnswerKind } from '../../src/diagnose/transport.ts'
import { askBrowsers } from '../../src/diagnose/verdicts.ts'

const PAGE = 'https://app.example'
const URL_ = 'https://api.example/x'
const ok: Answer = { status: 200, headers: [['Access-Control-Allow-Origin', PAGE]] }
const permits: Answer = {
  status: 204,
  headers: [
    ['Access-Control-Allow-Origin', PAGE],
    ['Access-Control-Allow-Methods', 'PUT'],
  ],
}
const none = (kind: NoAnswerKind): Answer => ({ kind, detail: kind })

/** Lets the browsers ask a server, and gathers what was seen. */
async function seen(over: Partial<PageRequest>, answer: (request: WireRequest) => Answer) {
  const call = readCall({ url: URL_, origin: PAGE, ...over })
  const recorder = createRecorder({
    transport: async (request) => answer(request),
    call,
    sendUnsafe: true,
    maxRequests: 20,
    extra: [],
    onObservation: () => {},
  })
  const verdicts = await askBrowsers(call, recorder.send)
  return { call, recorder, verdicts, evidence: gather(call, verdicts, recorder.observations) }
}

const observed = (purpose: Purpose, url: string, trouble: NoAnswerKind | null = null): Observation => ({
  purpose,
  request: { method: 'GET', url, headers: [], body: null },
  response: trouble === null ? { status: 200, headers: [] } : null,
  trouble: trouble === null ? null : { kind: trouble, detail: '' },
  ms: 0,
})

describe('gather()', () => {
  it('has a preflight, each hop, and the last of them', async () => {
    const moved: Answer = {
      status: 307,
      headers: [
        ['Location', '/y'],
        ['Access-Control-Allow-Origin', PAGE],
      ],
    }
    const { call, verdicts, recorder, evidence } = await seen({ method: 'PUT' }, (request) =>
      isPreflight(request) ? permits : request.url === URL_ ? moved : ok,
    )
    const of = (purpose: Purpose) => recorder.observations.filter((each) => each.purpose === purpose)
    expect(of('request').map(({ request }) => request.url)).toEqual([URL_, 'https://api.example/y'])
    expect(evidence).toEqual({
      call,
      verdicts,
      obstacles: [],
      preflight: of('preflight').at(-1),
      hops: of('request'),
      final: of('request')[1],
      actual: of('request')[1],
      broken: null,
      isWithheld: false,
      isCrossOrigin: true,
      probes: NO_PROBES,
      observations: recorder.observations,
      plan: null,
    })
  })

  it('takes the hops of Chromium, or those of others where it sent none', async () => {
    const { call, verdicts, recorder } = await seen({}, () => ok)
    const other = observed('request', 'https://api.example/other')
    const probe = observed('root', 'https://api.example/')
    const [own] = recorder.observations
    if (own === undefined) throw new Error('nothing was sent')
    expect(gather(call, verdicts, [own, other, probe]).hops).toEqual([own])
    expect(gather(call, verdicts, [other, probe])).toMatchObject({ hops: [other], final: other, actual: other })
    expect(gather(call, verdicts, [probe])).toMatchObject({ hops: [], final: null, actual: null })
  })

  it('knows the request that is broken', async () => {
    const { call, verdicts } = await seen({}, () => none('dns'))
    const broken = (...observations: Observation[]) => gather(call, verdicts, observations).broken
    const failed = observed('root', URL_, 'reset')
    expect(broken(observed('request', URL_, 'withheld'), observed('other-address', URL_, 'refused'))).toBeNull()
    expect(broken(observed('request', URL_), failed, observed('root', URL_, 'dns'))).toBe(failed)
  })

  it('knows whether the request was withheld, and whether it leaves its origin', async () => {
    const { call, verdicts } = await seen({}, () => ok)
    const put = { ...call, method: 'PUT' }
    const isWithheld = (of: typeof call, ...observations: Observation[]) =>
      gather(of, verdicts, observations).isWithheld
    expect([
      isWithheld(call),
      isWithheld(put),
      isWithheld(put, observed('request', URL_)),
      isWithheld(call, observed('request', URL_), observed('root', URL_, 'withheld')),
      isWithheld(call, observed('request', URL_, 'reset')),
    ]).toEqual([false, true, false, true, false])
    const { evidence } = await seen({ url: `${PAGE}/x` }, () => ok)
    expect(evidence.isCrossOrigin).toBe(false)
>>>>>>> w/imp
  })
})

describe('recall()', () => {
<<<<<<< HEAD
  const recorder = (...observations: Observation[]) => ({ observations }) as unknown as Recorder
  const standIn = seen('stand-in', request(''), 207)

  it('gives the answer to the same request, also where there was none', () => {
    const known = [seen('request', request('/1'), 201), seen('request', request('/2'), 'dns')]
    expect(recall(recorder(...known), standIn, request('/1'), call())).toBe(known[0]?.response)
    expect(recall(recorder(...known), standIn, request('/2'), call())).toBeNull()
  })

  it('lets the GET stand in for a safe request of the page to the same address', () => {
    const asked = { ...request(''), headers: [['X-Own', '1'] as const] }
    expect(recall(recorder(), standIn, asked, call())).toBe(standIn.response)
    expect(recall(recorder(), standIn, asked, call('HEAD'))).toBe(standIn.response)
    expect(recall(recorder(), standIn, asked, call('PUT'))).toBeNull()
    expect(recall(recorder(), standIn, request('/1'), call())).toBeNull()
    expect(recall(recorder(), standIn, preflight(''), call())).toBeNull()
    expect(recall(recorder(), null, asked, call())).toBeNull()
    expect(recall(recorder(), seen('stand-in', request(''), 'dns'), asked, call())).toBeNull()
=======
  const request: WireRequest = { method: 'GET', url: URL_, headers: [], body: null }

  it('knows what was sent', async () => {
    const { call, recorder } = await seen({}, () => ok)
    const [sent] = recorder.observations
    if (sent === undefined) throw new Error('nothing was sent')
    expect(recall(recorder, null, sent.request, call)).toEqual(ok)
    const failed = await seen({}, () => none('dns'))
    // A request that failed is not answered by what stands in for it.
    const again = failed.recorder.observations[0]?.request ?? request
    expect(recall(failed.recorder, observed('stand-in', URL_), again, call)).toBeNull()
  })

  it('lets the GET stand in for the request of the page alone', async () => {
    const { call, recorder } = await seen({}, () => ok)
    const standIn = observed('stand-in', URL_)
    const { response } = standIn
    expect(recall(recorder, standIn, request, call)).toEqual(response)
    expect(recall(recorder, null, request, call)).toBeNull()
    expect(recall(recorder, standIn, { ...request, url: `${URL_}2` }, call)).toBeNull()
    expect(recall(recorder, standIn, request, { ...call, method: 'PUT' })).toBeNull()
    expect(recall(recorder, observed('stand-in', URL_, 'dns'), request, call)).toBeNull()
    const asked = { ...request, method: 'OPTIONS', headers: [['Access-Control-Request-Method', 'GET']] as const }
    expect(recall(recorder, standIn, asked, call)).toBeNull()
>>>>>>> w/imp
  })
})
