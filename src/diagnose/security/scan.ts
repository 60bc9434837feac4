import type { WireRequest } from '../../browser/wire.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  ORIGIN,
  REQUEST_HEADERS,
  REQUEST_METHOD,
} from '../../spec/fields.ts'
import { admits, field, linesOf } from '../evidence.ts'
import type { Call } from '../page-request.ts'
import type { Observation, Recorder } from '../recorder.ts'
import { ATTACKER, instantiate, LOOSE_COMPARISONS } from './loose-comparisons.ts'
import type { Accepted, SecurityReport } from './report.ts'

/** A header that no list contains. */
const PROBE_HEADER = 'x-cors-probe-7f3a'

/** Sends origins of strangers, and reports which are let in. It sends only GET and OPTIONS. */
export async function scanOrigins(call: Call, recorder: Recorder): Promise<SecurityReport> {
  const ask = (origin: string) => recorder.observe(request(call, origin), 'security')
  const own = await ask(call.origin)
  const stranger = `https://${ATTACKER}`
  const foreign = await ask(stranger)
  const reflectsAnyone = admits(foreign, stranger)
  const accepted: Accepted[] = []
  let tried = 1
  const host = URL.parse(call.origin)?.hostname ?? ''
  for (const flaw of reflectsAnyone || host === '' ? [] : LOOSE_COMPARISONS) {
    const emittable = new Set(flaw.probes)
    for (const template of [...flaw.probes, ...(flaw.raw ?? [])]) {
      const origin = instantiate(template, host)
      if (origin === call.origin) continue
      tried++
      const answer = await ask(origin)
      if (!isAccepted(answer, origin, call.origin)) continue
      const credentials = field(answer, ALLOW_CREDENTIALS) === 'true'
      accepted.push({ origin, flaw: flaw.code, credentials, isEmittable: emittable.has(template) })
      // One origin proves a mistake. More would repeat it.
      break
    }
  }
  const shape = await recorder.observe(preflight(call), 'security')
  return {
    tried,
    ownIsAccepted: admits(own, call.origin),
    reflectsAnyone,
    accepted,
    echoesHeaders: linesOf(shape, ALLOW_HEADERS).some((line) => line.toLowerCase().includes(PROBE_HEADER)),
    echoesMethods: linesOf(shape, ALLOW_METHODS).some((line) => line.includes('CORSPROBE')),
  }
}

/**
 * Returns whether an origin is let in. That is so if it comes back, or if the trusted origin comes
 * back in its place.
 */
function isAccepted(answer: Observation, origin: string, own: string): boolean {
  const value = field(answer, ALLOW_ORIGIN)
  if (value === origin) return true
  return value === own && normalized(origin) === own
}

function normalized(origin: string): string {
  return URL.parse(origin)?.origin ?? origin.replaceAll('"', '')
}

function request(call: Call, origin: string): WireRequest {
  const own = call.headers.filter(([name]) => !name.toLowerCase().startsWith('content-'))
  return { method: 'GET', url: call.url.href, headers: [...own, [ORIGIN, origin]], body: null }
}

function preflight(call: Call): WireRequest {
  return {
    method: 'OPTIONS',
    url: call.url.href,
    headers: [
      [ORIGIN, call.origin],
      [REQUEST_METHOD, 'CORSPROBE'],
      [REQUEST_HEADERS, PROBE_HEADER],
    ],
    body: null,
  }
}
