/**
 * Whether two runs agree: `node test/bench/compare.ts earlier.json later.json`, or `npm run bench -- --compare=earlier.json`.
 *
 * What is compared is what is published: the number behind each goal, mostly a quotient. Ends with 1 where one is further off
 * than its runtime allows. A number that one of the runs calls noisy is compared as well, but promises nothing.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Verdict } from './judge.ts'
import { TOLERANCE } from './precision.ts'
import type { Run } from './run-data.ts'

export interface Comparison {
  /** How many numbers agree, and those that do not. */
  readonly summary: string
  /** The same, with every number. */
  readonly text: string
  /** Whether all do that neither run calls noisy. */
  readonly agrees: boolean
}

export function compareRuns(
  earlier: Pick<Run, 'date' | 'verdicts'>,
  later: Pick<Run, 'date' | 'verdicts'>,
): Comparison {
  const pairs = later.verdicts.flatMap((verdict): Pair[] => {
    const before = earlier.verdicts.find(({ goal, runtime }) => goal === verdict.goal && runtime === verdict.runtime)
    // Sizes are of no runtime, and not compared: they belong to the code, not to a run.
    const tolerance = TOLERANCE[verdict.runtime]
    if (before === undefined || tolerance === undefined) return []
    const off = difference(before, verdict)
    return [{ before, verdict, off, agrees: off <= tolerance, isNoisy: before.isNoisy || verdict.isNoisy }]
  })
  const apart = pairs.filter(({ agrees }) => !agrees)
  const steady = pairs.filter(({ isNoisy }) => !isNoisy)
  const noisy = pairs.filter(({ isNoisy }) => isNoisy)
  const counted = [
    `Two runs, ${earlier.date} and ${later.date}, agree within 10 % on Node, 15 % on Bun and Deno, 30 % on workerd,`,
    `in ${share(steady)} numbers that neither calls noisy, and in ${share(noisy)} of the others.`,
  ].join(' ')
  return {
    summary: apart.length === 0 ? counted : `${counted}\n\n${tableOf(apart)}`,
    text: `${counted}\n\n${tableOf(pairs)}`,
    agrees: pairs.length > 0 && steady.every(({ agrees }) => agrees),
  }
}

/** A number, in both runs. */
interface Pair {
  readonly before: Verdict
  readonly verdict: Verdict
  readonly off: number
  readonly agrees: boolean
  readonly isNoisy: boolean
}

function share(pairs: readonly Pair[]): string {
  return `${pairs.filter(({ agrees }) => agrees).length} of ${pairs.length}`
}

function tableOf(pairs: readonly Pair[]): string {
  const lines = pairs.map(({ before, verdict, off, agrees, isNoisy }) => {
    const word = `${agrees ? 'agree' : '**apart**'}${isNoisy ? ' noisy' : ''}`
    const cells = [verdict.goal, verdict.runtime, before.measured.toFixed(2), verdict.measured.toFixed(2)]
    return `| ${cells.join(' | ')} | ${(off * 100).toFixed(1)} % | ${word} |`
  })
  return ['| | runtime | earlier | later | apart by | |', '|---|---|---:|---:|---:|---|', ...lines, ''].join('\n')
}

/** As a part of the larger one, so that the order does not matter. Times are compared by what they are beside another of their run. */
function difference(one: Verdict, other: Verdict): number {
  const areTimes = one.beside !== null && other.beside !== null
  const of = ({ measured, beside }: Verdict) => (areTimes ? measured / (beside ?? 1) : measured)
  const larger = Math.max(Math.abs(of(one)), Math.abs(of(other)))
  return larger === 0 ? 0 : Math.abs(of(one) - of(other)) / larger
}

export function readRun(file: string): Run {
  const run: Run = JSON.parse(readFileSync(file, 'utf8'))
  if (!Array.isArray(run.verdicts)) throw new Error(`${file} is not the result of a run`)
  return run
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [earlier, later] = process.argv.slice(2)
  if (earlier === undefined || later === undefined)
    throw new Error('node test/bench/compare.ts <earlier.json> <later.json>')
  const { text, agrees } = compareRuns(readRun(earlier), readRun(later))
  console.log(text)
  process.exitCode = agrees ? 0 : 1
}
