/** A run as Markdown. */
import type { Timing } from './driver.ts'
import type { Verdict } from './goals.ts'
import { CONTROL } from './row.ts'
import type { Run } from './run.ts'

/** Writes the tables, each with the control of its own run, and the goals with what was reached. */
export function markdownOf({ date, versions, results }: Run, verdicts: readonly Verdict[]): string {
  const lines = [
    `Measured on ${date}: ${Object.entries(versions)
      .map(([name, version]) => `${name} (${version})`)
      .join(', ')}.`,
    '',
  ]
  for (const [suite, byRuntime] of Object.entries(results)) {
    const rows = [
      ...new Map(Object.values(byRuntime).flatMap((list) => list.map((row) => [row.id, row] as const))).values(),
    ]
    lines.push(`## ${suite}`, '')
    for (const { id, title, timings } of rows) {
      const names = Object.keys(timings).filter((name) => name !== CONTROL)
      lines.push(
        `**${title}**`,
        '',
        `| | ${names.join(' | ')} | control |`,
        `|---|${names.map(() => '---:|').join('')}---:|`,
      )
      for (const [runtime, list] of Object.entries(byRuntime)) {
        const row = list.find((other) => other.id === id)
        if (row === undefined) continue
        const cells = names.map((name, i) => cell(row.timings[name], i === 0))
        lines.push(`| ${runtime} | ${cells.join(' | ')} | ${percent(row.control)}${row.isNoisy ? ' noisy' : ''} |`)
      }
      lines.push('')
    }
  }
  lines.push('## Goals', '', '| | runtime | goal | measured | |', '|---|---|---:|---:|---|')
  for (const { goal, runtime, limit, measured, isReached } of verdicts)
    lines.push(`| ${goal} | ${runtime} | ${limit} | ${measured.toFixed(2)} | ${isReached ? 'reached' : '**missed**'} |`)
  return `${lines.join('\n')}\n`
}

/** The first column is a whole call; the others are what they take beyond it, with the interval of the median. */
function cell(timing: Timing | undefined, isBase: boolean): string {
  if (timing === undefined) return ''
  if (isBase) return `${timing.ns.toFixed(0)} ns`
  const sign = timing.added < 0 ? '' : '+'
  return `${sign}${timing.added.toFixed(0)} (${timing.addedLow.toFixed(0)}…${timing.addedHigh.toFixed(0)})`
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}
