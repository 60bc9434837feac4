import type { CorsPolicy } from './types.ts'

/** A list that is longer is frozen when it is first looked at. */
const LONG = 1_000

/**
 * Shows a policy that was taken, frozen with all its lists.
 *
 * A long list waits until somebody looks at it, which hardly anybody does: to freeze 100,000 entries takes JavaScriptCore several times
 * as long as to check and compile them, and makes the list slow to read. Others are plain properties, as a log shows them best.
 */
export function showPolicy<P extends CorsPolicy>(policy: P): P {
  const view = Object.create(null)
  for (const [key, value] of Object.entries(policy)) {
    let isFrozen = !Array.isArray(value)
    const get = (): unknown => {
      if (!isFrozen) Object.freeze(value)
      isFrozen = true
      return value
    }
    const isLong = Array.isArray(value) && value.length > LONG
    Object.defineProperty(view, key, { enumerable: true, ...(isLong ? { get } : { value: get() }) })
  }
  return Object.freeze(view)
}
