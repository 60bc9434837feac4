import { describe, expect, it } from 'vitest'
import type { HeaderLine } from '../../src/browser/wire.ts'
import { diagnoseEntry } from '../../src/diagnose/recorded.ts'
import type { HarEntry, Observation, PageRequest, Received } from '../../src/diagnose.ts'

const PAGE = 'https://app.example'
const API = 'https://api.example/x'

const answer = (status: number, ...headers: HeaderLine[]): Received => ({ status, headers, source: 'archive' })
const shared = answer(200, ['Access-Control-Allow-Origin', PAGE])
const failing = { kind: 'blocked', detail: 'net::ERR_FAILED' } as const

async function judged(recorded: Partial<HarEntry['recorded']>, over: Partial<PageRequest> = {}) {
  const entry: HarEntry = {
    index: 0,
    request: { url: API },
    kind: 'cors',
    isBlocked: true,
    recorded: { preflight: null, hops: [{ url: API, answer: null }], failing: null, ...recorded },
  }
  const told: Observation[] = []
  const onObservation = (observation: Observation) => void told.push(observation)
  const { diagnosis, notes } = await diagnoseEntry(entry, { url: API, origin: PAGE, ...over }, { onObservation })
  return {
    result: [diagnosis.conclusion, diagnosis.failure?.code ?? null, diagnosis.call.credentials],
    notes,
    // What was replayed the last time: a second look begins again.
    seen: diagnosis.observations.map(({ purpose, response, trouble }) => [
      purpose,
      response?.status ?? trouble?.detail,
      response?.source ?? trouble?.kind,
    ]),
    told: told.length,
  }
}

const UNRECORDED = ['request', 'the archive does not contain the answer', 'unrecorded']

