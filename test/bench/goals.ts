/** What corsmith set out to reach, and whether a run reached it. */
import type { Timing } from './driver.ts'
import type { Run } from './run.ts'

/** A goal on one runtime, and what was measured. */
export interface Verdict {
  readonly goal: string
  readonly runtime: string
  readonly limit: number
  readonly measured: number
  readonly isReached: boolean
}

interface Goal {
  readonly goal: string
  readonly suite: string
  readonly row: string
  /** Limits by runtime; what is not named has none. */
  readonly limits: Readonly<Record<string, number>>
  readonly atLeast: boolean
  readonly measure: (timings: Readonly<Record<string, Timing>>) => number
}

const all = (limit: number, others: Readonly<Record<string, number>> = {}) => ({
  ...Object.fromEntries(['node24', 'node26', 'bun', 'deno', 'workerd'].map((name) => [name, limit])),
  ...others,
})
const NODE = ['node24', 'node26']
const onNode = (limit: number) => Object.fromEntries(NODE.map((name) => [name, limit]))

/** How many times less than hono/cors a case adds to the bare app. */
const timesLessAdded =
  (ours: string, theirs = 'hono/cors') =>
  (timings: Readonly<Record<string, Timing>>) =>
    (timings[theirs]?.added ?? Number.NaN) / (timings[ours]?.added ?? Number.NaN)
const timesFaster = (ours: string, theirs: string) => (timings: Readonly<Record<string, Timing>>) =>
  (timings[theirs]?.ns ?? Number.NaN) / (timings[ours]?.ns ?? Number.NaN)
const growth = (largest: string) => (timings: Readonly<Record<string, Timing>>) => timings[largest]?.ratio ?? Number.NaN

const hono = (goal: string, row: string, limits: Goal['limits'], measure: Goal['measure']): Goal => ({
  goal,
  suite: 'hono',
  row,
  limits,
  atLeast: true,
  measure,
})
const flat = (goal: string, row: string, limit: number, largest: string): Goal => ({
  goal,
  suite: 'growth',
  row,
  limits: onNode(limit),
  atLeast: false,
  measure: growth(largest),
})

const GOALS: readonly Goal[] = [
  hono(
    'middleware, GET allowed: times less added than hono/cors',
    'get-10',
    all(5, { bun: 3.5, deno: 9 }),
    timesLessAdded('middleware'),
  ),
  hono('wrap, GET allowed: times less added than hono/cors', 'get-10', all(8, { deno: 15 }), timesLessAdded('wrap')),
  hono('middleware, GET refused: times less added', 'refused-10', all(6), timesLessAdded('middleware')),
  hono('middleware, GET without Origin: times less added', 'no-origin', all(6), timesLessAdded('middleware')),
  hono(
    'wrap, preflight: times faster than hono/cors',
    'preflight',
    all(5, { bun: 4, workerd: 4 }),
    timesFaster('wrap', 'hono/cors'),
  ),
  hono(
    'middleware, preflight: times faster than hono/cors',
    'preflight',
    all(3),
    timesFaster('middleware', 'hono/cors'),
  ),
  {
    goal: 'wrap, GET allowed: times what the same writes cost by hand',
    suite: 'floor',
    row: 'floor-get',
    limits: all(1.5, { ...onNode(1.3), bun: 1.3 }),
    atLeast: false,
    measure: (timings) => (timings.wrap?.added ?? Number.NaN) / (timings['by hand']?.added ?? Number.NaN),
  },
  ...['h3', 'itty-router', 'elysia'].map(
    (name): Goal => ({
      goal: `wrap on ${name}, GET allowed: times less added than its own`,
      suite: 'frameworks',
      row: `${name}-get`,
      // Elysia makes code from texts, which workerd forbids: what it answers there is an error.
      limits: name === 'elysia' ? { node24: 1, node26: 1, bun: 1, deno: 1 } : all(1),
      atLeast: true,
      measure: timesLessAdded('wrap', 'its own'),
    }),
  ),
  flat('1 to 100,000 origins, hit: growth', 'growth-hits', 1.1, '100,000'),
  flat('1 to 100,000 origins, miss: growth', 'growth-misses', 1.3, '100,000'),
  flat('1 to 10,000 patterns: growth', 'growth-patterns', 1.2, '10,000'),
  flat('1 to 1,000 allowed headers: growth', 'growth-names', 1.05, '1,000'),
  flat('an Origin of 16 KB: times a normal one', 'hostile-origin', 1, 'labels'),
  flat('1 MB of Access-Control-Request-Headers: times a normal one', 'hostile-names', 1.05, 'names'),
]

/** Compares a run with the goals. What was not measured is left out. */
export function judge(run: Run): readonly Verdict[] {
  return GOALS.flatMap(({ goal, suite, row, limits, atLeast, measure }) =>
    Object.entries(limits).flatMap(([runtime, limit]): Verdict[] => {
      const found = run.results[suite]?.[runtime]?.find(({ id }) => id === row)
      if (found === undefined) return []
      const measured = measure(found.timings)
      return [{ goal, runtime, limit, measured, isReached: atLeast ? measured >= limit : measured <= limit }]
    }),
  )
}
