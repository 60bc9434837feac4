import { shellQuote } from '../report/replay.ts'
import type { RecognizedMessage } from './recognize.ts'
import type { MessageCode } from './template.ts'

/** Replaces an address that the line does not name. */
const EXAMPLE = { url: 'https://api.example.com/path', origin: 'https://app.example.com' } as const

/**
 * Returns the command that finds the cause of a line. It asks the server as the page did, as far as
 * the line says how. For a failure that a check from outside cannot see, it explains the line
 * instead.
 *
 * @param message The recognized line.
 * @returns A command for a shell.
 *
 * @example
 * ```ts
 * import { messageCommand, recognizeMessage } from 'corsmith/diagnose'
 *
 * const line = recognizeMessage(
 *   "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been " +
 *     'blocked by CORS policy',
 * )
 * if (line !== null) messageCommand(line)
 * // npx corsmith check https://api.example.com/x --origin https://app.example.com
 * ```
 */
export function messageCommand(message: RecognizedMessage): string {
  return `npx corsmith ${messageArguments(message).map(shellQuote).join(' ')}`
}

/** Returns the words of {@link messageCommand} after `npx corsmith`. */
export function messageArguments(message: RecognizedMessage): readonly string[] {
  const { url, redirectedFrom, origin, method, code, value } = message
  if (!canAsk(message)) return ['why', code]
  const header = code === 'header-not-allowed' && value !== null ? [['-H', `${value}: x`]] : []
  const sent = method === null || method === 'GET' ? [] : [['-X', method]]
  const credentials =
    code === 'allow-credentials' || code === 'allow-origin-wildcard' ? [['--credentials', 'include']] : []
  return [...checkArguments(redirectedFrom ?? url, origin), ...[...sent, ...header, ...credentials].flat()]
}

/**
 * Returns whether a preflight failed and the line does not say what caused it. The command then lacks
 * the method or the header, and would send no preflight.
 */
export function lacksCause(message: RecognizedMessage): boolean {
  const words = messageArguments(message)
  return canAsk(message) && message.during === 'preflight' && !words.includes('-X') && !words.includes('-H')
}

/** Writes the check of an address from a page, with an example for an unknown one. */
export function checkOf(url: string | null, origin: string | null): string {
  return checkArguments(url, origin).map(shellQuote).join(' ')
}

function checkArguments(url: string | null, origin: string | null): readonly string[] {
  return ['check', isHttp(url) ? url : EXAMPLE.url, '--origin', origin ?? EXAMPLE.origin]
}

/** Failures that the page, the browser or the user decides. No answer of the server shows them. */
const UNSEEN: readonly MessageCode[] = [
  'blocked-by-extension',
  'cleartext-blocked',
  'content-security-policy',
  'cookie-blocked',
  'cross-origin-isolation',
  'csrf-check',
  'forbidden-header',
  'frame-access',
  'frame-refused',
  'opener-policy',
  'origin-not-registered',
  'post-message',
  'referrer-policy',
  'report-only',
  'worker-origin',
]

/**
 * Returns whether a check from outside can find out more: the line names an http address, or is
 * about CORS and names no address.
 */
export function canAsk({ url, redirectedFrom, cors, code }: RecognizedMessage): boolean {
  const asked = redirectedFrom ?? url
  if (UNSEEN.includes(code)) return false
  return asked === null ? cors !== false : isHttp(asked)
}

/** Returns whether an address is http or https. */
export function isHttp(url: string | null): url is string {
  return url !== null && /^https?:/i.test(url)
}
