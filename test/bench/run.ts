/**
 * `npm run bench`: everything, on every runtime that is installed, as Markdown on the terminal and in `test/bench/results`.
 *
 * - `-- --runtimes=node24,bun --suites=hono,heap --only=get-10` narrows it, `--goals` to the rows that a goal stands on, and
 *   `--rounds=9 --processes=1` makes it quick; such a run is printed, and written down only where `--out=results/again` says so.
 *   Twenty rounds in six processes are still a whole run
 * - `--publish` also writes into docs/performance.md
 * - `--compare=results.json` tells whether an earlier run agrees, and ends with 1 where it does not
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compareRuns, readRun } from './compare.ts'
import { buildPackage } from './compiled.ts'
import type { Effort } from './driver.ts'
import { judge, unmeasured } from './judge.ts'
import { FIGURES, TIMED } from './parts.ts'
import { installPeers, peerVersions } from './peer-versions.ts'
import { FEWEST } from './precision.ts'
import { publish, tidy } from './publish.ts'
import type { Result } from './repeated.ts'
import { markdownOf } from './report.ts'
import { type Run, serialize } from './run-data.ts'
import { KNOWN, runtimesPresent, versionOf } from './runtimes.ts'
import { type Figures, type Job, type Steps, takeTurns } from './turns.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const { values } = parseArgs({
  options: {
    runtimes: { type: 'string', default: KNOWN.join(',') },
    suites: { type: 'string', default: [...Object.keys(TIMED), ...Object.keys(FIGURES)].join(',') },
    only: { type: 'string', default: '' },
    goals: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '40' },
    processes: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '2' },
    out: { type: 'string' },
    compare: { type: 'string' },
    publish: { type: 'boolean', default: false },
  },
})

// As a server is deployed: in development, adapters also look for two policies that cover one request.
process.env.NODE_ENV = 'production'
installPeers()
buildPackage()
const wanted = values.runtimes.split(',')
const present = runtimesPresent().filter((name) => wanted.includes(name))
for (const name of wanted) if (!present.includes(name)) console.error(`${name} is not installed: left out`)
const suites = values.suites.split(',')
const effort: Effort = { rounds: Number(values.rounds), processes: Number(values.processes), batch: 8, warm: 250 }
/** Rounds of a process whose medians are near those of forty. */
const ENOUGH_ROUNDS = 20
const isNarrowed = process.argv.some((argument) => /^--(?:runtimes|suites|only|goals)\b/.test(argument))
const isWhole = !isNarrowed && effort.rounds >= ENOUGH_ROUNDS && effort.processes >= FEWEST
const start = performance.now()

/** What was found: by part, then by runtime. */
type Found<T> = Record<string, Record<string, T>>

/** A part on each of its runtimes; what they find goes into `found`. */
function jobsOf<T>(
  found: Found<T>,
  part: string,
  on: readonly string[],
  measure: (runtime: string) => Steps<T>,
): readonly Job[] {
  if (!suites.includes(part)) return []
  const byRuntime: Record<string, T> = {}
  found[part] = byRuntime
  return on
    .filter((name) => name === 'all' || present.includes(name))
    .map((runtime) => ({ name: `${part} on ${runtime}`, steps: keep(byRuntime, runtime, measure(runtime)) }))
}

async function* keep<T>(found: Record<string, T>, runtime: string, steps: Steps<T>): Steps<void> {
  found[runtime] = yield* steps
}

/** In the order of the runtimes, and not of who was done first. */
function inOrder<T>(found: Found<T>): Found<T> {
  const place = (runtime: string) => KNOWN.indexOf(runtime)
  const sort = (byRuntime: Record<string, T>) =>
    Object.fromEntries(Object.entries(byRuntime).sort(([one], [other]) => place(one) - place(other)))
  return Object.fromEntries(Object.entries(found).map(([part, byRuntime]) => [part, sort(byRuntime)]))
}

const timings: Found<readonly Result[]> = {}
const numbers: Found<Figures> = {}
await takeTurns(
  [
    ...Object.entries(TIMED).flatMap(([part, { on, measure }]) =>
      jobsOf(timings, part, on, (runtime) => measure(runtime, values, effort)),
    ),
    ...Object.entries(FIGURES).flatMap(([part, { on, measure }]) =>
      jobsOf(numbers, part, on, (runtime) => measure(runtime, Number(values.seconds))),
    ),
  ],
  (line) => console.error(line),
)
const results = inOrder(timings)
const figures = inOrder(numbers)

const verdicts = judge({ results, figures })
const run: Run = {
  date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${platform()} ${arch()}`,
  minutes: (performance.now() - start) / 60_000,
  isWhole,
  versions: Object.fromEntries(present.map((name) => [name, versionOf(name)])),
  peers: peerVersions(),
  results,
  figures,
  verdicts,
}
const markdown = markdownOf(run)
// Before anything is written over: the earlier run may be the one that stands there.
const comparison = values.compare === undefined ? undefined : compareRuns(readRun(values.compare), run)
const out = values.out ?? (isWhole ? 'results' : undefined)
if (out !== undefined) write(join(HERE, out))
if (values.publish) publish(run, markdown, comparison?.summary)
console.log(markdown)
for (const { goal, runtime, isReached, reason } of verdicts) {
  if (!isReached && reason === null) console.error(`no reason given: ${goal}, ${runtime}`)
}
if (isWhole) for (const name of unmeasured(verdicts, present)) console.error(`not measured: ${name}`)
if (comparison !== undefined) {
  console.log(comparison.text)
  if (!comparison.agrees) process.exitCode = 1
}

function write(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'results.json'), serialize(run))
  writeFileSync(join(folder, 'results.md'), markdown)
  tidy([join(folder, 'results.md')])
}
