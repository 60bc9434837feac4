import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../spec/methods.ts'
import { isForbiddenRequestHeader } from '../spec/names.ts'
import { type NameAndValue, unsafeRequestHeaderNames } from '../spec/safelist.ts'

/** A request that a page made or will make, as far as a policy has to permit it. */
export interface Sighting {
  readonly origin: string
  /** The method that needs permission; null for GET, HEAD and POST, and where it is not known. */
  readonly method: string | null
  /** The names that need permission, in lower case. */
  readonly names: readonly string[]
  readonly credentials: boolean
  /** Response headers that the page must read, in lower case. */
  readonly exposed: readonly string[]
  /** Where it was seen: a request on one line. */
  readonly place: string
  /**
   * How often it was seen.
   *
   * @default 1
   */
  readonly times?: number
}

/** What is known of a request before it becomes a sighting. */
export interface SeenRequest {
  readonly origin: string
  readonly method?: string | null | undefined
  /** The headers that the page set. */
  readonly headers?: readonly NameAndValue[]
  /** Names that are known to need permission, such as those that a preflight asked for. */
  readonly names?: readonly string[]
  readonly credentials?: boolean
  readonly exposed?: readonly string[]
  readonly place: string
}

/** Keeps of a request what needs permission. Methods and names that no page can use are left out. */
export function sightingOf({
  origin,
  method,
  headers = [],
  names = [],
  credentials = false,
  exposed = [],
  place,
}: SeenRequest): Sighting {
  const asked = method === undefined || method === null ? null : normalizeMethod(method)
  const own = headers.filter(([name]) => !isForbiddenRequestHeader(name))
  const unsafe = [...unsafeRequestHeaderNames(own), ...names.map((name) => name.toLowerCase())]
  return {
    origin,
    method: asked === null || isSafelistedMethod(asked) || isForbiddenMethod(asked) ? null : asked,
    names: [...new Set(unsafe)].filter((name) => !isForbiddenRequestHeader(name)),
    credentials,
    exposed: [...new Set(exposed.map((name) => name.toLowerCase()))],
    place,
  }
}
