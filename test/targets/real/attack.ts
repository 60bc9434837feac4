/** Random policies and hostile origins, against a target and the engine at once. */
import fc from 'fast-check'
import { type CorsPolicy, createCors } from '../../../src/index.ts'
import { compile, compileText, isReadable, type Loss, type TargetName } from '../../../src/targets.ts'
import { createBrowser } from '../../../src/testing.ts'
import { allows, candidate, constructing, means, SUFFIXES } from '../../support/policies.ts'
import { send } from '../../support/raw-http.ts'
import { driftOf } from '../read-back.ts'
import type { Asking } from './agreement.ts'
import { type StandIn, standInOf } from './stand-ins.ts'

/** What an attack found. */
export interface Tally {
  /** Policies that ran. */
  policies: number
  /** Policies of which the target can express no entry, so that nothing was written. */
  refused: number
  requests: number
  /** Requests that both share. */
  shared: number
  /** Requests that the target refuses beyond the engine, for a loss that says so. */
  listed: number
  /** Requests that a stand-in refuses, and the target itself does not. */
  lacking: number
  /** Texts that ran and were read back. */
  readBack: number
  /** Texts that ran and, read back, say another policy. */
  readonly drifted: string[]
  /** Requests that the target shares and the engine refuses. */
  readonly wider: string[]
  /** Requests that the target refuses beyond the engine, without a loss that says so. */
  readonly unlisted: string[]
}

type Ask = Omit<Asking, 'origin' | 'path'>

const ASKS: readonly Ask[] = [
  {},
  { credentials: 'include' },
  { method: 'PUT' },
  { method: 'DELETE', credentials: 'include' },
  { method: 'PATCH' },
  { method: 'PATCH', headers: { 'X-A': '1' } },
  { method: 'POST', headers: { 'Content-Type': 'application/json' } },
  { headers: { Authorization: 'Bearer x' } },
  { headers: { 'X-Long-B': '1' }, credentials: 'include' },
  { headers: { 'X-Other': '1' } },
  { method: 'PUT', headers: { 'X-A': '1', 'Content-Type': 'text/csv' }, credentials: 'include' },
]

const API = 'http://api.example.com'

type Fetch = (request: Request) => Response | Promise<Response>

/** Whether a page may read, and which headers it sees. */
async function verdict(fetch: Fetch, { origin, method = 'GET', headers = {}, credentials }: Omit<Asking, 'path'>) {
  const outcome = await createBrowser({ fetch })
    .page(origin)
    .request(`${API}/x`, { method, headers, ...(credentials === undefined ? {} : { credentials }) })
  return {
    shared: outcome.shared,
    names: outcome.shared ? [...outcome.response.headers.keys()].filter((name) => /^(etag|x-secret)$/.test(name)) : [],
  }
}

function viaSocket(server: string): Fetch {
  return async (request) => {
    const { status, lines } = await send(`${server}/x`, {
      method: request.method,
      headers: Object.fromEntries(request.headers),
    })
    const headers = new Headers()
    for (const [name, value] of lines) headers.append(name, value)
    const isEmpty = status === 204 || status === 304 || request.method === 'HEAD'
    return new Response(isEmpty ? null : 'ok', { status, headers })
  }
}

