import type { PeerOptions } from '../meaning.ts'
import { lineAt, openingOf } from './brackets.ts'
import { NotLiteralError, type Resolve, readWritten, type SourceLanguage, skip } from './literal.ts'
import { blanksIn, mask } from './mask.ts'
import { NOWHERE, type OptionsPlace, tooMany } from './place.ts'
import { pythonResolverOf, resolverOf } from './resolve.ts'

const NAME = /(['"`])(access-control-[a-z-]+)\1/gi

/**
 * Finds header lines that are written out: `{ source, headers: [{ key, value }] }` of a Next.js
 * configuration, an object of names and values, and what a function sets one by one, as by
 * `setHeader(name, value)` or `headers[name] = value`.
 */
export function headerLinesIn(text: string, language: SourceLanguage): readonly OptionsPlace[] {
  const masked = mask(text, language)
  const isInside = insideOf(text, language)
  const resolve = language === 'python' ? pythonResolverOf(text, masked) : resolverOf(text, masked)
  const places = new Map<number, OptionsPlace>()
  const lines = new Map<number, [string, unknown][]>()
  const names = [...text.matchAll(NAME)]
  // A place has seven names at most.
  const crowd = tooMany(Math.ceil(names.length / 7))
  if (crowd !== null) return [crowd]
  for (const found of names) {
    const at = found.index
    // A comment is blank throughout, and so is a text: the code before a name tells them apart.
    if (isInside(at)) continue
    const before = masked.slice(Math.max(0, at - 80), at).trimEnd()
    const isSet = /(?:\.(?:setHeader|set|append|header|add)\s*\(|\bheaders\s*\[)$/.test(before)
    const start = isSet ? scopeOf(masked, at, language) : groupAround(text, masked, at)
    if (start === null || places.get(start)?.options === null) continue
    try {
      if (isSet) {
        const entries = lines.get(start) ?? []
        const value = valueAt(text, at + found[0].length, language, resolve)
        entries.push([found[2] ?? '', value])
        lines.set(start, entries)
        const line = places.get(start)?.line ?? lineAt(text, at)
        places.set(start, { ...NOWHERE, line, options: Object.fromEntries(entries) })
      } else if (!places.has(start)) {
        const { value, end } = readWritten(text, start, language, resolve)
        places.set(start, { ...NOWHERE, line: lineAt(text, start), options: value as PeerOptions, span: [start, end] })
      }
    } catch (error) {
      if (!(error instanceof NotLiteralError)) throw error
      places.set(start, { ...NOWHERE, line: lineAt(text, error.at), options: null, why: error.message })
    }
  }
  return [...places.values()]
}

/** Finds where the function begins that sets a line. */
function scopeOf(masked: string, at: number, language: SourceLanguage): number {
  return language === 'python' ? masked.lastIndexOf('\ndef ', at) : openingOf(masked, at - 1, '{', '}')
}

/** Reads the value behind a name: `, value)` of a call, or `] = value`. */
function valueAt(text: string, behind: number, language: SourceLanguage, resolve: Resolve): unknown {
  const next = skip(text, behind, language)
  const assigned = /^\]\s*=(?!=)/.exec(text.slice(next, next + 20))
  if (assigned === null && text.charAt(next) !== ',') throw new NotLiteralError(next, 'this header has no value here')
  const { value, end } = readWritten(text, next + (assigned?.[0].length ?? 1), language, resolve)
  if (assigned !== null) return value
  const close = skip(text, end, language)
  if (text.charAt(close) !== ')') throw new NotLiteralError(close, 'the value is not written out')
  return value
}

/** Finds the outermost object that belongs to a name: its own, or the entry with `headers`. */
function groupAround(text: string, masked: string, at: number): number | null {
  const behind = text.slice(at, at + 120).replace(/^(['"`])[\w-]+\1\s*/, '')
  if (behind.startsWith(':')) {
    const own = openingOf(masked, at, '{', '}')
    return own < 0 ? null : own
  }
  // The name is the value of `key`.
  if (!/\bkey['"]?\s*:\s*$/.test(text.slice(Math.max(0, at - 80), at))) return null
  const line = openingOf(masked, at, '{', '}')
  const list = line < 0 ? -1 : openingOf(masked, line, '[', ']')
  const entry = list < 0 ? -1 : openingOf(masked, list, '{', '}')
  return entry < 0 ? null : entry
}

/** Makes the function that tells whether a place is in a comment. Places are asked for in order. */
function insideOf(text: string, language: SourceLanguage): (at: number) => boolean {
  const pieces = blanksIn(text, language)
  let next = 0
  return (at) => {
    while (next < pieces.length && (pieces[next]?.[1] ?? 0) <= at) next++
    const [start] = pieces[next] ?? [at]
    return start < at
  }
}
