import type { CorsPolicy } from '../policy/types.ts'
import { type Change, compare } from './compare.ts'
import type { MigrationNote, PeerOptions } from './meaning.ts'
import type { Peer, PeerName } from './peer.ts'
import { djangoPeer } from './peers/django.ts'
import { elysiaPeer } from './peers/elysia.ts'
import { expressPeer, nestPeer } from './peers/express.ts'
import { fastifyPeer } from './peers/fastify.ts'
import { flaskPeer } from './peers/flask.ts'
import { h3Peer } from './peers/h3.ts'
import { honoPeer } from './peers/hono.ts'
import { ittyPeer } from './peers/itty.ts'
import { koaPeer } from './peers/koa.ts'
import { nextPeer } from './peers/next.ts'
import { remixPeer } from './peers/remix.ts'
import { springPeer } from './peers/spring.ts'
import { whatwgPeer } from './peers/whatwg.ts'
import { policyOf } from './policy.ts'
import { reasonOf } from './reasons.ts'
import { scenariosOf } from './scenarios.ts'
import { answererOf } from './wire.ts'

/** A behavior that changes with a migration. */
export interface MigrationChange {
  /** The behavior, such as `pages send PUT`. */
  readonly what: string
  readonly before: string
  readonly after: string
  /** Whether something is refused now, is allowed now, or is only different on the wire. */
  readonly direction: 'refused' | 'wider' | 'other'
  readonly why: string
  /** What to write to keep the behavior. */
  readonly keep: string
}

/** What becomes of another library's options. */
export interface Migration {
  /** The policy; null where the options allow no origin that a policy can name. */
  readonly policy: CorsPolicy | null
  /** Every behavior that changes, refusals first. */
  readonly changes: readonly MigrationChange[]
  /** Options without a counterpart. */
  readonly notes: readonly MigrationNote[]
  /** The expression of the paths that the options cover; absent for all paths. */
  readonly paths?: string
}

/** The libraries, in the order in which the help lists them. */
export const PEERS: readonly Peer[] = [
  expressPeer,
  nestPeer,
  honoPeer,
  fastifyPeer,
  koaPeer,
  h3Peer,
  elysiaPeer,
  nextPeer,
  ittyPeer,
  remixPeer,
  whatwgPeer,
  flaskPeer,
  djangoPeer,
  springPeer,
]

/** Finds a library by the word after `--from`. */
export function peerNamed(name: string): Peer | undefined {
  return PEERS.find((peer) => peer.name === name)
}

/**
 * Converts the options of another library, and reports each behavior that changes.
 *
 * The report compares the two servers: what pages of every origin in question may read, send and
 * see, by the Fetch Standard, and what stands on the wire. The rules of each library are written
 * down in this package, and tests compare them with the library itself.
 *
 * @param name the library
 * @param options its options, as data or as they stand in a module
 * @returns the policy, and what changes with it
 * @throws {TypeError} for an unknown library, and for options that the library itself refuses
 *
 * @example
 * ```ts
 * import { migrate } from 'corsmith/migrate'
 *
 * const { policy, changes } = migrate('express', { origin: 'https://app.example.com' })
 * changes.filter(({ direction }) => direction === 'refused') // []
 * ```
 */
export function migrate(name: PeerName, options: PeerOptions): Migration {
  const peer = peerNamed(name)
  if (peer === undefined)
    throw new TypeError(`migrate: ${JSON.stringify(name)} is no library: ${PEERS.map((each) => each.name).join(', ')}`)
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError('migrate: the options are an object, as the library takes them')
  const parts = peer.parts?.(options) ?? [options]
  const [only] = parts
  if (only === undefined || parts.length > 1)
    throw new TypeError(`migrate: these options hold ${parts.length} sets, one per path: migrate each by itself`)
  return migrateOne(peer, only)
}

function migrateOne(peer: Peer, options: PeerOptions): Migration {
  const meaning = peer.read(options)
  const { policy, notes } = policyOf(meaning)
  const unknown = Object.keys(options)
    .filter((key) => !peer.options.includes(key))
    .map((option) => ({ option, why: `${peer.title} has no such option and ignores it`, keep: 'leave it out' }))
  const outside: readonly MigrationChange[] =
    meaning.paths === undefined || policy === null
      ? []
      : [
          {
            what: `paths that do not match ${meaning.paths}`,
            before: 'no CORS headers',
            after: 'the policy',
            direction: 'wider',
            why: 'a policy has no paths',
            keep: 'write a route with this path, in corsRoutes of corsmith/routes',
          },
        ]
  const changes = compare(peer.answerer(options), answererOf(policy), scenariosOf(meaning, policy)).map((change) => {
    const { what, before, after, direction } = change
    return { what, before, after, direction, ...reasonOf(change, meaning, notes) }
  })
  const order: readonly Change['direction'][] = ['refused', 'wider', 'other']
  return {
    policy,
    changes: [...outside, ...changes].sort((a, b) => order.indexOf(a.direction) - order.indexOf(b.direction)),
    notes: [...notes, ...unknown],
    ...(meaning.paths === undefined ? {} : { paths: meaning.paths }),
  }
}
