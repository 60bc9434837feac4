// Runs last, in the process that ran all other tests: switches the mutants on, one after the other, and runs the tests that reach each.
import { appendFileSync, readFileSync } from 'node:fs'
import { expect, it, type RunnerTestCase, type RunnerTestSuite, TestRunner, vi } from 'vitest'
import { switchboard } from './runner.ts'

const { MUTATION_PLAN: plan = '', MUTATION_RESULTS: results = '' } = process.env

/** How often a mutant may be passed, beside how often it was passed when all was well: beyond that it runs in circles. */
const PATIENCE = 200
/** How long a test may take under a mutant, and how much longer where the machine is found to be busy. */
const [LONGEST_MS, BUSY] = [3_000, 10]
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
  // A test that cannot be run twice says nothing. Coverage is no longer counted.
  board.mutantCoverage = { static: {}, perTest: {} }
  const repeatable: RunnerTestCase[] = []
  for (const test of tests) {
    if ((await judge([test], LONGEST_MS * BUSY)) === null) repeatable.push(test)
    else write({ leftOut: nameOf(test) })
  }
  write({ tests: tests.length, ms: performance.now() })

  for (const [place, id] of (JSON.parse(readFileSync(plan, 'utf8')) as string[]).entries()) {
    write({ id, begun: true })
    const reaching = repeatable.filter((test) => hits(test).some((count) => (count[id] ?? 0) > 0))
    const total = reaching.reduce((sum, { id: test }) => sum + (perTest[test]?.[id] ?? 0), 0)
    const under = async (chosen: readonly RunnerTestCase[], longest = LONGEST_MS) => {
      board.activeMutant = id
      board.hitCount = 0
      board.hitLimit = total * PATIENCE + 10_000
      const failure = await judge(chosen, longest)
      board.activeMutant = undefined
      board.hitCount = undefined
      return failure
    }
    let failure = await under(reaching)
    // What another mutant left running may fail later.
    if (failure?.isUnhandled) failure = await under(reaching)
    // A busy machine makes a test late too.
    if (failure?.isLate && (await lasts(failure.test)) > LONGEST_MS / 3)
      failure = await under(reaching, LONGEST_MS * BUSY)
    // A test that fails without the mutant too was spoilt, by this one or by one before it. Only of the first is that known.
    const isSpoilt = failure?.test !== undefined && (await judge([failure.test], LONGEST_MS * BUSY)) !== null
    if (!isSpoilt || place === 0)
      write({ id, killedBy: failure?.name ?? null, isStatic: (loading[id] ?? 0) > 0, reached: reaching.length })
    if (isSpoilt) return write({ end: 'spoilt' })
  }
  write({ end: 'done' })
})

/** Why a run does not pass. */
interface Failure {
  readonly name: string
  readonly test?: RunnerTestCase
  readonly isLate?: boolean
  readonly isUnhandled?: boolean
}

/** Runs tests, and waits for what they left unhandled. */
async function judge(tests: readonly RunnerTestCase[], longest = LONGEST_MS): Promise<Failure | null> {
  unhandled = false
  const failure = await run(tests, longest)
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

function nameOf(test: RunnerTestCase): string {
  return `${test.file.name} > ${test.name}`
}

/** The suites of a test, the file first. */
function suitesOf(test: RunnerTestCase): RunnerTestSuite[] {
  const suites: RunnerTestSuite[] = []
  for (let suite = test.suite ?? test.file; suite !== undefined; suite = suite.suite as RunnerTestSuite)
    suites.unshift(suite)
  return suites[0] === test.file ? suites : [test.file, ...suites]
}

/** Runs tests with their hooks, until one fails. */
async function run(tests: readonly RunnerTestCase[], longest: number): Promise<Failure | null> {
  const soon = (act: () => unknown) => within(longest, act)
  const opened = new Map<RunnerTestSuite, unknown[]>()
  let failed: Failure | null = null
  for (const test of tests) {
    if (Date.now() - written > SIGN_MS) write({})
    try {
      for (const suite of suitesOf(test)) {
        if (opened.has(suite)) continue
        opened.set(suite, [])
        for (const hook of TestRunner.getSuiteHooks(suite)?.beforeAll ?? [])
          opened.get(suite)?.push(await soon(() => (hook as Hook)(suite)))
      }
      await runOne(test, soon)
    } catch (error) {
      failed = { name: nameOf(test), test, isLate: error === LATE }
      break
    }
  }
  for (const [suite, cleanups] of [...opened].reverse()) {
    const hooks = TestRunner.getSuiteHooks(suite)?.afterAll ?? []
    for (const hook of [...hooks, ...cleanups])
      if (typeof hook === 'function') await soon(() => hook(suite)).catch(() => {})
  }
  return failed
}

type Hook = (...args: unknown[]) => unknown

async function runOne(test: RunnerTestCase, soon: (act: () => unknown) => Promise<unknown>): Promise<void> {
  const suites = suitesOf(test)
  const cleanups: unknown[] = []
  try {
    for (const suite of suites)
      for (const hook of TestRunner.getSuiteHooks(suite)?.beforeEach ?? [])
        cleanups.push(await soon(() => (hook as Hook)(test.context, suite)))
    await soon(() => (TestRunner.getTestFn(test) as Hook | undefined)?.(test.context))
  } finally {
    for (const cleanup of cleanups.reverse())
      if (typeof cleanup === 'function') await soon(() => (cleanup as Hook)()).catch(() => {})
    for (const suite of suites.reverse())
      for (const hook of TestRunner.getSuiteHooks(suite)?.afterEach ?? [])
        await soon(() => (hook as Hook)(test.context, suite))
  }
}

const LATE = new Error('too slow')

/** Waits for something, but not for ever. */
async function within(longest: number, act: () => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(LATE), longest)
  })
  try {
    return await Promise.race([Promise.resolve(act()), late])
  } finally {
    clearTimeout(timer)
  }
}
