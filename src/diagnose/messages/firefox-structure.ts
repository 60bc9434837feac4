import type { MessageCode } from './template.ts'
import type { Tidied } from './tidy.ts'

/** The facts in a Firefox line, in any language. */
interface Structure {
  readonly code: MessageCode
  readonly name: string | null
  readonly index: number
  readonly end: number
  readonly url: string
  readonly value: string | null
  readonly status: number | null
}

/** An address outside the reason. Some languages quote it, and some add an ending to it. */
const ADDRESS = /[a-z][\w+.-]{1,20}:\/\/[!#-&*-;=?-_a-~]{1,2000}/dg

/**
 * Quoted text, in the quotation marks of every language. An apostrophe inside a word does not
 * quote.
 */
export const QUOTED: RegExp =
  /「([^」]{0,500})」|『([^』]{0,500})』|[«‹] ?([^»›]{0,500}?) ?[»›]|[“„”]([^”“"„]{0,500})[”“"]|"([^"]{0,500})"|(?:(?<![\p{L}\p{N}])['’]|[‘‚`])([^’‘'`]{0,500})[’‘'`]/gu

/** The status follows a colon at the end. `(null)` is never translated. */
const STATUS = /^[\s.)]{0,5}[^\d():]{0,60}[:\s]\s?(\(null\)|\d{3})(?!\d)/

