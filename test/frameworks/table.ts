/** The table of docs/frameworks.md. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../runtimes/paths.ts'
import { COLUMNS, type Column, type Framework, type Outcome } from './framework.ts'

const MARK = 'frameworks'
const UNSET: Readonly<Record<Framework['unset'], string>> = {
  start: 'does not start',
  build: 'does not build',
  request: 'each request fails',
}

interface Row {
  readonly framework: Framework
  readonly outcomes: readonly Outcome[]
}

/** Puts the table between the marks of the page, and the limits below it. */
export async function writeTable(rows: readonly Row[]): Promise<void> {
  await insert(join(ROOT, 'docs', 'frameworks.md'), MARK, toMarkdown(rows))
}

export async function insert(file: string, mark: string, table: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  const [before, after] = [text.indexOf(`<!-- ${mark} -->`), text.indexOf(`<!-- /${mark} -->`)]
  if (before < 0 || after < before) throw new Error(`${file} has no place for the table`)
  await writeFile(file, `${text.slice(0, before)}<!-- ${mark} -->\n\n${table}\n${text.slice(after)}`)
}

function toMarkdown(rows: readonly Row[]): string {
  const reasons = [...new Set(rows.flatMap(({ framework }) => Object.values(framework.limits ?? {})))]
  const columns = Object.keys(COLUMNS) as Column[]
  const lines = rows.map(({ framework, outcomes }) => [
    framework.name,
    Object.values(framework.packages)[0] ?? '',
    ...columns.map((column) => {
      const limit = framework.limits?.[column]
      const isRight = outcomes.some((outcome) => outcome.column === column && outcome.fault === null)
      if (limit !== undefined) return `no (${reasons.indexOf(limit) + 1})`
      return isRight ? (column === 'unset' ? UNSET[framework.unset] : 'yes') : 'RED'
    }),
  ])
  const notes = reasons.map((reason, i) => `${i + 1}. ${reason}`)
  const table = alignedTable(['framework', 'version', ...Object.values(COLUMNS)], lines)
  return `${table}\n${notes.length === 0 ? '' : `\n${notes.join('\n')}\n`}`
}

/** A table whose columns are as wide as their longest cell. */
export function alignedTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
