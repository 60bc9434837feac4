// What an application carries: code as esbuild bundles and minifies it, in bytes of brotli.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Puts one empty text in the place of every sentence of the catalogue: what is left is code. */
export const withoutSentences: Plugin = {
  name: 'without-sentences',
  setup({ onLoad }) {
    onLoad({ filter: /policy[\\/]catalogue\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/(?<=:\s*)(?:'[^'\n]*'|"[^"\n]*")(?=,\n)/g, "''"),
      loader: 'ts',
    }))
  },
}

/** Bundles code that imports from the root of the repository, and counts. */
export async function bytesOf(code: string, plugins: readonly Plugin[] = []): Promise<number> {
  return brotliCompressSync(await bundled(code, plugins)).length
}

/** Bundles code that imports from the root of the repository. */
export async function bundled(code: string, plugins: readonly Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    external: ['hono', 'node:*', 'cloudflare:*'],
    write: false,
    plugins: [...plugins],
    logLevel: 'error',
  })
  return outputFiles.map(({ text }) => text).join('')
}
