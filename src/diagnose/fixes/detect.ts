import type { Evidence } from '../evidence.ts'
import type { Sign } from './sign.ts'
import { SIGNS } from './signs.ts'
import type { Target } from './targets.ts'

/** The product that runs a server, and the signs of it. */
export interface Recognition {
  readonly target: Target
  /** The signs, each in a few words. */
  readonly signs: readonly string[]
}

/**
 * The sum of weights that suffices. One sign of weight 3 belongs to a single product; signs of
 * weight 1 or 2 also occur elsewhere, so several must agree.
 */
const ENOUGH = 3

/**
 * The layers, the most specific first. A framework decides about its answers, a platform about its
 * functions, and a server in front about the rest.
 */
const LAYERS = ['application', 'platform', 'server'] as const

/**
 * Recognizes the product that runs a server. It adds the weights of the signs that the answers
 * show, per product, and takes the heaviest product of the first layer that has one.
 *
 * For example, `Server: nginx` weighs 3 for nginx in the layer `server`, and `X-Powered-By:
 * Express` weighs 3 for Express in the layer `application`. If both show, the answer is Express,
 * because the application decides about CORS.
 *
 * @param evidence The recorded exchange.
 * @returns The product; null if the weights do not suffice, or if two products of one layer are
 * equally heavy.
 */
export function recognizeServer(evidence: Evidence): Recognition | null {
  const shown = SIGNS.filter(
    ({ shows, needs }) =>
      (needs?.(evidence) ?? true) && evidence.observations.some((each) => each.response !== null && shows(each)),
  )
  const known = LAYERS.map((layer) => likeliest(shown.filter((sign) => sign.layer === layer)))
  const [application, platform, server] = known
  // IIS answers OPTIONS before PHP runs, and its configuration covers both.
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
