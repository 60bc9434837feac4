/** What the answers prove together. A finding that one of these contradicts is not printed. */
import { ORIGIN } from '../spec/fields.ts'
import { admits, type Evidence, field, isMarked, speaksCors, statusOf } from './evidence.ts'
import type { Observation } from './recorder.ts'

/** Tells whether a preflight was sent and nothing came back, although something took the connection. */
export function isSilent(broken: Observation | null): boolean {
  return broken?.purpose === 'preflight' && ['timeout', 'reset'].includes(broken.trouble?.kind ?? '')
}

/** Tells whether any answer speaks of CORS: then it is wrong that the server never does. */
export function everSpoke({ observations }: Evidence): boolean {
  return observations.some(
    (each) =>
      speaksCors(each) ||
      field(each, 'X-Rack-CORS') !== null ||
      each.response?.headers.some(([name]) => /^access-control-/i.test(name)) === true,
  )
}

/** Tells whether any answer to the page admits it: then its origin is known to the server. */
export function knowsPage({ observations, call }: Evidence): boolean {
  return observations.some((each) => originOf(each) === call.origin && admits(each, call.origin))
}

/**
 * Tells whether requests with an `Origin`, any at all, are refused with one status, and the same request without `Origin` is not:
 * a policy compares origins, and no guard, route or fault is at work.
 */
export function refusesOrigins({ probes, observations, call }: Evidence): boolean {
  const ofPage = observations.filter(
    (each) => originOf(each) === call.origin && each.request.url === probes.noOrigin?.request.url,
  )
  const status = statusOf(probes.foreign)
  // Without a success to compare with, only what policies answer counts: a route may know no GET.
  const isApart = isSuccess(probes.noOrigin) || (statusOf(probes.noOrigin) > 0 && [400, 403].includes(status))
  return (
    isApart &&
    status !== statusOf(probes.noOrigin) &&
    status !== 429 &&
    isRefusal(probes.foreign) &&
    ofPage.some(({ response }) => response !== null) &&
    ofPage.every((each) => each.response === null || each.purpose === 'authorized-preflight' || isRefusal(each)) &&
    ofPage.some((each) => statusOf(each) === status)
  )
}

/** Tells whether even a request without `Origin` is turned away for want of credentials: a guard is at work, and no list of origins. */
export function isGuarded({ probes }: Evidence): boolean {
  return [401, 403].includes(statusOf(probes.noOrigin))
}

/** Tells whether an answer is a success or a redirect. */
export function isSuccess(observation: Observation | null): boolean {
  return statusOf(observation) >= 200 && statusOf(observation) < 400
}

function isRefusal(observation: Observation | null): boolean {
  return statusOf(observation) >= 400 && !isMarked(observation)
}

function originOf({ request }: Observation): string | undefined {
  return request.headers.find(([name]) => name === ORIGIN)?.[1]
}
