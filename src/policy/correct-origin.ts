import { isLoopbackHost } from '../spec/origins.ts'
import { readEntry } from './origin-entry.ts'
import { schemeMeant } from './schemes.ts'

/** What to write instead of a malformed entry. */
export interface Correction {
  readonly text: string
  /** Whether it allows another origin than the one that the entry names, and so completes what was probably meant. */
  readonly review: boolean
}

/**
 * Finds the origin that a malformed entry means; null where there is none to be had.
 *
 * The URL parser does what browsers do to an address: lower case, Punycode, the one form of an IP address, no default port.
 * A `*` would not survive it and is carried around it as a name that no address has.
 */
export function correctOrigin(text: string): Correction | null {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 2_000 || /[\s,;|]/.test(trimmed)) return null
  const { address, guessed } = withScheme(trimmed)
  const spelled = spellWildcards(address)
  const text1 = parseAround(spelled)
  if (text1 === null) return null
  const review = guessed || spelled !== address || text1.review
  return readEntry(text1.text).entry === undefined ? null : { text: text1.text, review }
}

const STAND_IN = 'corsmith-stand-in'

function parseAround(text: string): Correction | null {
  if (text.split('*').length > 2) return null
  const anyPort = /:\*(?=$|[/?#])/.test(text)
  const address = URL.parse(anyPort ? text.replace(':*', '') : text.replace('*', STAND_IN))
  if (address === null || address.hostname === '') return null
  const lower = address.hostname.toLowerCase()
  const host = lower.endsWith('.') ? lower.slice(0, -1) : lower
  const port = address.port === '' ? '' : `:${address.port}`
  // ":*" where it is not allowed is left out: one port is what remains of what was meant.
  const isLoopback = isLoopbackHost(host)
  const origin = `${address.protocol}//${host.replace(STAND_IN, '*')}${anyPort && isLoopback ? ':*' : port}`
  return { text: origin, review: host !== lower || address.username !== '' || (anyPort && !isLoopback) }
}

/** `example.com` is served over https; only the user's own computer is not. */
function withScheme(text: string): { address: string; guessed: boolean } {
  // The URL parser reads "https:a.com" and "https:/a.com" as everybody does.
  if (/^https?:(?!\d+(?:[/?#]|$))/i.test(text)) return { address: text, guessed: !text.includes('://') }
  const end = text.indexOf('://')
  const scheme = end < 0 ? '' : text.slice(0, end)
  const slip = schemeMeant(scheme.toLowerCase())
  if (slip !== undefined) return { address: slip + text.slice(end), guessed: true }
  if (end >= 0) return { address: text, guessed: false }
  const rest = text.replace(/^(?:https?)?[:;]?\/\//i, '')
  const isLocal = /^(localhost|127\.[\d.]*\d|\[::1\]|[^/:]*\.localhost)([:/]|$)/i.test(rest)
  return { address: `${isLocal ? 'http' : 'https'}://${rest}`, guessed: true }
}

/** Writes other libraries' wildcards as ours: `.example.com`, `**.example.com`, `*.*.example.com`, `*example.com`, `:[*]`. */
function spellWildcards(text: string): string {
  return text
    .replace(/:\[\*\]/, ':*')
    .replace(/:\/\/(?:\*+\.)+(?=[^*]*$)/, '://*.')
    .replace(/:\/\/\.(?=[^*]*$)/, '://*.')
    .replace(/:\/\/\*(?=[^.*/:]+\.[^.*/:]+(?:[:/]|$))/, '://*.')
}
