import type { HeaderLine, WireRequest } from '../../browser/wire.ts'
import { HIDDEN } from './secret-names.ts'
import { shownRequest } from './shown.ts'

/** A longer value makes a command that nobody reads, and some shells do not take. */
const LONGEST_VALUE = 500

/**
 * Writes a request as a `curl` command that shows the response headers. In the place of each secret, and of the body, stands an ellipsis:
 * put yours there.
 *
 * @example
 * ```ts
 * import { toCurl } from 'corsmith/diagnose'
 *
 * toCurl({ method: 'GET', url: 'https://api.example.com/', headers: [['Origin', 'https://app.example.com']], body: null })
 * // curl -i https://api.example.com/ -H 'Origin: https://app.example.com'
 * ```
 */
export function toCurl(request: WireRequest, insecure = false): string {
  const { method, url, headers, body } = shownRequest(request)
  // curl takes brackets and braces in a URL for ranges and lists, unless it is told otherwise.
  const literal = /[[\]{}]/.test(url) ? ['-g'] : []
  const verb = method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', shellQuote(method)]
  const fields = headers
    .filter(([name]) => !/^(sec-fetch-.*|user-agent)$/i.test(name))
    .flatMap((line) => ['-H', shellQuote(fieldOf(line))])
  const data = body === null ? [] : ['--data-raw', shellQuote(HIDDEN)]
  return ['curl', '-i', ...literal, ...(insecure ? ['-k'] : []), ...verb, shellQuote(url), ...fields, ...data].join(' ')
}

/** A colon with nothing behind it takes a header away; a semicolon sends it empty. */
function fieldOf([name, value]: HeaderLine): string {
  if (value === '') return `${name};`
  return `${name}: ${value.length > LONGEST_VALUE ? HIDDEN : value}`
}

/** What no terminal shows as itself, and what turns the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u

/**
 * Quotes a word for a POSIX shell where that is needed. What cannot be shown is written in `$'…'`, where `!` is escaped too: there an
 * interactive bash looks for its history.
 */
export function shellQuote(word: string): string {
  if (UNSEEN.test(word)) return `$'${word.replace(/[^ -~]|[!'\\]/gu, escaped)}'`
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function escaped(char: string): string {
  return [...new TextEncoder().encode(char)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}
