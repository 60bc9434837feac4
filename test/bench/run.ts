/**
 * `npm run bench`: every suite on every runtime that is installed, as Markdown on the terminal and in `test/bench/results`.
 *
 * `npm run bench -- --runtimes=node24,bun --suites=hono --only=get-10 --rounds=31` narrows it.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Effort } from './driver.ts'
import { judge } from './goals.ts'
import type { Result } from './in-process.ts'
import { markdownOf } from './report.ts'
import { RUNTIMES, runIn, versionOf } from './runtimes.ts'

const SUITES: Readonly<Record<string, string>> = {
  hono: 'suites/hono',
  floor: 'suites/floor',
  growth: 'suites/growth',
  frameworks: 'peers/frameworks',
}

const { values } = parseArgs({
  options: {
    runtimes: { type: 'string', default: RUNTIMES.join(',') },
    suites: { type: 'string', default: Object.keys(SUITES).join(',') },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '21' },
    out: { type: 'string', default: 'results' },
  },
})

const here = fileURLToPath(new URL('.', import.meta.url))
if (!existsSync(`${here}node_modules`)) {
  execFileSync('npm', ['ci', '--workspaces=false', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' })
}

/** Everything that one run measured. */
export interface Run {
  readonly date: string
  readonly versions: Readonly<Record<string, string>>
  /** By suite, then by runtime. */
  readonly results: Record<string, Record<string, readonly Result[]>>
}

const effort: Effort = { rounds: Number(values.rounds), batch: 8, warm: 100 }
const runtimes = values.runtimes.split(',')
const run: Run = {
  date: new Date().toISOString().slice(0, 10),
  versions: Object.fromEntries(runtimes.map((name) => [name, versionOf(name)])),
  results: {},
}
for (const suite of values.suites.split(',')) {
  const results: Record<string, readonly Result[]> = {}
  run.results[suite] = results
  for (const runtime of runtimes) {
    console.error(`${suite} on ${runtime}`)
    try {
      results[runtime] = await runIn(runtime, SUITES[suite] ?? '', values.only, effort)
    } catch (error) {
      // A runtime that cannot run a suite is a line of the report, not the end of it.
      console.error(String(error).slice(0, 600))
    }
  }
}
const markdown = markdownOf(run, judge(run))
mkdirSync(`${here}${values.out}`, { recursive: true })
writeFileSync(`${here}${values.out}/results.json`, `${JSON.stringify(run, null, 1)}\n`)
writeFileSync(`${here}${values.out}/results.md`, markdown)
console.log(markdown)
