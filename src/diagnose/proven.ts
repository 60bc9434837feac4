/** What the answers prove together. A finding that contradicts one of these proofs is left out. */
import { ORIGIN } from '../spec/fields.ts'
import { admits, type Evidence, field, hasAllowOrigin, speaksCors, statusOf } from './evidence.ts'
import type { Observation } from './recorder.ts'

/** Returns whether something took the connection of a preflight and never answered. */
export function isSilent(broken: Observation | null): boolean {
  const kind = broken?.trouble?.kind
  return broken?.purpose === 'preflight' && (kind === 'timeout' || kind === 'reset')
}

/**
 * Returns whether any answer has a CORS header. If so, the server does not lack CORS altogether.
 */
export function everSpoke({ observations }: Evidence): boolean {
  return observations.some(
    (each) =>
      speaksCors(each) ||
      field(each, 'X-Rack-CORS') !== null ||
      each.response?.headers.some(([name]) => /^access-control-/i.test(name)) === true,
  )
}

/** Returns whether any answer admits the page. If so, the server knows its origin. */
export function knowsPage({ observations, call }: Evidence): boolean {
  return observations.some((each) => originOf(each) === call.origin && admits(each, call.origin))
}

/**
 * Returns whether requests with any `Origin` are refused with one status, and the same request
 * without `Origin` is not. Then a policy compares origins, and no guard, route or error is at work.
 */
export function refusesOrigins({ probes, observations, call }: Evidence): boolean {
  const ofPage = observations.filter(
    (each) => originOf(each) === call.origin && each.request.url === probes.noOrigin?.request.url,
  )
  const status = statusOf(probes.foreign)
  // Without a success to compare with, only the statuses of policies count, because the route may
  // not support GET.
  const isApart = isSuccess(probes.noOrigin) || (statusOf(probes.noOrigin) > 0 && [400, 403].includes(status))
  return (
    isApart &&
    status !== statusOf(probes.noOrigin) &&
    status !== 429 &&
    isRefusal(probes.foreign) &&
    ofPage.every((each) => each.response === null || each.purpose === 'authorized-preflight' || isRefusal(each)) &&
    ofPage.some((each) => statusOf(each) === status)
  )
}

/**
 * Returns whether even a request without `Origin` is refused for missing credentials. Then a guard
 * is at work, not a list of origins.
 */
export function isGuarded({ probes }: Evidence): boolean {
  return [401, 403].includes(statusOf(probes.noOrigin))
}

/** Returns whether an answer is a success or a redirect. */
export function isSuccess(observation: Observation | null): boolean {
  return statusOf(observation) >= 200 && statusOf(observation) < 400
}

function isRefusal(observation: Observation | null): boolean {
  return statusOf(observation) >= 400 && !hasAllowOrigin(observation)
}

function originOf({ request }: Observation): string | undefined {
  return request.headers.find(([name]) => name === ORIGIN)?.[1]
}
