/**
 * The Fetch API's own types, for runtimes whose globals leave some of them out: what is published here compiles under the types
 * of browsers, Node, Workers, Deno and Bun alike.
 *
 * @see https://fetch.spec.whatwg.org/#requestinit
 */

export type BodyOf = ConstructorParameters<typeof Response>[0]
export type HeadersOf = ConstructorParameters<typeof Headers>[0]
export type CacheMode = 'default' | 'force-cache' | 'no-cache' | 'no-store' | 'only-if-cached' | 'reload'
export type CredentialsMode = 'include' | 'omit' | 'same-origin'
export type FetchMode = 'cors' | 'navigate' | 'no-cors' | 'same-origin'
export type RedirectMode = 'error' | 'follow' | 'manual'
export type Referrer =
  | ''
  | 'no-referrer'
  | 'no-referrer-when-downgrade'
  | 'origin'
  | 'origin-when-cross-origin'
  | 'same-origin'
  | 'strict-origin'
  | 'strict-origin-when-cross-origin'
  | 'unsafe-url'
