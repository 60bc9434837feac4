import { LONG_LIST } from './limits.ts'
import type { CorsPolicy } from './types.ts'

/**
 * Returns a frozen view of a checked policy and its lists.
 *
 * A long list is frozen only when it is read, which is rare. To freeze 100,000 entries takes
 * JavaScriptCore several times as long as to check and compile them, and makes the list slow to
 * read. Other options are data properties, because a log prints those best.
 */
export function freezePolicy<P extends CorsPolicy>(policy: P): P {
  // `Object.create(null)` would make a hash table, which is larger, slower to read, and its own class.
  const view: P = Object.setPrototypeOf({}, null)
  for (const [key, value] of Object.entries(policy)) {
    let isFrozen = !Array.isArray(value)
    const get = (): unknown => {
      if (!isFrozen) Object.freeze(value)
      isFrozen = true
      return value
    }
    const isLong = Array.isArray(value) && value.length > LONG_LIST
    Object.defineProperty(view, key, { enumerable: true, ...(isLong ? { get } : { value: get() }) })
  }
  return Object.freeze(view)
}
