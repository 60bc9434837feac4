/**
 * Builds the playground with Vite. Run as a program it writes the page to `dist/`, to be served from anywhere:
 *
 *   node examples/playground/build.ts
 */
import { fileURLToPath } from 'node:url'
import { build, type InlineConfig, type Plugin } from 'vite'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** The page as files, by their names. */
export type Files = ReadonlyMap<string, string | Uint8Array>

/**
 * What the page may load, for where nobody sends a header: its own files, and no markup that a script writes. `frame-ancestors` is missing
 * because browsers take it from a header alone.
 */
export const CONTENT_SECURITY_POLICY: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/**
 * Builds the page, and keeps it in memory: several servers may start at once, and none finds the files of another half written.
 *
 * @param isAlone whether no server of ours sends the header: then the page carries its Content-Security-Policy itself
 */
export async function buildPlayground(isAlone = false): Promise<Files> {
  // Vite sets this for itself, and whatever this process starts later would take it over.
  const { NODE_ENV } = process.env
  const result = await build({ ...CONFIG, plugins: isAlone ? [ALONE] : [], build: { ...CONFIG.build, write: false } })
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

/** Puts the policy before everything that it is about. */
const ALONE: Plugin = {
  name: 'content-security-policy',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace(
        '<meta charset="utf-8">',
        `$&\n    <meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">`,
      ),
  },
}

if (import.meta.main) await build({ ...CONFIG, plugins: [ALONE], logLevel: 'info' })
