/**
 * `npm run build`: writes the package to `dist`, and a copy for `require` to `dist/cjs`.
 *
 * There is one file per entry of `exports`, and one per room that several entries share. So an
 * import of corsmith opens two files and not fifty. The types stay module by module.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { rolldown } from 'rolldown'

const OUT = 'dist'
const COMMONJS: string = join(OUT, 'cjs')

interface Target {
  readonly types: string
  readonly default: string
}

interface Manifest {
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly import: Target; readonly require: Target }>>
}

const { bin, exports }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const targets = Object.values(exports).flatMap((it) => (typeof it === 'string' ? [] : it))

/** Gives the sources of files in `dist`: `adapters/hono` for `./dist/adapters/hono.js`. */
const sourcesOf = (files: readonly string[], folder: string): readonly string[] =>
  files.map((file) => file.slice(`./${folder}/`.length, -'.js'.length))

/** Makes one file of a room and the surface that re-exports it. */
const room = (name: string) => ({ name, test: new RegExp(String.raw`[\\/]src[\\/]${name}[\\/.]`) })

/**
 * Marks the line that throws `CorsPolicyError`, so that Node prints the user's own line first.
 *
 * For an error that a CommonJS module throws, Node prints the line of the `throw` above the stack.
 * That line is in this package, and says nothing about the policy. Node leaves out a line that has
 * this comment. An ES module's error reaches Node as a rejection, which has no such line.
 */
function hideThrowingLine(): void {
  const file = join(COMMONJS, 'shared', 'core.js')
  const code = readFileSync(file, 'utf8')
  const marked = code.replace(
    /function blamingCaller\([\s\S]*?throw error;/,
    (found) => `${found} /* node-do-not-add-exception-line */`,
  )
  if (marked === code) throw new Error(`${file}: found no line that throws a CorsPolicyError`)
  writeFileSync(file, marked)
}

async function write(folder: string, format: 'esm' | 'cjs', files: readonly string[]): Promise<void> {
  const entries = sourcesOf(files, folder.replaceAll(sep, '/'))
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, `./${name}.ts`])),
    platform: 'neutral',
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    transform: { target: 'es2023' },
  })
  await bundle.write({
    dir: folder,
    format,
    exports: 'named',
    strict: true,
    // The types carry the documentation. Without comments a process has up to a third less to read.
    comments: { legal: false, annotation: true, jsdoc: false },
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    codeSplitting: {
      groups: [
        // What answers for a compiled policy. It comes first: the rest imports it, and it imports no
        // check.
        {
          name: 'runtime',
          test: /[\\/]src[\\/](?:runtime(?:-adapter)?\.ts$|server[\\/](?!create|source|prepare|nesting))/,
          priority: 1,
        },
        // The proxy of compiled policies, in the same way.
        { name: 'forward', test: /[\\/]src[\\/](?:runtime-proxy\.ts$|proxy[\\/](?!create|env))/, priority: 1 },
        { name: 'core', test: /[\\/]src[\\/](?:(?:spec|policy|server)[\\/]|(?:index|adapter|policy)\.ts$)/ },
        ...['proxy', 'operate', 'routes', 'tenants', 'browser', 'targets', 'diagnose', 'migrate', 'build'].map(room),
        // A group includes the modules that it imports. Without its own group, this adapter would
        // be in the file of the command, and its import would run the command.
        { name: 'node-proxy', test: /[\\/]adapters[\\/]node-proxy\.ts$/ },
        { name: 'node-proxy-server', test: /[\\/]adapters[\\/](?:runtime[\\/]node-proxy|node-proxy-)/, priority: 1 },
        room('cli'),
      ],
    },
  })
  await bundle.close()
}

rmSync(OUT, { recursive: true, force: true })
await write(OUT, 'esm', [...Object.values(bin), ...targets.map((target) => target.import.default)])
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })

// The package.json above a declaration file decides whether it describes an ES module or CommonJS.
// So the CommonJS build has its own copies. The command exists as ES modules only.
for (const folder of ['src', 'adapters']) {
  cpSync(join(OUT, folder), join(COMMONJS, folder), {
    recursive: true,
    filter: (path) => !path.endsWith('.js') && !path.startsWith(join(OUT, 'src', 'cli')),
  })
}
writeFileSync(join(COMMONJS, 'package.json'), '{ "type": "commonjs", "sideEffects": false }\n')
await write(
  COMMONJS,
  'cjs',
  targets.map((target) => target.require.default),
)
hideThrowingLine()
