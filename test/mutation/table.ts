// The table by room, printed after a run and kept in docs/mutation.md.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Row {
  readonly room: string
  /** Which mutants were tried: `all`, or `1 in 4`. */
  readonly tried: string
  readonly killed: number
  readonly survived: number
  readonly equivalent: number
  readonly goal: number
  readonly minutes: number
}

const HEAD = ['room', 'tried', 'mutants', 'killed', 'survived', 'equivalent', 'score', 'goal']
const PAGE = new URL('../../docs/mutation.md', import.meta.url)
const [BEGIN, END] = ['<!-- table -->', '<!-- /table -->']

/** Per cent of the mutants that a test noticed, equivalent ones left out. */
export function scoreOf({ killed, survived }: Row): number {
  return killed + survived === 0 ? 100 : (100 * killed) / (killed + survived)
}

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.room,
    row.tried,
    row.killed + row.survived + row.equivalent,
    row.killed,
    row.survived,
    row.equivalent,
    // Rounded down: 97.0 means that 97 is reached.
    (Math.floor(scoreOf(row) * 10) / 10).toFixed(1),
    row.goal,
  ])
  return [HEAD, HEAD.map((_, i) => (i < 2 ? '---' : '--:')), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** Puts the rows into the page; rooms that were not measured this time keep theirs. */
export function writeTable(rows: readonly Row[]): void {
  const page = readFileSync(PAGE, 'utf8')
  const [before = '', rest = ''] = page.split(BEGIN)
  const [table = '', after = ''] = rest.split(END)
  const lines = table.trim().split('\n').slice(2)
  const fresh = tableOf(rows).split('\n')
  const nameOf = (line: string) => line.split('|')[1]?.trim()
  const kept = lines.map((line) => fresh.slice(2).find((one) => nameOf(one) === nameOf(line)) ?? line)
  const added = fresh.slice(2).filter((line) => !lines.some((one) => nameOf(one) === nameOf(line)))
  const head = fresh.slice(0, 2)
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${[...head, ...kept, ...added].join('\n')}\n\n${END}${after}`)
  // Its tables are as wide as their cells.
  spawnSync('npx', ['biome', 'format', '--write', fileURLToPath(PAGE)])
}
