/** Splits a command line as a POSIX shell does: quotes, `$'…'`, backslashes and line continuations; nothing is expanded. */
export function shellWords(command: string): readonly string[] {
  const words: string[] = []
  let word: string | null = null
  let i = 0
  while (i < command.length) {
    const char = command.charAt(i)
    if (char === "'" || (char === '$' && command.charAt(i + 1) === "'")) {
      const isAnsi = char === '$'
      const [text, next] = isAnsi ? ansiQuoted(command, i + 2) : plainQuoted(command, i + 1)
      word = (word ?? '') + text
      i = next
    } else if (char === '"') {
      const [text, next] = doubleQuoted(command, i + 1)
      word = (word ?? '') + text
      i = next
    } else if (char === '\\') {
      const next = command.charAt(i + 1)
      if (next === '\r' && command.charAt(i + 2) === '\n') i += 3
      else {
        if (next !== '\n') word = (word ?? '') + next
        i += 2
      }
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word)
      word = null
      i++
    } else {
      word = (word ?? '') + char
      i++
    }
  }
  if (word !== null) words.push(word)
  return words
}

/** Undoes the escapes of the Windows command prompt: `^` before a character, and before the end of a line. */
export function withoutCarets(command: string): string {
  const plain = command.replace(/\^\r?\n/g, ' ').replace(/\^([\s\S])/g, '$1')
  // Older copies double the quotes inside a word instead of escaping them.
  return plain.replace(/(?<!\\)""(?!\s|$)/g, '\\"')
}

/** Tells whether a command was copied for the Windows command prompt. */
export function isForCmd(command: string): boolean {
  return /\^\r?\n/.test(command) || /\s\^"/.test(command)
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
    const hex = /^\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4}))/.exec(text.slice(i, i + 6))
    if (hex !== null) {
      content += String.fromCharCode(Number.parseInt(hex[1] ?? hex[2] ?? '0', 16))
      i += hex[0].length
    } else {
      content += ANSI[text.charAt(i + 1)] ?? text.charAt(i + 1)
      i += 2
    }
  }
  return [content, i + 1]
}
