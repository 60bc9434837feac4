import { type Extent, exposes, keepsFor, permits, readsOf, unsafeMethods, type Wire, wireOf } from './observe.ts'
import { ANY_NAME, type Scenarios, STRANGER } from './scenarios.ts'
import type { Answerer } from './wire.ts'

/** One behavior that is not the same. */
export interface Change {
  /** Names the kind of behavior. */
  readonly kind: 'origin' | 'method' | 'header' | 'exposed' | 'max-age' | 'wire'
  /** The origin, method, name or part of the wire. */
  readonly subject: string
  /** The behavior in words. */
  readonly what: string
  readonly before: string
  readonly after: string
  /** Whether something is refused now, is allowed now, or is only different. */
  readonly direction: 'refused' | 'wider' | 'other'
}

const EXTENTS: readonly Extent[] = ['no', 'yes', 'with credentials']

/**
 * Compares what two servers let pages do, and what they say on the wire.
 *
 * Methods and headers are compared from an origin that both share with, and in the credentials
 * modes that both allow: what an origin loses or gains as a whole is said once.
 */
export function compare(before: Answerer, after: Answerer, scenarios: Scenarios): readonly Change[] {
  const changes: Change[] = []
  const differ = (
    kind: Change['kind'],
    subject: string,
    what: string,
    a: string,
    b: string,
    direction: Change['direction'],
  ) => {
    if (a !== b) changes.push({ kind, subject, what, before: a, after: b, direction })
  }
  const extents = (kind: Change['kind'], subject: string, what: string, a: Extent, b: Extent) =>
    differ(kind, subject, what, a, b, EXTENTS.indexOf(b) < EXTENTS.indexOf(a) ? 'refused' : 'wider')
  const reads = scenarios.origins.map((origin) => [origin, readsOf(before, origin), readsOf(after, origin)] as const)
  for (const [origin, a, b] of reads) {
    const pages = origin === STRANGER ? 'pages of any other origin' : `pages of ${origin}`
    extents('origin', origin, `${pages} read answers`, a, b)
  }
  const shared = reads.filter(([, a, b]) => a !== 'no' && b !== 'no').map(([origin, a, b]) => ({ origin, a, b }))
  const most = shared.find(({ a, b }) => a === 'with credentials' && b === 'with credentials') ?? shared[0]
  if (most !== undefined) {
    const { origin } = most
    const cap = (extent: Extent): Extent =>
      extent === 'with credentials' && (most.a !== extent || most.b !== extent) ? 'yes' : extent
    for (const method of unsafeMethods(scenarios)) {
      const [a, b] = [before, after].map((side) => cap(permits(side, origin, method, null)))
      extents(
        'method',
        method,
        `pages send ${method === ANY_NAME ? 'any other method' : method}`,
        a as Extent,
        b as Extent,
      )
    }
    for (const name of scenarios.names) {
      const [a, b] = [before, after].map((side) => cap(permits(side, origin, 'GET', name)))
      extents(
        'header',
        name,
        `pages send ${name === ANY_NAME.toLowerCase() ? 'any other header' : `the header ${name}`}`,
        a as Extent,
        b as Extent,
      )
    }
    for (const name of scenarios.exposed) {
      const [a, b] = [before, after].map((side) => cap(exposes(side, origin, name)))
      extents(
        'exposed',
        name,
        `pages read ${name === ANY_NAME.toLowerCase() ? 'any other header' : `the header ${name}`}`,
        a as Extent,
        b as Extent,
      )
    }
    differ('max-age', '', 'browsers keep a preflight for', keepsFor(before, origin), keepsFor(after, origin), 'other')
  }
  const refused = reads.find(([, a, b]) => a === 'no' && b === 'no')?.[0] ?? null
  const [a, b] = [before, after].map((side) => wireOf(side, most?.origin ?? null, refused)) as [Wire, Wire]
  const stops = (said: string) => said !== 'the handler'
  const isStopped = [a, b].map((side) => stops(side['request of a refused origin']))
  const direction = isStopped[0] === isStopped[1] ? 'other' : isStopped[0] ? 'wider' : 'refused'
  for (const part of Object.keys(a) as (keyof Wire)[])
    differ('wire', part, part, a[part], b[part], part === 'request of a refused origin' ? direction : 'other')
  return changes
}
