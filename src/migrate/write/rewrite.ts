import type { PeerName } from '../peer.ts'
import { mask } from '../source/mask.ts'
import type { OptionsPlace } from '../source/place.ts'
import { styleOf } from '../source/style.ts'
import { rewriteCalls } from './calls.ts'
import { NoRewriteError, type Rewrite, type SourceText, usesOf } from './edits.ts'
import { rewriteH3 } from './h3.ts'
import { rewriteItty } from './itty.ts'
import { rewriteRemix } from './remix.ts'
import { rewriteWhatwg } from './whatwg.ts'

const WRITERS: { readonly [name in PeerName]?: (source: SourceText, rewrites: readonly Rewrite[]) => string } = {
  express: (source, rewrites) => rewriteCalls(source, 'express', rewrites),
  nest: (source, rewrites) => rewriteCalls(source, 'nest', rewrites),
  hono: (source, rewrites) => rewriteCalls(source, 'hono', rewrites),
  fastify: (source, rewrites) => rewriteCalls(source, 'fastify', rewrites),
  koa: (source, rewrites) => rewriteCalls(source, 'koa', rewrites),
  elysia: (source, rewrites) => rewriteCalls(source, 'elysia', rewrites),
  h3: rewriteH3,
  itty: rewriteItty,
  remix: rewriteRemix,
  whatwg: rewriteWhatwg,
}

/** The libraries whose calls are replaced in the file itself. */
export const REWRITABLE: readonly PeerName[] = Object.keys(WRITERS) as PeerName[]

/**
 * Replaces options by policies, and the import of the library by that of the adapter. Everything
 * else of the file stays as it is.
 *
 * @throws {NoRewriteError} where the file uses the library in another way too
 */
export function rewriteSource(text: string, isTyped: boolean, peer: PeerName, rewrites: readonly Rewrite[]): string {
  const source: SourceText = { text, masked: mask(text, 'javascript'), style: styleOf(text), isTyped }
  for (const { place } of rewrites) checkConstant(source, place, rewrites)
  return WRITERS[peer]?.(source, rewrites) ?? text
}

/** A constant that is used elsewhere stays: the other use wants the options. */
function checkConstant({ text, masked }: SourceText, place: OptionsPlace, rewrites: readonly Rewrite[]): void {
  const { named, line } = place
  if (named === null) return
  const places = rewrites.filter((other) => other.place.named === named).length
  if (usesOf(masked, named).length > 1 + places)
    throw new NoRewriteError(line, `${named} is used elsewhere in this file too, where its options are needed`)
  if (new RegExp(`\\bexport\\s+(?:const|let|var)\\s+${named.replaceAll('$', '\\$')}\\b`).test(text))
    throw new NoRewriteError(line, `${named} is exported, and other files may need its options`)
}
