import type { Evidence } from '../evidence.ts'
import { bodyHas } from '../evidence.ts'
import { knowsPage } from '../proven.ts'
import type { Observation } from '../recorder.ts'

/** What a CORS policy says it refused: a part of the request, or only that it refused. */
export type Refused = 'page' | 'method' | 'headers' | 'policy'

/**
 * The words with which CORS policies refuse, in the body or in the status line. Frameworks,
 * products and callbacks of tutorials share a few forms.
 */
const WORDS: readonly (readonly [Refused, RegExp])[] = [
  [
    'method',
    /\bcors\b.{0,60}\b(?:request )?method\b.{0,40}\bnot (?:allowed|permitted)|\bcors\b.{0,30}\binvalid method|disallowed cors method|requested method is not allowed/i,
  ],
  [
    'headers',
    /\bcors\b.{0,60}\bheaders?\b.{0,40}\bnot (?:allowed|permitted)|\bcors\b.{0,30}\binvalid headers?|disallowed cors headers|request headers are not allowed/i,
  ],
  [
    'page',
    /disallowed cors origin|\bcors\b.{0,30}\binvalid origin|not allowed by cors|cors policy for this site does not allow|blocked by cors|origin\b.{0,200}?\b(?:is )?not (?:allowed|permitted|whitelisted)/i,
  ],
  ['policy', /invalid cors request|\bcors (?:request )?(?:rejected|forbidden|denied)/i],
]

/**
 * Returns what the answer says that a CORS policy refused; null if it does not speak of CORS. A
 * policy that gives no reason means the origin, unless the server lets this page in elsewhere.
 */
export function refusedBy(at: Observation | null, evidence: Evidence): Exclude<Refused, 'policy'> | 'a part' | null {
  const phrase = at?.response?.statusText ?? ''
  const said = WORDS.find(([, pattern]) => pattern.test(phrase) || bodyHas(at, pattern))?.[0] ?? null
  if (said !== 'policy') return said
  return knowsPage(evidence) ? 'a part' : 'page'
}
