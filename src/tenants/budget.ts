/** A limited number of look-ups per minute. */
export interface Budget {
  /** Takes one; false where none is left. */
  take(): boolean
  /** Gives one back: the look-up was no waste. */
  giveBack(): void
}

const MINUTE = 60_000

/**
 * Makes a budget that fills up steadily. Without one, a client that makes up names spends reads of
 * the store, and stores bill a read that finds nothing.
 */
export function createBudget(perMinute: number, now: () => number): Budget {
  let left = perMinute
  let filledAt = now()
  return {
    take() {
      const time = now()
      left = Math.min(perMinute, left + ((time - filledAt) * perMinute) / MINUTE)
      filledAt = time
      if (left < 1) return false
      left -= 1
      return true
    },
    giveBack() {
      left = Math.min(perMinute, left + 1)
    },
  }
}
