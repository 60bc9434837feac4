import type { HeaderLine } from '../../browser/wire.ts'
import { READ } from '../../spec/fields.ts'
import { isForbiddenRequestHeader } from '../../spec/names.ts'
import { isSafelistedRequestHeader } from '../../spec/safelist.ts'
import type { Received } from '../transport.ts'
import { asPageRequest, headerNamesOf, originOfReferrer, type PartialPageRequest, placeholder } from './from-browser.ts'
import { chains, groupBy, type Raw } from './har-chains.ts'
import { dig, pagesOf, readHeaderLines, readString, readWholeNumber } from './har-fields.ts'
import { type Failing, failingOf, type HarKind, kindOf } from './har-kinds.ts'

/** A request of an archive. */
export interface HarEntry {
  /** Its place in the archive, from 0. */
  readonly index: number
  readonly request: PartialPageRequest
  /** The kind of the exchange. Only a `'cors'` request can fail for CORS. */
  readonly kind: HarKind
  /**
   * Whether the page got no readable answer, after one look at the answer. {@link diagnoseEntry}
   * looks closer.
   */
  readonly isBlocked: boolean
  /** The recorded answers. */
  readonly recorded: Recording
}

/** The recorded answers to one request. */
export interface Recording {
  /** The answer to the preflight; null without one. */
  readonly preflight: Received | null
  /** The answers to the request and to each redirect, in order. */
  readonly hops: readonly RecordedHop[]
  /** The browser's reason for a failure; null if the page got an answer. */
  readonly failing: Failing | null
}

/** A request in a chain of redirects. Its answer is null if the archive does not hold it. */
export interface RecordedHop {
  readonly url: string
  readonly answer: Received | null
}

/** A limit on entries. */
const MAX_ENTRIES = 200_000

/**
 * Reads the requests of a HAR archive, with the recorded answers. Preflights and later hops of
 * redirects belong to the request that caused them. Broken entries are skipped.
 *
 * @param text The JSON of the archive.
 * @returns The requests, in the order of the archive.
 * @throws {TypeError} for a text that is not an archive
 *
 * @example
 * ```ts
 * import { parseHar } from 'corsmith/diagnose'
 *
 * export const failuresOf = (text: string) =>
 *   parseHar(text).filter((entry) => entry.kind === 'cors' && entry.isBlocked)
 * ```
 */
export function parseHar(text: string): readonly HarEntry[] {
  const archive = parseJson(text)
  const entries = dig(dig(archive, 'log'), 'entries')
  if (!Array.isArray(entries)) throw new TypeError('this is not a HAR file: log.entries is missing')
  if (entries.length > MAX_ENTRIES) throw new TypeError(`this archive has ${entries.length} requests: record fewer`)
  const raws = entries.flatMap((entry: unknown, index) => readRaw(entry, index))
  const pages = pagesOf(archive)
  const preflights = groupBy(raws.filter(isPreflight), (raw) => `${raw.url} ${askedMethod(raw)}`)
  const own = raws.filter((raw) => !isPreflight(raw))
  const next = chains(own)
  const followed = new Set(next.values())
  return own
    .filter((raw) => !followed.has(raw))
    .map((raw) => {
      const candidates = preflights.get(`${raw.url} ${raw.method}`) ?? preflights.get(`${raw.url} ?`) ?? []
      return readEntry(raw, candidates, next, pages.get(String(dig(raw.entry, 'pageref'))))
    })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const isCut = text.trimStart().startsWith('{') && !text.trimEnd().endsWith('}')
    throw new TypeError(
      isCut ? 'this HAR file ends in the middle: export it again' : 'this is not a HAR file: it is not JSON',
    )
  }
}

function readRaw(entry: unknown, index: number): readonly Raw[] {
  const request = dig(entry, 'request')
  const url = URL.parse(readString(dig(request, 'url')) ?? '')
  const method = readString(dig(request, 'method'))
  if (url === null || method === undefined || !/^https?:$/.test(url.protocol)) return []
  url.hash = ''
  const response = dig(entry, 'response')
  const status = readWholeNumber(dig(response, 'status'))
  const answer: Received | null =
    status >= 100 && status <= 599
      ? { status, headers: readHeaderLines(dig(response, 'headers')), source: 'archive' }
      : null
  const failing = failingOf(response, status)
  return [{ index, entry, url: url.href, method, headers: readHeaderLines(dig(request, 'headers')), answer, failing }]
}

function isPreflight({ method, headers, entry }: Raw): boolean {
  if (method !== 'OPTIONS') return false
  const says = (value: unknown) => String(value).toLowerCase() === 'preflight'
  return (
    headers.some(([name]) => name.toLowerCase() === READ.requestMethod) ||
    says(dig(entry, '_resourceType')) ||
    says(dig(dig(entry, '_initiator'), 'type'))
  )
}

function askedMethod({ headers }: Raw): string {
  return headers.find(([name]) => name.toLowerCase() === READ.requestMethod)?.[1].trim() ?? '?'
}

