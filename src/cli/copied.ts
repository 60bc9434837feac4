import { clip } from '../diagnose/page-request.ts'
import { redactUrl } from '../diagnose/report/redact.ts'
import type { PartialPageRequest } from '../diagnose.ts'
import type { RequestOptions } from './input.ts'
import { UsageError } from './io.ts'

/** The requests to examine out of a copied text, and sentences about the others. */
export interface Copied {
  readonly requests: readonly PartialPageRequest[]
  readonly notes: readonly string[]
}

/**
 * The largest number of copied requests that are examined. Each costs about ten requests to a
 * server, and a page may make hundreds.
 */
const MOST = 10

/**
 * Chooses what to examine. "Copy all" copies everything that a page requested: its own files,
 * images, preflights and repeated calls. Only requests to another origin can fail for CORS. Those
 * that a preflight was sent for, or that need one, come first.
 *
 * @param all The copied requests, in order; at least one.
 * @param options The options of the command line; `--origin` and `--filter` count.
 * @throws {UsageError} for a single OPTIONS request that does not say what it asks permission for
 */
export function chooseCopied(all: readonly PartialPageRequest[], options: RequestOptions): Copied {
  // OPTIONS is the method of preflights. The copy does not always say which method and headers the
  // preflight asked for.
  const isBare = (request: PartialPageRequest) => options.method === undefined && request.method === 'OPTIONS'
  const asking = new Set(all.filter((each) => isBare(each) || isPreflight(each)).map(({ url }) => url))
  const sent = distinct(all.filter((each) => !isBare(each)))
  if (sent.length === 0) {
    throw new UsageError(
      'this OPTIONS request does not contain the method that it asks permission for (Access-Control-Request-Method): copy the request that follows it, or add -X PUT and -H for each header. If the page itself sends OPTIONS, add -X OPTIONS',
    )
  }
  if (sent.length === 1) return { requests: sent, notes: [] }
  const crossing = sent.filter((each) => isCrossing(each, options.origin))
  const relevant = crossing.length > 0 ? crossing : sent
  const first = relevant.filter((each) => asking.has(each.url) || needsPreflight(each))
  const ordered = [...first, ...relevant.filter((each) => !first.includes(each))]
  const requests = ordered.slice(0, MOST)
  const same = sent.length - crossing.length
  const rest = ordered.slice(MOST)
  return {
    requests,
    notes: [
      ...(crossing.length > 0 && same > 0
        ? [
            `${same} of the copied requests cannot fail for CORS: they go to the page's own origin, or load without CORS`,
          ]
        : []),
      ...(rest.length > 0
        ? [`${rest.length} more were copied and are not examined: ${rest.slice(0, MOST).map(line).join('; ')}`]
        : []),
    ],
  }
}

function line({ method = 'GET', url }: PartialPageRequest): string {
  return `${method} ${clip(redactUrl(url), 80)}`
}

/** A preflight that was rebuilt carries a note. */
function isPreflight({ notes }: PartialPageRequest): boolean {
  return notes?.some((note) => note.startsWith('this is a preflight')) === true
}

/**
 * Removes repeated requests, and a preflight that was copied together with its request. The names
 * of its headers stay in the request.
 */
function distinct(requests: readonly PartialPageRequest[]): readonly PartialPageRequest[] {
  const own = requests.filter((request) => !isPreflight(request))
  const isSaid = ({ url, method }: PartialPageRequest) =>
    own.some((other) => other.url === url && other.method === method)
  const kept = requests.filter((request) => own.includes(request) || !isSaid(request))
  return [...new Map(kept.map((request) => [keyOf(request), request])).values()]
}

function keyOf({ url, method, headers, credentials, mode, origin }: PartialPageRequest): string {
  return JSON.stringify([url, method, namesOf(headers).sort(), credentials, mode, origin])
}

function namesOf(headers: PartialPageRequest['headers']): string[] {
  const names = Array.isArray(headers)
    ? (headers as readonly (readonly [string, string])[]).map(([name]) => name)
    : Object.keys(headers ?? {})
  return names.map((name) => name.toLowerCase())
}

/** Returns whether CORS can refuse a request. Without a page's origin it may. */
function isCrossing({ url, mode, origin }: PartialPageRequest, chosen: string | undefined): boolean {
  const page = chosen ?? origin
  return mode !== 'no-cors' && (page === undefined || URL.parse(page)?.origin !== URL.parse(url)?.origin)
}

function needsPreflight({ method = 'GET', headers, notes }: PartialPageRequest): boolean {
  const isSimple = /^(?:GET|HEAD|POST)$/i.test(method)
  const own = namesOf(headers).filter(
    (name) => !/^(?:accept|accept-language|content-language|cookie|range)$/.test(name),
  )
  return !isSimple || own.length > 0 || notes !== undefined
}
