/** A piece of a script. */
export type Token = { readonly kind: 'text' | 'word' | 'variable' | 'mark'; readonly text: string }

/** Splits a script into statements, at line ends and semicolons outside brackets. */
export function statementsOf(source: string): readonly (readonly Token[])[] {
  const statements: Token[][] = [[]]
  let depth = 0
  for (const token of tokensOf(source)) {
    if (token.kind === 'mark' && /^(?:@?[({[])$/.test(token.text)) depth++
    if (token.kind === 'mark' && /^[)}\]]$/.test(token.text)) depth = Math.max(0, depth - 1)
    if (token.kind === 'mark' && (token.text === '\n' || token.text === ';')) {
      if (depth === 0) statements.push([])
    } else statements.at(-1)?.push(token)
  }
  return statements.filter((statement) => statement.length > 0)
}

const PIECES =
  /(`[ \t]*\r?\n(?:>>[ \t])?)|(\n)|(\s+)|(#[^\n]*)|(@(["'])[ \t]*\r?\n)|(["'])|(\$\{?[\w:]+\}?(?:\.\w+)*)|(@\{|[@(){}[\]=;|>,]|::)|([^\s"'`(){}[\]=;|>,]+)|([\s\S])/y

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    PIECES.lastIndex = at
    const piece = PIECES.exec(source)
    if (piece === null) break
    at = PIECES.lastIndex
    const [, continued, newline, blank, comment, here, hereQuote, quote, variable, mark, word, other] = piece
    if (newline !== undefined) tokens.push({ kind: 'mark', text: '\n' })
    else if (here !== undefined) {
      const end = source.indexOf(`\n${hereQuote}@`, at - 1)
      tokens.push({
        kind: 'text',
        text: source.slice(at, Math.max(at, end < 0 ? source.length : end)).replace(/\r$/, ''),
      })
      at = end < 0 ? source.length : end + 3
    } else if (quote !== undefined) {
      const [text, next] = quote === "'" ? singleQuoted(source, at) : doubleQuoted(source, at)
      tokens.push({ kind: 'text', text })
      at = next
    } else if (variable !== undefined) tokens.push({ kind: 'variable', text: variable.replace(/[${}]/g, '') })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else if (
      word !== undefined ||
      (other !== undefined && continued === undefined && blank === undefined && comment === undefined)
    )
      tokens.push({ kind: 'word', text: word ?? other ?? '' })
  }
  return tokens
}

function singleQuoted(source: string, start: number): [text: string, next: number] {
  let text = ''
  let i = start
  while (i < source.length) {
    if (source.charAt(i) === "'") {
      if (source.charAt(i + 1) !== "'") return [text, i + 1]
      i++
    }
    text += source.charAt(i++)
  }
  return [text, i]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '', '\n': '' }

/** In double quotes a backtick escapes, `""` is a quote, and `$([char]233)` is a character. */
function doubleQuoted(source: string, start: number): [text: string, next: number] {
  let text = ''
  let i = start
  while (i < source.length) {
    const char = source.charAt(i)
    const drawn = char === '$' ? /^\$\(\[char\](\d{1,7})\)/.exec(source.slice(i, i + 20)) : null
    if (drawn !== null) {
      text += String.fromCodePoint(Math.min(Number(drawn[1]), 0x10ffff))
      i += drawn[0].length
    } else if (char === '`') {
      const next = source.charAt(i + 1)
      text += ESCAPES[next] ?? next
      i += 2
    } else if (char === '"') {
      if (source.charAt(i + 1) !== '"') return [text, i + 1]
      text += '"'
      i += 2
    } else {
      text += char
      i++
    }
  }
  return [text, i]
}
