// Vitest's runner, which also notes which test reaches which mutant, and keeps every test so that it can be run again.
import { type RunnerTask, type RunnerTestCase, type RunnerTestFile, type RunnerTestSuite, TestRunner } from 'vitest'
import type { Modules } from './reload.ts'

/** What the instrumented sources and this run share. The instrumenter's code calls the first three by these names. */
export interface Switchboard {
  activeMutant?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  currentTestId?: string | undefined
  mutantCoverage?: {
    /** Mutants that were reached while modules were loaded, and tests collected. */
    readonly static: Record<string, number>
    /** By the id of a test, or of a suite for its hooks. */
    readonly perTest: Record<string, Record<string, number>>
  }
  /** Every test that ran. */
  tests?: RunnerTestCase[]
  /** Every module that was loaded. */
  modules?: Modules
  /** Prepares Vitest's snapshots for a test that runs again: nothing is written, and a snapshot that is lacking fails. */
  prepareSnapshots?: (test: RunnerTestCase) => Promise<void>
}

/** What Vitest keeps to itself of its runner. */
interface Inside {
  readonly moduleRunner: Modules
  readonly workerState: { readonly config: { readonly snapshotOptions: object } }
  readonly snapshotClient: {
    readonly snapshotStateMap: Map<string, unknown>
    setup(file: string, options: object): Promise<void>
  }
}

export function switchboard(): Switchboard {
  const shared = globalThis as { __stryker__?: Switchboard }
  shared.__stryker__ ??= {}
  return shared.__stryker__
}

export default class CoveringRunner extends TestRunner {
  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite)
    switchboard().currentTestId = suite.id
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite)
    switchboard().currentTestId = suite.suite?.id
  }

  override async onBeforeRunTask(task: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(task)
    switchboard().currentTestId = task.id
  }

  override onAfterRunTask(task: RunnerTestCase): void {
    super.onAfterRunTask(task)
    switchboard().currentTestId = (task.suite ?? task.file).id
  }

  override onAfterRunFiles(files: RunnerTestFile[]): void {
    super.onAfterRunFiles(files)
    const board = switchboard()
    board.currentTestId = undefined
    const { moduleRunner, snapshotClient, workerState } = this as unknown as Inside
    board.modules = moduleRunner
    board.prepareSnapshots = async ({ file: { filepath } }) => {
      snapshotClient.snapshotStateMap.delete(filepath)
      await snapshotClient.setup(filepath, { ...workerState.config.snapshotOptions, updateSnapshot: 'none' })
    }
    board.tests = [...(board.tests ?? []), ...files.flatMap(testsOf)]
  }
}

function testsOf(task: RunnerTask): RunnerTestCase[] {
  if (task.type === 'test') return task.result?.state === 'pass' ? [task] : []
  return task.tasks.flatMap(testsOf)
}
