/** The table of docs/frameworks.md. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../runtimes/paths.ts'
import { COLUMNS, type Column, type Framework } from './framework.ts'
import { FRAMEWORKS } from './rows.ts'

const MARK = 'frameworks'
const UNSET: Readonly<Record<Framework['unset'], string>> = {
  start: 'does not start',
  build: 'does not build',
  request: 'each request fails',
  silence: 'no page may read',
}

/** Puts a row whose cells all hold into the table of the page. A row that was not run stays, unless its version is another. */
export async function writeRow(framework: Framework): Promise<void> {
  const file = join(ROOT, 'docs', 'frameworks.md')
  const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim())
  const before = ((await readFile(file, 'utf8')).match(/^\| .+ \|$/gm) ?? []).map(cellsOf)
  const isKnown = (one: Framework) =>
    one === framework || before.some(([, name, version]) => name === one.name && version === versionOf(one))
  const lines = FRAMEWORKS.filter(isKnown).map(lineOf)
  const notes = REASONS.map((reason, i) => `${i + 1}. ${reason}`).join('\n')
  const head = ['framework', 'version', ...Object.values(COLUMNS)]
  await insert(file, MARK, `${alignedTable(head, lines)}\n\n${notes}\n`)
}

export async function insert(file: string, mark: string, table: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  const [before, after] = [text.indexOf(`<!-- ${mark} -->`), text.indexOf(`<!-- /${mark} -->`)]
  if (before < 0 || after < before) throw new Error(`${file} has no place for the table`)
  // Two runs may write at once: a reader must not see half of a page.
  await writeFile(`${file}.new`, `${text.slice(0, before)}<!-- ${mark} -->\n\n${table}\n${text.slice(after)}`)
  await rename(`${file}.new`, file)
}

/** The version of the first package, which is the framework. */
function versionOf({ packages }: Framework): string {
  return Object.values(packages)[0] ?? ''
}

const REASONS: readonly string[] = [...new Set(FRAMEWORKS.flatMap(({ limits }) => Object.values(limits ?? {})))]

/** A row in which every cell is as promised. */
function lineOf(framework: Framework): readonly string[] {
  const cell = (column: Column): string => {
    const limit = framework.limits?.[column]
    if (limit !== undefined) return `no (${REASONS.indexOf(limit) + 1})`
    return column === 'unset' ? UNSET[framework.unset] : 'yes'
  }
  const columns = Object.keys(COLUMNS) as Column[]
  return [framework.name, versionOf(framework), ...columns.map(cell)]
}

/** A table whose columns are as wide as their longest cell. */
export function alignedTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
