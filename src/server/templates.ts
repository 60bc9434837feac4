import { ALLOW_ORIGIN } from '../spec/fields.ts'

/** How many origins have an answer of their own kept ready: more than one deployment's front ends, and a few kilobytes. */
const MAX_KEPT = 64

/** Hands out answers to preflights. Each is a clone: it skips what building a Response costs, and is the caller's own. */
export interface Templates {
  /** The answer that names no origin, or every one. */
  common(): Response
  /** The answer to one origin, which was found to be allowed. */
  to(origin: string): Response
}

/**
 * Keeps the answers to the origins that ask most, so that these cost a clone and no write.
 *
 * An origin is admitted when it asks twice in a row. Front ends do, all the time; ten thousand tenants in turn hardly ever do, and
 * so do not push one another out. Under a pattern anyone who may register a name can fill the store, and gains nothing by it.
 */
export function createTemplates(common: Response): Templates {
  const kept = new Map<string, Response>()
  let last: string | null = null

  return {
    common: () => common.clone(),
    to(origin) {
      const known = kept.get(origin)
      if (known !== undefined) return known.clone()
      const made = common.clone()
      made.headers.set(ALLOW_ORIGIN, origin)
      if (origin !== last) {
        last = origin
        return made
      }
      if (kept.size === MAX_KEPT) kept.clear()
      kept.set(origin, made)
      return made.clone()
    },
  }
}
