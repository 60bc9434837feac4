/**
 * Builds the playground with Vite. Run as a program it writes the page to `dist/`, to be served from anywhere:
 *
 *   node examples/playground/build.ts
 */
import { fileURLToPath } from 'node:url'
import { build, type InlineConfig } from 'vite'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** The page as files, by their names. */
export type Files = ReadonlyMap<string, string | Uint8Array>

/** Builds the page, and keeps it in memory: several servers may start at once, and none finds the files of another half written. */
export async function buildPlayground(): Promise<Files> {
  // Vite sets this for itself, and whatever this process starts later would take it over.
  const { NODE_ENV } = process.env
  const result = await build({ ...CONFIG, build: { ...CONFIG.build, write: false } })
  if (NODE_ENV === undefined) delete process.env.NODE_ENV
  else process.env.NODE_ENV = NODE_ENV
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []))
  return new Map(outputs.map((one) => [one.fileName, one.type === 'chunk' ? one.code : one.source]))
}

const CONFIG: InlineConfig = {
  root: path('.'),
  configFile: false,
  // The page may stand at any path.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  // From the sources, so that what the page says is what they say, whether or not the package was built.
  resolve: {
    alias: [
      { find: /^corsmith$/, replacement: path('../../src/index.ts') },
      { find: /^corsmith\/(diagnose|policy)$/, replacement: path('../../src/$1.ts') },
    ],
  },
  build: {
    outDir: path('dist'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    // The Content-Security-Policy of the page server admits no data: URL.
    assetsInlineLimit: 0,
  },
}

if (import.meta.main) await build({ ...CONFIG, logLevel: 'info' })
