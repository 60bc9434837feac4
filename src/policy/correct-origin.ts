import { isLoopbackHost } from '../spec/origins.ts'
import { schemeMeant } from './schemes.ts'

/** What to write instead of a malformed entry. */
export interface Correction {
  readonly text: string
  /** Whether it allows another origin than the one that the entry names, and so completes what was probably meant. */
  readonly review: boolean
}

/** No longer text is worth the look. */
const LONGEST = 2_000

/** URLs without a host, and variables that were written where their value should be. */
const NO_ADDRESS = /^(?:data|blob|about|javascript|mailto):|^(?:process|import\.meta|Deno|Bun)\.env\b/i

/** Carries a `*` around the URL parser. No address has this name. */
const STAND_IN = 'corsmith-stand-in'

/**
 * Writes the origin that a malformed entry means; null where there is none to be had. Whether it can stand in a list is not looked at.
 *
 * The URL parser does what browsers do to an address: lower case, Punycode, the one form of an IP address, no default port.
 */
export function correctOrigin(text: string): Correction | null {
  if (text.length > LONGEST || NO_ADDRESS.test(text)) return null
  const address = withScheme(text)
  const spelled = spellWildcards(address)
  const anyPort = /:\*(?=$|[/?#])/.test(spelled)
  const bare = anyPort ? spelled.replace(':*', '') : spelled
  const url = /\*.*\*/s.test(bare) ? null : URL.parse(bare.replace('*', STAND_IN))
  if (!url?.hostname) return null
  const lower = url.hostname.toLowerCase()
  const host = lower.replace(/\.$/, '')
  // ":*" where it is not allowed is left out: one port is what remains of what was meant.
  const keepsAnyPort = anyPort && isLoopbackHost(host)
  const port = keepsAnyPort ? ':*' : url.port && `:${url.port}`
  return {
    text: `${url.protocol}//${host.replace(STAND_IN, '*')}${port}`,
    review:
      spelled !== text || !text.includes('://') || host !== lower || url.username !== '' || anyPort !== keepsAnyPort,
  }
}

/** `example.com` is served over https; only the user's own computer is not. */
function withScheme(text: string): string {
  // The URL parser reads "https:a.com" and "https:/a.com" as everybody does.
  if (/^https?:(?!\d+(?:[/?#]|$))/i.test(text)) return text
  const end = text.indexOf('://')
  if (end >= 0) return (schemeMeant(text.slice(0, end).toLowerCase()) ?? text.slice(0, end)) + text.slice(end)
  const rest = text.replace(/^(?:https?)?[:;]?\/\//i, '')
  const isLocal = /^(localhost|127\.[\d.]*\d|\[::1\]|[^/:?#]*\.localhost)([:/?#]|$)/i.test(rest)
  return `${isLocal ? 'http' : 'https'}://${rest}`
}

/** Writes other libraries' wildcards as ours: `.example.com`, `**.example.com`, `*.*.example.com`, `*example.com`, `:[*]`. */
function spellWildcards(text: string): string {
  return text
    .replace(':[*]', ':*')
    .replace(/:\/\/(?:(?:\*+\.)+|\.)(?=[^*]*$)/, '://*.')
    .replace(/:\/\/\*(?=[^.*/:]+\.[^.*/:]+(?:[:/]|$))/, '://*.')
}
