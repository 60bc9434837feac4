/** The two tables that say it in short: what an allowed GET costs in a process, and what it costs a server. */
import type { Run } from './run-data.ts'
import type { Timing } from './statistics.ts'

const NAMES: Readonly<Record<string, string>> = {
  node24: 'Node 24',
  node26: 'Node 26',
  bun: 'Bun',
  deno: 'Deno',
  workerd: 'workerd',
}

export function costsOf(run: Pick<Run, 'date' | 'results'>): string {
  return [
    'A GET from an allowed origin, with ten origins and credentials: nanoseconds beyond the same Hono application without CORS, in-process.',
    '',
    ...table(
      run.results.hono,
      'get-10',
      {
        'hono/cors': 'hono/cors',
        middleware: '`corsmith/hono`',
        'middleware, compiled': 'compiled',
        wrap: '`wrap`',
        'wrap, compiled': 'compiled',
        'by hand': 'four writes by hand',
      },
      ({ added }) => Math.round(added).toLocaleString('en-GB'),
    ),
    '',
    'The same to real servers, over loopback: processor time beyond the bare application.',
    '',
    ...table(
      run.results.loopback,
      'loopback-get',
      { 'hono/cors': 'hono/cors', middleware: '`corsmith/hono`', wrap: '`wrap`' },
      ({ ratio }) => `${((ratio - 1) * 100).toFixed(0)} %`,
    ),
    '',
    `Measured on ${run.date.slice(0, 10)}; the results below have the intervals.`,
  ].join('\n')
}

function table(
  results: Run['results'][string] = {},
  row: string,
  columns: Readonly<Record<string, string>>,
  cell: (timing: Timing) => string,
): string[] {
  const lines = Object.entries(results).flatMap(([runtime, rows]) => {
    const timings = rows.find(({ id }) => id === row)?.timings
    if (timings === undefined) return []
    const cells = Object.keys(columns).map((name) => (timings[name] === undefined ? '' : cell(timings[name])))
    return [[NAMES[runtime] ?? runtime, ...cells]]
  })
  return lineUp([['', ...Object.values(columns)], ...lines])
}

/** A Markdown table with its columns in line, the first to the left and numbers to the right, as it is read in an editor. */
function lineUp(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const [head = '', ...body] = rows.map((row) => {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
    return `| ${cells.join(' | ')} |`
  })
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [head, `| ${rule.join(' | ')} |`, ...body]
}
