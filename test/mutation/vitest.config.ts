// The project `node` of vitest.config.ts, narrowed to the tests that judge one room. Stryker starts it in its copy of the repository.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import whole from '../../vitest.config.ts'
import { IN_THIS_RUNTIME, LEFT_OUT } from './rooms.ts'

const { MUTATION_TESTS: folders = '', MUTATION_PLAN: plan, MUTATION_NAMES: names } = process.env
const isFast = plan !== undefined
const node = whole.test?.projects?.find(
  (project) => typeof project === 'object' && 'test' in project && project.test?.name === 'node',
)
const resolve = typeof node === 'object' && 'resolve' in node ? node.resolve : undefined

/** A mutant is dead at the first test that fails, so properties, which take longest, come last. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => /\bholds\(/.test(readFileSync(moduleId, 'utf8'))
    const isHost = ({ moduleId }: TestSpecification) => moduleId.endsWith('host.test.ts')
    const others = files.filter((file) => !isHost(file))
    return [...others.filter((file) => !isSlow(file)), ...others.filter(isSlow), ...files.filter(isHost)]
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  ...(resolve === undefined ? {} : { resolve }),
  test: {
    name: 'node',
    testTimeout: 60_000,
    // A folder, or the beginning of a file's name.
    include: [
      ...folders.split(' ').map((name) => `test/${name}${name.includes('/') ? '' : '/**/'}*.test.ts`),
      ...(isFast ? ['test/mutation/host.test.ts'] : []),
    ],
    // One process for all, where each test can be run again.
    ...(isFast ? { runner: fileURLToPath(new URL('runner.ts', import.meta.url)), maxWorkers: 1 } : {}),
    exclude: LEFT_OUT,
    testNamePattern: names === undefined ? IN_THIS_RUNTIME : new RegExp(`${names}(?: |$)`),
    sequence: { sequencer: QuickFirst },
    isolate: false,
  },
})
