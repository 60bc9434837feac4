import type { Evidence } from '../evidence.ts'
import type { Sign } from './sign.ts'
import { SIGNS } from './signs.ts'
import type { Target } from './targets.ts'

/** What runs a server, and how that is known. */
export interface Recognition {
  readonly target: Target
  /** What gives it away, each in a few words. */
  readonly signs: readonly string[]
}

/** What suffices: one sign that nothing else shows, or several that others share. */
const ENOUGH = 3

/** A framework decides about its answers, a platform about those of its functions, and a server in front about what is left. */
const LAYERS = ['application', 'platform', 'server'] as const

/**
 * Recognizes what runs a server by what its answers show, several signs taken together. Null where they do not suffice, or where two
 * products of one layer are as likely as each other.
 */
export function recognizeServer(evidence: Evidence): Recognition | null {
  const shown = SIGNS.filter(
    ({ shows, needs }) =>
      (needs?.(evidence) ?? true) && evidence.observations.some((each) => each.response !== null && shows(each)),
  )
  const known = LAYERS.map((layer) => likeliest(shown.filter((sign) => sign.layer === layer)))
  const [application, platform, server] = known
  // IIS answers OPTIONS before PHP is asked, and its configuration covers both.
  if (application?.target === 'php' && server?.target === 'iis') return server
  return application ?? platform ?? server ?? null
}

function likeliest(signs: readonly Sign[]): Recognition | null {
  const sums = new Map<Target, number>()
  for (const { target, weight } of signs) sums.set(target, (sums.get(target) ?? 0) + weight)
  const [first, second] = [...sums].sort(([, a], [, b]) => b - a)
  if (first === undefined || first[1] < ENOUGH || first[1] === second?.[1]) return null
  return { target: first[0], signs: signs.filter(({ target }) => target === first[0]).map(({ says }) => says) }
}
