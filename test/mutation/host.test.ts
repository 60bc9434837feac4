// Runs last, in the process that ran all other tests: switches the mutants on, one after the other, and runs the tests that reach each.
import { appendFileSync, readFileSync } from 'node:fs'
import { expect, it, type RunnerTestCase, vi } from 'vitest'
import type { Step } from './measure.ts'
import { reload, testsOf } from './reload.ts'
import { type Failure, nameOf, rerun, suitesOf } from './rerun.ts'
import { switchboard } from './runner.ts'

const { MUTATION_PLAN: plan = '', MUTATION_RESULTS: results = '', MUTATION_TRY_MS: tryMs } = process.env

/** How long the tests of one mutant may take. */
const LONGEST_TRY_MS = Number(tryMs ?? Number.POSITIVE_INFINITY)

/** How often a mutant may be passed, beside how often it was passed when all was well: beyond that it runs in circles. */
const PATIENCE = 200
/** How long a test may take under a mutant, and how much longer where the machine is found to be busy. */
const [LONGEST_MS, BUSY] = [3_000, 10]
/** How far a mutant stands from one that is near it. They are numbered in the order of the source. */
const NEAR = 15
/** A test that takes no longer comes before those that do. */
const QUICK_MS = 10
/** How often a sign of life is given. */
const SIGN_MS = 5_000

/** Vitest fails a run in which an error is not handled. Here it speaks against one mutant. */
let unhandled = false
for (const event of ['unhandledRejection', 'uncaughtException'])
  process.on(event, () => {
    unhandled = true
  })

