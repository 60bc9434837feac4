/** What a run leaves behind. */
import type { Verdict } from './judge.ts'
import type { Result } from './repeated.ts'
import type { Figures } from './turns.ts'

/** Everything that one run measured. */
export interface Run {
  readonly date: string
  readonly machine: string
  readonly minutes: number
  /** Whether nothing was left out, and each number was found often enough for an interval. */
  readonly isWhole: boolean
  readonly versions: Readonly<Record<string, string>>
  /** Peers, with their versions. */
  readonly peers: Readonly<Record<string, string>>
  /** Timed rows: by suite, then by runtime. */
  readonly results: Readonly<Record<string, Readonly<Record<string, readonly Result[]>>>>
  /** Numbers: by part, then by runtime. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, Figures>>>>
  readonly verdicts: readonly Verdict[]
}

/** A run as text. Single timings are too many to be kept: what the processes found is in the verdicts. */
export function serialize(run: Run): string {
  const round = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(6)))
  const text = JSON.stringify(
    run,
    (key, value) => (key === 'samples' ? undefined : typeof value === 'number' ? round(value) : value),
    1,
  )
  return `${text}\n`
}
