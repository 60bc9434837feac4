/**
 * Serialized origins, as a browser writes them: lower-case scheme and host, no default port, no
 * trailing slash.
 *
 * Lists, patterns, predicates and requests share this one grammar. For `http:` and `https:` it is
 * stricter than the URL Standard: browsers do send hosts such as
 * ``https://app.example.com{.attacker.test``, and a looser grammar would pass them to predicates.
 * Other schemes belong to apps and extensions. Their hosts need not be names of the DNS: `app://.`.
 *
 * @see https://fetch.spec.whatwg.org/#origin-header
 */

/** The parts of a serialized origin. `port` is empty where the origin has none. */
export interface OriginParts {
  readonly scheme: string
  readonly host: string
  readonly port: string
}

/** The length of the longest host name of the DNS. */
const MAX_HOST = 253

/**
 * The length of the longest origin that a policy can hold: a scheme of 64, `://`, a host, `:65535`.
 */
export const MAX_ORIGIN: number = 64 + 3 + MAX_HOST + 6

/**
 * Parses a serialized origin. Ports are `1` to `65535` without leading zeros, and not the default
 * port of the scheme.
 *
 * @returns null for a value that is not a serialized origin
 */
export function parseOrigin(value: string): OriginParts | null {
  if (value.length > MAX_ORIGIN) return null
  const colon = value.indexOf('://')
  if (colon < 1 || colon > 64) return null
  const scheme = value.slice(0, colon)
  // The walk over the letters would cost most of the time.
  if (!isWeb(scheme) && (!isScheme(scheme) || scheme === 'file')) return null
  const start = colon + 3
  const close = value.charCodeAt(start) === 0x5b ? value.indexOf(']', start) : start
  if (close < 0) return null
  const portAt = value.indexOf(':', close)
  const host = value.slice(start, portAt < 0 ? value.length : portAt)
  const port = portAt < 0 ? '' : value.slice(portAt + 1)
  if (portAt >= 0 && (!isPort(port) || port === defaultPort(scheme))) return null
  return isHostOf(scheme, host) && (host !== '' || port === '') ? { scheme, host, port } : null
}

const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Tells whether a text consists of these characters. */
function isMadeOf(text: string, characters: string): boolean {
  for (const character of text) if (!characters.includes(character)) return false
  return true
}

/** Tells whether a value is a lower-case scheme. */
export function isScheme(value: string): boolean {
  return value !== '' && LETTERS.includes(value.charAt(0)) && isMadeOf(value, `${LETTERS + DIGITS}+-.`)
}

/** Tells whether digits are a port that a browser would write. */
export function isPort(value: string): boolean {
  return value !== '' && !value.startsWith('0') && isMadeOf(value, DIGITS) && Number(value) <= 65535
}

/**
 * Gives the default port of a scheme, which a serialized origin leaves out; `''` if there is none.
 */
export function defaultPort(scheme: string): string {
  return scheme === 'https' ? '443' : scheme === 'http' ? '80' : ''
}

/** Tells whether a scheme is `http` or `https`. Their hosts are names of the DNS or addresses. */
export function isWeb(scheme: string): boolean {
  return defaultPort(scheme) !== ''
}

/** Tells whether a browser writes such a host after this scheme. */
function isHostOf(scheme: string, host: string): boolean {
  if (isWeb(scheme) || host.startsWith('[')) return isHost(host)
  // Safari sends the identifier of an extension in upper case. It changes at each start, so only a
  // predicate can allow it.
  return isOpaqueHost(scheme.startsWith('safari-') ? host.toLowerCase() : host)
}

/**
 * Tells whether a host is a lower-case DNS name, a dotted-decimal IPv4 address, or a compressed
 * IPv6 address in brackets.
 */
export function isHost(host: string): boolean {
  if (host.charCodeAt(0) === 0x5b) return isIpv6Host(host)
  return isLabels(host) && (!endsInNumber(host) || isIpv4(host))
}

/**
 * Tells whether a text is a host of a scheme other than `http` and `https`: `app://.`,
 * `moz-extension://<id>`.
 *
 * It is the URL Standard's opaque host without `*`, `,` and `;`, which have a meaning in lists. It
 * may be empty: Android's web view sends `capacitor://` for a scheme that was not registered as
 * standard.
 *
 * @see https://url.spec.whatwg.org/#concept-opaque-host-parser
 */
export function isOpaqueHost(host: string): boolean {
  for (let i = 0; i < host.length; i++) {
    const character = host.charAt(i)
    if (character !== '%') {
      if (!`${LETTERS + DIGITS}!"$&'()+-.=_\`{}~`.includes(character)) return false
      continue
    }
    const digits = host.slice(i + 1, i + 3)
    if (digits.length < 2 || !isMadeOf(digits, `${DIGITS}abcdefABCDEF`)) return false
    i += 2
  }
  return host.length <= MAX_HOST
}

/**
 * Tells whether a text is one or more labels joined by dots, 253 characters at most.
 *
 * A label has 1 to 63 letters, digits, `-` and `_`, in any order. The DNS has stricter rules for
 * names of hosts, but browsers send names that break them.
 *
 * @param star whether labels may contain `*`, as in a pattern
 * @param start where the text begins
 */
export function isLabels(value: string, star = false, start = 0): boolean {
  const { length } = value
  if (length - start > MAX_HOST) return false
  let labelStart = start
  for (let i = start; i <= length; i++) {
    const code = i < length ? value.charCodeAt(i) : 0x2e
    if (code === 0x2e) {
      const size = i - labelStart
      if (size < 1 || size > 63) return false
      labelStart = i + 1
    } else if (!isLabelCode(code) && !(star && code === 0x2a)) {
      return false
    }
  }
  return true
}

/**
 * Tells whether each label of a host has a letter or a digit. Browsers send other hosts too
 * (`https://-.example.com`), but a `*` in a pattern does not mean them.
 */
export function isNamed(host: string): boolean {
  return host.split('.').every((label) => !isMadeOf(label, '-_'))
}

/** Tells whether a code unit may stand inside a label. */
function isLabelCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f
}

/**
 * Tells whether the URL parser reads a host as an IPv4 address, valid or not.
 *
 * @see https://url.spec.whatwg.org/#ends-in-a-number-checker
 */
export function endsInNumber(host: string): boolean {
  const last = host.slice(host.lastIndexOf('.') + 1)
  return last.startsWith('0x') ? isMadeOf(last.slice(2), `${DIGITS}abcdef`) : last !== '' && isMadeOf(last, DIGITS)
}

/** Tells whether a host is an IPv4 address in the one form that a browser writes. */
export function isIpv4(host: string): boolean {
  const parts = host.split('.')
  return parts.length === 4 && parts.every((part) => (part === '0' || isPort(part)) && Number(part) <= 255)
}

/** Tells whether a host is an IPv6 address in brackets, in the one form that a browser writes. */
export function isIpv6Host(host: string): boolean {
  // The rules of compression are long, and the URL parser has them. A host that it would write
  // differently is not in serialized form.
  return host.startsWith('[') && host.length <= 41 && URL.parse(`http://${host}/`)?.hostname === host
}

/**
 * Tells whether a host always names the user's own computer.
 *
 * @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
 */
export function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    (host.endsWith('.localhost') && isLabels(host)) ||
    (host.startsWith('127.') && isIpv4(host))
  )
}
