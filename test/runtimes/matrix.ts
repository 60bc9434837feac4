// The table of results, on the terminal and in docs/conformance.md.
import type { Limit } from './target.ts'

export interface Cell {
  readonly target: string
  readonly row: string
  /** Empty where the row holds. */
  readonly differences: readonly string[]
  readonly limit: Limit | undefined
}

export interface Matrix {
  readonly rows: readonly { readonly id: string; readonly title: string }[]
  readonly targets: readonly string[]
  readonly cells: readonly Cell[]
}

/** A limit is proven by a row that fails; one that holds is out of date. */
export function hasFailed({ differences, limit }: Cell): boolean {
  return differences.length > 0 !== (limit !== undefined)
}

/** Rows against targets: a letter per target, small ones after Z, `.` for a row that holds, `L` for a limit, `X` for a failure. */
export function print({ rows, targets, cells }: Matrix): string {
  const at = index(cells)
  const head = targets.map((_, i) => letter(i)).join(' ')
  const lines = rows.map(({ id, title }) => {
    const marks = targets.map((target) => mark(at.get(`${target} ${id}`)))
    return `${id.padEnd(7)} ${marks.join(' ')}  ${title}`
  })
  return [...targets.map((target, i) => `${letter(i)}  ${target}`), '', `${' '.repeat(8)}${head}`, ...lines].join('\n')
}

/** The same as Markdown, with the limits explained below. */
export function toMarkdown(matrices: readonly Matrix[]): string {
  const limits = matrices.flatMap(({ cells }) => cells.flatMap(({ limit }) => limit ?? []))
  const reasons = [...new Set(limits.map(({ reason }) => reason))]
  const notes = reasons.map((reason, i) => {
    const cells = limits.filter((limit) => limit.reason === reason).map(({ target, row }) => `${target} ${row}`)
    return `${i + 1}. <a id="limit-${i + 1}"></a>${reason} Shown by ${cells.join(', ')}.`
  })
  const title = '**Limits**, each a cell whose row fails on every run:'
  return [...matrices.map((matrix) => table(matrix, reasons)), title, notes.join('\n'), ''].join('\n\n')
}

function table({ rows, targets, cells }: Matrix, reasons: readonly string[]): string {
  const at = index(cells)
  const text = (cell: Cell | undefined) => {
    const number = cell?.limit ? reasons.indexOf(cell.limit.reason) + 1 : 0
    return number > 0 ? `[${number}](#limit-${number})` : mark(cell) === '.' ? '✓' : '✗'
  }
  return [
    `| | row | ${targets.join(' | ')} |`,
    `|---|---|${targets.map(() => ':-:').join('|')}|`,
    ...rows.map(
      ({ id, title }) =>
        `| ${id} | ${title} | ${targets.map((target) => text(at.get(`${target} ${id}`))).join(' | ')} |`,
    ),
  ].join('\n')
}

function index(cells: readonly Cell[]): ReadonlyMap<string, Cell> {
  return new Map(cells.map((cell) => [`${cell.target} ${cell.row}`, cell]))
}

function mark(cell: Cell | undefined): string {
  if (cell === undefined) return '?'
  if (hasFailed(cell)) return 'X'
  return cell.limit === undefined ? '.' : 'L'
}

function letter(i: number): string {
  return String.fromCharCode(i < 26 ? 65 + i : 71 + i)
}
