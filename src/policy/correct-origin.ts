import { readEntry } from './origin-entry.ts'

/**
 * Finds the origin that a malformed entry probably means; null where there is none to be had.
 *
 * The URL parser does what browsers do to an address: lower case, Punycode, the one form of an IP address, no default port.
 * A `*` would not survive it and is carried around it as a name that no address has.
 */
export function correctOrigin(text: string): string | null {
  const stars = text.split('*').length - 1
  if (stars > 1) return null
  const trimmed = text.trim()
  if (trimmed === '' || /[\s,;|]/.test(trimmed)) return null
  const anyPort = /:\*(?=$|[/?#])/.test(trimmed)
  const plain = anyPort ? trimmed.replace(':*', '') : trimmed.replace('*', STAND_IN)
  const address = URL.parse(plain.includes('://') ? plain : withScheme(plain))
  if (address === null || address.hostname === '') return null
  const host = address.hostname.endsWith('.') ? address.hostname.slice(0, -1) : address.hostname
  const port = address.port === '' ? '' : `:${address.port}`
  const origin = `${address.protocol}//${host}${port}`
  const candidate = anyPort ? `${origin}:*` : stars === 1 ? origin.replace(STAND_IN, '*') : origin
  return readEntry(candidate).entry === undefined ? null : candidate
}

const STAND_IN = 'corsmith-stand-in'

/** `example.com` is served over https; only the user's own computer is not. */
function withScheme(text: string): string {
  const rest = text.startsWith('//') ? text.slice(2) : text
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|[^/:]*\.localhost)([:/]|$)/.test(rest)
  return `${isLocal ? 'http' : 'https'}://${rest}`
}
