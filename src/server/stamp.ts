import { ALLOW_ORIGIN, VARY } from '../spec/fields.ts'
import * as READ from '../spec/read.ts'
import type { Tables } from './tables.ts'
import type { HeaderEntry } from './types.ts'
import { listsName } from './vary.ts'

/**
 * What the engine needs to know of a response before it writes. Each look at a header costs time,
 * so each one is taken once.
 */
export interface Reading {
  vary: string | null
  typed: boolean
  /**
   * The names of the headers to remove, in lower case; null if they were not listed.
   */
  readonly listed: string[] | null
}

/**
 * Reads a response. For one that will be shared, three look-ups are enough, however many headers
 * there are.
 *
 * A refused origin's response loses every `Access-Control-*` header, also unknown ones, and
 * `Timing-Allow-Origin`. If the handler set `Access-Control-Allow-Origin`, a shared response loses
 * its other CORS headers too. One walk over the headers costs less than a look-up for each name.
 */
export function readResponse(headers: Headers, isRefused: boolean): Reading {
  if (!isRefused && !headers.has(READ.allowOrigin))
    return { vary: headers.get(READ.vary), typed: headers.has(READ.contentType), listed: null }
  const listed: string[] = []
  const reading: Reading = { vary: null, typed: false, listed }
  // Frameworks bring Headers classes of their own: some pass no `this`, some keep the case of
  // names.
  headers.forEach((value, spelled) => {
    const name = spelled.toLowerCase()
    if (name === READ.contentType) reading.typed = true
    else if (name === READ.vary) reading.vary = value
    else if (name.startsWith(READ.prefix) || (isRefused && name === READ.timing)) listed.push(name)
  })
  return reading
}

/**
 * Writes the header set of an actual (not preflight) response over the CORS headers that it has.
 *
 * For the policy `{ origins: ['https://a.example'], credentials: true }` a shared response gets
 * `Access-Control-Allow-Origin`, `Access-Control-Allow-Credentials` and `Vary: Origin`. It loses
 * the `Access-Control-Expose-Headers` of its handler, because the policy exposes nothing. A refused
 * origin gets `Vary: Origin` alone.
 *
 * @param allowOrigin a text for a shared response, null for a refused origin and for a preflight,
 *   undefined for a request without `Origin`
 */
export function stamp(
  { vary, shared, widening, parts }: Tables,
  headers: Headers,
  allowOrigin: string | null | undefined,
  status: number,
  { vary: existing, listed }: Reading,
): void {
  // A cache may store the answer to a request without `Origin`, and give it to a page of another
  // origin. So the handler's CORS headers are removed there too.
  for (const name of listed ?? (allowOrigin ? widening : [])) headers.delete(name)
  if (allowOrigin) {
    headers.set(ALLOW_ORIGIN, allowOrigin)
    setLines(headers, shared)
  }
  for (const part of parts) part.write(headers, allowOrigin, status)
  if (vary === null) return
  if (!existing) headers.set(VARY, vary)
  else if (!listsName(existing, READ.origin)) headers.set(VARY, `${existing}, ${vary}`)
}

/** Sets header lines. */
export function setLines(headers: Headers, entries: readonly HeaderEntry[]): void {
  for (const [name, value] of entries) headers.set(name, value)
}