it('tries every mutant', { timeout: 0 }, async () => {
  const board = switchboard()
  const { static: loading = {}, perTest = {} } = board.mutantCoverage ?? {}
  const hits = (test: RunnerTestCase) =>
    [test, ...suitesOf(test)].map((owner) => perTest[owner.id]).filter((count) => count !== undefined)
  // Most tests of another runtime reach nothing here.
  const tests = (board.tests ?? [])
    .filter((test) => hits(test).length > 0)
    .sort((a, b) => (a.result?.duration ?? 0) - (b.result?.duration ?? 0))
  expect(tests.length).toBeGreaterThan(0)
  // Coverage is no longer counted.
  board.mutantCoverage = { static: {}, perTest: {} }
  // A test that cannot be run twice says nothing.
  const once = new Set<RunnerTestCase>()
  const usable = tests.filter(({ result }) => (result?.duration ?? 0) <= LONGEST_TRY_MS)
  for (const one of new Set(usable.map(({ file }) => file))) {
    const together = usable.filter(({ file }) => file === one)
    if ((await judge(together, LONGEST_MS * BUSY)) === null) continue
    for (const test of together) {
      if ((await judge([test], LONGEST_MS * BUSY)) === null) continue
      once.add(test)
      write({ leftOut: nameOf(test) })
    }
  }
  write({ tests: tests.length, ms: performance.now() })

  const { modules } = board
  expect(modules).toBeDefined()
  if (modules === undefined) return
  // Tests that fail when a source is loaded again without a mutant, because what they hold was made before, or because they are slow.
  const [sound, unsound] = [new Set<string>(), new Set<string>()]
  const isSound = async (file: string, test?: RunnerTestCase): Promise<boolean> => {
    const key = keyOf(file, test)
    if (!sound.has(key) && !unsound.has(key)) {
      const undo = await reload(modules, file).catch(() => null)
      const isFine = undo !== null && (await judge(test === undefined ? [] : [test])) === null
      undo?.()
      ;(isFine ? sound : unsound).add(key)
    }
    return sound.has(key)
  }
  const reachedBy = new Map<string, number>()
  for (const id of Object.values(perTest).flatMap(Object.keys)) reachedBy.set(id, (reachedBy.get(id) ?? 0) + 1)
  /** How many tests reach what stands near a mutant and the fewest of them reach: the fewer, the more a test has to do with it. */
  const rarity = (test: RunnerTestCase, id: string): number => {
    const near = Array.from({ length: 2 * NEAR + 1 }, (_, place) => String(Number(id) - NEAR + place))
    const reached = near.filter((one) => hits(test).some((count) => (count[one] ?? 0) > 0))
    return Math.min(...reached.map((one) => reachedBy.get(one) ?? 0))
  }
  const judges = (id: string, isOne: (test: RunnerTestCase) => boolean): readonly RunnerTestCase[] => {
    let left = LONGEST_TRY_MS
    return tests
      .filter((test) => isOne(test) && !once.has(test))
      .map((test) => ({ test, isSlow: (test.result?.duration ?? 0) > QUICK_MS, rarity: rarity(test, id) }))
      .sort((a, b) => Number(a.isSlow) - Number(b.isSlow) || (a.rarity === b.rarity ? 0 : a.rarity - b.rarity))
      .map(({ test }) => test)
      .filter(({ result }) => {
        left -= result?.duration ?? 0
        return left > 0
      })
  }
  for (const [place, { id, file }] of (JSON.parse(readFileSync(plan, 'utf8')) as Step[]).entries()) {
    write({ id, begun: true })
    const began = performance.now()
    const countOf = (test: RunnerTestCase) => perTest[test.id]?.[id] ?? 0
    const switchOn = (reached: readonly RunnerTestCase[]) => {
      board.activeMutant = id
      board.hitCount = 0
      board.hitLimit = (reached.reduce((sum, test) => sum + countOf(test), 0) + (loading[id] ?? 0)) * PATIENCE + 10_000
    }
    const switchOff = () => {
      board.activeMutant = undefined
      board.hitCount = undefined
    }
    const under = async (chosen: readonly RunnerTestCase[], longest = LONGEST_MS) => {
      switchOn(chosen)
      const failure = await judge(chosen, longest)
      switchOff()
      return failure
    }
    // What modules made while they loaded was made without the mutant: they are loaded again with it, in their place.
    const underLoaded = async (): Promise<Failure | null> => {
      const importing = testsOf(modules, file)
      const all = judges(id, (test) => importing.has(test.file.filepath))
      for (let tries = 0; ; tries++) {
        const chosen = all.filter((test) => !unsound.has(keyOf(file, test)))
        switchOn(chosen)
        const undo = await reload(modules, file).catch((error: unknown) => String(error))
        const failure: Failure | null =
          typeof undo === 'string' ? { name: `it cannot be loaded: ${undo}` } : await judge(chosen)
        if (typeof undo !== 'string') undo()
        switchOff()
        if (failure?.isUnhandled && tries === 0) continue
        if (failure === null || (await isSound(file, failure.test))) return failure
        if (failure.test === undefined) return null
      }
    }
    const isStatic = (loading[id] ?? 0) > 0
    const attempt = async (): Promise<Failure | null> => {
      const reaching = judges(id, (test) => hits(test).some((count) => (count[id] ?? 0) > 0))
      let failure = await under(reaching)
      // What another mutant left running may fail later.
      if (failure?.isUnhandled) failure = await under(reaching)
      // A busy machine makes a test late too.
      if (failure?.isLate && (await lasts(failure.test)) > LONGEST_MS / 3)
        failure = await under(reaching, LONGEST_MS * BUSY)
      return failure === null && isStatic ? underLoaded() : failure
    }
    const failure = await attempt()
    const { test } = failure ?? {}
    // A test that fails without the mutant too was spoilt, by this mutant or by one before it.
    const isSpoilt = test !== undefined && (await judge([test], LONGEST_MS * BUSY)) !== null
    // By which it was spoilt is known only of the first.
    if (!isSpoilt || place === 0)
      write({ id, killedBy: failure?.name ?? null, isStatic, ms: Math.round(performance.now() - began) })
    if (isSpoilt) return write({ end: 'spoilt', by: id, test: failure?.name })
  }
  write({ end: 'done' })
})

function keyOf(file: string, test: RunnerTestCase | undefined): string {
  return `${file} ${test?.id}`
}

/** Runs tests, and waits for what they left unhandled. */
async function judge(tests: readonly RunnerTestCase[], longest = LONGEST_MS): Promise<Failure | null> {
  unhandled = false
  const failure = await rerun(tests, longest, () => {
    if (Date.now() - written > SIGN_MS) write({})
  })
  await new Promise((resolve) => setImmediate(resolve))
  if (failure === null) return unhandled ? { name: 'an error that is not handled', isUnhandled: true } : null
  // What a failed test did not come to put back.
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.useRealTimers()
  return failure
}

let written = 0

function write(line: unknown): void {
  written = Date.now()
  appendFileSync(results, `${JSON.stringify(line)}\n`)
}

async function lasts(test: RunnerTestCase | undefined): Promise<number> {
  const began = performance.now()
  await judge(test === undefined ? [] : [test], LONGEST_MS * BUSY)
  return performance.now() - began
}
