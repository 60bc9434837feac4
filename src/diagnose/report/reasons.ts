import { isSafelistedMethod } from '../../spec/methods.ts'
import { splitList } from '../../spec/tokens.ts'
import type { Diagnosis } from '../diagnosis.ts'

/**
 * Lists why a browser sends a preflight.
 *
 * @param diagnosis The diagnosis.
 * @returns The reasons; empty without a preflight.
 *
 * @example
 * ```ts
 * import { diagnose, preflightReasons } from 'corsmith/diagnose'
 *
 * const diagnosis = await diagnose('https://api.example.com/', {
 *   origin: 'https://app.example.com',
 *   method: 'PUT',
 * })
 * preflightReasons(diagnosis) // ['method PUT']
 * ```
 */
export function preflightReasons({ call, observations }: Diagnosis): readonly string[] {
  const preflight = observations.find(({ purpose }) => purpose === 'preflight')
  if (preflight === undefined) return []
  const asked = preflight.request.headers.find(([name]) => name === 'Access-Control-Request-Headers')?.[1] ?? ''
  const reasons: string[] = []
  if (!isSafelistedMethod(call.method)) reasons.push(`method ${call.method}`)
  const names = splitList(asked).map((name) =>
    name === 'content-type' ? `content-type: ${contentType(call.headers)}` : name,
  )
  if (names.length > 0) reasons.push(`${names.length === 1 ? 'header' : 'headers'} ${names.join(', ')}`)
  if (call.uploadListener) reasons.push('a listener on the upload')
  return reasons.length > 0 ? reasons : ['a redirect']
}

function contentType(headers: Diagnosis['call']['headers']): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
}

/** Causes that no request can find. Reports list them. */
export const NOT_VISIBLE: readonly string[] = [
  'browser extensions and ad blockers (net::ERR_BLOCKED_BY_CLIENT)',
  "a service worker of the page, which may answer in the server's place",
  "the page's Content-Security-Policy (connect-src)",
  'permissions, such as that for the local network',
  "the browser's own caches: the HTTP cache, and preflights remembered from an older policy",
]
