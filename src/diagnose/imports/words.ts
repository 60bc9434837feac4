/** A redirection, which a shell does not pass on, and its file if no white space is between. */
const REDIRECTION = /^(?:[\d&]?>>?|<{1,3})(?:&\d)?(.*)$/

/**
 * Splits a text into commands and their words, as a POSIX shell does: quotes, `$'…'`, backslashes,
 * line continuations and comments. It expands nothing. `&`, `;` and `|` separate commands only
 * before white space, because people paste URLs without quotes.
 */
export function shellCommands(text: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]]
  let word: string | null = null
  let isQuoted = false
  let skipsFile = false
  let i = 0

  function end(): void {
    if (word === null) return
    const bare = isQuoted ? null : word
    // Guides write placeholders in angle brackets.
    const redirection = bare === null || /^<[^<>]+>$/.test(bare) ? null : REDIRECTION.exec(bare)
    if (skipsFile) skipsFile = false
    else if (redirection !== null) skipsFile = redirection[1] === '' && !/&\d$/.test(word)
    else commands.at(-1)?.push(word)
    word = null
    isQuoted = false
  }

  function add([content, next]: readonly [string, number]): void {
    word = (word ?? '') + content
    isQuoted = true
    i = next
  }

  while (i < text.length) {
    const char = text.charAt(i)
    if (char === "'") add(plainQuoted(text, i + 1))
    else if (char === '$' && text.charAt(i + 1) === "'") add(ansiQuoted(text, i + 2))
    else if (char === '$' && text.charAt(i + 1) === '"') i++
    else if (char === '"') add(doubleQuoted(text, i + 1))
    else if (char === '\\') {
      const breaks = /^\\[ \t]*(?:\r?\n(?:>[ \t])?|$)/.exec(text.slice(i, i + 200))
      // Pasted text often has invisible white space after the backslash of a continuation.
      if (breaks === null) add([text.charAt(i + 1), i + 2])
      else i += breaks[0].length
    } else if (char === '\n') {
      end()
      commands.push([])
      i++
    } else if (/\s/.test(char)) {
      end()
      i++
    } else if (char === '#' && word === null) {
      while (i < text.length && text.charAt(i) !== '\n') i++
    } else if ((char === ';' || char === '|' || char === '&') && /^[;|&]{1,2}(?:\s|$)/.test(text.slice(i, i + 3))) {
      end()
      commands.push([])
      i += /[;|&]/.test(text.charAt(i + 1)) ? 2 : 1
    } else {
      word = (word ?? '') + char
      i++
    }
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
    .replace(/\^\r?\n\r?\n/g, '\u0000')
    .replace(/\^[ \t]*\r?\n/g, ' ')
    .replace(/\^([\s\S])/g, '$1')
    .replaceAll('\u0000', '\n')
    // "Copy all" joins commands with an ampersand.
    .replace(/&[ \t]*\r?\n/g, ';\n')
  return withoutDoubledQuotes(plain)
}

/**
 * Older copies for the command prompt double the quotes inside a quoted word instead of escaping
 * them.
 */
function withoutDoubledQuotes(command: string): string {
  return command.replace(/\\[\s\S]|"(?:\\[\s\S]|""|[^"\\]+)*"?/g, (word) =>
    word.replace(/\\[\s\S]|(?!^)""(?!$)/g, (pair) => (pair === '""' ? '\\"' : pair)),
  )
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
