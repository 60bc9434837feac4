import { shellQuote } from '../report/replay.ts'
import type { RecognizedMessage } from './recognize.ts'
import type { MessageCode } from './template.ts'

/** What stands for an address that a line does not name. */
const EXAMPLE = { url: 'https://api.example.com/path', origin: 'https://app.example.com' } as const

/**
 * The command that finds out what a line does not tell: it asks the server as the page did, as far as the line names that. What a
 * check from outside cannot see is explained instead.
 *
 * @example
 * const line = recognizeMessage("Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by CORS policy")
 * if (line !== null) messageCommand(line)
 * // "npx corsmith check https://api.example.com/x --origin https://app.example.com"
 */
export function messageCommand(message: RecognizedMessage): string {
  const { url, redirectedFrom, origin, method, code, value } = message
  if (!canAsk(message)) return `npx corsmith why ${code}`
  const header = code === 'header-not-allowed' && value !== null ? [['-H', `${value}: x`]] : []
  const sent = method === null || method === 'GET' ? [] : [['-X', method]]
  const credentials =
    code === 'allow-credentials' || code === 'allow-origin-wildcard' ? [['--credentials', 'include']] : []
  return `npx corsmith ${checkOf(redirectedFrom ?? url, origin)}${[...sent, ...header, ...credentials]
    .map(([option = '', text = '']) => ` ${option} ${shellQuote(text)}`)
    .join('')}`
}

/** The check of an address from a page; where either is not known, with an example in its place. */
export function checkOf(url: string | null, origin: string | null): string {
  return `check ${shellQuote(isHttp(url) ? url : EXAMPLE.url)} --origin ${shellQuote(origin ?? EXAMPLE.origin)}`
}

/** What the page, the browser or its user decides: no answer of the server shows it. */
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

/** Whether a check from outside can find out more. It takes an address of http, or a line about CORS without any. */
export function canAsk({ url, redirectedFrom, cors, code }: RecognizedMessage): boolean {
  const asked = redirectedFrom ?? url
  if (UNSEEN.includes(code)) return false
  return asked === null ? cors !== false : isHttp(asked)
}

/** Whether an address is of http or https. */
export function isHttp(url: string | null): url is string {
  return url !== null && /^https?:/i.test(url)
}
