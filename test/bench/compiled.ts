/** The package as users have it, and the policy of the bench as `corsmith compile js` writes it. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the package, and compiles the policy with its command. */
export function buildPackage(): void {
  const run = (...args: readonly string[]) => execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  run('scripts/build.ts')
  run('dist/src/cli.js', 'compile', 'js', 'test/bench/compiled/policy.json', '-o', 'test/bench/compiled/cors.js')
}

/** Takes what a compiled policy imports from the built package, and not from the sources. */
export const builtRuntime: Plugin = {
  name: 'built-runtime',
  setup({ onResolve }) {
    onResolve({ filter: /^corsmith\/runtime(?:\/|$)/ }, ({ path }) => {
      const folder = path === 'corsmith/runtime' ? 'src' : 'adapters'
      return { path: join(ROOT, 'dist', folder, `${path.slice('corsmith/'.length)}.js`) }
    })
  },
}
