import type { MessageCode } from './template.ts'
import type { Tidied } from './tidy.ts'

/** What the structure of a Firefox line tells, in any language. */
export interface Structure {
  readonly code: MessageCode
  readonly name: string | null
  readonly index: number
  readonly end: number
  readonly url: string
  readonly value: string | null
  readonly status: number | null
}

/** An address outside of the reason. Some languages quote it, and some put an ending to it. */
const ADDRESS = /[a-z][\w+.-]{1,20}:\/\/[!#-&*-;=?-_a-~]{1,2000}/dg

/** What is quoted, in the marks of every language; an apostrophe within a word quotes nothing. */
const QUOTED =
  /「([^」]{0,500})」|『([^』]{0,500})』|[«‹] ?([^»›]{0,500}?) ?[»›]|[“„”]([^”“"„]{0,500})[”“"]|"([^"]{0,500})"|(?:(?<![\p{L}\p{N}])['’]|[‘‚`])([^’‘'`]{0,500})[’‘'`]/gu

/** The status stands behind a colon at the end; `(null)` is never translated. */
const STATUS = /^[\s.)]{0,5}[^\d():]{0,60}[:\s]\s?(\(null\)|\d{3})(?!\d)/

const NAME = /^[\w!#$%&*+.^`|~-]+$/

const ABOUT = /CORS|Access-Control-/

/**
 * Reads Firefox's CORS lines in the languages that it speaks. Translators move and change the words, and keep what is between them:
 * the address, the word CORS, the names of headers, quoted values, `*` and `true`, and the status.
 */
export function readStructure({ plain, text }: Tidied): readonly Structure[] {
  if (!ABOUT.test(plain)) return []
  const addresses = Array.from(plain.matchAll(ADDRESS)).slice(0, 50)
  return addresses.flatMap(({ 0: address, index }) => {
    // Every language says first that a request was blocked, and then names the address.
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
    const told = status === undefined || status === '(null)' ? null : Number(status)
    return [{ ...meant, index, end: reason.end, url, status: told }]
  })
}

/** The reason: in parentheses, or in newer translations as a sentence of its own, up to the status. */
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
    // A token that the header cannot hold is quoted as it came; a header that the page sets is always a name.
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

/** Source code, and English prose: what only quotes an address. */
const NO_LINE =
  /[{}=;<>[\]]|\w\(|\b(?:the|with|from|error|failed|returns?|get|post|fetch|request|url|cannot|not|my|it)\b/i

const LOOPBACK = /^\w+:\/\/(?:localhost|127\.|\[::1\])/i

/**
 * Firefox's line about mixed content quotes one address of http:, and its line about modules one of file:, in every language, and
 * nothing else that stays.
 */
export function readUnsafe(plain: string): readonly Pick<Structure, 'code' | 'index' | 'end' | 'url'>[] {
  const [first, second] = plain.slice(0, 1_000).matchAll(/' ?(?<url>[a-z][\w+.-]{1,20}:\/\/[^\s']{1,900}) ?'/g)
  if (first === undefined || second !== undefined || plain.length > 600) return []
  const words = plain.replace(first[0], '')
  const url = first.groups?.url ?? ''
  if (NO_LINE.test(words) || /:\/\/|CORS|Access-Control|MIME/.test(words) || words.trim() === '') return []
  const code = url.startsWith('file:') ? 'scheme-not-http' : /^(?:http|ws):/.test(url) ? 'mixed-content' : null
  if (code === null || LOOPBACK.test(url)) return []
  return [{ code, index: first.index, end: first.index + first[0].length, url }]
}
