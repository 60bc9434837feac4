/** A statement of a Caddyfile: its words, and the statements in its braces. */
export interface Statement {
  readonly line: number
  readonly words: readonly string[]
  readonly children: readonly Statement[] | null
}

/** Reads the statements of a Caddyfile. Snippets are put in the place of their imports. */
export function readStatements(text: string): readonly Statement[] {
  const rows = [...rowsOf(text)]
  let at = 0
  const block = (): Statement[] => {
    const found: Statement[] = []
    for (; at < rows.length; at++) {
      const row = rows[at]
      if (row === undefined || row.words[0] === '}') return found
      if (row.words.at(-1) === '{') {
        at++
        found.push({ line: row.line, words: row.words.slice(0, -1), children: block() })
      } else {
        found.push({ ...row, children: null })
      }
    }
    return found
  }
  const all: Statement[] = []
  while (at < rows.length) {
    all.push(...block())
    at++
  }
  const snippets = new Map(
    all
      .filter(({ words }) => /^\(\w+\)$/.test(words[0] ?? ''))
      .map(({ words, children }) => [words[0], children ?? []]),
  )
  const others = all.filter(({ words }) => !/^\(\w+\)$/.test(words[0] ?? ''))
  return others.flatMap((each) => imported(each, snippets, 0))
}

type Snippets = ReadonlyMap<string | undefined, readonly Statement[]>

function imported(statement: Statement, snippets: Snippets, depth: number): readonly Statement[] {
  const [word, name, ...args] = statement.words
  const snippet = word === 'import' && depth < 5 ? snippets.get(`(${name})`) : undefined
  if (snippet !== undefined)
    return snippet.map((each) => filled(each, args)).flatMap((each) => imported(each, snippets, depth + 1))
  const children = statement.children?.flatMap((each) => imported(each, snippets, depth)) ?? null
  return [{ ...statement, children }]
}

function filled(statement: Statement, args: readonly string[]): Statement {
  return {
    ...statement,
    words: statement.words.map((word) =>
      word.replaceAll(/\{args(?:\[(\d+)\]|\.(\d+))\}/g, (whole, a, b) => args[Number(a ?? b)] ?? whole),
    ),
    children: statement.children?.map((each) => filled(each, args)) ?? null,
  }
}

const PIECES = /#[^\n]*|\n|"((?:\\.|[^"\\])*)"|`([^`]*)`|[^\s"`]+|[^\S\n]+/gs

function* rowsOf(text: string): Generator<{ line: number; words: string[] }> {
  let line = 1
  let words: string[] = []
  let start = 1
  for (const { 0: piece, 1: double, 2: raw } of text.matchAll(PIECES)) {
    const word = double?.replaceAll('\\"', '"') ?? raw ?? (/^(#|\s)/.test(piece) ? null : piece)
    if (word !== null) {
      if (words.length === 0) start = line
      words.push(word)
    }
    line += piece.split('\n').length - 1
    if (piece === '\n' && words.length > 0) {
      yield { line: start, words }
      words = []
    }
  }
  if (words.length > 0) yield { line: start, words }
}
