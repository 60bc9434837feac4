import { trimOws } from '../../spec/tokens.ts'

/** A `Set-Cookie` line, taken apart. */
export interface ReadCookie {
  readonly name: string
  readonly value: string
  /** The `Domain`, in lower case and without a dot before it; empty where there is none. */
  readonly domain: string
  /** The `Path`; null where the default path of the URL counts. */
  readonly path: string | null
  /** When the cookie expires, in milliseconds; `Infinity` for the end of the session. */
  readonly expires: number
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly partitioned: boolean
  readonly sameSite: 'strict' | 'lax' | 'none' | 'unset'
}

/** The longest name and value together, and the longest value of an attribute, in bytes. */
const MAX_PAIR = 4096
const MAX_ATTRIBUTE = 1024

/** The longest life of a cookie that outlives the session: 400 days, in milliseconds. */
const LONGEST_LIFE = 400 * 24 * 60 * 60 * 1000

/**
 * Takes a `Set-Cookie` line apart; null for a line that browsers ignore.
 *
 * @param line the value of the field
 * @param now the time, in milliseconds
 * @see
 * https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-set-cookie-header-field
 */
export function readCookie(line: string, now: number): ReadCookie | null {
  // Control characters other than the tab make the line invalid.
  if ([...line].some((char) => char !== '\t' && (char < ' ' || char === '\x7f'))) return null
  const [pair = '', ...attributes] = line.split(';')
  const at = pair.indexOf('=')
  const name = at < 0 ? '' : trimOws(pair.slice(0, at))
  const value = trimOws(pair.slice(at + 1))
  if ((name === '' && value === '') || byteLength(name) + byteLength(value) > MAX_PAIR) return null
  const read = readAttributes(attributes)
  const sameSite = read.get('samesite')?.toLowerCase()
  const path = read.get('path')
  return {
    name,
    value,
    domain: (read.get('domain') ?? '').replace(/^\./, '').toLowerCase(),
    path: path?.startsWith('/') ? path : null,
    expires: readExpiry(read.get('max-age'), read.get('expires'), now),
    secure: read.has('secure'),
    httpOnly: read.has('httponly'),
    partitioned: read.has('partitioned'),
    sameSite: sameSite === 'strict' || sameSite === 'lax' || sameSite === 'none' ? sameSite : 'unset',
  }
}

/** Reads the attributes. The last of several with one name counts. */
function readAttributes(attributes: readonly string[]): ReadonlyMap<string, string> {
  const read = new Map<string, string>()
  for (const attribute of attributes) {
    const at = attribute.indexOf('=')
    const name = trimOws(at < 0 ? attribute : attribute.slice(0, at)).toLowerCase()
    const value = at < 0 ? '' : trimOws(attribute.slice(at + 1))
    if (byteLength(value) <= MAX_ATTRIBUTE) read.set(name, value)
  }
  return read
}

/** `Max-Age` wins over `Expires`. A value that cannot be read is ignored. */
function readExpiry(maxAge: string | undefined, expires: string | undefined, now: number): number {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) {
    const seconds = Number(maxAge)
    return seconds <= 0 ? Number.NEGATIVE_INFINITY : now + Math.min(seconds * 1000, LONGEST_LIFE)
  }
  const date = expires === undefined ? Number.NaN : Date.parse(expires.replaceAll('-', ' '))
  return Number.isNaN(date) ? Number.POSITIVE_INFINITY : Math.min(date, now + LONGEST_LIFE)
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
