/** A word that a shell does not pass on, and the file in it. An empty one stands in the next word. */
const REDIRECTION = /^(?:[\d&]?>>?|<{1,3})(.*)$/

/** The end of a command, before white space or a continued line. */
const SEPARATOR = /^(?:[;|&]{1,2})(?=\s|$|\\\r?\n)/

/**
 * Splits a text into commands and their words, as a POSIX shell does: quotes, `$'…'`, backslashes,
 * line continuations and comments. It expands nothing. `&`, `;` and `|` separate commands only
 * before white space, because people paste URLs without quotes.
 */
export function shellCommands(text: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]]
  let word: string | null = null
  let isBare = true
  let skipsFile = false
  let i = 0

  function end(): void {
    if (word === null) return
    // Guides write placeholders in angle brackets.
    const redirection = isBare && !/^<[^<>]+>$/.test(word) ? REDIRECTION.exec(word) : null
    if (skipsFile) skipsFile = false
    else if (redirection !== null) skipsFile = redirection[1] === ''
    else commands.at(-1)?.push(word)
    word = null
  }

  function add(content: string, next: number, isQuoted: boolean): void {
    if (word === null) isBare = !isQuoted
    word = (word ?? '') + content
    i = next
  }

  while (i < text.length) {
    const char = text.charAt(i)
    const separator = SEPARATOR.exec(text.slice(i, i + 5))
    if (char === "'") add(...plainQuoted(text, i + 1), true)
    else if (text.startsWith("$'", i)) add(...ansiQuoted(text, i + 2), true)
    else if (text.startsWith('$"', i)) i++
    else if (char === '"') add(...doubleQuoted(text, i + 1), true)
    else if (char === '\\') {
      const breaks = /^\\[ \t]*(?:\r?\n(?:>[ \t])?|$)/.exec(text.slice(i, i + 200))
      // Pasted text often has invisible white space after the backslash of a continuation.
      if (breaks === null) add(text.charAt(i + 1), i + 2, true)
      else i += breaks[0].length
    } else if (separator !== null || char === '\n') {
      end()
      commands.push([])
      i += separator?.[0].length ?? 1
    } else if (/\s/.test(char)) {
      end()
      i++
    } else if (char === '#' && word === null) {
      i = lineEnd(text, i)
    } else add(char, i + 1, false)
  }
  end()
  return commands.filter((words) => words.length > 0)
}

/**
 * Removes the escapes of the Windows command prompt: `^` before a character or a line end. A `^`
 * before two line breaks is one line break.
 */
export function withoutCarets(command: string): string {
  const plain = command
    .replace(/\^(?:\r?\n\r?(\n)|[ \t]*\r?\n|([\s\S]))/g, (_, line?: string, char?: string) => line ?? char ?? ' ')
    // "Copy all" joins commands with an ampersand.
    .replace(/&[ \t]*\r?\n/g, ';\n')
  return withoutDoubledQuotes(plain)
}

/** Older copies for the command prompt double the quotes inside a word instead of escaping them. */
function withoutDoubledQuotes(command: string): string {
  let isOpen = false
  return command.replace(/\\[\s\S]|"+/g, (found) => {
    if (found.startsWith('\\')) return found
    const opening = isOpen ? '' : '"'
    const inside = found.length - opening.length
    isOpen = inside % 2 === 0
    return `${opening}${'\\"'.repeat(Math.floor(inside / 2))}${isOpen ? '' : '"'}`
  })
}

/**
 * Returns whether a command was copied for the Windows command prompt, where single quotes have no
 * meaning.
 */
export function isForCmd(command: string): boolean {
  if (/\^[ \t]*\r?\n|\s\^"|\^\\\^"/.test(command)) return true
  const hasPosixQuotes = /(?:^|\s)\$?'/.test(command)
  return !hasPosixQuotes && /\^[&{}[\]%<>|^]|[{[,:]""|""[:,}\]]/.test(command)
}

/** Removes the continuations of PowerShell, which runs `curl.exe` as other shells run curl. */
export function withoutBackticks(command: string): string {
  return command.replace(/`[ \t]*\r?\n(?:>>[ \t]?)?/g, ' ')
}

/**
 * Restores quotes at the edges of words that a text editor changed. Inside words they are part of
 * the text.
 */
export function withPlainQuotes(command: string): string {
  return command.replace(/(?<=^|\s|=)[“”„]|[“”](?=\s|$)/g, '"').replace(/(?<=^|\s|=)[‘’‚]|[‘’](?=\s|$)/g, "'")
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}

function plainQuoted(text: string, start: number): [content: string, next: number] {
  const end = text.indexOf("'", start)
  return end < 0 ? [text.slice(start), text.length] : [text.slice(start, end), end + 1]
}

function doubleQuoted(text: string, start: number): [content: string, next: number] {
  let content = ''
  let i = start
  while (i < text.length && text.charAt(i) !== '"') {
    if (text.charAt(i) === '\\' && '"\\$`\n'.includes(text.charAt(i + 1))) {
      if (text.charAt(i + 1) !== '\n') content += text.charAt(i + 1)
      i += 2
    } else {
      content += text.charAt(i)
      i++
    }
  }
  return [content, i + 1]
}

const ANSI: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  v: '\v',
  '?': '?',
}

function ansiQuoted(text: string, start: number): [content: string, next: number] {
  let content = ''
  let i = start
  while (i < text.length && text.charAt(i) !== "'") {
    if (text.charAt(i) !== '\\') {
      content += text.charAt(i)
      i++
      continue
    }
    const code = /^\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/.exec(
      text.slice(i, i + 10),
    )
    if (code !== null) {
      const hex = code[1] ?? code[2] ?? code[3]
      const point = hex === undefined ? Number.parseInt(code[4] ?? '0', 8) & 0xff : Number.parseInt(hex, 16)
      content += String.fromCodePoint(Math.min(point, 0x10ffff))
      i += code[0].length
    } else {
      // An unknown escape stays unchanged.
      content += ANSI[text.charAt(i + 1)] ?? text.slice(i, i + 2)
      i += 2
    }
  }
  return [content, i + 1]
}

/** Splits one command into words. */
export function shellWords(command: string): readonly string[] {
  return shellCommands(command)[0] ?? []
}
