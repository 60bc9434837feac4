/** A function for `origin` that allows what a list holds. It was recognized, and is not the user's own. */
export interface ListingFunction {
  (origin: string | undefined, callback: (error: unknown, allowed?: unknown) => void): void
  readonly lists: readonly (string | RegExp)[]
  /** Whether it gives an error for another origin, so that the handler does not run. */
  readonly fails: boolean
}

/**
 * Makes the function that a source file spells out.
 *
 * @param lists what is allowed
 * @param allowsNone whether a request without `Origin` is allowed
 * @param fails whether another origin is an error, and not only refused
 */
export function listingFunction(
  lists: readonly (string | RegExp)[],
  allowsNone: boolean,
  fails: boolean,
): ListingFunction {
  const decide = (origin: string | undefined, callback: (error: unknown, allowed?: unknown) => void): void => {
    if (origin === undefined ? allowsNone : lists.includes(origin)) callback(null, true)
    else if (fails) callback(new Error('not allowed'))
    else callback(null, false)
  }
  return Object.assign(decide, { lists, fails })
}

/** Tells whether a value is such a function. */
export function isListing(value: unknown): value is ListingFunction {
  return typeof value === 'function' && 'lists' in value
}
