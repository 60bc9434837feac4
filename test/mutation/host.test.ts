// Runs last, in the process that ran all other tests: switches the mutants on, one after the other, and runs the tests that reach each.
import { appendFileSync, readFileSync } from 'node:fs'
import { expect, it, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest'
import { switchboard } from './runner.ts'

const { MUTATION_PLAN: plan = '', MUTATION_RESULTS: results = '' } = process.env

/** How often a mutant may be passed, beside how often it was passed when all was well: beyond that it runs in circles. */
const PATIENCE = 200
/** How long a test may take under a mutant. */
const LONGEST_MS = 3_000

/** Vitest fails a run in which a rejection is not handled. Here it speaks against one mutant. */
let unhandled = false
process.on('unhandledRejection', () => {
  unhandled = true
})

async function isUnhandled(): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve))
  return unhandled
}

it('tries every mutant', { timeout: 0 }, async () => {
  const board = switchboard()
  const { static: loading = {}, perTest = {} } = board.mutantCoverage ?? {}
  const tests = [...(board.tests ?? [])].sort((a, b) => (a.result?.duration ?? 0) - (b.result?.duration ?? 0))
  expect(tests.length).toBeGreaterThan(0)
  // A test that cannot be run twice says nothing. Coverage is no longer counted.
  board.mutantCoverage = { static: {}, perTest: {} }
  const repeatable: RunnerTestCase[] = []
  for (const test of tests) if ((await run([test])) === null) repeatable.push(test)
  write({ tests: tests.length, repeatable: repeatable.length })

  for (const id of JSON.parse(readFileSync(plan, 'utf8')) as string[]) {
    write({ id, begun: true })
    const hits = (owner: { readonly id: string } | undefined) =>
      owner === undefined ? 0 : (perTest[owner.id]?.[id] ?? 0)
    const reaching = repeatable.filter((test) => hits(test) > 0 || suitesOf(test).some((suite) => hits(suite) > 0))
    const total = reaching.reduce((sum, test) => sum + hits(test), 0)
    board.activeMutant = id
    board.hitCount = 0
    board.hitLimit = total * PATIENCE + 10_000
    unhandled = false
    const failure = (await run(reaching)) ?? ((await isUnhandled()) ? 'an unhandled rejection' : null)
    board.activeMutant = undefined
    board.hitCount = undefined
    write({ id, killedBy: failure, isStatic: (loading[id] ?? 0) > 0, reached: reaching.length })
  }
})

function write(line: unknown): void {
  appendFileSync(results, `${JSON.stringify(line)}\n`)
}

/** The suites of a test, the file first. */
function suitesOf(test: RunnerTestCase): RunnerTestSuite[] {
  const suites: RunnerTestSuite[] = []
  for (let suite = test.suite ?? test.file; suite !== undefined; suite = suite.suite as RunnerTestSuite)
    suites.unshift(suite)
  return suites[0] === test.file ? suites : [test.file, ...suites]
}

/** Runs tests with their hooks. Gives the name of the first that fails, or null. */
async function run(tests: readonly RunnerTestCase[]): Promise<string | null> {
  const opened = new Map<RunnerTestSuite, unknown[]>()
  let failed: string | null = null
  for (const test of tests) {
    try {
      for (const suite of suitesOf(test)) {
        if (opened.has(suite)) continue
        opened.set(suite, [])
        for (const hook of TestRunner.getSuiteHooks(suite)?.beforeAll ?? [])
          opened.get(suite)?.push(await soon(() => (hook as Hook)(suite)))
      }
      await runOne(test)
    } catch {
      failed = `${test.file.name} > ${test.name}`
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

async function runOne(test: RunnerTestCase): Promise<void> {
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

/** Waits for something, but not for ever. */
async function soon(act: () => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too slow')), LONGEST_MS)
  })
  try {
    return await Promise.race([Promise.resolve(act()), late])
  } finally {
    clearTimeout(timer)
  }
}
