import { isSafelistedMethod } from '../spec/methods.ts'
import { isNonWildcardRequestHeaderName } from '../spec/names.ts'
import type { CacheMode } from './fetch-types.ts'
import { type MaxAgeRules, maxAge } from './max-age.ts'
import { OPAQUE } from './origin.ts'
import type { Permission, PreflightedRequest } from './preflight-check.ts'
import type { WireResponse } from './wire.ts'

/** How a browser remembers preflights. */
export interface CacheRules extends MaxAgeRules {
  /**
   * What is stored: `'entry'` methods and header names one by one, as in the standard; `'token'` the same, but a URL must be known
   * at all before anything is allowed; `'answer'` the last whole answer for a URL.
   */
  readonly cacheUnit: 'entry' | 'token' | 'answer'
  /** Whether a stored `*` covers `Authorization`. */
  readonly storedWildcardCoversAuthorization: boolean
  /** When a stored `*` stands for every method or name: always, for a request or an entry without credentials, or never. */
  readonly cachedStar: 'always' | 'request-without-credentials' | 'entry-without-credentials' | 'never'
  /** The cache modes whose requests do not look into this cache. A conditional header makes the mode "no-store". */
  readonly cacheModesPastPreflights: readonly CacheMode[]
  /** The cache modes whose preflights are not stored. A conditional header does not count. */
  readonly cacheModesNotStored: readonly CacheMode[]
  /** The methods that need no stored entry. */
  readonly cacheExemptMethods: readonly string[]
  /** Whether an answer to a request with credentials also serves one without. */
  readonly sharesCredentialedEntries: boolean
  /** How many URLs are remembered. */
  readonly cacheSize: number
  /** Whether an answer that refuses what was asked is remembered for what else it allows. */
  readonly cachesRefusals: boolean
  /** Whether a stored answer that does not allow a request is dropped. */
  readonly forgetsOnMismatch: boolean
  /** Which failed requests make the preflight forgotten: those that needed one; any, but for the redirect mode "error"; or none. */
  readonly forgetsOnFailure: 'preflighted' | 'any' | 'never'
  /** Whether preflights of opaque origins are remembered: all, those of the page's own origin, or none. */
  readonly cachesOpaqueOrigins: 'all' | 'own' | 'none'
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

function skips(request: PreflightedRequest, rules: CacheRules): boolean {
  const mode = request.cache === 'default' && request.isConditional ? 'no-store' : request.cache
  return rules.cacheModesPastPreflights.includes(mode)
}

function isRemembered(request: PreflightedRequest, rules: CacheRules): boolean {
  if (rules.cacheModesNotStored.includes(request.cache)) return false
  if (request.origin !== OPAQUE || rules.cachesOpaqueOrigins === 'all') return true
  return rules.cachesOpaqueOrigins === 'own' && !request.isTainted
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
  const isStar = (value: string | null, entry: Entry, request: PreflightedRequest): boolean => {
    if (value !== '*' || rules.cachedStar === 'never') return false
    if (rules.cachedStar === 'request-without-credentials') return request.credentials !== 'include'
    return rules.cachedStar === 'always' || !entry.credentials
  }

  return {
    allows(request, url) {
      if (skips(request, rules)) return false
      const all = stored.get(key(request, url)) ?? []
      const entries = all.filter((entry) => matches(entry, request))
      // https://fetch.spec.whatwg.org/#concept-cache-match-method
      const hasMethod = entries.some(
        (entry) => entry.method !== null && (entry.method === request.method || isStar(entry.method, entry, request)),
      )
      const needsMethod = !rules.cacheExemptMethods.includes(request.method) || request.useCorsPreflight
      // https://fetch.spec.whatwg.org/#concept-cache-match-header
      const hasNames = request.unsafeNames.every((name) =>
        entries.some(
          ({ headerName, ...entry }) =>
            headerName?.toLowerCase() === name ||
            (isStar(headerName, { headerName, ...entry }, request) &&
              (rules.storedWildcardCoversAuthorization || !isNonWildcardRequestHeaderName(name))),
        ),
      )
      if (rules.cacheUnit === 'answer') {
        const isKnown = entries.length > 0
        const allowed = isKnown && (hasMethod || isSafelistedMethod(request.method)) && hasNames
        if (!allowed && rules.forgetsOnMismatch) stored.delete(key(request, url))
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
      if (seconds <= 0 || !isRemembered(request, rules)) return
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
      if (rules.forgetsOnFailure !== 'never') stored.delete(key(request, url))
    },
  }
}
