/** The lines of context around a change. */
const CONTEXT = 3

type Step = readonly [sign: ' ' | '-' | '+', line: string]

/**
 * Writes the difference of two texts as a unified diff, which `patch` applies.
 *
 * @param path The name of the file, in both headers.
 * @returns The diff; empty for equal texts.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return ''
  const steps = stepsOf(linesOf(before), linesOf(after))
  const changed = steps.flatMap(([sign], place) => (sign === ' ' ? [] : [place]))
  const hunks: [from: number, to: number][] = []
  for (const place of changed) {
    const last = hunks.at(-1)
    if (last !== undefined && place - CONTEXT <= last[1]) last[1] = place + CONTEXT + 1
    else hunks.push([Math.max(0, place - CONTEXT), place + CONTEXT + 1])
  }
  const name = (prefix: string) => `${prefix}/${path.replace(/^\.?\//, '')}`
  return [`--- ${name('a')}`, `+++ ${name('b')}`, ...hunks.map(([from, to]) => hunk(steps, from, to))].join('\n')
}

function hunk(steps: readonly Step[], from: number, to: number): string {
  const part = steps.slice(from, to)
  const count = (list: readonly Step[], sign: '-' | '+') => list.filter(([own]) => own === ' ' || own === sign).length
  const range = (sign: '-' | '+') => {
    const length = count(part, sign)
    // Of an empty range, the line before it is named.
    return `${count(steps.slice(0, from), sign) + (length === 0 ? 0 : 1)},${length}`
  }
  return [
    `@@ -${range('-')} +${range('+')} @@`,
    ...part.map(([sign, line]) =>
      line.endsWith('\n') ? `${sign}${line.slice(0, -1)}` : `${sign}${line}\n\\ No newline at end of file`,
    ),
  ].join('\n')
}

/** Splits a text into lines with their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** A limit on the table of the longest common subsequence. */
const MAX_CELLS = 4_000_000

function stepsOf(before: readonly string[], after: readonly string[]): readonly Step[] {
  let head = 0
  while (head < before.length && before[head] === after[head]) head++
  let tail = 0
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const same = (line: string): Step => [' ', line]
  return [
    ...before.slice(0, head).map(same),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ]
}

function middle(before: readonly string[], after: readonly string[]): readonly Step[] {
  const removed = before.map((line): Step => ['-', line])
  const added = after.map((line): Step => ['+', line])
  if (before.length * after.length > MAX_CELLS) return [...removed, ...added]
  const width = after.length + 1
  const longest = new Uint32Array((before.length + 1) * width)
  const cell = (i: number, j: number): number => longest[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      longest[i * width + j] =
        before[i] === after[j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1))
  const steps: Step[] = []
  let [i, j] = [0, 0]
  while (i < before.length && j < after.length) {
    const line = before[i] ?? ''
    if (line === after[j]) {
      steps.push([' ', line])
      i++
      j++
    } else if (cell(i + 1, j) >= cell(i, j + 1)) {
      steps.push(['-', line])
      i++
    } else {
      steps.push(['+', after[j] ?? ''])
      j++
    }
  }
  return [...steps, ...removed.slice(i), ...added.slice(j)]
}
