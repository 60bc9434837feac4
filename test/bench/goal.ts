/** What a goal is, and the ways to read it off a run. */
import type { Timings } from './statistics.ts'

/** A goal: a limit for each runtime it binds. */
export interface Goal {
  readonly goal: string
  readonly limits: Readonly<Record<string, number>>
  /** Whether the limit is the least or the most there may be. */
  readonly atLeast: boolean
  readonly from: TimedSource | FigureSource
}

/** A number that is read off what one process found. */
interface Measured<T> {
  readonly measure: (from: T) => number
  /** Where the measure is a time: another one of the same process. Two runs are compared by the quotient, as the machine is quicker in one. */
  readonly beside?: (from: T) => number
}

/** A row of a timed suite. */
export interface TimedSource extends Measured<Timings> {
  readonly suite: string
  readonly row: string
  /** What the measure would be if corsmith did nothing but the same writes: no library is beyond it. */
  readonly byHand?: (timings: Timings) => number
}

/** Numbers that one part of a run finds for one runtime. */
export interface FigureSource extends Measured<Readonly<Record<string, number>>> {
  readonly part: string
}

/** What two runs are compared by. */
export function comparable<T>({ measure, beside }: Measured<T>): (from: T) => number {
  return beside === undefined ? measure : (from) => measure(from) / beside(from)
}

export const NODE = ['node24', 'node26']
export const on = (runtimes: readonly string[], limit: number) =>
  Object.fromEntries(runtimes.map((name) => [name, limit]))
export const onNode = (limit: number) => on(NODE, limit)
export const all = (limit: number, others: Readonly<Record<string, number>> = {}) => ({
  ...on([...NODE, 'bun', 'deno', 'workerd'], limit),
  ...others,
})
export const once = (limit: number) => ({ all: limit })

export const ns = (timings: Timings, name: string) => timings[name]?.ns ?? Number.NaN
export const added = (timings: Timings, name: string) => timings[name]?.added ?? Number.NaN

/** How many times less than the peer a case adds to the bare app. */
export const timesLess =
  (ours: string, theirs = 'hono/cors') =>
  (timings: Timings) =>
    added(timings, theirs) / added(timings, ours)
export const timesFaster =
  (ours: string, theirs = 'hono/cors') =>
  (timings: Timings) =>
    ns(timings, theirs) / ns(timings, ours)
/** How many times as long a case takes as another one. */
export const timesAs = (ours: string, other: string) => (timings: Timings) => ns(timings, ours) / ns(timings, other)
export const ratio = (name: string) => (timings: Timings) => timings[name]?.ratio ?? Number.NaN
export const share = (name: string) => (timings: Timings) => (ratio(name)(timings) - 1) * 100

/** What a middleware would be that does the writes and nothing else, behind what Hono takes for one that does nothing. */
export const middlewareByHand = (timings: Timings) =>
  added(timings, 'hono/cors') / (added(timings, 'no-op middleware') + added(timings, 'by hand'))

export function timed(
  [suite, row]: readonly [string, string],
  goal: string,
  limits: Goal['limits'],
  atLeast: boolean,
  measure: TimedSource['measure'],
  also: Pick<TimedSource, 'byHand' | 'beside'> = {},
): Goal {
  return { goal, limits, atLeast, from: { suite, row, measure, ...also } }
}

export function figure(
  part: string,
  goal: string,
  limits: Goal['limits'],
  measure: FigureSource['measure'],
  also: Pick<FigureSource, 'beside'> = {},
): Goal {
  return { goal, limits, atLeast: false, from: { part, measure, ...also } }
}

export const flat = (goal: string, row: string, limit: number, largest: string) =>
  timed(['growth', row], goal, onNode(limit), false, ratio(largest))
export const hostile = (goal: string, row: string, limit: number, name: string) =>
  timed(['hostile', row], goal, onNode(limit), false, ratio(name))

/** A normal request beside itself is 1 within the accuracy of a control. */
export const NO_MORE = 1.03

/** Two copies of the same code are apart by this much in one process: the compiler of a runtime treats each by itself. */
export const SAME = 1.05

export const STARTED = [...NODE, 'bun', 'deno']
export const value = (name: string) => (figures: Readonly<Record<string, number>>) => figures[name] ?? Number.NaN
export const KB = 1024