const NAME = /^[\w!#$%&*+.^`|~-]+$/

const ABOUT = /CORS|Access-Control-/

/**
 * Reads Firefox's CORS lines in all its languages. Translators change and move the words, but keep
 * some parts: the address, the word CORS, header names, quoted values, `*` and `true`, and the
 * status. These parts decide.
 *
 * For example, the German line "Quellübergreifende (Cross-Origin) Anfrage blockiert: …
 * https://api.example.com/ … (Grund: CORS-Kopfzeile 'Access-Control-Allow-Origin' fehlt).
 * Statuscode: 200." has an address, a reason in parentheses that names
 * `Access-Control-Allow-Origin` and quotes no other value, and a status. That is
 * `allow-origin-missing`. With a quoted value it would be `allow-origin-mismatch`.
 */
export function readStructure({ plain, text }: Tidied): readonly Structure[] {
  if (!ABOUT.test(plain)) return []
  const addresses = Array.from(plain.matchAll(ADDRESS)).slice(0, 50)
  return addresses.flatMap(({ 0: address, index }) => {
    // Every language first says that a request was blocked, and then names the address.
    const before = plain.slice(Math.max(0, index - 300), index)
    if (
      !/(?!')[\p{Po}᱾ᱺ].{0,280}$/u.test(before) ||
      /by CORS|cannot load|Failed to load|Access to|from origin '/.test(before)
    )
      return []
    const url = address.replace(/[.,]?-?$/, '')
    const reason = reasonOf(plain, index + url.length)
    if (reason === null) return []
    const status = STATUS.exec(plain.slice(reason.end, reason.end + 100))?.[1]
    const meant = meaningOf(text.slice(reason.index, reason.end), status, url)
    const known = status === undefined || status === '(null)' ? null : Number(status)
    return [{ ...meant, index, end: reason.end, url, status: known }]
  })
}

/**
 * Finds the reason. It stands in parentheses; in newer translations it is a sentence of its own
 * before the status.
 */
function reasonOf(plain: string, from: number): { index: number; end: number } | null {
  const tail = plain.slice(from, from + 800)
  for (const { index } of tail.matchAll(/\(/g)) {
    if (index > 250) break
    const inside = /^(?:[^()]|\([^()]{0,80}\)){0,600}/.exec(tail.slice(index + 1))?.[0] ?? ''
    const end = index + 1 + inside.length
    const isTold =
      /\p{Po}.{0,400}CORS|Access-Control-/u.test(inside) || STATUS.test(tail.slice(end)) || tail.startsWith("' (")
    if (ABOUT.test(inside) && isTold) return { index: from + index + 1, end: from + end }
  }
  const label = /^[^():]{1,150}: ?(?=[^:()]{0,300}?(?:CORS|Access-Control-))/.exec(tail)
  if (label === null) return null
  const rest = tail.slice(label[0].length)
  const stop = /\.(?=\s|$)|$/.exec(rest.slice(0, 300))?.index ?? 0
  const index = from + label[0].length
  return { index, end: index + stop }
}

type Meant = Pick<Structure, 'code' | 'name' | 'value'>

function meaningOf(reason: string, status: string | undefined, url: string): Meant {
  const named = /Access-Control-Allow-(Origin|Credentials|Methods|Headers)/i.exec(reason)?.[1] ?? ''
  // One language writes the name in another case.
  const header = named.slice(0, 1).toUpperCase() + named.slice(1).toLowerCase()
  const quoted = Array.from(reason.matchAll(QUOTED), (match) => match.slice(1).find((text) => text !== undefined) ?? '')
  const values = quoted.map((text) => text.trim()).filter((text) => !/^Access-Control-/i.test(text))
  const value = values[0] ?? null
  // Some translations name the wrong header beside the `*`.
  if (values.includes('*'))
    return header === 'Headers'
      ? meant('authorization-by-wildcard', 'CORSAllowHeaderFromPreflightDeprecation')
      : meant('allow-origin-wildcard', 'CORSNotSupportingCredentials', '*')
  if (header === 'Headers')
    // The server's list may hold a text that is not a token; Firefox quotes it. A header of the
    // page is always a token.
    return value === null || NAME.test(value)
      ? meant('header-not-allowed', 'CORSMissingAllowHeaderFromPreflight2', value)
      : meant('allow-headers-syntax', 'CORSInvalidAllowHeader', value)
  if (header === 'Methods')
    return value === null
      ? meant('method-not-allowed', 'CORSMethodNotFound')
      : meant('allow-methods-syntax', 'CORSInvalidAllowMethod', value)
  if (header === 'Credentials') return meant('allow-credentials', 'CORSMissingAllowCredentials')
  if (header === 'Origin') {
    if (value !== null) return meant('allow-origin-mismatch', 'CORSAllowOriginNotMatchingOrigin', value)
    // The stem is the same in many languages.
    return status === undefined && /m[uúù]lt/i.test(reason)
      ? meant('allow-origin-multiple', 'CORSMultipleAllowOriginNotAllowed')
      : meant('allow-origin-missing', status === undefined ? null : 'CORSMissingAllowOrigin2')
  }
  if (status !== undefined && status !== '(null)') return meant('preflight-status', 'CORSPreflightDidNotSucceed3')
  if (values.length > 0)
    return values.length === 1 && /^[\p{L}]+$/u.test(value ?? '')
      ? meant('origin-header-not-added', 'CORSOriginHeaderNotAdded')
      : meant('cors-no-reason', null)
  if (!/^https?:/.test(url) || /(?<![\w:])https?(?![\w:])/i.test(reason))
    return meant('scheme-not-http', 'CORSRequestNotHttp')
  if (/preflight/i.test(reason)) return meant('preflight-status', 'CORSPreflightDidNotSucceed3')
  return /redir/i.test(reason)
    ? meant('preflight-redirect', 'CORSExternalRedirectNotAllowed')
    : meant('network-error', status === undefined ? null : 'CORSDidNotSucceed2')
}

function meant(code: MessageCode, name: string | null, value: string | null = null): Meant {
  return { code, name, value }
}

/** Source code and English prose, which only quote an address. */
const NO_LINE =
  /[{}=;<>[\]]|\w\(|\b(?:the|with|from|error|failed|returns?|get|post|fetch|request|url|cannot|not|my|it)\b/i

const LOOPBACK = /^\w+:\/\/(?:localhost|127\.|\[::1\])/i

/**
 * Reads two lines that are recognized by their one quoted address in every language: mixed content
 * quotes an address of http:, and modules quote one of file:.
 */
export function readUnsafe(plain: string): readonly Pick<Structure, 'code' | 'index' | 'end' | 'url'>[] {
  const [first] = plain.slice(0, 1_000).matchAll(/' ?(?<url>[a-z][\w+.-]{1,20}:\/\/[^\s']{1,900}) ?'/g)
  if (first === undefined || plain.length > 600) return []
  const words = plain.replace(first[0], '')
  const url = first.groups?.url ?? ''
  if (NO_LINE.test(words) || /:\/\/|CORS|Access-Control|MIME/.test(words) || words.trim() === '') return []
  const code = url.startsWith('file:') ? 'scheme-not-http' : /^(?:http|ws):/.test(url) ? 'mixed-content' : null
  if (code === null || LOOPBACK.test(url)) return []
  return [{ code, index: first.index, end: first.index + first[0].length, url }]
}
