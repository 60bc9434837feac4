import type { HeaderLine, WireRequest } from '../../browser/wire.ts'
import { HIDDEN } from './secret-names.ts'
import { shownRequest } from './shown.ts'

/** A limit. Some shells do not take a longer value, and people cannot read it. */
const LONGEST_VALUE = 500

/**
 * Writes a request as a `curl` command that shows the response headers. An ellipsis replaces each
 * secret and the body; put yours there.
 *
 * @param request The request.
 * @param insecure Whether to skip the check of certificates.
 * @returns A command for a POSIX shell.
 *
 * @example
 * ```ts
 * import { toCurl } from 'corsmith/diagnose'
 *
 * const headers = [['Origin', 'https://app.example.com']] as const
 * toCurl({ method: 'GET', url: 'https://api.example.com/', headers, body: null })
 * // curl -i https://api.example.com/ -H 'Origin: https://app.example.com'
 * ```
 */
export function toCurl(request: WireRequest, insecure = false): string {
  const { method, url, headers, body } = shownRequest(request)
  // Without `-g`, curl reads brackets and braces in a URL as ranges and lists.
  const literal = /[[\]{}]/.test(url) ? ['-g'] : []
  const verb = method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', shellQuote(method)]
  const fields = headers
    .filter(([name]) => !/^(sec-fetch-.*|user-agent)$/i.test(name))
    .flatMap((line) => ['-H', shellQuote(fieldOf(line))])
  const data = body === null ? [] : ['--data-raw', shellQuote(HIDDEN)]
  return ['curl', '-i', ...literal, ...(insecure ? ['-k'] : []), ...verb, shellQuote(url), ...fields, ...data].join(' ')
}

/** For curl, a trailing colon removes a header, and a semicolon sends it empty. */
function fieldOf([name, value]: HeaderLine): string {
  if (value === '') return `${name};`
  return `${name}: ${value.length > LONGEST_VALUE ? HIDDEN : value}`
}

/** Characters that a terminal does not show, or that turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u

/**
 * Quotes a word for a POSIX shell if needed. Invisible characters are written in `$'…'`. There `!`
 * is escaped too, because an interactive bash would expand it.
 */
export function shellQuote(word: string): string {
  if (UNSEEN.test(word)) return `$'${word.replace(/[^ -~]|[!'\\]/gu, escaped)}'`
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function escaped(char: string): string {
  return [...new TextEncoder().encode(char)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}
