// How often the bench measures: the length of a batch, the processes of a row, the turns of a run.
import { describe, expect, it } from 'vitest'
import { nextCount } from './driver.ts'
import { isSettled, isUncertain, rowsWithGoals } from './precision.ts'
import { CONTROL_LIMIT, measureRows, type Result, type Runner } from './repeated.ts'
import type { Samples } from './statistics.ts'
import { repeatedly, takeTurns } from './turns.ts'

describe('a batch', () => {
  it('is made to last, by a clock that may have stood still', () => {
    expect(nextCount(100, 8, { batch: 8 })).toBe(100)
    expect(nextCount(100, 16, { batch: 8 })).toBe(75)
    expect(nextCount(100, 4, { batch: 8 })).toBe(150)
    for (const took of [0, -1, 0.001]) expect(nextCount(100, took, { batch: 8 })).toBe(200)
    expect(nextCount(1, 1e6, { batch: 8 })).toBe(1)
  })
})

describe('a row', () => {
  const process = (middleware: number): Samples => ({
    bare: [100, 100, 100],
    control: [100, 100, 100],
    middleware: [middleware, middleware, middleware],
    wrap: [115, 115, 115],
  })
  const settled = (...times: readonly number[]) => isSettled('loopback', 'node24', 'loopback-get', times.map(process))

  it('is timed in six processes at least, where a goal stands on it', () => {
    expect(settled(...Array(5).fill(125))).toBe(false)
    expect(settled(...Array(6).fill(125))).toBe(true)
  })

  it('is timed until another run would find the number again', () => {
    expect(settled(125, 135, 115, 130, 120, 125, 128, 122)).toBe(false)
  })

  it('is noisy where another run may be apart from it, more so than where it is timed again', () => {
    expect(isUncertain('node24', { value: 10, low: 9.4, high: 10.6 })).toBe(false)
    expect(isUncertain('node24', { value: 10, low: 9.2, high: 10.8 })).toBe(true)
    expect(isUncertain('bun', { value: 10, low: 9.2, high: 10.8 })).toBe(false)
  })

  it('is noisy where too few processes are left for an interval, unless it is of no runtime', () => {
    const single = { value: 10, low: Number.NaN, high: Number.NaN }
    expect(isUncertain('workerd', single)).toBe(true)
    expect(isUncertain('all', single)).toBe(false)
  })

  it('is one of those with a goal, or is left out where only they are asked for', () => {
    expect(rowsWithGoals('growth', 'bun')).toEqual([])
    expect(rowsWithGoals('hono', 'bun').toSorted()).toEqual(['get-10', 'no-origin', 'preflight', 'refused-10'])
  })

  it('is timed once where no goal stands on it', () => {
    expect(isSettled('hono', 'node24', 'get-1000', [process(125)])).toBe(true)
    expect(isSettled('hostile', 'bun', 'hostile-names', [process(125)])).toBe(true)
  })
})

describe('the rows of a suite', () => {
  const timed = (control: number, ours = 15) => [
    { id: 'a row', title: '', samples: { bare: [10], control: [control], ours: [ours] } },
  ]
  const measure = async (run: Runner['run'], processes = 3): Promise<readonly Result[]> => {
    const steps = measureRows({ run, isSettled: (_, samples) => samples.length >= processes }, processes)
    for (;;) {
      const { done, value } = await steps.next()
      if (done === true) return value
    }
  }

  it.each([10 * (1 + 2 * CONTROL_LIMIT), Number.NaN])(
    'are measured five times and called noisy where the control is %d of 10',
    async (control) => {
      const [row] = await measure(async () => timed(control))
      expect(row).toMatchObject({ attempts: 5, isNoisy: true })
    },
  )

  it('are measured until the control holds, whatever it was before', async () => {
    const controls = [Number.NaN, 20, 10]
    const [row] = await measure(async () => timed(controls.shift() ?? Number.NaN), 1)
    expect(row).toMatchObject({ attempts: 3, isNoisy: false, control: 0 })
  })

  it('lose a process that fails, and nothing that others timed', async () => {
    let calls = 0
    const [row] = await measure(async () => {
      if (++calls === 2) throw new Error('16 wrong answers')
      return timed(10, 10 + calls)
    })
    expect(row).toMatchObject({ processes: 2, isNoisy: false })
    expect(row?.timings.ours?.added).toBe(2)
  })

  it('are not there where nothing ever ran', async () => {
    await expect(measure(() => Promise.reject(new Error('no such runtime')))).rejects.toThrow('no such runtime')
  })
})

describe('parts of a run', () => {
  async function* counting(name: string, steps: number, log: string[]) {
    for (let i = 1; i <= steps; i++) {
      log.push(`${name}${i}`)
      yield
    }
  }

  it('take turns until all have ended', async () => {
    const log: string[] = []
    const jobs = [3, 1, 2].map((steps, i) => ({ name: 'abc'.charAt(i), steps: counting('abc'.charAt(i), steps, log) }))
    await takeTurns(jobs, () => undefined)
    expect(log).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3'])
  })

  it('go on where one of them fails, which is reported', async () => {
    const log: string[] = []
    const failing = repeatedly(1, () => Promise.reject(new Error('no such runtime')))
    await takeTurns(
      [
        { name: 'one', steps: failing },
        { name: 'other', steps: counting('b', 2, log) },
      ],
      (line) => log.push(line),
    )
    expect(log).toContain('one: Error: no such runtime')
    expect(log).toContain('b2')
  })

  it('that find the same numbers again say what they say together, and what each of them was', async () => {
    const found = [3, 1, 2]
    const steps = repeatedly(3, async () => ({ ms: found.shift() ?? Number.NaN }))
    expect(await steps.next()).toEqual({ done: false, value: undefined })
    await steps.next()
    await steps.next()
    expect(await steps.next()).toEqual({
      done: true,
      value: { values: { ms: 2 }, samples: [{ ms: 3 }, { ms: 1 }, { ms: 2 }] },
    })
  })
})
