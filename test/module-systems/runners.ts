/** Programs that run tests or TypeScript, each with the configuration that it starts with. */
import { type Cell, DONE, expectDone, type Group } from './cell.ts'
import { imported, required, typed } from './programs.ts'
import { project, tool } from './tools.ts'

const VERSIONS = {
  jest: '30.5.2',
  'ts-jest': '29.4.15',
  'ts-node': '10.9.2',
  tsx: '4.23.15',
  vitest: '5.1.1',
  vite: '8.3.8',
} as const

type Files = Readonly<Record<string, string>>

const EXPECT = `test('every entry', () => expect(text).toBe('${DONE}'))`
const COMMONJS: string = JSON.stringify({
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: ['node', 'jest'],
    module: 'commonjs',
    moduleResolution: 'node10',
    strict: true,
  },
})

/** A test runner says by its status that all went well. */
function runner(
  name: keyof typeof VERSIONS,
  use: string,
  type: 'module' | 'commonjs',
  files: Files,
  ...command: string[]
): Cell {
  return {
    tool: name,
    version: VERSIONS[name],
    use,
    sample: name === 'vitest',
    async run(folder) {
      await tool(folder, await project(folder, `${name}-${use.replaceAll(/\W+/g, '-')}`, files, type), command)
    },
  }
}

function interpreter(
  name: keyof typeof VERSIONS,
  use: string,
  type: 'module' | 'commonjs',
  files: Files,
  file: string,
): Cell {
  return {
    tool: name,
    version: VERSIONS[name],
    use,
    async run(folder) {
      const own = await project(folder, `${name}-${use.replaceAll(/\W+/g, '-')}`, files, type)
      expectDone(await tool(folder, own, [name, file]))
    },
  }
}

const JEST_CONFIG = `module.exports = { preset: 'ts-jest', testMatch: ['**/*.test.ts'] }\n`
const VITEST = `import { expect, test } from 'vitest'\n`

export const runners: Group = {
  name: 'runners',
  packages: {
    ...VERSIONS,
    '@types/jest': '30.0.0',
    '@types/node': '24.19.2',
    hono: '4.13.19',
    tldts: '7.5.4',
    // ts-jest and ts-node call the compiler's JavaScript API, which TypeScript 7 has no more.
    typescript: '5.9.3',
  },
  cells: [
    runner('jest', 'default configuration', 'commonjs', { 'cors.test.js': required(EXPECT) }, 'jest', '--rootDir', '.'),
    runner(
      'ts-jest',
      'its preset, CommonJS',
      'commonjs',
      { 'cors.test.ts': typed(EXPECT), 'jest.config.js': JEST_CONFIG, 'tsconfig.json': COMMONJS },
      'jest',
    ),
    interpreter('ts-node', 'CommonJS', 'commonjs', { 'program.ts': typed(), 'tsconfig.json': COMMONJS }, 'program.ts'),
    interpreter('tsx', 'ES modules', 'module', { 'program.ts': typed() }, 'program.ts'),
    interpreter('tsx', 'CommonJS', 'commonjs', { 'program.ts': typed() }, 'program.ts'),
    runner(
      'vitest',
      'default configuration',
      'module',
      { 'cors.test.js': VITEST + imported(EXPECT) },
      'vitest',
      'run',
      '--root',
      '.',
    ),
  ],
}
