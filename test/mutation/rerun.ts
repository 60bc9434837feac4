// Runs tests again that ran before in the same process, with the hooks of their suites.
import { type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest'
import { switchboard } from './runner.ts'

/** Why a run does not pass. */
export interface Failure {
  readonly name: string
  readonly test?: RunnerTestCase
  readonly isLate?: boolean
  readonly isUnhandled?: boolean
}

export function nameOf(test: RunnerTestCase): string {
  return `${test.file.name} > ${test.name}`
}

/** The suites of a test, the file first. */
export function suitesOf(test: RunnerTestCase): RunnerTestSuite[] {
  const suites: RunnerTestSuite[] = []
  for (let suite = test.suite ?? test.file; suite !== undefined; suite = suite.suite as RunnerTestSuite)
    suites.unshift(suite)
  return suites[0] === test.file ? suites : [test.file, ...suites]
}

/**
 * Runs tests with their hooks, until one fails.
 *
 * @param longest how many milliseconds a test or a hook may take
 * @param next is called before each test
 */
export async function rerun(
  tests: readonly RunnerTestCase[],
  longest: number,
  next: () => void,
): Promise<Failure | null> {
  const soon = (act: () => unknown) => within(longest, act)
  const opened = new Map<RunnerTestSuite, unknown[]>()
  let failed: Failure | null = null
  for (const test of tests) {
    next()
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
  // A snapshot is looked up by the test that runs now, as Vitest knows it. That is the host.
  const host = TestRunner.getCurrentTest()
  if (host === undefined) throw new Error('no test runs')
  const { id, name, suite: parent, file } = host
  Object.assign(host, { id: test.id, name: test.name, suite: test.suite, file: test.file })
  await switchboard().prepareSnapshots?.(test)
  try {
    for (const suite of suites)
      for (const hook of TestRunner.getSuiteHooks(suite)?.beforeEach ?? [])
        cleanups.push(await soon(() => (hook as Hook)(test.context, suite)))
    await soon(() => (TestRunner.getTestFn(test) as Hook | undefined)?.(test.context))
  } finally {
    Object.assign(host, { id, name, suite: parent, file })
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
