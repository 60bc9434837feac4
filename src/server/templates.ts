import { ALLOW_ORIGIN } from '../spec/fields.ts'
import { MAX_KEPT } from './limits.ts'

/**
 * Gives the answer to the preflight of an origin that the caller has checked, or to any one with
 * `*`. Each one is a clone: that is faster than a new Response, and the caller may change it.
 */
export type Templates = (allowOrigin: string) => Response

/**
 * Keeps a finished answer for the origins that ask most often: for these a preflight costs one
 * clone.
 *
 * An origin is kept when it asks twice in a row. So of the requests A, A, B, C, A only the first
 * two matter: A is kept. A front end asks twice in a row all the time. Ten thousand tenants that
 * take turns hardly ever do, so they do not evict one another. A stranger with many names under an
 * allowed pattern can fill the store, and gains nothing: the policy is asked first, each time.
 */
export function createTemplates(common: Response): Templates {
  const kept = new Map<string, Response>()
  let last: string | undefined

  return (allowOrigin) => {
    const known = kept.get(allowOrigin)
    if (known !== undefined) return known.clone()
    const made = common.clone()
    made.headers.set(ALLOW_ORIGIN, allowOrigin)
    if (allowOrigin !== last) {
      last = allowOrigin
      return made
    }
    if (kept.size === MAX_KEPT) kept.clear()
    kept.set(allowOrigin, made)
    return made.clone()
  }
}
