// The rules of ARCHITECTURE.md and CONTRIBUTING.md. Each is a function from a source to its breaches.
import { codeOf, piecesOf, type Source } from './source.ts'

export type Rule = (source: Source) => string[]

/** The folder below src, `surface` for src/*.ts, or `adapters`. */
export type Room = string

export function roomOf(path: string): Room {
  const [top = '', next = ''] = path.split('/')
  if (top !== 'src') return top
  return next.endsWith('.ts') ? 'surface' : next
}

/** What each room may import of the others: the arrows of the design, followed to their ends. */
const ARROWS: Readonly<Record<Room, readonly Room[]>> = {
  spec: [],
  policy: ['spec'],
  server: ['spec', 'policy'],
  proxy: ['spec', 'policy', 'server'],
  routes: ['spec', 'policy', 'server'],
  migrate: ['spec', 'policy', 'server', 'browser'],
  tenants: ['spec', 'policy', 'server'],
  browser: ['spec'],
  targets: ['spec', 'policy'],
  diagnose: ['spec', 'policy', 'server', 'browser', 'targets'],
  learn: ['spec', 'policy', 'server', 'browser', 'diagnose'],
  // Of policy, types alone.
  presets: ['spec', 'policy'],
  operate: ['spec', 'policy', 'server'],
  build: ['spec', 'policy', 'server'],
  cli: [
    'spec',
    'policy',
    'server',
    'proxy',
    'operate',
    'build',
    'routes',
    'migrate',
    'learn',
    'browser',
    'targets',
    'diagnose',
    'surface',
    'adapters',
  ],
  surface: [
    'spec',
    'policy',
    'server',
    'proxy',
    'operate',
    'build',
    'routes',
    'migrate',
    'browser',
    'targets',
    'diagnose',
    'presets',
    'tenants',
    'cli',
    'surface',
  ],
  adapters: ['surface', 'adapters'],
}

/** What a surface may import, where that is less than everything. */
const SURFACES: Readonly<Record<string, readonly Room[]>> = {
  'src/index.ts': ['spec', 'policy', 'server'],
  'src/adapter.ts': ['spec', 'policy', 'server', 'surface'],
  'src/browser.ts': ['spec', 'browser'],
  'src/presets.ts': ['presets'],
  'src/log.ts': ['operate'],
  'src/runtime.ts': ['spec', 'policy', 'server'],
  'src/runtime-adapter.ts': ['spec', 'policy', 'server'],
  'src/swap.ts': ['operate'],
  'src/tenants.ts': ['tenants'],
  'src/proxy.ts': ['spec', 'policy', 'server', 'proxy'],
  'src/routes.ts': ['routes'],
  'src/migrate.ts': ['migrate'],
}

/** The specifiers that a source imports or re-exports, types included. */
export function importsOf({ text }: Source): string[] {
  const pieces = piecesOf(text)
  return pieces.flatMap((piece, i) => {
    const before = pieces[i - 1]?.kind === 'code' ? (pieces[i - 1]?.text ?? '') : ''
    const isImported = piece.kind === 'text' && /(?:\bfrom|\bimport|\bimport\s*\()\s*$/.test(before)
    return isImported ? [piece.text.slice(1, -1)] : []
  })
}

/** The file that a relative specifier names. */
export function targetOf(path: string, specifier: string): string {
  return new URL(specifier, `file:///${path}`).pathname.slice(1)
}

export const importArrows: Rule = (source) => {
  const room = roomOf(source.path)
  const allowed = SURFACES[source.path] ?? ARROWS[room]
  if (allowed === undefined) return [`${source.path} stands in a room that has no arrows: ${room}`]
  return importsOf(source)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => targetOf(source.path, specifier))
    .filter((target) => roomOf(target) !== room || room === 'surface')
    .filter((target) => !allowed.includes(roomOf(target)))
    .map((target) => `${source.path} imports ${target}`)
}

/** The presets are data: of the policy's room they import types alone, so that no bundle of theirs holds a check. */
export const typesOfPolicy: Rule = (source) =>
  roomOf(source.path) !== 'presets'
    ? []
    : importsOf(source)
        .filter((specifier) => specifier.startsWith('.') && roomOf(targetOf(source.path, specifier)) === 'policy')
        .filter((specifier) => !/^(?:import|export) type /.test(lineOf(source.text, specifier)))
        .map((specifier) => `${source.path} imports more than types of ${specifier}`)