/** A limit. No browser follows more redirects. */
const MAX_HOPS = 21

function readEntry(
  raw: Raw,
  candidates: readonly Raw[],
  next: ReadonlyMap<Raw, Raw>,
  page: string | undefined,
): HarEntry {
  const hops: Raw[] = []
  for (let hop: Raw | undefined = raw; hop !== undefined && hops.length < MAX_HOPS; hop = next.get(hop)) hops.push(hop)
  const last = hops.at(-1) ?? raw
  const body = readString(dig(dig(dig(raw.entry, 'request'), 'postData'), 'text'))
  const plain = asPageRequest({ url: raw.url, method: raw.method, headers: raw.headers, body: body ?? null })
  const origin = plain.origin ?? originOfReferrer(page)
  const preflight = nearest(raw, plain, candidates)
  const whole: PartialPageRequest = {
    ...plain,
    ...(preflight === null ? {} : asAsked(plain, preflight)),
    ...(origin === undefined ? {} : { origin }),
    ...(sendsCookies(raw) ? { credentials: 'include' as const } : {}),
  }
  const kind = kindOf({
    entry: raw.entry,
    headers: raw.headers,
    urls: hops.map(({ url }) => url),
    origin,
    failing: last.failing,
    answer: last.answer,
  })
  return {
    index: raw.index,
    request: kind === 'no-cors' ? { ...whole, mode: 'no-cors' } : whole,
    kind,
    isBlocked: kind === 'cors' && (last.failing !== null || last.answer === null || !admits(last.answer, origin)),
    recorded: {
      preflight: preflight?.answer ?? null,
      hops: hops.map(({ url, answer }) => ({ url, answer })),
      failing: reasonOf(raw, last, preflight),
    },
  }
}

/** If the request was not sent, the reason stands at its preflight. */
function reasonOf(raw: Raw, { failing }: Raw, preflight: Raw | null): Failing | null {
  const before = raw.answer === null && preflight?.answer === null ? preflight.failing : null
  return before === null || before.kind === 'blocked' || before.kind === 'unrecorded' ? failing : before
}

function sendsCookies({ entry }: Raw): boolean {
  const cookies = dig(dig(entry, 'request'), 'cookies')
  return Array.isArray(cookies) && cookies.length > 0
}

/**
 * Chooses the preflight of a request: one that asks for all its names comes first, then the nearest
 * in time.
 */
function nearest(raw: Raw, request: PartialPageRequest, candidates: readonly Raw[]): Raw | null {
  const names = unsafeNames(request)
  const lacks = (preflight: Raw) => {
    const asked = headerNamesOf(preflight.headers)
    return names.filter((name) => !asked.includes(name)).length
  }
  const near = candidates.length > 64 ? candidates.filter(({ index }) => Math.abs(index - raw.index) < 200) : candidates
  const [best] = [...near].sort(
    (a, b) => lacks(a) - lacks(b) || Math.abs(a.index - raw.index) - Math.abs(b.index - raw.index),
  )
  return best ?? null
}

function unsafeNames(request: PartialPageRequest): readonly string[] {
  const lines = (request.headers ?? []) as readonly HeaderLine[]
  return lines
    .filter(([name, value]) => !isForbiddenRequestHeader(name) && !isSafelistedRequestHeader(name, value))
    .map(([name]) => name.toLowerCase())
}

/** Restores the names that sanitizing removed from a request. Its preflight still has them. */
function asAsked(request: PartialPageRequest, preflight: Raw): Partial<PartialPageRequest> {
  const own = (request.headers ?? []) as readonly HeaderLine[]
  const has = (name: string) =>
    own.some(([key, value]) => key.toLowerCase() === name && !isSafelistedRequestHeader(key, value))
  const asked = headerNamesOf(preflight.headers)
  const lost = asked.filter((name) => !has(name))
  const isForced =
    asked.length === 0 &&
    unsafeNames(request).length === 0 &&
    // A preflight of which the archive left out the headers may belong to another request.
    /^(?:GET|HEAD|POST)$/.test(askedMethod(preflight))
  return {
    headers: [
      ...own.filter(([name]) => !lost.includes(name.toLowerCase())),
      ...lost.map((name): HeaderLine => [name, placeholder(name)]),
    ],
    // Only a listener on the upload causes a preflight for a request that needs none.
    ...(isForced ? { uploadListener: true, initiator: 'xhr' as const } : {}),
    ...(lost.length === 0
      ? {}
      : {
          notes: [
            `the archive left out ${lost.join(', ')}: its preflight asks permission for ${lost.length === 1 ? 'it' : 'them'}`,
          ],
        }),
  }
}

function admits({ headers }: Received, origin: string | undefined): boolean {
  const values = headers.filter(([name]) => name.toLowerCase() === READ.allowOrigin).map(([, value]) => value.trim())
  return values.length === 1 && (values[0] === '*' || values[0] === origin)
}
