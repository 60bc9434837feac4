// The arithmetic of the bench: what it makes of timings, and whether it finds what it should judge.
import { describe, expect, it } from 'vitest'
import { compareRuns } from './compare.ts'
import { costsOf } from './costs.ts'
import { GOALS } from './goals.ts'
import { judge, type Verdict } from './judge.ts'
import { estimate, median, observe, type Samples, summarise } from './statistics.ts'
import { rows as floor } from './suites/floor.ts'
import { rows as growth } from './suites/growth.ts'
import { rows as hono } from './suites/hono.ts'
import { rows as hostile } from './suites/hostile.ts'

const processes: readonly Samples[] = [
  { bare: [10, 11, 12], control: [10, 11, 12], ours: [15, 16, 40], theirs: [30, 31, 32] },
  { bare: [20, 21, 22], control: [20, 21, 22], ours: [25, 26, 27], theirs: [40, 41, 42] },
]
const quotient = (timings: ReturnType<typeof summarise>) => (timings.theirs?.added ?? 0) / (timings.ours?.added ?? 0)

describe('timings', () => {
  it('are compared round by round, so that a slow process is no difference', () => {
    const { ours, theirs, control } = summarise(processes)
    expect(ours?.added).toBe(5)
    expect(theirs?.added).toBe(20)
    expect(control?.ratio).toBe(1)
  })

  it('are read in each process by itself', () => {
    const slow: Samples = { bare: [100], control: [100], ours: [150], theirs: [300] }
    expect(observe([...processes, slow], quotient)).toEqual([4, 4, 4])
  })
})

describe('observations', () => {
  it('have as their estimate the middle of the means of all pairs', () => {
    // 1, 1.5, 2, 3, 3.5 and 5.
    expect(estimate([1, 2, 5]).value).toBe(2.5)
    expect(estimate([4]).value).toBe(4)
    expect(estimate([]).value).toBeNaN()
  })

  it('are followed to neither of two kinds, nor to a few that are far off', () => {
    expect(estimate([1, 2, 1, 2, 1, 2, 1]).value).toBe(1.5)
    const { value, high } = estimate([10, 11, 9, 10, 11, 9, 10, 11, 9, 1000, 1000])
    expect(value).toBeLessThanOrEqual(11)
    expect(high).toBeGreaterThan(500)
  })

  // Tables of Wilcoxon's signed ranks, 5 % on two sides, have 1, 4, 9 and 14: never narrower than they say.
  it.each([
    [6, 1],
    [8, 4],
    [10, 8],
    [12, 14],
  ])('have an interval by signed ranks: of %d, the mean at place %d', (count, place) => {
    const values = Array.from({ length: count }, (_, i) => 2 ** i)
    const means = values.flatMap((one, i) => values.slice(i).map((other) => (one + other) / 2)).sort((a, b) => a - b)
    const { low, high } = estimate(values.toReversed())
    expect(means.indexOf(low)).toBe(place - 1)
    expect(means.indexOf(high)).toBe(means.length - place)
  })

  it('have no interval where they are fewer than six', () => {
    expect(estimate([4, 4, 4, 4, 4])).toEqual({ value: 4, low: Number.NaN, high: Number.NaN })
  })

  it('have a middle', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
  })
})

describe('goals', () => {
  it('stand on rows that exist', () => {
    const suites: Readonly<Record<string, typeof hono>> = { hono, floor, growth, hostile }
    for (const { goal, from } of GOALS) {
      const rows = 'suite' in from ? suites[from.suite] : undefined
      if (rows === undefined || !('suite' in from)) continue
      expect(
        rows.map(({ id }) => id),
        goal,
      ).toContain(from.row)
    }
  })

  it('are not measured by what is no number', () => {
    const samples = [{ bare: [0], control: [0], middleware: [0], wrap: [0] }]
    const row = { id: 'loopback-get', title: '', control: 0, attempts: 1, isNoisy: false, processes: 1, samples }
    const results = { loopback: { node24: [{ ...row, timings: summarise(samples) }] } }
    expect(judge({ results, figures: {} })).toEqual([])
  })

  it('keep what each process found, and call noisy what they do not agree about', () => {
    const judged = (...found: readonly number[]) => {
      const samples = found.map((times) => ({ 'createCors beside Set and scan': times }))
      return judge({ results: {}, figures: { startup: { bun: { values: {}, samples } } } })[0]
    }
    const steady = [1.5, 1.51, 1.49, 1.52, 1.48, 1.5]
    expect(judged(...steady)).toMatchObject({ interval: [1.48, 1.52], observations: steady, isNoisy: false })
    expect(judged(1.5, 2, 1, 1.8, 1.2, 1.5)).toMatchObject({ isNoisy: true })
  })

  it('are missed with their reason', () => {
    const values = { 'corsmith complete': 10_000 }
    const [verdict] = judge({ results: {}, figures: { size: { all: { values, samples: [values] } } } })
    expect(verdict).toMatchObject({ limit: 6144, measured: 10_000, isReached: false })
    expect(verdict?.reason).toMatch(/checks/)
  })
})

