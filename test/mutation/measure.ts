// Runs Stryker on one room, or on some files of it.
import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import type { Mutant } from './equivalents.ts'
import type { Room } from './rooms.ts'

/** Everything that a run leaves behind; git ignores it. */
export const LEFT = '.mutation'

type Options = ConstructorParameters<typeof Stryker>[0]
type StrykerMutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

export async function measure(
  room: Room,
  files: readonly string[],
  { tests, force }: { readonly tests?: readonly string[] | undefined; readonly force: boolean },
): Promise<Mutant[]> {
  process.env.MUTATION_TESTS = (tests ?? room.tests).join(' ')
  const stryker = new Stryker({
    mutate: files.length > 0 ? [...files] : [...room.mutate],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // What some tests did not notice is no result of the room.
    incremental: tests === undefined,
    incrementalFile: `${LEFT}/incremental-${room.name}.json`,
    force,
    tempDirName: `${LEFT}/sandbox`,
    // TypeScript 7 has no call to rewrite a tsconfig.json, and the copy needs none rewritten.
    tsconfigFile: `${LEFT}/none.json`,
    disableTypeChecks: false,
    ignorePatterns: ['dist', 'docs/errors', 'examples/**/dist', '.wrangler', '.runtimes', '.package', LEFT, '*.tgz'],
    reporters: ['progress-append-only'],
    timeoutMS: 20_000,
    dryRunTimeoutMinutes: 20,
    allowConsoleColors: false,
    logLevel: 'warn' as NonNullable<Options['logLevel']>,
    warnings: false,
    thresholds: { break: null },
  })
  return (await stryker.runMutationTest()).map(toMutant)
}

function toMutant({ fileName, location: { start, end }, replacement, status }: StrykerMutant): Mutant {
  const lines = readFileSync(fileName, 'utf8').split('\n')
  // Positions count from 1, lines and columns alike.
  const original = lines.slice(start.line - 1, end.line)
  original[original.length - 1] = (original.at(-1) ?? '').slice(0, end.column - 1)
  original[0] = (original[0] ?? '').slice(start.column - 1)
  return {
    file: relative(process.cwd(), fileName).split(sep).join('/'),
    at: start.line,
    line: (lines[start.line - 1] ?? '').trim(),
    original: original.join('\n'),
    replacement: replacement ?? '',
    fate: FATES[status] ?? 'invalid',
  }
}

const FATES: Readonly<Record<string, Mutant['fate']>> = {
  Killed: 'killed',
  Timeout: 'killed',
  Survived: 'survived',
  NoCoverage: 'survived',
}
