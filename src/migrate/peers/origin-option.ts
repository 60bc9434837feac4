/** What a function for `origin` gave: an error, which the framework answers with 500. */
export const FAILED: unique symbol = Symbol('failed')

/**
 * Asks an option that may be a function, as the `cors` package and its descendants do: with the
 * origin and a callback. A function that answers later counts as none.
 *
 * @returns what the option stands for; {@link FAILED} where a function gave an error
 */
export function chosenBy(option: unknown, origin: string | undefined): unknown {
  if (typeof option !== 'function') return option
  let chosen: unknown
  try {
    option(origin, (error: unknown, given: unknown) => {
      chosen = error ? FAILED : given
    })
  } catch {
    return FAILED
  }
  return chosen
}

/**
 * Compares an origin with an option as the `cors` package does: lists entry by entry, texts as
 * they are, expressions by a test, and everything else by whether it is true.
 */
export function matchesAny(allowed: unknown, origin: string | undefined): boolean {
  if (Array.isArray(allowed)) return allowed.some((entry) => matchesAny(entry, origin))
  if (typeof allowed === 'string') return origin === allowed
  // A test of `undefined` reads it as a text, in the package too. A sticky or global expression
  // would remember where it stopped.
  if (allowed instanceof RegExp)
    return new RegExp(allowed.source, allowed.flags.replace(/[gy]/g, '')).test(String(origin))
  return Boolean(allowed)
}
