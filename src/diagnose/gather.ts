import type { WireRequest } from '../browser/wire.ts'
import { type Evidence, statusOf } from './evidence.ts'
import type { Call } from './page-request.ts'
import { NO_PROBES } from './probes.ts'
import { isPreflight, isSafeMethod, type Observation, type Recorder, requestKey } from './recorder.ts'
import type { Verdicts } from './verdicts.ts'

/** Gathers what the requests of the page itself show. */
export function gather(call: Call, verdicts: Verdicts, observations: readonly Observation[]): Evidence {
  const answered = observations.filter(({ response }) => response !== null)
  const hops = answered.filter(({ purpose }) => purpose === 'request')
  const sent = verdicts.chromium.exchanges.map(({ request }) => requestKey(request))
  const own = hops.filter(({ request }) => sent.includes(requestKey(request)))
  const chain = own.length > 0 ? own : hops
  const final = chain.at(-1) ?? null
  return {
    call,
    verdicts,
    obstacles: [],
    preflight: answered.findLast(({ purpose }) => purpose === 'preflight') ?? null,
    hops: chain,
    final,
    actual: final,
    broken: observations.find(({ purpose, trouble: noAnswer }) => isFault(purpose, noAnswer)) ?? null,
    isWithheld:
      observations.some(({ trouble: noAnswer }) => noAnswer?.kind === 'withheld') ||
      (!isSafeMethod(call.method) && final === null),
    isCrossOrigin: call.url.origin !== call.origin,
    probes: NO_PROBES,
    observations,
    plan: null,
  }
}

function isFault(purpose: Observation['purpose'], noAnswer: Observation['trouble']): boolean {
  return noAnswer !== null && noAnswer.kind !== 'withheld' && purpose !== 'other-address'
}

/** Returns the recorded answer to a request, or to the GET that stands in for it. */
export function recall(
  recorder: Recorder,
  standIn: Observation | null,
  request: WireRequest,
  call: Call,
): Observation['response'] {
  const key = requestKey(request)
  const known = recorder.observations.find((observation) => requestKey(observation.request) === key)
  if (known !== undefined) return known.response
  // The stand-in replaces the page's own request only. It says nothing about the target of a
  // redirect.
  const isPages = !isPreflight(request) && request.url === standIn?.request.url
  return isPages && isSafeMethod(call.method) && statusOf(standIn) > 0 ? (standIn?.response ?? null) : null
}
