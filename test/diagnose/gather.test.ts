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
    expect(gather(call, verdicts, [own, other, probe])).toMatchObject({ hops: [own], final: own, actual: own })
    expect(gather(call, verdicts, [other, probe])).toMatchObject({ hops: [other], final: other, actual: other })
    expect(gather(call, verdicts, [probe])).toMatchObject({ hops: [], final: null, actual: null })
  })

  it('takes the last preflight that was answered', async () => {
    const { call, verdicts } = await seen({}, () => ok)
    const [first, last] = [observed('preflight', URL_), observed('preflight', `${URL_}2`)]
    expect(gather(call, verdicts, [first, last, observed('preflight', URL_, 'reset')]).preflight).toBe(last)
    expect(gather(call, verdicts, [observed('preflight', URL_, 'reset')]).preflight).toBeNull()
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
  })
})

describe('recall()', () => {
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
  })
})
