import { MEANINGS } from './meanings.ts'
import type { MessageCode, Speaker } from './template.ts'
import { TEMPLATES } from './templates.ts'

/** What a console line says. */
export interface RecognizedMessage {
  readonly speaker: Speaker
  readonly code: MessageCode
  /** The engine's own name for it; null where it has none. */
  readonly name: string | null
  /** Whether the preflight failed; null where the line does not say. */
  readonly during: 'preflight' | 'response' | null
  /** The URL that was being fetched; null where the line does not name it. */
  readonly url: string | null
  /** The URL that the page asked for, where a redirect came between. */
  readonly redirectedFrom: string | null
  /** The origin of the page; null where the line does not name it. */
  readonly origin: string | null
  /** The text at fault. */
  readonly value: string | null
  /** The status, in engines that tell. */
  readonly status: number | null
  /** What it means. */
  readonly meaning: string
  /** What to do first. */
  readonly first: string
}

/** Nobody pastes more than this. */
const MAX_LENGTH = 20_000

const FRAME =
  /Access to (?<kind>.+?) at '(?<url>[^']*)'(?: \(redirected from '(?<from>[^']*)'\))? from origin '(?<origin>[^']*)' has been blocked by CORS policy/
const OLD_FRAME =
  /(?:(?:XMLHttpRequest|Fetch API) cannot load|Failed to load) (?<url>https?:\S+?)[.:]? (?=(?:Response|No|The|Redirect|Request|Method|Cross|Credentials|A wildcard|Origin)\b)/
const OLD_ORIGIN = /Origin '(?<origin>[^']+)' is therefore not allowed access/
const FIREFOX_URL = /remote resource at (?<url>\S+?)\.? (?:soon\. )?\(Reason/
const WEBKIT_URL = /cannot load (?<url>\S+) due to access control checks/

/**
 * Recognizes a line from the console of Chromium, Firefox or Safari, present or past, alone or among others; null when it is none.
 *
 * @example
 * recognizeMessage("Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.")?.code
 * // 'header-not-allowed'
 */
export function recognizeMessage(text: string): RecognizedMessage | null {
  const line = text.slice(0, MAX_LENGTH).replaceAll('\u00a0', ' ').trim()
  const frame = FRAME.exec(line)?.groups
  const match = matchTemplate(line)
  if (match === null) return null
  const { template, groups } = match
  const url =
    frame?.url ??
    groups.url ??
    FIREFOX_URL.exec(line)?.groups?.url ??
    WEBKIT_URL.exec(line)?.groups?.url ??
    OLD_FRAME.exec(line)?.groups?.url ??
    null
  const origin = frame?.origin ?? groups.origin ?? OLD_ORIGIN.exec(line)?.groups?.origin ?? originOf(groups.page)
  const status = groups.status ?? /[Ss]tatus code:? (\d{3})/.exec(line)?.[1]
  const value = groups.value ?? groups.old ?? null
  const isPreflight = /preflight/i.test(line)
  const isLoose = template.code === 'network-error' || template.code === 'no-reason'
  return {
    speaker: template.speaker,
    code: template.code,
    name: template.speaker === 'chromium' ? preflightName(template.name, line) : template.name,
    during: isPreflight ? 'preflight' : isLoose || template.speaker !== 'chromium' ? null : 'response',
    url: URL.canParse(url ?? '') ? url : null,
    redirectedFrom: frame?.from ?? null,
    origin,
    value,
    status: status === undefined ? null : Number(status),
    ...meaningOf(template.code, value),
  }
}

function matchTemplate(
  line: string,
): { template: (typeof TEMPLATES)[number]; groups: Record<string, string | undefined> } | null {
  for (const template of TEMPLATES) {
    const match = template.pattern.exec(line)
    if (match !== null) return { template, groups: match.groups ?? {} }
  }
  return null
}

/** Chromium names the same failure differently when it is the preflight's. */
function preflightName(name: string | null, line: string): string | null {
  const isPrefixed = /Response to preflight request doesn't pass access control check/.test(line)
  return name === null || !isPrefixed || name.startsWith('Preflight') ? name : `Preflight${name}`
}

function meaningOf(code: MessageCode, value: string | null): { meaning: string; first: string } {
  const { meaning, first } = MEANINGS[code]
  const shown = value === null ? '' : code === 'allow-origin-mismatch' ? ` ("${value}")` : value
  return {
    meaning: meaning
      .replace('{value}', shown)
      .replace(' ()', '')
      .replace('the method .', 'the method.')
      .replace('header ,', 'header,'),
    first,
  }
}

function originOf(page: string | undefined): string | null {
  const url = page === undefined ? null : URL.parse(page)
  return url === null || url.origin === 'null' ? null : url.origin
}
