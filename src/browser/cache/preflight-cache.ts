import { MAX_AGE } from '../../spec/fields.ts'
import { isDigits } from '../../spec/safelist.ts'
import { OPAQUE } from '../algorithms/origin.ts'
import { readField } from '../algorithms/response-fields.ts'
import type { BrowserRules } from '../rules.ts'
import type { HeaderLine, WireResponse } from '../wire.ts'
import { type Entry, isAllowedBy, type PreflightedRequest } from './matching.ts'

/** What a preflight allows. */
export interface Permission {
  readonly methods: readonly string[]
  readonly headerNames: readonly string[]
  /** Whether `Authorization` was let through by `*`, against the standard. */
  readonly authorizationByWildcard: boolean
}

/** The CORS-preflight cache of one browser. */
export interface PreflightCache {
  /**
   * Tells whether a request can be sent without a preflight. {@link isAllowedBy} explains how, with
   * an example.
   */
  allows(request: PreflightedRequest, url: string): boolean
  /** Stores what a preflight allowed. */
  store(request: PreflightedRequest, url: string, permission: Permission, response: WireResponse): void
  /** Drops the entries of an origin and a URL. */
  clear(request: PreflightedRequest, url: string): void
}

/**
 * Creates a CORS-preflight cache.
 *
 * @param rules the rules of the browser
 * @param now the clock, in milliseconds
 * @see https://fetch.spec.whatwg.org/#cors-preflight-cache
 */
export function createPreflightCache(rules: BrowserRules, now: () => number): PreflightCache {
  const stored = new Map<string, Entry[]>()
  const key = (request: PreflightedRequest, url: string): string => `${request.origin} ${url}`

  return {
    allows(request, url) {
      if (skipsCache(request, rules)) return false
      const id = key(request, url)
      const isAllowed = isAllowedBy(stored.get(id) ?? [], request, rules, now())
      if (!isAllowed && rules.forgetsOnMismatch) stored.delete(id)
      return isAllowed
    },

    store(request, url, permission, response) {
      // 7.8–7.10. max-age: `Access-Control-Max-Age`, 5 when it cannot be read, at most what the
      // user agent allows.
      const seconds = maxAge(response.headers, rules)
      if (seconds <= 0 || !isStorable(request, rules)) return
      const id = key(request, url)
      const expires = now() + seconds * 1000
      const kept = rules.cacheUnit === 'answer' ? [] : (stored.get(id) ?? [])
      // 7.12–7.15. An entry that matches gets the new max-age; otherwise one is created.
      for (const entry of entriesOf(permission, request.credentials === 'include', expires, rules)) {
        const known = kept.find((old) => isSameEntry(old, entry))
        if (known === undefined) kept.push(entry)
        else known.expires = expires
      }
      // Deleting first moves the URL to the end, so the oldest answer is the first to go.
      stored.delete(id)
      stored.set(id, kept)
      for (const oldest of stored.keys()) {
        if (stored.size <= rules.cacheSize) break
        stored.delete(oldest)
      }
    },

    clear(request, url) {
      // https://fetch.spec.whatwg.org/#concept-cache-clear
      if (rules.forgetsOnFailure !== 'never') stored.delete(key(request, url))
    },
  }
}

function entriesOf(permission: Permission, credentials: boolean, expires: number, rules: BrowserRules): Entry[] {
  return [
    // A URL whose answer names nothing must be known all the same, where only known URLs are
    // allowed anything.
    ...(rules.cacheUnit === 'entry' ? [] : [{ method: 'GET', headerName: null, credentials, expires }]),
    ...permission.methods.map((method) => ({ method, headerName: null, credentials, expires })),
    ...permission.headerNames.map((headerName) => ({ method: null, headerName, credentials, expires })),
  ]
}

function isSameEntry(a: Entry, b: Entry): boolean {
  return a.method === b.method && a.headerName === b.headerName && a.credentials === b.credentials
}

/** Tells whether the cache mode of a request keeps it from looking into this cache. */
function skipsCache(request: PreflightedRequest, rules: BrowserRules): boolean {
  const mode = request.cache === 'default' && request.isConditional ? 'no-store' : request.cache
  return rules.cacheModesPastPreflights.includes(mode)
}

function isStorable(request: PreflightedRequest, rules: BrowserRules): boolean {
  if (rules.cacheModesNotStored.includes(request.cache)) return false
  if (request.origin !== OPAQUE || rules.cachesOpaqueOrigins === 'all') return true
  return rules.cachesOpaqueOrigins === 'own' && !request.isTainted
}

/** The seconds that count when the field is absent or cannot be read. */
const DEFAULT_SECONDS = 5

/**
 * Reads for how many seconds a preflight is remembered.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch steps 7.8 to 7.10
 */
export function maxAge(headers: readonly HeaderLine[], rules: BrowserRules): number {
  const value = readField(headers, MAX_AGE, rules) ?? ''
  // 7.9. If max-age is failure or null, then set max-age to 5.
  if (value === '') return DEFAULT_SECONDS
  const sign = rules.maxAgeSigned && (value.startsWith('+') || value.startsWith('-')) ? value.charAt(0) : ''
  const digits = value.slice(sign.length)
  if (!isDigits(digits)) return rules.maxAgeSyntax === 'never' ? 0 : DEFAULT_SECONDS
  const seconds = Number(digits)
  if (rules.maxAgeOverflows && isBeyondInt64(digits)) return DEFAULT_SECONDS
  // 7.10. If max-age is greater than an imposed limit on max-age, then set max-age to the imposed
  //       limit.
  return sign === '-' ? 0 : Math.min(seconds, rules.maxAgeCap)
}

/** Compares digits with 2⁶³ − 1 without making a number of them: there may be thousands. */
function isBeyondInt64(digits: string): boolean {
  let start = 0
  while (digits.charCodeAt(start) === 0x30) start++
  const significant = digits.slice(start)
  return significant.length > 19 || (significant.length === 19 && significant > '9223372036854775807')
}
