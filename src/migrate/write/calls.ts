import type { CorsPolicy } from '../../policy/types.ts'
import type { PeerName } from '../peer.ts'
import { changeImports, importsIn } from '../source/imports.ts'
import { mask } from '../source/mask.ts'
import type { OptionsPlace, Span } from '../source/place.ts'
import {
  checkUses,
  edited,
  NoRewriteError,
  policyInPlace,
  type Rewrite,
  type SourceText,
  type TextEdit,
} from './edits.ts'

/** The modules whose calls are replaced one by one, and the adapter instead. */
const MODULES: { readonly [name in PeerName]?: readonly [modules: readonly string[], adapter: string] } = {
  express: [['cors'], 'corsmith/node'],
  hono: [['hono/cors'], 'corsmith/hono'],
  koa: [['@koa/cors'], 'corsmith/koa'],
  fastify: [['@fastify/cors', 'fastify-cors'], 'corsmith/fastify'],
  elysia: [['@elysiajs/cors', '@elysia/cors'], 'corsmith/elysia'],
  nest: [[], 'corsmith/node'],
}

/** Rewrites a library whose middleware takes options, as the adapter takes a policy. */
export function rewriteCalls(source: SourceText, peer: PeerName, rewrites: readonly Rewrite[]): string {
  const { text, masked } = source
  const [modules, adapter] = MODULES[peer] ?? [[], '']
  const locals = importsIn(text, masked)
    .filter(({ module }) => modules.includes(module))
    .flatMap(({ bindings }) => bindings.flatMap(({ local, isType }) => (isType ? [] : [local])))
  const types = rewrites.flatMap(({ place }) => annotationOf(source, place) ?? [])
  const inside: Span[] = [
    ...rewrites.flatMap(({ place: { whole, call, span } }) =>
      whole && (call ?? span) ? [[whole[0], (call ?? span)?.[0] ?? 0] as const] : [],
    ),
    ...rewrites.flatMap(({ place: { span } }) => (span === null ? [] : [span])),
    ...types,
  ]
  for (const name of locals) checkUses(source, name, inside)
  const edits: TextEdit[] = types.map(([start, end]) => [start, end, ''])
  for (const { place, policy } of rewrites) edits.push(...editsOf(source, peer, place, policy, adapter))
  const changed = edited(text, edits)
  const isInline = /require\(\s*['"]corsmith\//.test(changed) && locals.length === 0
  if (isInline) return changed
  const name = peer === 'nest' ? 'cors' : (locals[0] ?? 'cors')
  return changeImports(changed, mask(changed, 'javascript'), {
    from: modules,
    drop: locals,
    module: adapter,
    add: (locals.length === 0 ? [name] : locals).map((local) => ({ imported: 'cors', local, isType: false })),
  })
}

/** Finds the type of a constant, which is that of the options: `: CorsOptions`. */
function annotationOf({ text }: SourceText, { named, span }: OptionsPlace): readonly Span[] | null {
  if (named === null || span === null) return null
  const before = text.slice(Math.max(0, span[0] - 300), span[0])
  const found = /(\s*:\s*[\w$.<>[\], |'"&]+?)\s*=\s*$/.exec(before)
  if (found === null || !new RegExp(`${named.replaceAll('$', '\\$')}$`).test(before.slice(0, found.index))) return null
  const start = span[0] - before.length + found.index
  return [[start, start + (found[1] ?? '').length]]
}

function editsOf(
  source: SourceText,
  peer: PeerName,
  { span, call, named, line, whole }: OptionsPlace,
  policy: CorsPolicy,
  adapter: string,
): readonly TextEdit[] {
  const { text } = source
  if (call === null) throw new NoRewriteError(line, 'further arguments stand beside the options')
  const [start, end] = span ?? call
  const place: Span = [start, end]
  const head: TextEdit[] = []
  const from = whole?.[0] ?? start
  const inline = /require\(\s*['"][^'"]+['"]\s*\)(\.default)?/.exec(text.slice(from, call[0]))
  if (inline !== null) {
    const quote = inline[0].includes('"') ? '"' : "'"
    const at = from + inline.index
    head.push([at, at + inline[0].length, `require(${quote}${adapter}${quote}).cors`])
  }
  const types = /<[\w.$, ]{1,99}>(?=\($)/.exec(text.slice(from, call[0]))
  if (types !== null) head.push([from + types.index, from + types.index + types[0].length, ''])
  // `cors(options as CorsOptions)`
  const given = named === null ? null : /^(\s*[\w$]+)\s+(?:as|satisfies)\s/.exec(text.slice(...call))
  const own = peer === 'nest' ? nestEdits(source, place, call, named, policy, from) : null
  if (own !== null) return own
  const written: TextEdit = [start, end, policyInPlace(source, policy, place)]
  const tail: TextEdit[] = given === null ? [] : [[call[0] + (given[1] ?? '').length, call[1], '']]
  if (peer !== 'fastify') return [...head, written, ...tail]
  // `register(cors, options)` becomes `register(cors(policy))`.
  if (span === null) return [...head, [start, end, `(${written[2]})`]]
  const before = /\s*$/.exec(text.slice(0, call[0] - 1))?.[0].length ?? 0
  const gap = call[0] + (/^\s*/.exec(text.slice(call[0]))?.[0].length ?? 0)
  const comma = /,\s*$/.exec(text.slice(0, call[1]))?.[0].length ?? 0
  const close: TextEdit = tail.length > 0 ? [tail[0]?.[0] ?? 0, call[1], ')'] : [call[1] - comma, call[1], ')']
  return [...head, [call[0] - 1 - before, gap, '('], written, close]
}

/** `app.enableCors(options)` becomes `app.use(cors(policy))`. */
function nestEdits(
  source: SourceText,
  place: Span,
  call: Span,
  named: string | null,
  policy: CorsPolicy,
  from: number,
): readonly TextEdit[] {
  const method: TextEdit = [from, call[0], '.use(']
  if (named === null) return [method, [place[0], place[1], `cors(${policyInPlace(source, policy, place)})`]]
  return [method, [place[0], place[1], policyInPlace(source, policy, place)], [call[0], call[1], `cors(${named})`]]
}
