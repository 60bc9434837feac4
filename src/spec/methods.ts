import { isWordOf } from './words.ts'

/** @see https://fetch.spec.whatwg.org/#concept-method */

/**
 * Tells whether a method needs no permission. Methods are case-sensitive.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-method
 */
export function isSafelistedMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST'
}

/**
 * Tells whether `fetch()` refuses a method before it sends anything.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-method
 */
export function isForbiddenMethod(method: string): boolean {
  const upper = method.toUpperCase()
  return upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK'
}

/**
 * Upper-cases the six methods that the standard normalizes, and no other: `patch` stays `patch`.
 *
 * @see https://fetch.spec.whatwg.org/#concept-method-normalize
 */
export function normalizeMethod(method: string): string {
  const upper = method.toUpperCase()
  return isWordOf('DELETE GET HEAD OPTIONS POST PUT', upper) ? upper : method
}
