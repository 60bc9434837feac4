/**
 * The package as CommonJS projects meet it: what their compilers resolve, what `require` loads, and how the copy that it loads gets on
 * with the one that `import` loads.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TOGETHER } from '../module-systems/copies.ts'
import { ROOT } from '../runtimes/paths.ts'
import { execute } from './programs.ts'

type Check = (name: string, run: () => void) => void

/** The compilers, by their folder in `node_modules`. */
const COMPILERS: Readonly<Record<string, string>> = {
  'TypeScript 5.9': 'typescript-5.9',
  'TypeScript 6.0': 'typescript-6.0',
  'TypeScript 7.0': 'typescript',
}

interface Setting {
  readonly module: string
  readonly moduleResolution: string
  readonly ignoreDeprecations?: string
}

const SETTINGS: readonly Setting[] = [
  { module: 'commonjs', moduleResolution: 'node10' },
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
]

/** The setting as a compiler takes it, or why it takes none. */
function settingOf(compiler: string, setting: Setting): Setting | string {
  if (setting.moduleResolution !== 'node10' || compiler === 'TypeScript 5.9') return setting
  if (compiler === 'TypeScript 6.0') return { ...setting, ignoreDeprecations: '6.0' }
  return `${compiler} has no moduleResolution node10`
}

/** Compiles the programs of `consumers/commonjs` with every compiler and setting. */
export function checkCompilers(work: string, check: Check): void {
  const folder = join(work, 'commonjs')
  cpSync(join(import.meta.dirname, 'consumers', 'commonjs'), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }')
  for (const [compiler, installed] of Object.entries(COMPILERS)) {
    for (const wanted of SETTINGS) {
      const { module, moduleResolution } = wanted
      const setting = settingOf(compiler, wanted)
      if (typeof setting === 'string') {
        console.log(`– declarations in a CommonJS project, ${module} and ${moduleResolution}: ${setting}`)
        continue
      }
      const options = { target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], types: ['node'], strict: true }
      // What an ES module makes goes to a CommonJS module, and back, where both can be in one program.
      const files = ['app.ts', ...(module === 'nodenext' ? ['mixed.mts'] : [])]
      const config = { compilerOptions: { ...options, ...setting, noEmit: true, skipLibCheck: false }, files }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
      const tsc = join(ROOT, 'node_modules', installed, 'bin', 'tsc')
      check(`declarations in a CommonJS project: ${compiler}, ${module} and ${moduleResolution}`, () => {
        try {
          execute(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], folder)
        } catch (error) {
          const lines = (error as Error).message.split('\n')
          // Declarations of frameworks and runtimes are their own.
          const foreign = /^(?:\.\.\/)+node_modules\/(?!corsmith\/)/
          const ours = lines.filter((line) => line.includes('error TS') && !foreign.test(line))
          if (ours.length > 0 || !lines.some((line) => line.includes('error TS'))) throw new Error(lines.join('\n'))
        }
      })
    }
  }
}

/** `require` as Node had it before it could load ES modules: nothing but CommonJS passes. */
const REQUIRE = ['--no-experimental-require-module']

/** Checks that `require` gets every entry, with everything that `import` gets. */
const everyEntry = (entries: readonly string[]) => `
const { createRequire } = await import('node:module')
const require = createRequire(process.cwd() + '/x.js')
for (const entry of ${JSON.stringify(entries)}) {
  const [required, imported] = [Object.keys(require(entry)), Object.keys(await import(entry))].map((it) => it.sort().join())
  if (required !== imported || required === '') throw new Error(entry + ' has ' + required + ' and not ' + imported)
}
`

export function checkRequire(work: string, entries: readonly string[], check: Check): void {
  const run = (source: string) =>
    execute(process.execPath, [...REQUIRE, '--input-type=module', '-e', source], join(work, 'commonjs'))
  mkdirSync(join(work, 'commonjs'), { recursive: true })
  check('every entry can be required, without ES modules, and has what an import has', () =>
    run(everyEntry(entries.map((entry) => join('corsmith', entry)))),
  )
  check('what the imported copy makes is taken by the required one, and the other way round', () => run(TOGETHER))
  check('a start-up error names the line of the program before any line of the package', () => {
    writeFileSync(
      join(work, 'commonjs', 'mistaken.cjs'),
      "const { createCors } = require('corsmith')\n\ncreateCors({ origins: ['https://a.com/'] })\n",
    )
    const { stderr } = spawnSync(process.execPath, ['mistaken.cjs'], { cwd: join(work, 'commonjs'), encoding: 'utf8' })
    const [head = '', frame = ''] = stderr.trimStart().split(/\n {4}at /)
    if (!head.startsWith('CorsPolicyError: ') || !frame.includes('mistaken.cjs:3:')) throw new Error(stderr)
  })
}