/** The peers that a surface imports. Each is optional in package.json. */
const PEERS: Readonly<Record<string, readonly string[]>> = {
  'src/strict.ts': ['tldts'],
  'src/unplugin.ts': ['@babel/parser', 'unplugin'],
}

/** The exemptions of {@link PEERS} that no import needs any more. */
export function stalePeers(sources: readonly Source[], exemptions = PEERS): string[] {
  return Object.entries(exemptions)
    .flatMap(([path, peers]) => peers.map((peer) => [path, peer] as const))
    .filter(([path, peer]) => !sources.some((source) => source.path === path && importsOf(source).includes(peer)))
    .map(([path, peer]) => `${path} no longer imports ${peer}`)
}

/** src has no dependencies; an adapter has its framework, as types alone. */
export const bareImports: Rule = (source) => {
  if (isOfNode(source.path)) return []
  const isType = /^(?:import|export) type /m
  return importsOf(source)
    .filter((specifier) => !specifier.startsWith('.'))
    .filter((specifier) => !(roomOf(source.path) === 'adapters' && isType.test(lineOf(source.text, specifier))))
    .filter((specifier) => !PEERS[source.path]?.includes(specifier))
    .map((specifier) => `${source.path} imports ${specifier}`)
}

/** The statement that imports a specifier, from its first line. */
function lineOf(text: string, specifier: string): string {
  const end = text.indexOf(`'${specifier}'`)
  const start = Math.max(text.lastIndexOf('\nimport ', end), text.lastIndexOf('\nexport ', end))
  return text.slice(start + 1, end)
}

/** The command and the adapters for Node may use what Node has. */
function isOfNode(path: string): boolean {
  return (
    path === 'src/cli.ts' ||
    path.startsWith('src/cli/') ||
    path === 'adapters/node.ts' ||
    path.startsWith('adapters/node-proxy')
  )
}

export const runtimeGlobals: Rule = ({ path, text }) => {
  if (isOfNode(path)) return []
  const found = codeOf(text).match(
    /(?<![.\w$])(?:process|Deno|Bun|navigator|require|__dirname|Buffer)(?=\s*(?:\.|\?\.|\[|\())/g,
  )
  return (found ?? []).map((name) => `${path} uses ${name}`)
}

export const defaultExports: Rule = ({ path, text }) =>
  /\bexport\s+default\b|\bas\s+default\b/.test(codeOf(text)) ? [`${path} has a default export`] : []

export const moduleState: Rule = ({ path, text }) =>
  (codeOf(text).match(/^(?:export\s+)?(?:let|var)\s+\w+/gm) ?? []).map((found) => `${path} keeps state: ${found}`)

export const regularExpressions: Rule = ({ path, text }) => {
  const literals = piecesOf(text).filter(({ kind }) => kind === 'regexp')
  const made = codeOf(text).match(/\bRegExp\b/g) ?? []
  return [...literals.map((literal) => literal.text), ...made].map((found) => `${path} holds ${found}`)
}

/** A class without a name stands for one that a user gave, and is made of it. */
export const classes: Rule = ({ path, text }) =>
  [...codeOf(text).matchAll(/\bclass\s+(?!extends\b)(\w+)(?:<[^>]*>)?(?:\s+extends\s+(\w+))?/g)]
    .filter(([, , parent = '']) => !parent.endsWith('Error'))
    .map(([, name]) => `${path} has the class ${name}, which is no error`)

export const LONGEST_FILE = 250

export const fileLength: Rule = ({ path, text }) => {
  const lines = text.split('\n').length - 1
  return lines > LONGEST_FILE ? [`${path} has ${lines} lines`] : []
}

/** `export … from`, `import type`, comments, and nothing else. */
export const reExportsOnly: Rule = ({ path, text }) => {
  const rest = codeOf(text)
    .replaceAll(/export\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?)\s+from\s+''/g, '')
    .trim()
  return rest === '' ? [] : [`${path} holds more than re-exports: ${rest.slice(0, 60)}`]
}
