import type { PeerOptions } from '../meaning.ts'
import { lineAt, openingOf } from './brackets.ts'
import { NotLiteralError, type Resolve, readWritten, skip } from './literal.ts'
import { blanksIn, mask } from './mask.ts'
import { NOWHERE, type OptionsPlace } from './place.ts'
import { resolverOf } from './resolve.ts'

const NAME = /(['"`])(access-control-[a-z-]+)\1/gi

/**
 * Finds header lines that are written out: `{ source, headers: [{ key, value }] }` of a Next.js
 * configuration, an object of names and values, and calls such as `setHeader(name, value)`.
 */
export function headerLinesIn(text: string): readonly OptionsPlace[] {
  const masked = mask(text, 'javascript')
  const comments = commentSpans(text)
  const resolve = resolverOf(text, masked)
  const places = new Map<number, OptionsPlace>()
  const calls = new Map<number, [string, unknown][]>()
  for (const found of text.matchAll(NAME)) {
    const at = found.index
    // A comment is blank throughout, and so is a text: the code before a name tells them apart.
    const before = masked.slice(0, at).trimEnd()
    if (comments(at)) continue
    const call = /\.(?:setHeader|set|append|header|add)\s*\($/.test(before)
    const start = call ? openingOf(masked, at - 1, '{', '}') : groupAround(text, masked, at)
    if (start === null || places.get(start)?.options === null) continue
    try {
      if (call) {
        const entries = calls.get(start) ?? []
        entries.push([found[2] ?? '', valueAt(text, at + found[0].length, resolve)])
        calls.set(start, entries)
        const line = places.get(start)?.line ?? lineAt(text, at)
        places.set(start, { ...NOWHERE, line, options: Object.fromEntries(entries) })
      } else if (!places.has(start)) {
        const { value, end } = readWritten(text, start, 'javascript', resolve)
        places.set(start, { ...NOWHERE, line: lineAt(text, start), options: value as PeerOptions, span: [start, end] })
      }
    } catch (error) {
      if (!(error instanceof NotLiteralError)) throw error
      places.set(start, { ...NOWHERE, line: lineAt(text, error.at), options: null, why: error.message })
    }
  }
  return [...places.values()]
}

function valueAt(text: string, behind: number, resolve: Resolve): unknown {
  const comma = skip(text, behind, 'javascript')
  if (text.charAt(comma) !== ',') throw new NotLiteralError(comma, 'this header has no value here')
  const { value, end } = readWritten(text, comma + 1, 'javascript', resolve)
  const close = skip(text, end, 'javascript')
  if (text.charAt(close) !== ')') throw new NotLiteralError(close, 'the value is not written out')
  return value
}

/** Finds the outermost object that belongs to a name: its own, or the entry with `headers`. */
function groupAround(text: string, masked: string, at: number): number | null {
  const behind = text.slice(at).replace(/^(['"`])[\w-]+\1\s*/, '')
  if (behind.startsWith(':')) {
    const own = openingOf(masked, at, '{', '}')
    return own < 0 ? null : own
  }
  // The name is the value of `key`.
  if (!/\bkey['"]?\s*:\s*$/.test(text.slice(0, at))) return null
  const line = openingOf(masked, at, '{', '}')
  const list = line < 0 ? -1 : openingOf(masked, line, '[', ']')
  const entry = list < 0 ? -1 : openingOf(masked, list, '{', '}')
  return entry < 0 ? null : entry
}

/** Makes the function that tells whether a place is in a comment. Places are asked for in order. */
function commentSpans(text: string): (at: number) => boolean {
  const pieces = blanksIn(text)
  let next = 0
  return (at) => {
    while (next < pieces.length && (pieces[next]?.[1] ?? 0) <= at) next++
    const [start] = pieces[next] ?? [at]
    return start < at
  }
}
