import { QUOTED } from './firefox-structure.ts'
import type { MessageCode } from './template.ts'
import type { Tidied } from './tidy.ts'

/** The facts in a translated line of Chromium. */
export interface Translated {
  readonly code: MessageCode
  readonly name: string | null
  readonly index: number
  readonly end: number
  readonly url: string
  readonly origin: string
  readonly value: string | null
}

/** Two quoted addresses near each other, before the word CORS. */
const FRAME =
  /'\s?(?<first>[a-z][\w+.-]{1,20}:\/\/[^\s']{0,2000})\s?'.{1,160}?'\s?(?<second>[a-z][\w+.-]{1,20}:\/\/[^\s']{0,300})\s?'(?=.{0,160}CORS)/gi

/** An address that is only a scheme and a host. Chromium writes origins without a slash. */
const BARE = /^[a-z][\w+.-]*:\/\/[^/?#]*$/i

/** Languages that name the page before the request: Chinese, Japanese, Korean. */
const PAGE_FIRST = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u

/** A redirect, in the stems that the larger languages use. */
const REDIRECT = /redir|umgeleitet|weiterleit|перенаправ|重定向|重新導向|リダイレクト|리디렉션/i

const METHOD = /(?<![\w-])(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?![\w-])/

/** A name of a request header: one with a hyphen, or one of those without. */
const NAME =
  /(?<![\w'-])(?!Access-Control-|[Cc]ross-)(?:[A-Za-z][\w]{0,40}(?:-[\w]{1,40}){1,6}|authorization|baggage|traceparent|apikey|token)(?![\w'-])/i

/**
 * Reads a line of Chromium that a person or a program translated. Chromium has one language, so no
 * table of translations exists. These parts stay as they are: two quoted addresses, the word CORS,
 * names of headers and methods, and quoted values.
 *
 * For example, "El acceso a fetch en 'https://api.example.com/x' desde el origen
 * 'http://localhost:3000' ha sido bloqueado por la política CORS: No hay ningún encabezado
 * 'Access-Control-Allow-Origin' en el recurso solicitado." has a request, a page, and a reason that
 * names one header and no value. That is `allow-origin-missing`.
 */
export function readTranslated({ plain, text }: Tidied): readonly Translated[] {
  return Array.from(plain.matchAll(FRAME))
    .slice(0, 20)
    .flatMap((match, place, all) => {
      const { first = '', second = '' } = match.groups ?? {}
      const isPageFirst = BARE.test(first) && (!BARE.test(second) || PAGE_FIRST.test(match[0]))
      const [url, origin] = isPageFirst ? [second, first] : [first, second]
      if (!BARE.test(origin)) return []
      const framed = match.index + match[0].length
      const told = plain.indexOf('CORS', framed)
      const colon = plain.slice(told, told + 120).search(/[:,]/)
      const from = colon < 0 ? plain.length : told + colon + 1
      const end = Math.max(from, Math.min(from + 600, all[place + 1]?.index ?? plain.length))
      return [{ ...meaningOf(text.slice(from, end)), index: match.index, end, url, origin }]
    })
}

type Meant = Pick<Translated, 'code' | 'name' | 'value'>

function meaningOf(reason: string): Meant {
  const meant = (code: MessageCode, name: string | null, value: string | null = null): Meant => ({ code, name, value })
  const named = /Access-Control-Allow-(Origin|Credentials|Methods|Headers|Private-Network)/i.exec(reason)?.[1] ?? ''
  const header = named.slice(0, 1).toUpperCase() + named.slice(1).toLowerCase()
  const quoted = Array.from(reason.matchAll(QUOTED), (match) => match.slice(1).find((part) => part !== undefined) ?? '')
  const values = quoted.map((part) => part.trim()).filter((part) => !/^Access-Control-/i.test(part))
  const [value = null] = values
  const space = values.find((part) => /^(?:loopback|local|private|unknown)$/.test(part))
  if (header === 'Private-network' || space !== undefined) return meant('local-network', null, space ?? null)
  if (header === 'Credentials')
    return meant('allow-credentials', 'InvalidAllowCredentials', value === 'true' ? '' : value)
  if (header === 'Methods')
    return meant('method-not-allowed', 'MethodDisallowedByPreflightResponse', METHOD.exec(reason)?.[0] ?? null)
  if (header === 'Headers')
    return meant('header-not-allowed', 'HeaderDisallowedByPreflightResponse', NAME.exec(reason)?.[0] ?? null)
  if (header === 'Origin') {
    if (values.includes('*')) return meant('allow-origin-wildcard', 'WildcardOriginNotAllowed', '*')
    // The usual line ends with advice that quotes a mode.
    const other = values.find((part) => part !== 'no-cors')
    if (other === undefined) return meant('allow-origin-missing', 'MissingAllowOriginHeader')
    return other.includes(',')
      ? meant('allow-origin-multiple', 'MultipleAllowOriginValues', other)
      : meant('allow-origin-mismatch', 'AllowOriginMismatch', other)
  }
  if (REDIRECT.test(reason)) return meant('preflight-redirect', 'PreflightDisallowedRedirect')
  if (/chrome-extension|chrome-untrusted/.test(reason)) return meant('scheme-not-http', 'CorsDisabledScheme')
  if (/\bHTTP\b/.test(reason)) return meant('preflight-status', 'PreflightInvalidStatus')
  return meant('cors-no-reason', null)
}
