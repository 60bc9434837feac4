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

/** Verdicts for which Chromium sent these requests. */
function sentBy(requests: readonly WireRequest[]): Verdicts {
  const exchanges = requests.map((each) => ({ kind: 'request', request: each }))
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

  it('takes all answers where Chromium sent none of them', () => {
    const all = [seen('request', first, 200), seen('request', second, 201)]
    expect(gather(call(), sentBy([other]), all)).toMatchObject({ hops: all, final: all[1] })
    expect(gather(call(), sentBy([first]), all)).toMatchObject({ hops: [all[0]], final: all[0] })
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
  })
})

describe('recall()', () => {
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
  })
})
