import { MEANINGS } from './meanings.ts'
import type { Meaning, MessageCode, Speaker } from './template.ts'

/** Another meaning of the same words. */
export interface Otherwise {
  readonly code: MessageCode
  /** The condition under which this meaning is right. */
  readonly when: string
}

interface Said {
  readonly speaker: Speaker
  readonly code: MessageCode
  readonly name: string | null
  readonly value: string | null
  readonly status: number | null
  readonly url: string | null
  /** The origin of the page. */
  readonly origin: string | null
}

/** The weight of codes that name no cause. A code that names a cause wins, and has no row here. */
const WEIGHTS: Readonly<Partial<Record<MessageCode, number>>> = {
  'cookie-blocked': 4,
  'opaque-response-blocking': 4,
  'service-worker': 4,
  'authorization-by-wildcard': 4,
  'forbidden-header': 4,
  'network-error': 3,
  'fetch-outside-browser': 3,
  'cors-no-reason': 2.5,
  'http-status': 2,
  aborted: 1.5,
  'script-error': 1.5,
  'opener-policy': 1.5,
  'no-reason': 1,
  'provisional-headers': 0.5,
  'report-only': 0.5,
  'referrer-policy': 0,
}

/** The weight of a log that tells the status of OPTIONS. What its server says about CORS tells more. */
const WEIGHT_OF_LOGS = 2.7

/** Returns how much a line tells. */
export function weightOf({ code, speaker }: Pick<Said, 'code' | 'speaker'>): number {
  return code === 'preflight-status' && speaker === 'server' ? WEIGHT_OF_LOGS : (WEIGHTS[code] ?? 5)
}

const HEADERS: Readonly<Partial<Record<MessageCode, string>>> = {
  'allow-origin-missing': 'Access-Control-Allow-Origin',
  'allow-origin-wildcard': 'Access-Control-Allow-Origin',
  'allow-origin-multiple': 'Access-Control-Allow-Origin',
  'allow-origin-malformed': 'Access-Control-Allow-Origin',
  'allow-origin-mismatch': 'Access-Control-Allow-Origin',
  'allow-credentials': 'Access-Control-Allow-Credentials',
  'allow-methods-syntax': 'Access-Control-Allow-Methods',
  'method-not-allowed': 'Access-Control-Allow-Methods',
  'allow-headers-syntax': 'Access-Control-Allow-Headers',
  'header-not-allowed': 'Access-Control-Allow-Headers',
  'authorization-by-wildcard': 'Access-Control-Allow-Headers',
  'header-not-exposed': 'Access-Control-Expose-Headers',
  'resource-policy': 'Cross-Origin-Resource-Policy',
  'embedder-policy': 'Cross-Origin-Embedder-Policy',
  'opener-policy': 'Cross-Origin-Opener-Policy',
  'content-security-policy': 'Content-Security-Policy',
}

/** Returns the header that a code is about. */
export function headerOf(code: MessageCode): string | null {
  return HEADERS[code] ?? null
}

/**
 * Returns the meaning of a line. WebKit prints the same words for a missing header and for a wrong
 * one, so the status of an error page decides.
 */
export function meaningOf(said: Said): Meaning & { readonly code: MessageCode } {
  const { speaker, value, status } = said
  const isMissing = speaker === 'webkit' && said.code === 'allow-origin-mismatch' && status !== null && status >= 400
  const isRedirect = speaker === 'server' && said.code === 'preflight-status' && status !== null && status < 400
  const code = isMissing ? 'allow-origin-missing' : isRedirect ? 'preflight-redirect' : said.code
  const { meaning, first } = MEANINGS[code]
  return { code, meaning: filled(meaning, code, value), first: firstOf(code, status, said, first) }
}

function filled(meaning: string, code: MessageCode, value: string | null): string {
  const shown = value === null ? '' : code === 'allow-origin-mismatch' ? ` ("${value}")` : value
  return meaning
    .replace('{value}', () => shown)
    .replace(' ()', '')
    .replace(/ (?=[,.;:])/g, '')
}

/** Codes for which the status of an error page is the better explanation. */
const ABOUT_STATUS: readonly MessageCode[] = ['allow-origin-missing', 'preflight-status', 'http-status']

