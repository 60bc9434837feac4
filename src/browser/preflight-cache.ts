import { isSafelistedMethod } from '../spec/methods.ts'
import { isNonWildcardRequestHeaderName } from '../spec/names.ts'
import { type MaxAgeRules, maxAge } from './max-age.ts'
import type { Permission, PreflightedRequest } from './preflight-check.ts'
import type { WireResponse } from './wire.ts'

/** How an engine remembers preflights. */
export interface CacheRules extends MaxAgeRules {
  /**
   * What is stored: `'entry'` methods and header names one by one, as in the standard; `'token'` the same, but a URL must be known
   * at all before anything is allowed; `'answer'` the last whole answer for a URL.
   */
  readonly cacheUnit: 'entry' | 'token' | 'answer'
  /** Whether a stored `*` covers `Authorization`. */
  readonly wildcardCoversAuthorization: boolean
  /** Whether a stored `*` is worth anything. */
  readonly cachesWildcard: boolean
  /** The methods that need no stored entry. */
  readonly cacheExemptMethods: readonly string[]
  /** Whether an answer to a request with credentials also serves one without. */
  readonly sharesCredentialedEntries: boolean
  /** How many URLs are remembered. */
  readonly cacheSize: number
  /** Answers for longer URLs are not remembered. */
  readonly cacheUrlLimit: number
  /** Whether a preflight that is refused is remembered all the same. */
  readonly cachesRefusals: boolean
}

/** One permission that a preflight gave. @see https://fetch.spec.whatwg.org/#cache-entry */
interface Entry {
  readonly method: string | null
  readonly headerName: string | null
  readonly credentials: boolean
  expires: number
}

/** The CORS-preflight cache of one browser. */
export interface PreflightCache {
  /** Tells whether a request can be sent without a preflight. */
  allows(request: PreflightedRequest, url: string): boolean
  /** Remembers what a preflight allowed. */
  store(request: PreflightedRequest, url: string, permission: Permission, response: WireResponse): void
  /** Forgets what is known about an origin and a URL. */
  clear(request: PreflightedRequest, url: string): void
}

/**
 * Creates a CORS-preflight cache.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-cache
 */
export function createPreflightCache(rules: CacheRules, now: () => number): PreflightCache {
  const stored = new Map<string, Entry[]>()
  const key = (request: PreflightedRequest, url: string): string => `${request.origin} ${url}`

  const matches = (entry: Entry, request: PreflightedRequest): boolean => {
    // "… and one of entry's credentials is true, or entry's credentials is false and request's credentials mode is not include"
    const includes = request.credentials === 'include'
    const fits = rules.sharesCredentialedEntries ? entry.credentials || !includes : entry.credentials === includes
    return fits && entry.expires > now()
  }
  const isStar = (value: string | null, entry: Entry): boolean =>
    value === '*' && rules.cachesWildcard && (rules.cacheUnit !== 'answer' || !entry.credentials)

  return {
    allows(request, url) {
      const all = stored.get(key(request, url)) ?? []
      const entries = all.filter((entry) => matches(entry, request))
      // https://fetch.spec.whatwg.org/#concept-cache-match-method
      const hasMethod = entries.some(
        (entry) => entry.method !== null && (entry.method === request.method || isStar(entry.method, entry)),
      )
      const needsMethod = !rules.cacheExemptMethods.includes(request.method) || request.useCorsPreflight
      // https://fetch.spec.whatwg.org/#concept-cache-match-header
      const hasNames = request.unsafeNames.every((name) =>
        entries.some(
          ({ headerName, ...entry }) =>
            headerName?.toLowerCase() === name ||
            (isStar(headerName, { headerName, ...entry }) &&
              (rules.wildcardCoversAuthorization || !isNonWildcardRequestHeaderName(name))),
        ),
      )
      if (rules.cacheUnit === 'answer') {
        const isKnown = entries.length > 0
        const allowed = isKnown && (hasMethod || isSafelistedMethod(request.method)) && hasNames
        if (!allowed) stored.delete(key(request, url))
        return allowed
      }
      if (rules.cacheUnit === 'token') {
        if (!all.some((entry) => entry.credentials === (request.credentials === 'include'))) return false
        return (hasMethod || rules.cacheExemptMethods.includes(request.method)) && hasNames
      }
      return (hasMethod || !needsMethod) && hasNames
    },

    store(request, url, permission, response) {
      // 7.8–7.10. max-age: `Access-Control-Max-Age`, 5 when it cannot be read, at most what the user agent allows.
      const seconds = maxAge(response.headers, rules)
      if (seconds <= 0 || url.length >= rules.cacheUrlLimit) return
      const id = key(request, url)
      const credentials = request.credentials === 'include'
      const expires = now() + seconds * 1000
      const kept = rules.cacheUnit === 'answer' ? [] : (stored.get(id) ?? [])
      const fresh: Entry[] = [
        // An answer that names nothing is an answer too.
        ...(rules.cacheUnit !== 'entry' ? [{ method: 'GET', headerName: null, credentials, expires }] : []),
        ...permission.methods.map((method) => ({ method, headerName: null, credentials, expires })),
        ...permission.headerNames.map((headerName) => ({ method: null, headerName, credentials, expires })),
      ]
      // 7.12–7.15. An entry that matches gets the new max-age; otherwise one is created.
      for (const entry of fresh) {
        const known = kept.find(
          (old) =>
            old.method === entry.method && old.headerName === entry.headerName && old.credentials === entry.credentials,
        )
        if (known === undefined) kept.push(entry)
        else known.expires = expires
      }
      stored.delete(id)
      stored.set(id, kept)
      while (stored.size > rules.cacheSize) stored.delete(stored.keys().next().value as string)
    },

    clear(request, url) {
      // https://fetch.spec.whatwg.org/#concept-cache-clear
      stored.delete(key(request, url))
    },
  }
}