describe('the tables that say it in short', () => {
  it('hold what each costs, on the runtimes that were measured', () => {
    const timings = {
      bare: timing(0, 1),
      'hono/cors': timing(6000, 3),
      middleware: timing(1500, 1.4),
      wrap: timing(1000.4, 1.3),
      'wrap, compiled': timing(990, 1.3),
    }
    const row = { id: 'get-10', title: '', timings, control: 0, attempts: 1, isNoisy: false, processes: 4, samples: [] }
    const results = { hono: { node24: [row] }, loopback: { bun: [{ ...row, id: 'loopback-get' }] } }
    const text = costsOf({ date: '2026-11-21 10:00', results })
    expect(text).toMatch(/\| Node 24 \| +6,000 \| +1,500 \| +\| +1,000 \| +990 \| +\|/)
    expect(text).toMatch(/\| Bun +\| +200 % \| +40 % \| +30 % \|/)
    expect(text).toContain('2026-11-21')
  })
  const timing = (added: number, ratio: number) => ({ ns: 0, added, ratio })
})

describe('two runs', () => {
  const verdict = (runtime: string, measured: number): Verdict => ({
    goal: 'a goal',
    runtime,
    limit: 5,
    atLeast: true,
    measured,
    interval: null,
    observations: [measured],
    byHand: null,
    beside: null,
    isReached: true,
    isNoisy: false,
    reason: null,
  })
  const run = (runtime: string, measured: number) => ({ date: 'a day', verdicts: [verdict(runtime, measured)] })

  it.each([
    ['node24', 5, 5.5, true],
    ['node24', 5, 5.7, false],
    ['bun', 5, 5.7, true],
    ['deno', 6, 5, false],
    ['workerd', 5, 7, true],
    ['all', 100, 101, false],
  ] as const)('on %s, %d and %d: agree %s', (runtime, one, other, agrees) => {
    expect(compareRuns(run(runtime, one), run(runtime, other)).agrees).toBe(agrees)
  })

  it('compare times by what they are beside another of the same run', () => {
    const timed = (measured: number, beside: number) => ({
      date: 'a day',
      verdicts: [{ ...verdict('node24', measured), beside }],
    })
    expect(compareRuns(timed(2, 1), timed(3, 1.5)).agrees).toBe(true)
    expect(compareRuns(timed(2, 1), timed(2, 1.5)).agrees).toBe(false)
  })

  it('name what is apart', () => {
    expect(compareRuns(run('bun', 5), run('bun', 9)).summary).toMatch(
      /0 of 1 numbers[\s\S]*a goal \| bun \| 5.00 \| 9.00/,
    )
    expect(compareRuns(run('bun', 5), run('bun', 5)).summary).not.toContain('a goal')
  })

  it('are not held to what one of them calls noisy, and name it', () => {
    const noisy = { date: 'a day', verdicts: [{ ...verdict('bun', 9), isNoisy: true }] }
    for (const comparison of [compareRuns(run('bun', 5), noisy), compareRuns(noisy, run('bun', 5))]) {
      expect(comparison.agrees).toBe(true)
      expect(comparison.summary).toMatch(/0 of 0 numbers .* 0 of 1 of the others[\s\S]*\*\*apart\*\* noisy/)
    }
  })

  it('that have nothing in common do not agree', () => {
    expect(compareRuns(run('bun', 5), run('deno', 5)).agrees).toBe(false)
  })
})
