/** Declarations, as each compiler resolves and checks them. */
import type { Cell, Group } from './cell.ts'
import { typed } from './programs.ts'
import { project, tool } from './tools.ts'

/** The compilers, as npm serves them. */
const COMPILERS: Readonly<Record<string, string>> = {
  '5.0': '5.0.4',
  '5.4': '5.4.5',
  '5.9': '5.9.3',
  '6.0': '6.0.3',
  '7.0': '7.0.2',
}

interface Setting {
  readonly use: string
  readonly module: string
  readonly moduleResolution: string
  readonly type: 'module' | 'commonjs'
}

const SETTINGS: readonly Setting[] = [
  { use: 'node10', module: 'commonjs', moduleResolution: 'node10', type: 'commonjs' },
  { use: 'node16, CommonJS package', module: 'node16', moduleResolution: 'node16', type: 'commonjs' },
  { use: 'node16, ES modules', module: 'node16', moduleResolution: 'node16', type: 'module' },
  { use: 'nodenext, CommonJS package', module: 'nodenext', moduleResolution: 'nodenext', type: 'commonjs' },
  { use: 'nodenext, ES modules', module: 'nodenext', moduleResolution: 'nodenext', type: 'module' },
  { use: 'bundler', module: 'esnext', moduleResolution: 'bundler', type: 'module' },
]

/** Errors in declarations of others are their own. In ours, and in the program, every error counts. */
const isForeign = (line: string): boolean => /^(?:\.\.\/)*node_modules\/(?!corsmith\/)/.test(line)

function cell(compiler: string, version: string, { use, type, ...wanted }: Setting): Cell {
  const isGone = use === 'node10' && compiler === '7.0'
  const setting = use === 'node10' && compiler === '6.0' ? { ...wanted, ignoreDeprecations: '6.0' } : wanted
  return {
    tool: 'TypeScript',
    version,
    use,
    ...(isGone && { absent: 'TypeScript 7 has no node10' }),
    async run(folder) {
      const options = { target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], types: ['node'], strict: true }
      const compilerOptions = { ...options, ...setting, noEmit: true, skipLibCheck: false }
      const files = { 'app.ts': typed(), 'tsconfig.json': JSON.stringify({ compilerOptions, files: ['app.ts'] }) }
      const own = await project(folder, `${compiler}-${use.replaceAll(/\W+/g, '-')}`, files, type)
      const tsc = ['node', `../node_modules/typescript-${compiler}/bin/tsc`, '-p', '.', '--pretty', 'false']
      const failure: string = await tool(folder, own, tsc).then(
        () => '',
        (error: Error) => error.message,
      )
      const errors = failure.split('\n').filter((line) => line.includes('error TS') && !isForeign(line))
      if (errors.length > 0) throw new Error(errors.join('\n'))
      if (failure !== '' && !failure.includes('error TS')) throw new Error(failure)
    },
  }
}

export const compilers: Group = {
  name: 'compilers',
  packages: {
    ...Object.fromEntries(
      Object.entries(COMPILERS).map(([name, exact]) => [`typescript-${name}`, `npm:typescript@${exact}`]),
    ),
    '@types/node': '24.19.2',
    hono: '4.13.19',
    tldts: '7.5.4',
  },
  cells: Object.entries(COMPILERS).flatMap(([compiler, version]) =>
    SETTINGS.map((setting) => cell(compiler, version, setting)),
  ),
}
