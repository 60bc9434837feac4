/**
 * Adds a suggestion to an error: ` (did you mean check?)`.
 *
 * @param word What the user wrote.
 * @param known The words that would have been right.
 * @returns An empty text where no word is close enough.
 */
export function didYouMean(word: string, known: readonly string[]): string {
  // A long text is not a slip of the keyboard, and the distance would take long to compute.
  if (word.length > 40) return ''
  const lower = word.toLowerCase()
  const [best] = known
    .map((each) => ({ each, distance: editDistance(lower, each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(1, Math.floor(Math.min(lower.length, each.length) / 3)))
    .sort((a, b) => a.distance - b.distance)
  return best === undefined ? '' : ` (did you mean ${best.each}?)`
}

/**
 * Counts the letters to insert, remove, replace or swap with their neighbor. `chekc` is one swap
 * from `check`, and `orign` one letter from `origin`.
 */
function editDistance(a: string, b: string): number {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1)
      row.push(least)
    }
    ;[beforeLast, last] = [last, row]
  }
  return last[b.length] ?? 0
}
