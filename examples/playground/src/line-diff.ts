/** What changed between two short texts, line by line. */

/** A line of a comparison. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Longer texts are shown whole, before and after: the table below grows with the square of their length. */
const LONGEST = 400

/** Compares two texts by their longest common subsequence of lines. A comma that was added at the end of a line is no change. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const old = before.split('\n')
  const now = after.split('\n')
  if (old.length > LONGEST || now.length > LONGEST)
    return [
      ...old.map((text): DiffLine => ({ kind: 'removed', text })),
      ...now.map((text): DiffLine => ({ kind: 'added', text })),
    ]
  const common = lengths(old, now)
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    const was = old[i]
    const is = now[j]
    if (was !== undefined && is !== undefined && isSame(was, is)) {
      lines.push({ kind: 'same', text: is })
      i++
      j++
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: was })
      i++
    } else if (is !== undefined) {
      lines.push({ kind: 'added', text: is })
      j++
    }
  }
  return lines
}

/** For each pair of places, how many lines the rests have in common. */
function lengths(old: readonly string[], now: readonly string[]): readonly number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const row = table[i] as number[]
      row[j] = isSame(old[i] ?? '', now[j] ?? '')
        ? (table[i + 1]?.[j + 1] ?? 0) + 1
        : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return table
}

function isSame(a: string, b: string): boolean {
  return a.replace(/,$/, '') === b.replace(/,$/, '')
}
