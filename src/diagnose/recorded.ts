import type { HeaderLine, WireRequest } from '../browser/wire.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  MAX_AGE,
  ORIGIN,
  REQUEST_HEADERS,
  REQUEST_METHOD,
  VARY,
} from '../spec/fields.ts'
import { type DiagnoseOptions, diagnose } from './diagnose.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { HarEntry, Recording } from './imports/har.ts'
import type { PageRequest } from './page-request.ts'
import { isPreflight } from './recorder.ts'
import type { Answer, Received, Transport } from './transport.ts'

/** The diagnosis of a recorded request. */
export interface RecordedDiagnosis {
  readonly diagnosis: Diagnosis
  /** Sentences about what the archive does not say and was assumed. */
  readonly notes: readonly string[]
}

/**
 * Examines a request of an archive by its recorded answers. Nothing is sent. The conclusion is
 * never better than that of the recorded browser.
 *
 * @param entry The entry of the archive.
 * @param request The entry's request, with what the archive does not say, such as the page's
 * origin.
 * @returns The diagnosis, and notes about what was assumed.
 * @throws {TypeError} for a request that no page can make
 *
 * @example
 * ```ts
 * import { diagnoseEntry, parseHar } from 'corsmith/diagnose'
 *
 * export async function causesOf(text: string): Promise<readonly (string | undefined)[]> {
 *   const blocked = parseHar(text).filter(({ isBlocked }) => isBlocked)
 *   const origin = 'https://app.example.com'
 *   const found = blocked.map((entry) => diagnoseEntry(entry, { ...entry.request, origin }))
 *   return (await Promise.all(found)).map(({ diagnosis }) => diagnosis.findings[0]?.message)
 * }
 * ```
 */
export async function diagnoseEntry(
  { recorded }: HarEntry,
  request: PageRequest,
  options: Pick<DiagnoseOptions, 'target' | 'onObservation'> = {},
): Promise<RecordedDiagnosis> {
  const ask = (over: Partial<PageRequest>, transport: Transport) =>
    diagnose(request.url, { ...options, ...request, ...over, transport, probes: false, send: true })
  const first = await ask({}, replay(recorded))
  if (recorded.failing === null || isExplained(first)) return { diagnosis: first, notes: [] }
  // An archive does not record the credentials mode, and sanitizing removes the cookies that would
  // show it.
  if (request.credentials === undefined) {
    const second = await ask({ credentials: 'include' }, replay(recorded))
    if (isExplained(second)) {
      return {
        diagnosis: second,
        notes: [
          `assumed that the page sends credentials: the archive does not say so, but without them the browser would not have failed (${recorded.failing.detail})`,
        ],
      }
    }
  }
  const last = await ask({}, replay(recorded, true))
  return { diagnosis: last, notes: [] }
}

/** Returns whether the diagnosis knows more than that no answer came. */
function isExplained({ conclusion, failure }: Diagnosis): boolean {
  return conclusion === 'blocked' && failure?.code !== 'network-error'
}

/**
 * Replays the recorded answers. With `distrusts`, it leaves out the answer to the request itself,
 * because that answer does not explain why the browser failed.
 */
function replay(recorded: Recording, distrusts = false): Transport {
  const { preflight, hops, failing } = recorded
  const nothing: Answer = failing ?? { kind: 'unrecorded', detail: 'the archive does not contain the answer' }
  const isSent = hops.some(({ answer }) => answer !== null)
  return async (request) => {
    if (isPreflight(request)) {
      if (preflight !== null && withoutHash(request.url) === hops[0]?.url) return preflight
      return isSent ? permission(request) : nothing
    }
    const hop = hops.find(({ url }) => url === withoutHash(request.url))
    if (hop === undefined || hop.answer === null || (distrusts && hop === hops.at(-1))) return nothing
    return hop.answer
  }
}

/**
 * Builds the answer that the preflight must have had, because the browser sent the request itself.
 */
function permission({ headers }: WireRequest): Received {
  const field = (name: string) => headers.find(([key]) => key === name)?.[1] ?? ''
  const lines: readonly HeaderLine[] = [
    [ALLOW_ORIGIN, field(ORIGIN)],
    [ALLOW_CREDENTIALS, 'true'],
    [ALLOW_METHODS, field(REQUEST_METHOD)],
    [ALLOW_HEADERS, field(REQUEST_HEADERS)],
    [MAX_AGE, '600'],
    [VARY, ORIGIN],
  ]
  return { status: 204, headers: lines, source: 'assumed' }
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '')
}
