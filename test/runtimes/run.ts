/**
 * Runs the conformance table against every adapter on its real runtime, over real sockets, with the package as it would be
 * published; then the same with compiled policies, and every example. Closes with `N passed, N failed`.
 *
 * `npm run test:runtimes` runs all; `npm run test:runtimes -- bun deno` the servers whose names hold one of the words.
 * A runtime that is missing is skipped loudly, and is a failure where `CI` is set.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { BUN_ROWS, ELYSIA_ROWS } from '../conformance/bun.ts'
import { MISCONFIGURATIONS } from '../conformance/construct.ts'
import { HELLO } from '../conformance/hello.ts'
import { NEXT_ROWS } from '../conformance/next.ts'
import type { Row } from '../conformance/row.ts'
import { ROWS } from '../conformance/rows.ts'
import { EXAMPLES } from './launch/examples.ts'
import { BUN, COMPILED, ELYSIA, NEXT, TARGETS } from './launch/targets.ts'
import { hasFailed, type Matrix, print, toMarkdown } from './matrix.ts'
import { prepare } from './pack.ts'
import { ROOT } from './paths.ts'
import { PROBES } from './probes.ts'
import { runAll } from './suite.ts'
import type { Target } from './target.ts'

const MAX_LIMITS = 0.05

const words = process.argv.slice(2).map((word) => word.toLowerCase())
const isChosen = ({ name }: Target) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word))
const pathOf = ({ policy, request }: Row) => `/${policy}${request.path}`
const work = await prepare()

const adapters = await runAll(TARGETS.filter(isChosen), { rows: ROWS, probes: PROBES, pathOf }, work)
const matrix: Matrix = { rows: [...ROWS, ...PROBES], ...adapters }
console.log(`\n${print(matrix)}\n`)

console.log('with compiled policies')
// What was compiled was checked: at run time there is no defect to find.
const atStart = new Set(MISCONFIGURATIONS.map(({ id }) => id))
const probes = PROBES.filter(({ id }) => !atStart.has(id))
const compiled = await runAll(COMPILED.filter(isChosen), { rows: ROWS, probes, pathOf }, work)

console.log('\nwhat only one of them answers')
const bun = await runAll(BUN.filter(isChosen), { rows: BUN_ROWS, probes: [], pathOf }, work)
const elysia = await runAll(ELYSIA.filter(isChosen), { rows: ELYSIA_ROWS, probes: [], pathOf }, work)
const next = await runAll(NEXT.filter(isChosen), { rows: NEXT_ROWS, probes: [], pathOf }, work)

console.log('\nexamples')
const examples = await runAll(
  EXAMPLES.filter(isChosen),
  { rows: HELLO, probes: [], pathOf: ({ request }) => request.path },
  work,
)

const cells = [...adapters.cells, ...compiled.cells, ...bun.cells, ...elysia.cells, ...next.cells, ...examples.cells]
const missing = [...new Set([adapters, compiled, bun, elysia, next, examples].flatMap((results) => results.missing))]
const tested = [...adapters.cells, ...compiled.cells, ...bun.cells, ...elysia.cells, ...next.cells]
const limits = tested.filter(({ limit }) => limit !== undefined).length
const share = limits / Math.max(tested.length, 1)
console.log(`\n${cells.length} cells, ${limits} of them limits (${(100 * share).toFixed(1)} % of the matrix)`)

const failures = [
  ...cells.filter(hasFailed).map(({ target, row }) => `${target} ${row}`),
  ...(process.env.CI === undefined ? [] : missing.map((name) => `${name} is missing`)),
  ...(words.length === 0 && share > MAX_LIMITS ? ['more than 5 % of the cells are limits'] : []),
]
if (words.length === 0 && missing.length === 0 && failures.length === 0)
  await publish([
    matrix,
    { rows: [...ROWS, ...probes], ...compiled },
    { rows: BUN_ROWS, ...bun },
    { rows: ELYSIA_ROWS, ...elysia },
    { rows: NEXT_ROWS, ...next },
  ])
for (const failure of failures.slice(0, 20)) console.log(styleText('red', failure))
console.log(`${cells.filter((cell) => !hasFailed(cell)).length} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0

/** Puts the tables between the markers of docs/conformance.md. */
async function publish(done: readonly Matrix[]): Promise<void> {
  await insert(join('docs', 'conformance.md'), toMarkdown(done))
}

async function insert(path: string, table: string): Promise<void> {
  const file = join(ROOT, path)
  const text = await readFile(file, 'utf8')
  const [before, after] = [text.indexOf('<!-- matrix -->'), text.indexOf('<!-- /matrix -->')]
  if (before < 0 || after < before) throw new Error(`${path} has no place for the matrix`)
  await writeFile(file, `${text.slice(0, before)}<!-- matrix -->\n\n${table}\n${text.slice(after)}`)
}
