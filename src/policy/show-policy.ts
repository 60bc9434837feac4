import type { CorsPolicy } from './types.ts'

/**
 * Shows a policy that was taken, frozen with all its lists.
 *
 * A list is frozen when it is first looked at, which hardly anybody does: to freeze 100,000 entries takes JavaScriptCore several times
 * as long as to check and compile them, and makes the list slow to read.
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
    Object.defineProperty(view, key, { enumerable: true, get })
  }
  return Object.freeze(view)
}
