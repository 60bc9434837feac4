/** A directive of nginx: its words, and what stands in its braces. */
export interface Directive {
  readonly line: number
  readonly words: readonly string[]
  readonly children: readonly Directive[] | null
}

/** Reads the directives of a configuration of nginx. What is not closed ends with the text. */
export function readDirectives(text: string): readonly Directive[] {
  const tokens = [...tokensOf(text)]
  let at = 0
  const block = (): Directive[] => {
    const found: Directive[] = []
    let words: string[] = []
    let line = 0
    for (; at < tokens.length; at++) {
      const token = tokens[at]
      if (token === undefined) break
      if (token.kind === '}') return found
      if (token.kind === ';') {
        if (words.length > 0) found.push({ line, words, children: null })
        words = []
      } else if (token.kind === '{') {
        at++
        found.push({ line, words, children: block() })
        words = []
      } else {
        if (words.length === 0) line = token.line
        words.push(token.text)
      }
    }
    if (words.length > 0) found.push({ line, words, children: null })
    return found
  }
  const all: Directive[] = []
  // A brace too many ends a block that there is not.
  while (at < tokens.length) {
    all.push(...block())
    at++
  }
  return all
}

interface Token {
  readonly kind: 'word' | '{' | '}' | ';'
  readonly text: string
  readonly line: number
}

const PIECES = /#[^\n]*|\n|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|[{};]|\$\{\w+\}|(?:\\.|\$\{\w+\}|[^\s{};"'\\])+|\s/gs

function* tokensOf(text: string): Generator<Token> {
  let line = 1
  for (const { 0: piece, 1: double, 2: single } of text.matchAll(PIECES)) {
    const quoted = double ?? single
    if (quoted !== undefined) yield { kind: 'word', text: quoted.replaceAll(/\\(["'\\])/g, '$1'), line }
    else if (piece === '{' || piece === '}' || piece === ';') yield { kind: piece, text: piece, line }
    else if (!/^(#|\s)/.test(piece)) yield { kind: 'word', text: piece, line }
    line += piece.split('\n').length - 1
  }
}
