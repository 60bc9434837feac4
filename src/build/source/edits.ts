/** A part of a text, and what stands there afterwards. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A source map, version 3. */
export interface SourceMap {
  readonly version: 3
  readonly sources: string[]
  readonly sourcesContent: string[]
  readonly names: string[]
  readonly mappings: string
}

/**
 * Replaces parts of a text. Parts must not overlap. The map has a place for each word that stays,
 * and one for each part that is new.
 */
export function applyEdits(text: string, edits: readonly Edit[], source: string): { code: string; map: SourceMap } {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const marks: Mark[] = []
  let code = ''
  let at = 0
  const keep = (end: number): void => {
    for (const word of text.slice(at, end).matchAll(WORDS))
      marks.push({ from: at + word.index, to: code.length + word.index })
    code += text.slice(at, end)
    at = end
  }
  for (const edit of sorted.filter(({ start, end, text }) => end > start || text !== '')) {
    keep(edit.start)
    marks.push({ from: edit.start, to: code.length })
    code += edit.text
    at = edit.end
  }
  keep(text.length)
  const mappings = mappingsOf(marks, text, code)
  return { code, map: { version: 3, sources: [source], sourcesContent: [text], names: [], mappings } }
}

/** A place of the old text, and where it stands in the new one. */
interface Mark {
  readonly from: number
  readonly to: number
}

/** What a line of a source map points to: words, and every other character that shows. */
const WORDS = /[\w$]+|[^\w$\s]/g

function mappingsOf(marks: readonly Mark[], text: string, code: string): string {
  const placeIn = { text: lineFinder(text), code: lineFinder(code) }
  let [line, column, fromLine, fromColumn] = [0, 0, 0, 0]
  let mappings = ''
  for (const { from, to } of marks) {
    const old = placeIn.text(from)
    const now = placeIn.code(to)
    if (now.line > line) {
      mappings += ';'.repeat(now.line - line)
      column = 0
    } else if (mappings !== '') mappings += ','
    mappings += [now.column - column, 0, old.line - fromLine, old.column - fromColumn].map(digits).join('')
    ;[line, column, fromLine, fromColumn] = [now.line, now.column, old.line, old.column]
  }
  return mappings
}

/** A line and a column, both from 0. */
export interface SourcePlace {
  readonly line: number
  readonly column: number
}

/** Makes the function that finds the place of an offset. */
export function lineFinder(text: string): (offset: number) => SourcePlace {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return (offset) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low, column: offset - (starts[low] ?? 0) }
  }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Writes a number in the notation of source maps: five bits per digit, the sign in the lowest. */
function digits(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1
  let text = ''
  do {
    const digit = rest & 31
    rest >>>= 5
    text += DIGITS.charAt(rest > 0 ? digit | 32 : digit)
  } while (rest > 0)
  return text
}
