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

/** What is said of a recorded request. */
export interface RecordedDiagnosis {
  readonly diagnosis: Diagnosis
  /** What had to be concluded because the archive does not say it: a sentence each. */
  readonly notes: readonly string[]
}

/**
 * Examines a request of an archive by the answers that the archive holds. Nothing is sent. The conclusion is never better than what
 * the browser that was recorded concluded.
 *
 * @param request the entry's request with what the archive does not say, such as the page's origin
 *
 * @throws TypeError for a request that no page can make
 *
 * @example
 * ```ts
 * import { diagnoseEntry, parseHar } from 'corsmith/diagnose'
 *
 * export async function causesOf(text: string): Promise<readonly (string | undefined)[]> {
 *   const blocked = parseHar(text).filter(({ isBlocked }) => isBlocked)
 *   const found = blocked.map((entry) => diagnoseEntry(entry, { ...entry.request, origin: 'https://app.example.com' }))
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
  // An archive does not say whether the page sends credentials, and sanitizing removes the cookies that would show it.
  if (request.credentials === undefined) {
    const second = await ask({ credentials: 'include' }, replay(recorded))
    if (second.conclusion === 'blocked' && isExplained(second)) {
      return {
        diagnosis: second,
        notes: [
          `the page sends credentials: the archive does not say so, and without them the browser would not have failed (${recorded.failing.detail})`,
        ],
      }
    }
  }
  const last = await ask({}, replay(recorded, true))
  return { diagnosis: last, notes: [] }
}

/** Tells whether more is known than that nothing came. */
function isExplained({ conclusion, failure }: Diagnosis): boolean {
  return conclusion === 'blocked' && failure?.code !== 'network-error'
}

/** Answers from an archive. With distrust the answer to the request itself is left out: it does not tell why the browser failed. */
function replay(recorded: Recording, distrusts = false): Transport {
  const { preflight, hops, failing } = recorded
  const nothing: Answer = failing ?? { kind: 'unrecorded', detail: 'the archive does not hold the answer' }
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

/** What a preflight must have been answered, since the request itself was sent. */
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