describe('diagnoseEntry()', () => {
  it('replays the answer of the request', async () => {
    expect(await judged({ hops: [{ url: API, answer: shared }] })).toEqual({
      result: ['allowed', null, 'same-origin'],
      notes: [],
      seen: [['request', 200, 'archive']],
      told: 1,
    })
    expect(await judged({})).toMatchObject({ result: ['error', 'network-error', 'same-origin'], seen: [UNRECORDED] })
    const hashed = await judged({ hops: [{ url: API, answer: shared }] }, { url: `${API}#a\nb` })
    expect(hashed.result[0]).toBe('allowed')
  })

  it('replays each hop, and has nothing beyond them', async () => {
    const moved = answer(302, ['Location', '/y'], ['Access-Control-Allow-Origin', PAGE])
    const last = { url: 'https://api.example/y', answer: shared }
    const hop = { url: API, answer: moved }
    expect((await judged({ hops: [hop, last] })).seen).toEqual([
      ['request', 302, 'archive'],
      ['request', 200, 'archive'],
    ])
    expect(await judged({ hops: [hop] })).toMatchObject({
      result: ['error', 'network-error', 'same-origin'],
      seen: [['request', 302, 'archive'], UNRECORDED],
    })
  })

  it('replays the preflight of the request', async () => {
    const preflight = answer(204, ['Access-Control-Allow-Origin', PAGE], ['Access-Control-Allow-Methods', 'PUT'])
    const put = { method: 'PUT' }
    const hops = [{ url: API, answer: shared }]
    expect(await judged({ preflight, hops }, put)).toMatchObject({
      result: ['allowed', null, 'same-origin'],
      seen: [
        ['preflight', 204, 'archive'],
        ['request', 200, 'archive'],
      ],
    })
    expect((await judged({ preflight: answer(204), hops }, put)).result).toEqual([
      'blocked',
      'allow-origin-missing',
      'same-origin',
    ])
    const elsewhere = await judged({ preflight: answer(204), hops: [{ url: `${API}2`, answer: shared }] }, put)
    expect(elsewhere.seen[0]).toEqual(['preflight', 204, 'assumed'])
  })

  it('assumes the permission of a request that was answered', async () => {
    const over = { method: 'PUT', headers: { 'X-A': '1', 'X-B': '2' }, credentials: 'include' } as const
    const credentialed = answer(
      200,
      ['Access-Control-Allow-Origin', PAGE],
      ['Access-Control-Allow-Credentials', 'true'],
    )
    const entry = { preflight: null, hops: [{ url: API, answer: credentialed }], failing: null }
    const { diagnosis } = await diagnoseEntry(
      { index: 0, request: { url: API }, kind: 'cors', isBlocked: false, recorded: entry },
      { url: API, origin: PAGE, ...over },
    )
    expect(diagnosis.conclusion).toBe('allowed')
    expect(diagnosis.observations[0]?.response).toEqual({
      status: 204,
      headers: [
        ['Access-Control-Allow-Origin', PAGE],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Allow-Methods', 'PUT'],
        ['Access-Control-Allow-Headers', 'x-a,x-b'],
        ['Access-Control-Max-Age', '600'],
        ['Vary', 'Origin'],
      ],
      source: 'assumed',
    })
    expect((await judged({}, over)).seen).toEqual([
      ['preflight', 'the archive does not contain the answer', 'unrecorded'],
    ])
  })

  it('assumes the permission of a redirect that is not recorded', async () => {
    const moved = answer(307, ['Location', '/y'], ['Access-Control-Allow-Origin', PAGE])
    const hops = [
      { url: API, answer: moved },
      { url: 'https://api.example/y', answer: null },
    ]
    expect((await judged({ hops }, { method: 'PUT' })).seen.map(([purpose, , source]) => [purpose, source])).toEqual([
      ['preflight', 'assumed'],
      ['request', 'archive'],
      ['preflight', 'assumed'],
      ['request', 'unrecorded'],
    ])
    const preflight = answer(204)
    expect((await judged({ hops: [], preflight }, { method: 'PUT' })).seen).toEqual([
      ['preflight', ...UNRECORDED.slice(1)],
    ])
  })

  it('assumes credentials where the browser failed and only they explain it', async () => {
    const hops = [{ url: API, answer: answer(200, ['Access-Control-Allow-Origin', '*']) }]
    expect(await judged({ hops, failing })).toEqual({
      result: ['blocked', 'allow-origin-wildcard', 'include'],
      notes: [
        'assumed that the page sends credentials: the archive does not say so, but without them the browser would not have failed (net::ERR_FAILED)',
      ],
      seen: [['request', 200, 'archive']],
      told: 2,
    })
    expect(await judged({ hops, failing: null })).toMatchObject({ result: ['allowed', null, 'same-origin'], told: 1 })
    expect(await judged({ hops, failing }, { credentials: 'omit' })).toMatchObject({
      result: ['blocked', 'network-error', 'omit'],
      notes: [],
      seen: [['request', 'net::ERR_FAILED', 'blocked']],
      told: 2,
    })
  })

  it('does not look again where the answer explains the failure', async () => {
    expect(await judged({ hops: [{ url: API, answer: answer(200) }], failing })).toMatchObject({
      result: ['blocked', 'allow-origin-missing', 'same-origin'],
      notes: [],
      told: 1,
    })
  })

  it('leaves out the last answer where nothing explains the failure', async () => {
    const whole = answer(200, ['Access-Control-Allow-Origin', PAGE], ['Access-Control-Allow-Credentials', 'true'])
    expect(await judged({ hops: [{ url: API, answer: whole }], failing })).toEqual({
      result: ['blocked', 'network-error', 'same-origin'],
      notes: [],
      seen: [['request', 'net::ERR_FAILED', 'blocked']],
      told: 3,
    })
    const moved = answer(302, ...whole.headers, ['Location', '/y'])
    const last = { url: 'https://api.example/y', answer: whole }
    expect((await judged({ hops: [{ url: API, answer: moved }, last], failing })).seen).toEqual([
      ['request', 302, 'archive'],
      ['request', 'net::ERR_FAILED', 'blocked'],
    ])
  })
})
