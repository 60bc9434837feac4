/**
 * `npm run build`: the package in `dist`. One file per entry of `exports` and one per room that entries share, so that a process
 * which imports corsmith opens two files and not fifty; and the types, module by module.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { rolldown } from 'rolldown'

const OUT = 'dist'

interface Manifest {
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>
}

/** What the package says it has, as the sources it is made of: `adapters/hono` for `./dist/adapters/hono.js`. */
function entriesOf({ bin, exports }: Manifest): readonly string[] {
  const files = [
    ...Object.values(bin),
    ...Object.values(exports).map((it) => (typeof it === 'string' ? it : it.default)),
  ]
  return files.flatMap((file) => /^\.\/dist\/(?<name>.+)\.js$/.exec(file)?.groups?.name ?? [])
}

/** A room with the surface that re-exports it, as one file. */
const room = (name: string) => ({ name, test: new RegExp(String.raw`[\\/]src[\\/]${name}[\\/.]`) })

rmSync(OUT, { recursive: true, force: true })
const entries = entriesOf(JSON.parse(readFileSync('package.json', 'utf8')))
const bundle = await rolldown({
  input: Object.fromEntries(entries.map((name) => [name, `./${name}.ts`])),
  platform: 'neutral',
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  transform: { target: 'es2023' },
})
await bundle.write({
  dir: OUT,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'shared/[name].js',
  codeSplitting: {
    groups: [
      { name: 'core', test: /[\\/]src[\\/](?:(?:spec|policy|server)[\\/]|(?:index|adapter|policy)\.ts$)/ },
      ...['proxy', 'browser', 'diagnose', 'cli'].map(room),
    ],
  },
})
await bundle.close()
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
