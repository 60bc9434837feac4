/**
 * The words of `fetch()` as types. Runtimes' own types lack some of these names, and this package is checked with each of them.
 *
 * @see https://fetch.spec.whatwg.org/#requestinit
 */

export type RequestCredentials = 'omit' | 'same-origin' | 'include'
export type RequestCache = 'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache' | 'only-if-cached'
export type RequestRedirect = 'follow' | 'error' | 'manual'

/** @see https://w3c.github.io/webappsec-referrer-policy/#referrer-policies */
export type ReferrerPolicy =
  | ''
  | 'no-referrer'
  | 'no-referrer-when-downgrade'
  | 'same-origin'
  | 'origin'
  | 'strict-origin'
  | 'origin-when-cross-origin'
  | 'strict-origin-when-cross-origin'
  | 'unsafe-url'

export type BodyInit = NonNullable<ConstructorParameters<typeof Response>[0]>
export type HeadersInit = NonNullable<ConstructorParameters<typeof Headers>[0]>
