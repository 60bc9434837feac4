/**
 * Control characters, invisible ones, those that turn the direction of writing, and halves of characters: a terminal obeys some of
 * them, a reader is deceived by others, and XML admits hardly any. A tab is harmless: configuration is indented with it.
 */
const UNSEEN = /[^\P{Cc}\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu

/** How GitHub's and Azure's runners know a command: these anywhere in a line, and two colons at its beginning. */
const COMMANDS = /##(?=(?:vso)?\[)|^\s*::/gi

function disarmed(mark: string): string {
  return mark === '##' ? '#\\x23' : mark.replace('::', '\\x3a:')
}

/**
 * Shows control characters instead of sending them on: what a server says ends up in terminals and in the logs of others.
 *
 * @example
 * printable('\u001b[31mred') // '\\x1b[31mred'
 */
export function printable(text: string): string {
  return text.replace(COMMANDS, disarmed).replace(UNSEEN, (char) => {
    const code = char.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** Shows control characters, and keeps the lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}

/** Writes data as JSON without a character that a terminal obeys: `JSON.stringify` escapes those below U+0020 alone. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(/##(?=(?:vso)?\[)/gi, '#\\u0023')
    .replace(UNSEEN, (char) => (char === '\n' ? char : escaped(char)))
}

function escaped(char: string): string {
  return Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
    '',
  )
}
