// nginx's grammar is small and has not changed in twenty years: words, quoted words, `;`, blocks and
// comments. Libraries for it write a file anew, so a patch would touch every line. This reader keeps
// the places.

/** A directive of nginx, with its place in the file. */
export interface Directive {
  /** Its words, without quotation marks. The first is the name. */
  readonly words: readonly string[]
  readonly start: number
  /** The place behind its `;` or its `}`. */
  readonly end: number
  /** What stands in its block; null without one. */
  readonly block: Block | null
}

/** The inside of a block, between its braces. */
export interface Block {
  readonly start: number
  readonly end: number
  readonly directives: readonly Directive[]
}

/** A limit. Configurations are not nested deeper. */
const MAX_DEPTH = 40

/**
 * Reads a configuration of nginx.
 *
 * @throws {SyntaxError} for a text that nginx would not read, and for blocks of Lua or njs, which
 * have a grammar of their own
 */
export function readNginx(source: string): Block {
  let at = 0

  function fail(what: string): never {
    throw new SyntaxError(`line ${source.slice(0, at).split('\n').length}: ${what}`)
  }

  function skipBlank(): void {
    const blank = /(?:\s|#[^\n]*(?:\n|$))*/y
    blank.lastIndex = at
    at += blank.exec(source)?.[0].length ?? 0
  }

  function word(): string {
    const quote = source.charAt(at)
    if (quote === '"' || quote === "'") {
      const quoted = quote === '"' ? /"((?:[^"\\]|\\[\s\S])*)"/y : /'((?:[^'\\]|\\[\s\S])*)'/y
      quoted.lastIndex = at
      const found = quoted.exec(source)
      if (found === null) fail('a quotation mark is not closed')
      at += found[0].length
      return found[1] ?? ''
    }
    const bare = /(?:\$\{[^}]*\}|\\[\s\S]|[^\s;{}])+/y
    bare.lastIndex = at
    const found = bare.exec(source)
    if (found === null) fail(`${JSON.stringify(source.charAt(at))} is not expected here`)
    at += found[0].length
    return found[0]
  }

  function block(depth: number, isRoot: boolean): Block {
    if (depth > MAX_DEPTH) fail('the blocks are nested too deeply')
    const start = at
    const directives: Directive[] = []
    for (;;) {
      skipBlank()
      if (at >= source.length) {
        if (!isRoot) fail('a block is not closed')
        return { start, end: at, directives }
      }
      if (source.charAt(at) === '}') {
        if (isRoot) fail('"}" closes no block')
        return { start, end: at, directives }
      }
      directives.push(directive(depth))
    }
  }

  function directive(depth: number): Directive {
    const start = at
    const words: string[] = []
    for (;;) {
      skipBlank()
      const char = source.charAt(at)
      if (char === ';' || char === '{') {
        if (words.length === 0) fail('a directive has no name')
        if (/_by_lua_block$|^js_/.test(words[0] ?? '') && char === '{') fail(`${words[0]} holds another language`)
        at++
        if (char === ';') return { words, start, end: at, block: null }
        const inner = block(depth + 1, false)
        at++
        return { words, start, end: at, block: inner }
      }
      if (char === '') fail('a directive does not end with ";"')
      words.push(word())
    }
  }

  return block(0, true)
}
