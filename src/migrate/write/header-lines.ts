import { closeOf, lineAt } from '../source/brackets.ts'
import { mask } from '../source/mask.ts'
import type { OptionsPlace } from '../source/place.ts'
import { NoRewriteError, type TextEdit } from './edits.ts'

/**
 * Removes the CORS lines of an entry `{ source, headers: [{ key, value }] }`, and the whole entry
 * where no other line is in it.
 *
 * @throws {NoRewriteError} for header lines in any other form
 */
export function withoutCorsLines(text: string, { span, options, line }: OptionsPlace): readonly TextEdit[] {
  if (span === null || !Array.isArray(options?.headers) || typeof options.source !== 'string')
    throw new NoRewriteError(line, 'these lines are set by hand: put withCors of corsmith/next around the handlers')
  const masked = mask(text, 'javascript')
  const list = /(?<![\w$.])['"]?headers['"]?\s*:\s*(?=\[)/.exec(masked.slice(...span))
  // The name may be a text, and is blank then.
  const named = /['"]headers['"]\s*:\s*(?=\[)/.exec(text.slice(...span))
  const found = list ?? named
  if (found === null)
    throw new NoRewriteError(line, 'the lines stand in another place of the file: write them into the entry')
  const open = span[0] + found.index + found[0].length
  const end = closeOf(masked, open + 1) ?? span[1]
  const items = itemsIn(masked, open + 1, end)
  const isCors = ([start, stop]: readonly [number, number]) => {
    const item = text.slice(start, stop)
    return (
      /key['"]?\s*:\s*(['"`])access-control-/i.test(item) ||
      (/key['"]?\s*:\s*(['"`])vary\1/i.test(item) && /value['"]?\s*:\s*(['"`])origin\1/i.test(item))
    )
  }
  if (items.some(([start]) => masked.charAt(start) !== '{'))
    throw new NoRewriteError(lineAt(text, open), 'the lines are not written out one by one')
  const cors = items.filter(isCors)
  return cors.length === items.length ? [removal(text, masked, span)] : cors.map((item) => removal(text, masked, item))
}

function itemsIn(masked: string, from: number, to: number): readonly (readonly [number, number])[] {
  const items: (readonly [number, number])[] = []
  let at = from
  while (at < to) {
    const start = at + (/^[\s,]*/.exec(masked.slice(at, to))?.[0].length ?? 0)
    if (start >= to) break
    const close = masked.charAt(start) === '{' ? closeOf(masked, start + 1) : null
    const end = close === null ? to : close + 1
    items.push([start, end])
    at = end
  }
  return items
}

/** Removes an item with its comma, and the line that it leaves empty. */
function removal(text: string, masked: string, [start, end]: readonly [number, number]): TextEdit {
  const comma = /^\s*,/.exec(masked.slice(end))?.[0].length ?? 0
  const rest = /^[ \t]*\r?\n/.exec(text.slice(end + comma))?.[0].length ?? 0
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const isAlone = /^[ \t]*$/.test(text.slice(lineStart, start)) && rest > 0
  if (isAlone) return [lineStart, end + comma + rest, '']
  return [start, end + comma + (/^[ \t]*/.exec(text.slice(end + comma))?.[0].length ?? 0), '']
}
