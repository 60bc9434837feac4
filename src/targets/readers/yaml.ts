/** A value of YAML as far as it is read: scalars are texts, and each knows its line. */
export type Yaml =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly Yaml[]; readonly line: number }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Yaml>; readonly line: number }

interface Row {
  readonly line: number
  readonly indent: number
  readonly text: string
}

/**
 * Reads the subset of YAML that manifests use: maps and lists by indentation or in brackets, and
 * scalars on one line. Documents are read one after the other.
 */
export function readYaml(text: string): readonly Yaml[] {
  const documents = text.split(/^---.*$/m)
  let line = 1
  return documents.flatMap((document) => {
    const rows = rowsOf(document, line)
    line += document.split('\n').length - 1
    const cursor: Cursor = { at: 0 }
    const found: Yaml[] = []
    // A text to paste may hold several parts.
    while (cursor.at < rows.length) {
      const before = cursor.at
      found.push(block(rows, cursor, 0))
      if (cursor.at === before) cursor.at++
    }
    return found
  })
}

function rowsOf(text: string, first: number): readonly Row[] {
  return text.split('\n').flatMap((raw, i) => {
    const bare = raw.replace(/(?:^|\s)#(?=(?:[^"']|"[^"]*"|'[^']*')*$).*$/, '').trimEnd()
    const indent = bare.length - bare.trimStart().length
    return bare.trim() === '' ? [] : [{ line: first + i, indent, text: bare.trim() }]
  })
}

interface Cursor {
  at: number
}

const KEY = /^(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s:#[\]{},"'][^:]*?|[^\s:]+(?::[^\s:]+)*?)):(?:\s+(.*))?$/

function block(rows: readonly Row[], cursor: Cursor, least: number): Yaml {
  const first = rows[cursor.at]
  if (first === undefined || first.indent < least) return { kind: 'text', text: '', line: first?.line ?? 1 }
  return first.text === '-' || first.text.startsWith('- ') ? listOf(rows, cursor, first) : mapOf(rows, cursor, first)
}

function listOf(rows: readonly Row[], cursor: Cursor, first: Row): Yaml {
  const items: Yaml[] = []
  for (;;) {
    const row = rows[cursor.at]
    if (row === undefined || row.indent !== first.indent || !/^-(\s|$)/.test(row.text)) break
    const rest = row.text.slice(1).trimStart()
    const indent = row.indent + row.text.length - rest.length
    if (rest === '') {
      cursor.at++
      items.push(block(rows, cursor, row.indent + 1))
    } else if (KEY.test(rest) && !/^["']?[a-z][a-z0-9+.-]*:\/\//i.test(rest)) {
      // The first entry of a map stands behind the dash.
      const inner = [...rows.slice(0, cursor.at), { ...row, indent, text: rest }, ...rows.slice(cursor.at + 1)]
      items.push(mapOf(inner, cursor, { ...row, indent, text: rest }))
    } else {
      cursor.at++
      items.push(scalar(rest, row.line))
    }
  }
  return { kind: 'list', items, line: first.line }
}

function mapOf(rows: readonly Row[], cursor: Cursor, first: Row): Yaml {
  const entries = new Map<string, Yaml>()
  for (;;) {
    const row = rows[cursor.at]
    if (row === undefined || row.indent !== first.indent) break
    const match = KEY.exec(row.text)
    if (match === null) {
      if (entries.size > 0) break
      cursor.at++
      return scalar(row.text, row.line)
    }
    const [, double, single, bare, value = ''] = match
    const key = double ?? single ?? bare ?? ''
    cursor.at++
    if (value !== '') {
      entries.set(key, scalar(value, row.line))
      continue
    }
    const next = rows[cursor.at]
    const isOwnList = next !== undefined && next.indent === row.indent && /^-(\s|$)/.test(next.text)
    entries.set(key, block(rows, cursor, isOwnList ? row.indent : row.indent + 1))
  }
  return { kind: 'map', entries, line: first.line }
}

function scalar(text: string, line: number): Yaml {
  if (text.startsWith('[') || text.startsWith('{')) return flow(text, line)
  return { kind: 'text', text: unquoted(text), line }
}

/** What stands in brackets: a list or a map on one line. */
function flow(text: string, line: number): Yaml {
  const inner = text.slice(1, text.endsWith(text[0] === '[' ? ']' : '}') ? -1 : undefined).trim()
  const parts = inner === '' ? [] : split(inner)
  if (text.startsWith('[')) return { kind: 'list', items: parts.map((part) => scalar(part.trim(), line)), line }
  const entries = parts.map((part): [string, Yaml] => {
    const match = KEY.exec(part.trim())
    return [match?.[1] ?? match?.[2] ?? match?.[3] ?? part.trim(), scalar(match?.[4] ?? '', line)]
  })
  return { kind: 'map', entries: new Map(entries), line }
}

/** Splits at commas outside quotes and brackets. */
function split(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (const { 0: piece, index } of text.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|[[\]{},]/g)) {
    if (piece === '[' || piece === '{') depth++
    else if (piece === ']' || piece === '}') depth--
    else if (piece === ',' && depth === 0) {
      parts.push(text.slice(start, index))
      start = index + 1
    }
  }
  return [...parts, text.slice(start)]
}

function unquoted(text: string): string {
  if (/^".*"$/s.test(text)) {
    try {
      return JSON.parse(text) as string
    } catch {
      return text.slice(1, -1)
    }
  }
  return /^'.*'$/s.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text
}

/** Finds every map in a value that passes a test, the outer ones first. */
export function mapsIn(value: Yaml, test: (entries: ReadonlyMap<string, Yaml>) => boolean): readonly Yaml[] {
  if (value.kind === 'text') return []
  const inner = value.kind === 'list' ? value.items : [...value.entries.values()]
  const own = value.kind === 'map' && test(value.entries) ? [value] : []
  return [...own, ...inner.flatMap((each) => mapsIn(each, test))]
}

/** The texts of a list, or of one scalar. */
export function textsOf(value: Yaml | undefined): readonly (Yaml & { readonly kind: 'text' })[] {
  if (value === undefined) return []
  if (value.kind === 'text') return value.text === '' ? [] : [value]
  return value.kind === 'list' ? value.items.flatMap((each) => (each.kind === 'text' ? [each] : [])) : []
}
