import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * Imports a package as a bundler for browsers resolves it, for packages that Node cannot load in that form.
 *
 * @param isFresh load it anew, for a package that keeps the globals of the page that loaded it
 */
export async function forBrowsers<T>(name: string, isFresh = false): Promise<T> {
  const outfile = join(import.meta.dirname, 'node_modules', '.bundled', `${name.replaceAll('/', '-')}.js`)
  const contents = `export * from ${JSON.stringify(name)}`
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    outfile,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    logLevel: 'error',
  })
  return import(isFresh ? `${outfile}?${performance.now()}` : outfile)
}