/** Whether a loss says that this request is refused. */
export function explains(
  { code, value }: Loss,
  { origin, method = 'GET', headers = {}, credentials }: Omit<Asking, 'path'>,
) {
  const names = Object.keys(headers).map((name) => name.toLowerCase())
  switch (code) {
    case 'origin-pattern':
    case 'origin-quoting':
    case 'origin-host':
      return value !== null && means(value, origin)
    case 'origin-characters':
      return value !== null && means(value, origin) && /[^a-z0-9._~-]/.test(origin.slice(value.length - 1))
    case 'origin-predicate':
    case 'origins-limit':
    case 'credentials-always':
      return true
    case 'credentials':
      return credentials === 'include'
    case 'method':
      return method === value
    case 'method-any':
      return !['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)
    case 'header':
    case 'one-list':
      return names.includes((value ?? '').toLowerCase())
    case 'header-any':
    case 'headers-limit':
      return names.length > 0
    case 'header-pattern':
      return names.some((name) => name.startsWith((value ?? '').toLowerCase().slice(0, -1)))
    default:
      return false
  }
}

/** Whether the simulator takes an origin for a page's. */
function isOfAPage(origin: string): boolean {
  try {
    createBrowser({ fetch: () => new Response() }).page(origin)
    return origin !== 'null' && allows([origin], origin)
  } catch {
    return false
  }
}

/** What can be sent in a field and is not trimmed on the way. */
const SENDABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** One policy, and what is tried on it. */
interface Case {
  readonly policy: CorsPolicy
  readonly losses: readonly Loss[]
  readonly candidates: readonly string[]
  readonly suffixes: readonly number[]
  readonly turn: number
}

/** What an attack needs to run. */
export interface Attack {
  /** The texts to paste, one for each policy of which something can be written. */
  readonly texts: readonly string[]
  /** Asks what was started, by the origins of the texts. */
  readonly run: (origins: readonly string[]) => Promise<Tally>
}

/** The options of {@link planAttack}. */
interface Attacking {
  readonly count: number
  readonly seed: number
  readonly skips?: ((asking: Asking) => boolean) | undefined
}

/** Chooses random policies for an attack on a target. */
export function planAttack(target: TargetName, { count, seed, skips }: Attacking): Attack {
  const cases = fc
    .sample(
      constructing.chain((policy) =>
        fc.tuple(
          fc.constant(policy),
          fc.array(candidate(Array.isArray(policy.origins) ? policy.origins : ['https://x.example']), {
            minLength: 12,
            maxLength: 12,
          }),
          fc.array(fc.nat(SUFFIXES.length - 1), { minLength: 6, maxLength: 6 }),
          fc.nat(),
        ),
      ),
      { numRuns: count, seed },
    )
    .map(([policy, candidates, suffixes, turn]) => ({ policy, candidates, suffixes, turn, ...compile(policy, target) }))
  const running = cases.filter(({ files }) => files.length > 0)
  const standIn = standInOf(target)
  const run: Attack['run'] = async (origins) => {
    const tally = { ...emptyTally(), policies: running.length, refused: cases.length - running.length }
    for (const { losses, policy } of cases.filter(({ files }) => files.length === 0))
      if (losses.length === 0) tally.unlisted.push(`nothing is written for ${JSON.stringify(policy)}`)
    await inTurns(running, 8, (each, i) => attackOne(tally, origins[i] ?? '', each, standIn, skips))
    for (const { policy, losses } of isReadable(target) ? running : []) {
      tally.readBack++
      const drift = driftOf(policy, losses, compileText(policy, target), target)
      if (drift.length > 0) tally.drifted.push(`${drift.join('; ')} under ${JSON.stringify(policy)}`)
    }
    return tally
  }
  return { texts: running.map(({ policy }) => compileText(policy, target)), run }
}

function emptyTally(): Tally {
  return {
    policies: 0,
    refused: 0,
    requests: 0,
    shared: 0,
    listed: 0,
    lacking: 0,
    readBack: 0,
    drifted: [],
    wider: [],
    unlisted: [],
  }
}

/** Asks what runs at an origin about one policy and these origins. */
export async function attackPolicy(
  server: string,
  policy: CorsPolicy,
  target: TargetName,
  candidates: readonly string[],
): Promise<Tally> {
  const tally = emptyTally()
  const { losses } = compile(policy, target)
  const one = { policy, losses, candidates, suffixes: [0, 1, 6], turn: 0 }
  await attackOne(tally, server, one, standInOf(target), undefined)
  return tally
}

/** Asks one policy: any origin as bytes, and the origins of pages through the simulator. */
async function attackOne(
  tally: Tally,
  server: string,
  one: Case,
  { compares, lacks, varies }: StandIn,
  skips: Attacking['skips'],
): Promise<void> {
  const { policy, candidates, suffixes, turn, losses } = one
  const cors = createCors(policy)
  const engine: Fetch = (request) =>
    cors.wrap(() => new Response('ok', { headers: { ETag: '"1"', 'X-Secret': '1' } }))(request)
  const listed = Array.isArray(policy.origins) ? (policy.origins as readonly string[]) : []
  const hostile = listed.flatMap((entry) => suffixes.map((at) => entry + SUFFIXES[at]))
  const all = [...new Set([...listed, ...candidates, ...hostile])].filter(
    (origin) => SENDABLE.test(origin) && compares(origin),
  )
  const note = (what: 'wider' | 'unlisted', asking: object): void => {
    if (tally[what].length < 20) tally[what].push(`${JSON.stringify(asking)} under ${JSON.stringify(policy)}`)
  }
  const count = (own: boolean, right: boolean, asking: Omit<Asking, 'path'>): void => {
    tally.requests++
    if (own && !right) note('wider', asking)
    if (own && right) tally.shared++
    if (own || !right) return
    if (losses.some((loss) => explains(loss, asking))) tally.listed++
    else if (lacks(policy, asking)) tally.lacking++
    else note('unlisted', asking)
  }
  if (policy.origins === '*' && varies) {
    // Without Vary, a cache hands this answer to pages too.
    const bare = await send(`${server}/x`)
    const isSafe = bare.all('Access-Control-Allow-Origin').join() === '*' || /origin/i.test(bare.all('Vary').join())
    if (!isSafe) note('unlisted', { origin: null })
  }
  for (const origin of all) {
    const { shared } = cors.decide({ method: 'GET', headers: { get: (name) => (name === 'origin' ? origin : null) } })
    const said = (await send(`${server}/x`, { headers: { Origin: origin } })).all('Access-Control-Allow-Origin')
    count(said.length === 1 && (said[0] === origin || said[0] === '*'), shared, { origin })
  }
  for (const [j, origin] of all.filter(isOfAPage).slice(0, 8).entries()) {
    for (const k of [0, 1]) {
      const asking = { ...ASKS[(turn + 3 * j + k) % ASKS.length], origin, path: '/x' }
      if (skips?.(asking)) continue
      const [own, right] = await Promise.all([verdict(viaSocket(server), asking), verdict(engine, asking)])
      count(own.shared, right.shared, asking)
      const more = own.names.filter((name) => !right.names.includes(name))
      if (own.shared && right.shared && more.length > 0) note('wider', { ...asking, reads: more })
    }
  }
}

/** Runs a few at a time. */
async function inTurns<T>(list: readonly T[], width: number, act: (item: T, i: number) => Promise<void>) {
  const left = [...list.entries()]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next[1], next[0])
  }
  await Promise.all(Array.from({ length: width }, worker))
}
