import type { Send } from '../browser/fetch-params.ts'
import type { HeaderLine, WireRequest, WireResponse } from '../browser/wire.ts'
import { REQUEST_METHOD } from '../spec/fields.ts'
import type { Call } from './page-request.ts'
import { isNoAnswer, type NoAnswer, type Received, type Transport } from './transport.ts'

/** Why a request was sent. */
export type Purpose =
  | 'preflight'
  | 'request'
  | 'stand-in'
  | 'foreign-origin'
  | 'no-origin'
  | 'missing-path'
  | 'root'
  | 'other-address'
  | 'fresh'
  | 'repeat'
  | 'authorized-preflight'
  | 'without-metadata'
  | 'origin-variant'
  | 'changed-request'
  | 'security'

/** One request, and its result. */
export interface Observation {
  readonly purpose: Purpose
  readonly request: WireRequest
  /** The answer; null without one. */
  readonly response: Received | null
  /** The reason for a missing answer; null with an answer. */
  readonly trouble: NoAnswer | null
  /** The duration, in milliseconds. */
  readonly ms: number
}

/** Sends each distinct request once, records every result, and stops at a limit. */
export interface Recorder {
  /** Every request that was sent, in order. */
  readonly observations: readonly Observation[]
  /** Sends a request, or returns its earlier result. */
  observe(request: WireRequest, purpose: Purpose): Promise<Observation>
  /** The transport of the simulator. */
  readonly send: Send
}

/** Options of {@link createRecorder}. */
interface RecorderOptions {
  readonly transport: Transport
  readonly call: Call
  /** Whether requests other than GET, HEAD and OPTIONS are sent. */
  readonly sendUnsafe: boolean
  /** The largest number of requests. */
  readonly maxRequests: number
  /** Header lines to add to every request, such as `User-Agent`. */
  readonly extra: readonly HeaderLine[]
  readonly onObservation: (observation: Observation) => void
}

/**
 * The number of probes that may time out. A server that answers only pages would otherwise hold the
 * command for minutes.
 */
const MAX_LATE = 2

/** Returns whether a method is safe: it changes nothing on a server. */
export function isSafeMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

/** Returns whether a request is a CORS-preflight request. */
export function isPreflight(request: WireRequest): boolean {
  return request.method === 'OPTIONS' && request.headers.some(([name]) => name === REQUEST_METHOD)
}

/**
 * Creates a {@link Recorder}.
 *
 * @param options The transport and the limits.
 * @returns The recorder.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const observations: Observation[] = []
  const known = new Map<string, Promise<Observation>>()
  let sent = 0
  let late = 0

  async function exchange(request: WireRequest, purpose: Purpose): Promise<Observation> {
    const started = performance.now()
    const isProbe = purpose !== 'request' && purpose !== 'preflight'
    const withheld = refusal(request, isProbe)
    const answer = withheld ?? (await options.transport(dress(request)))
    if (isProbe && isNoAnswer(answer) && answer.kind === 'timeout') late++
    const ms = Math.round(performance.now() - started)
    const observation: Observation = isNoAnswer(answer)
      ? { purpose, request, response: null, trouble: answer, ms }
      : { purpose, request, response: answer, trouble: null, ms }
    observations.push(observation)
    options.onObservation(observation)
    return observation
  }

  function refusal(request: WireRequest, isProbe: boolean): NoAnswer | null {
    if (!isSafeMethod(request.method) && !options.sendUnsafe) {
      return { kind: 'withheld', detail: `${request.method} has side effects and was not sent` }
    }
    if (isProbe && late >= MAX_LATE) return { kind: 'limit', detail: 'the server does not answer probes in time' }
    if (sent >= options.maxRequests) {
      return { kind: 'limit', detail: `the limit of ${options.maxRequests} requests is reached` }
    }
    sent++
    return null
  }

  /** Adds what browsers add below CORS. Preflights and other hosts get no cookie. */
  function dress(request: WireRequest): WireRequest {
    const { cookie, credentials, url } = options.call
    const own = new URL(request.url).host === url.host
    const takesCookie = cookie !== null && credentials === 'include' && own && !isPreflight(request)
    const missing = options.extra.filter(([name]) => !has(request.headers, name))
    const headers = [...request.headers, ...missing]
    return { ...request, headers: takesCookie ? [...headers, ['Cookie', cookie] as const] : headers }
  }

  function observe(request: WireRequest, purpose: Purpose): Promise<Observation> {
    // A `repeat` is sent again on purpose. Any other request is sent once.
    const key = purpose === 'repeat' ? `repeat ${known.size}` : requestKey(request)
    const earlier = known.get(key)
    if (earlier !== undefined) return earlier
    const observation = exchange(request, purpose)
    known.set(key, observation)
    return observation
  }

  return {
    observations,
    observe,
    send: async (request): Promise<WireResponse | null> =>
      (await observe(request, isPreflight(request) ? 'preflight' : 'request')).response,
  }
}

/** Makes a key of what a server sees of a request. The order of headers does not count. */
export function requestKey(request: WireRequest): string {
  const headers = request.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort()
  return [request.method, request.url, ...headers].join('\n')
}

function has(headers: readonly HeaderLine[], name: string): boolean {
  return headers.some(([key]) => key.toLowerCase() === name.toLowerCase())
}
