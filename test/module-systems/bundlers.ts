/** Bundlers: each bundles a program that imports every entry, and Node runs what comes out. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cell, expectDone, type Group } from './cell.ts'
import { imported, required, WORKER } from './programs.ts'
import { NODE, project, tool } from './tools.ts'

const VERSIONS = {
  webpack: '5.113.0',
  rollup: '4.68.8',
  rolldown: '1.2.19',
  esbuild: '0.28.2',
  vite: '8.3.8',
  wrangler: '4.156.2',
  next: '16.4.6',
} as const

type Name = keyof typeof VERSIONS
type Files = Readonly<Record<string, string>>

const ESM: Files = { 'program.js': imported() }
const CJS: Files = { 'program.js': required() }

const WEBPACK = `module.exports = {
  mode: 'production', target: 'node', entry: './program.js', output: { path: __dirname + '/out', filename: 'bundle.cjs' },
}\n`
const ROLLUP = `import { nodeResolve } from '@rollup/plugin-node-resolve'
export default { input: 'program.js', plugins: [nodeResolve()], output: { file: 'out/bundle.js', inlineDynamicImports: true }, external: /^node:/ }\n`
const VITE = `export default {
  build: { ssr: 'program.js', outDir: 'out', rollupOptions: { output: { entryFileNames: 'bundle.js' } } }, ssr: { noExternal: true },
}\n`

/** Bundles, then runs the file that was written. */
function bundler(name: Name, use: string, files: Files, out: string, ...command: readonly string[]): Cell {
  return {
    tool: name === 'next' ? 'Turbopack (Next)' : name,
    version: VERSIONS[name],
    use,
    sample: ['esbuild', 'rolldown', 'vite'].includes(name),
    async run(folder) {
      const type = use === 'require' ? 'commonjs' : 'module'
      const own = await project(folder, `${name}-${use.replaceAll(/\W+/g, '-')}`, files, type)
      await tool(folder, own, command)
      expectDone(out.endsWith('js') ? await tool(folder, own, [NODE, out]) : await readFile(join(own, out), 'utf8'))
    },
  }
}

const wrangler: Cell = {
  tool: 'wrangler',
  version: VERSIONS.wrangler,
  use: 'deploy --dry-run',
  async run(folder) {
    const toml = 'name = "app"\nmain = "worker.js"\ncompatibility_date = "2026-09-01"\n'
    const run = `import worker from './out/worker.js'\nconsole.log(await worker.fetch().text())\n`
    const own = await project(folder, 'wrangler', { 'worker.js': WORKER, 'wrangler.toml': toml, 'run.js': run })
    await tool(folder, own, ['wrangler', 'deploy', '--dry-run', '--outdir', 'out'])
    expectDone(await tool(folder, own, [NODE, 'run.js']))
  },
}

/** The route is rendered by the build, into a file. Next expects its packages in the folder of the application. */
const NEXT: Files = {
  'app/layout.jsx': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>\n',
  'app/page.jsx': 'export default () => <p>page</p>\n',
  'app/program/route.js': imported(
    "export const dynamic = 'force-static'\nexport const GET = () => new Response(text)",
  ),
  'next.config.mjs': `export default { turbopack: { root: import.meta.dirname + '/..' } }\n`,
}

export const bundlers: Group = {
  name: 'bundlers',
  packages: {
    ...VERSIONS,
    'webpack-cli': '7.3.1',
    '@rollup/plugin-node-resolve': '16.0.3',
    react: '19.3.1',
    'react-dom': '19.3.1',
    tldts: '7.5.4',
  },
  cells: [
    bundler('webpack', 'import', { ...ESM, 'webpack.config.cjs': WEBPACK }, 'out/bundle.cjs', 'webpack'),
    bundler('webpack', 'require', { ...CJS, 'webpack.config.cjs': WEBPACK }, 'out/bundle.cjs', 'webpack'),
    bundler('rollup', 'import', { ...ESM, 'rollup.config.js': ROLLUP }, 'out/bundle.js', 'rollup', '-c'),
    bundler('rolldown', 'import', ESM, 'out.mjs', 'rolldown', 'program.js', '--platform', 'node', '--file', 'out.mjs'),
    bundler(
      'rolldown',
      'require',
      CJS,
      'out.cjs',
      'rolldown',
      'program.js',
      '--platform',
      'node',
      '--format',
      'cjs',
      '--file',
      'out.cjs',
    ),
    bundler(
      'esbuild',
      'import',
      ESM,
      'out.mjs',
      'esbuild',
      'program.js',
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--outfile=out.mjs',
    ),
    bundler(
      'esbuild',
      'require',
      CJS,
      'out.cjs',
      'esbuild',
      'program.js',
      '--bundle',
      '--platform=node',
      '--outfile=out.cjs',
    ),
    bundler('vite', 'build --ssr', { ...ESM, 'vite.config.js': VITE }, 'out/bundle.js', 'vite', 'build'),
    wrangler,
    bundler('next', 'next build', NEXT, '.next/server/app/program.body', 'next', 'build'),
  ],
}
