/**
 * Control characters, invisible ones, those that turn the direction of writing, and halves of
 * surrogate pairs. A terminal would obey some of them, others deceive a reader, and XML allows few
 * of them. Tabs stay, because configuration is indented with them.
 */
const UNSEEN = /[^\P{Cc}\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu

/**
 * How runners of GitHub and Azure recognize a command: these marks anywhere in a line, or two
 * colons at its beginning.
 */
const COMMANDS = /##(?=(?:vso)?\[)|^\s*::/gi

function disarmed(mark: string): string {
  return mark === '##' ? '#\\x23' : mark.replace('::', '\\x3a:')
}

/**
 * Shows control characters as text instead of printing them. A server's text ends up in terminals
 * and logs.
 *
 * @param text The text.
 * @returns The text, with escapes.
 *
 * @example
 * ```ts
 * printable('\u001b[31mred') // '\\x1b[31mred'
 * ```
 */
export function printable(text: string): string {
  return text.replace(COMMANDS, disarmed).replace(UNSEEN, (char) => {
    const code = char.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** Shows control characters as text, and keeps the lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}

/**
 * Writes JSON without characters that a terminal obeys. `JSON.stringify` escapes only those below
 * U+0020.
 */
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
