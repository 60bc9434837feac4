import type { HeaderLine, WireRequest } from '../browser/wire.ts'
import { ALLOW_ORIGIN, ORIGIN } from '../spec/fields.ts'
import { isLoopbackHost } from '../spec/origins.ts'
import { admits, cameFromCache, field, isMarked, type Probes, statusOf, type Variant } from './evidence.ts'
import type { Call } from './page-request.ts'
import type { Observation, Recorder } from './recorder.ts'
import type { Verdicts } from './verdicts.ts'

/** A site that is nobody's. @see https://www.rfc-editor.org/rfc/rfc2606#section-2 */
export const FOREIGN_ORIGIN = 'https://cors-probe.invalid'

/** What the probes know of the exchange. */
export interface Seen {
  readonly call: Call
  readonly verdicts: Verdicts
  readonly preflight: Observation | null
  readonly final: Observation | null
  readonly now: () => number
}

/** No probes at all: for exchanges that end before anything is sent, and for policies that are judged without a server. */
export const NO_PROBES: Probes = {
  standIn: null,
  foreign: null,
  noOrigin: null,
  missing: null,
  root: null,
  fresh: null,
  authorized: null,
  variants: [],
}

/** Asks what helps to tell one cause from another. Everything here is GET, HEAD or a preflight. */
export async function probe(seen: Seen, recorder: Recorder): Promise<Probes> {
  const { call, preflight, final } = seen
  const ask = (url: URL, origin: string | null, purpose: Observation['purpose']) =>
    recorder.observe(getRequest(call, url, origin), purpose)
  const standIn = final === null ? await ask(call.url, call.origin, 'stand-in') : null
  // Nothing answers at all: the other probes would wait in vain too.
  if (preflight === null && final === null && statusOf(standIn) === 0) return { ...NO_PROBES, standIn }
  const foreign = await ask(call.url, FOREIGN_ORIGIN, 'foreign-origin')
  const noOrigin = await ask(call.url, null, 'no-origin')
  const missing = await ask(new URL('./corsmith-no-such-path', call.url), call.origin, 'missing-path')
  const isBlocked = Object.values(seen.verdicts).some((verdict) => !verdict.shared)
  const root = isBlocked && !isMarked(missing) ? await ask(new URL('/', call.url), call.origin, 'root') : null
  return {
    standIn,
    foreign,
    noOrigin,
    missing,
    root,
    fresh: await askFresh(seen, standIn ?? final, ask),
    authorized: isBlocked ? await askAuthorized(call, preflight, recorder) : null,
    variants: isBlocked ? await askVariants(seen, foreign, recorder) : [],
  }
}

/** A GET of the page, without what belongs to a body. HEAD stays HEAD. */
function getRequest(call: Call, url: URL, origin: string | null): WireRequest {
  const own = call.headers.filter(([name]) => !name.toLowerCase().startsWith('content-'))
  const headers: HeaderLine[] = [...own, ...(origin === null ? [] : [[ORIGIN, origin] as const])]
  return { method: call.method === 'HEAD' ? 'HEAD' : 'GET', url: withoutHash(url), headers, body: null }
}

function withoutHash(url: URL): string {
  const copy = new URL(url)
  copy.hash = ''
  return copy.href
}

/** Goes round the caches when one of them answered, or may have: not every cache says that it is one. */
async function askFresh(
  { call, now }: Seen,
  actual: Observation | null,
  ask: (url: URL, origin: string | null, purpose: Observation['purpose']) => Promise<Observation>,
): Promise<Observation | null> {
  if (!cameFromCache(actual) && admits(actual, call.origin)) return null
  const url = new URL(call.url)
  url.searchParams.set('corsmith', now().toString(36))
  return ask(url, call.origin, 'fresh')
}

/** Tells a guard that refuses everybody from one that wants to see the credentials that preflights never carry. */
async function askAuthorized(
  call: Call,
  preflight: Observation | null,
  recorder: Recorder,
): Promise<Observation | null> {
  const authorization = call.headers.find(([name]) => name.toLowerCase() === 'authorization')
  if (preflight === null || authorization === undefined || ![401, 403].includes(statusOf(preflight))) return null
  const request = { ...preflight.request, headers: [...preflight.request.headers, authorization] }
  return recorder.observe(request, 'authorized-preflight')
}

/** Tries the spellings of the page's origin that lists of origins get wrong. */
async function askVariants(seen: Seen, foreign: Observation, recorder: Recorder): Promise<readonly Variant[]> {
  const { call, preflight, final } = seen
  const culprit = preflight !== null && final === null ? preflight : final
  // Where strangers are let in and the page is not, the page's own spelling is at fault; where both are, nothing is.
  if (culprit === null || admits(culprit, call.origin)) return []
  if (admits(foreign, FOREIGN_ORIGIN) && (field(foreign, ALLOW_ORIGIN) === '*' || culprit === preflight)) return []
  const variants: Variant[] = []
  for (const [slip, origin] of spellings(call.origin, field(culprit, ALLOW_ORIGIN))) {
    const headers = culprit.request.headers.map(([name, value]): HeaderLine => [name, name === ORIGIN ? origin : value])
    const observation = await recorder.observe({ ...culprit.request, headers }, 'origin-variant')
    const value = field(observation, ALLOW_ORIGIN)
    // A server that always says the same did not recognize anything.
    const isShared = value !== null && value !== field(culprit, ALLOW_ORIGIN)
    variants.push({ slip, origin, observation, isShared })
  }
  return variants
}

function* spellings(origin: string, constant: string | null): Generator<readonly [Variant['slip'], string]> {
  const url = URL.parse(origin)
  if (url === null || constant !== null || !/^https?:/.test(origin)) return
  yield ['trailing-slash', `${origin}/`]
  yield ['quoted', `"${origin}"`]
  yield ['scheme', url.protocol === 'https:' ? origin.replace('https:', 'http:') : origin.replace('http:', 'https:')]
  if (isLoopbackHost(url.hostname)) {
    const other = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
    yield ['loopback-name', origin.replace(url.hostname, other)]
    for (const port of ['3000', '5173', '8080'])
      if (port !== url.port) yield ['port', `${url.protocol}//${url.hostname}:${port}`]
    return
  }
  yield ['www', url.hostname.startsWith('www.') ? origin.replace('://www.', '://') : origin.replace('://', '://www.')]
  if (url.port !== '') yield ['port', `${url.protocol}//${url.hostname}`]
}
