/**
 * Makes a clock that goes on where the given one is set back. Otherwise a policy would be kept for
 * longer than its time to live, by as much as the clock was set back.
 *
 * It begins at 0. Engines keep small whole numbers in an object, and larger ones beside it: with
 * thousands of tenants that is one more look into memory per request.
 */
export function createSteadyClock(now: () => number): () => number {
  let latest = 0
  let shift = -now()
  return () => {
    const time = now() + shift
    if (time < latest) shift += latest - time
    // Most requests come within a millisecond of another one, and a write costs more than a look.
    else if (time > latest) latest = time
    return latest
  }
}