function firstOf(code: MessageCode, status: number | null, { name, value, origin }: Said, first: string): string {
  if (code === 'preflight-status' && status === 400)
    return 'OPTIONS was answered with 400: the CORS layer of some frameworks (FastAPI, Starlette) says so to an origin, a method or a header that its list lacks. Add it there.'
  if (code === 'preflight-status' && name === 'router')
    return 'The router has no OPTIONS for this path. Put the CORS middleware before the routes: it answers OPTIONS itself.'
  if (code === 'method-not-allowed' && value !== null && value !== value.toUpperCase())
    return `Write '${value.toUpperCase()}' in the page, because fetch() does not change this name to upper case. Then list it in Access-Control-Allow-Methods.`
  if (code === 'local-network' && origin?.startsWith('https:') === true)
    return 'Let the user allow access to the local network: in the question of the browser, or later in the site settings beside the address. A frame needs allow="local-network-access" too. No header of the server changes this.'
  if (status !== null && ABOUT_STATUS.includes(code)) {
    const cause = causeOf(status)
    if (cause !== null)
      return `${code === 'preflight-status' ? 'OPTIONS was answered with' : 'The status is'} ${status}: ${cause}`
  }
  if (name === 'React Native')
    return 'React Native has no CORS: look at the address (an emulator reaches your machine as 10.0.2.2), at http without permission, and at the certificate. In a browser this is the polyfill of fetch: look for another line.'
  if (code === 'network-error' && value !== null && /CERT|SSL|certificate/.test(value))
    return 'Open the URL in a new tab, and look at the certificate. A self-signed one must be accepted there first.'
  return first
}

/** Explains a status of a response without CORS headers. */
function causeOf(status: number): string | null {
  if ([502, 503, 504].includes(status))
    return 'a gateway made this page, because the server behind it did not answer. Start or repair that server; then the CORS headers return.'
  if (status >= 500) return 'the server failed. Read its log. Error pages often lack the CORS headers.'
  if (status === 401 || status === 403)
    return 'authentication, a firewall or a list of origins refused it. Put the CORS layer first, and find out which of them refuses.'
  if (status === 404 || status === 405)
    return 'no route has this method and path. Check the URL, and put the CORS layer before the routes.'
  if (status === 413) return 'the body is too large for a server in front, which sends no CORS headers.'
  if (status === 429) return 'too many requests. A limiter in front sends no CORS headers.'
  if (status >= 400) return 'the request itself was refused. Correct it first; an error page often has no CORS headers.'
  if (status >= 300)
    return 'it is redirected, often to a login page. Call the final URL, or send the credentials that are missing.'
  return null
}

/** Lists the other meanings of the same words. */
export function otherwise({ speaker, code, name, value, status, url }: Said): readonly Otherwise[] {
  if (code === 'allow-origin-mismatch' && speaker === 'webkit' && (status === null || status < 400))
    return [
      { code: 'allow-origin-missing', when: 'the response has no Access-Control-Allow-Origin: look at its headers' },
    ]
  if (code === 'allow-origin-mismatch' && speaker === 'webkit')
    return [{ code, when: 'the error page has the header, and it names another origin' }]
  if (code === 'allow-origin-mismatch' && value?.includes(',') === true)
    return [{ code: 'allow-origin-multiple', when: 'the header holds several values, as this one does' }]
  if (speaker === 'firefox' && name === null && code === 'allow-origin-missing')
    return [
      {
        code: 'allow-origin-multiple',
        when: 'the response has the header twice: without a status the two lines look the same',
      },
    ]
  if (speaker === 'firefox' && name === null && code === 'network-error')
    return [
      { code: 'preflight-redirect', when: 'the network panel shows a redirect instead of no answer' },
      { code: 'cors-disabled', when: 'every cross-origin request fails in this Firefox' },
    ]
  if (code === 'preflight-status' && speaker === 'webkit' && (status === null || (status >= 300 && status < 400)))
    return [
      {
        code: 'preflight-redirect',
        when: `the status is 301, 302, 307 or 308, ${status === null ? 'for which WebKit prints the same line' : 'as this one is'}`,
      },
    ]
  if (code === 'cors-no-reason')
    return [
      {
        code: 'allow-origin-missing',
        when: 'the response has no Access-Control-Allow-Origin: the most frequent reason',
      },
      { code: 'preflight-status', when: 'the network panel shows an OPTIONS request that is not 200 to 299' },
    ]
  if (speaker === 'firefox' && name === null && code === 'mixed-content')
    return [{ code: 'no-reason', when: 'the page itself was loaded over http' }]
  if (code === 'blocked-by-extension')
    return [{ code: 'content-security-policy', when: 'it happens in a window without extensions too' }]
  if (code === 'no-reason' && url !== null && /^https?:/.test(url))
    return [
      { code: 'allow-origin-missing', when: 'the network panel shows a status, and the console a line about CORS' },
      { code: 'network-error', when: 'the network panel shows no status at all' },
    ]
  return []
}
