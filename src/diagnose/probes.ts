import type { HeaderLine, WireRequest } from '../browser/wire.ts'
import { ALLOW_ORIGIN, ORIGIN } from '../spec/fields.ts'
import { isLoopbackHost } from '../spec/origins.ts'
import { admits, cameFromCache, field, hasAllowOrigin, type Probes, statusOf, type Variant } from './evidence.ts'
import type { Call } from './page-request.ts'
import { isSafeMethod, type Observation, type Recorder } from './recorder.ts'
import type { Verdicts } from './verdicts.ts'

/** A site that cannot exist. @see https://www.rfc-editor.org/rfc/rfc2606#section-2 */
export const FOREIGN_ORIGIN = 'https://cors-probe.invalid'

/** What the probes read of the exchange so far. */
interface Seen {
  readonly call: Call
  readonly verdicts: Verdicts
  readonly preflight: Observation | null
  readonly final: Observation | null
  readonly now: () => number
}

/**
 * No probes: for an exchange that ends before anything is sent, and for a policy without a server.
 */
export const NO_PROBES: Probes = {
  standIn: null,
  foreign: null,
  noOrigin: null,
  missing: null,
  root: null,
  fresh: null,
  authorized: null,
  withoutMetadata: null,
  variants: [],
}

/**
 * Sends requests that tell causes apart. All of them are GET, HEAD or preflights.
 *
 * For example, an answer lacks `Access-Control-Allow-Origin`. If the answer to a stranger's origin
 * has the header, the server compares origins and does not know the page. If the answer without
 * `Origin` is a success and the answer with it is a 403, a policy refuses origins. If only a path
 * without cache has the header, a cache kept an old answer.
 *
 * @param seen The exchange so far.
 * @param recorder Sends the probes, within its limit.
 * @returns The answers; null for each probe that was not needed.
 */
export async function probe(seen: Seen, recorder: Recorder): Promise<Probes> {
  const { call, preflight, final } = seen
  const ask = (url: URL, origin: string | null, purpose: Observation['purpose']) =>
    recorder.observe(getRequest(call, url, origin), purpose)
  const standIn = final === null ? await ask(call.url, call.origin, 'stand-in') : null
  // If no answer comes at all, the other probes would also wait in vain.
  if (preflight === null && final === null && statusOf(standIn) === 0) return { ...NO_PROBES, standIn }
  const foreign = await ask(call.url, FOREIGN_ORIGIN, 'foreign-origin')
  const noOrigin = await ask(call.url, null, 'no-origin')
  const missing = await ask(new URL('./corsmith-no-such-path', call.url), call.origin, 'missing-path')
  const isBlocked = Object.values(seen.verdicts).some((verdict) => !verdict.shared)
  const root = isBlocked && !hasAllowOrigin(missing) ? await ask(new URL('/', call.url), call.origin, 'root') : null
  return {
    standIn,
    foreign,
    noOrigin,
    missing,
    root,
    fresh: await askFresh(seen, standIn ?? final, ask),
    authorized: isBlocked ? await askAuthorized(call, preflight, recorder) : null,
    withoutMetadata: await askWithoutMetadata(final ?? preflight, recorder),
    variants: isBlocked ? await askVariants(seen, foreign, recorder) : [],
  }
}

/** Makes a GET of the page, without the headers of a body. HEAD stays HEAD. */
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

/** Asks past the caches if one of them answered, or may have. Not every cache names itself. */
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

/**
 * Repeats a refused preflight with `Authorization`. This tells a guard that refuses every preflight
 * from one that only misses the credentials, which browsers never add to a preflight.
 */
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

/** A refusal. Servers that look at Fetch metadata answer with one of these. */
const REFUSALS: readonly number[] = [400, 401, 403, 404]

/**
 * Repeats a refused request without Fetch metadata. This tells a server that refuses what a browser
 * calls cross-site from one that looks at the origin or at credentials.
 */
async function askWithoutMetadata(refused: Observation | null, recorder: Recorder): Promise<Observation | null> {
  if (refused === null || !REFUSALS.includes(statusOf(refused)) || !isSafeMethod(refused.request.method)) return null
  const headers = refused.request.headers.filter(([name]) => !/^sec-fetch-/i.test(name))
  if (headers.length === refused.request.headers.length) return null
  return recorder.observe({ ...refused.request, headers }, 'without-metadata')
}

/** Tries spellings of the page's origin that lists of origins often contain by mistake. */
async function askVariants(seen: Seen, foreign: Observation, recorder: Recorder): Promise<readonly Variant[]> {
  const { call, preflight, final } = seen
  const blamed = preflight !== null && final === null ? preflight : final
  // If strangers can read and the page cannot, the page's spelling is at fault. If both can read,
  // nothing is.
  if (blamed === null || admits(blamed, call.origin)) return []
  if (admits(foreign, FOREIGN_ORIGIN) && (field(foreign, ALLOW_ORIGIN) === '*' || blamed === preflight)) return []
  const variants: Variant[] = []
  for (const [difference, origin] of spellings(call.origin, field(blamed, ALLOW_ORIGIN))) {
    const headers = blamed.request.headers.map(([name, value]): HeaderLine => [name, name === ORIGIN ? origin : value])
    const observation = await recorder.observe({ ...blamed.request, headers }, 'origin-variant')
    variants.push({ difference, origin, observation, isShared: hasAllowOrigin(observation) })
  }
  return variants
}

/** A server that always sends the same value recognizes no spelling. */
function* spellings(origin: string, constant: string | null): Generator<readonly [Variant['difference'], string]> {
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
