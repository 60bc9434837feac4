/** Where a target is compared in a narrower way: for one that cannot run here a stand-in runs, and what that lacks is counted apart. */
import type { CorsPolicy } from '../../../src/index.ts'
import type { TargetName } from '../../../src/targets.ts'
import type { Asking } from './agreement.ts'

type Request = Omit<Asking, 'path'>

/** A program that stands in for a target. */
export interface StandIn {
  /** Origins that are compared: all, or those that a page can have. */
  readonly compares: (origin: string) => boolean
  /** Whether an answer to a request without `Origin` says `Vary`. */
  readonly varies: boolean
  /** Whether it refuses a request that the target itself allows. */
  readonly lacks: (policy: CorsPolicy, request: Request) => boolean
}

const ITSELF: StandIn = { compares: () => true, varies: true, lacks: () => false }

const STAND_INS: Partial<Readonly<Record<TargetName, StandIn>>> = {
  go: { ...ITSELF, compares: isOfAPage },
  s3: {
    compares: isOfAPage,
    varies: false,
    // LocalStack compares names as they are, so `X-Long-*` in AllowedHeaders allows nothing.
    lacks: ({ requestHeaders }, { headers = {} }) => {
      const patterns = Array.isArray(requestHeaders) ? requestHeaders.filter((name) => /.\*$/.test(name)) : []
      return Object.keys(headers).some((name) =>
        patterns.some((pattern) => name.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase())),
      )
    },
  },
}

/**
 * Whether an origin can be a page's. The `*` of S3 and of jub0bs/cors also matches what no host of a page is, such as `a..b` or `{`, and only the owner
 * of the pattern's domain could give out such a name.
 */
function isOfAPage(origin: string): boolean {
  const url = URL.parse(origin)
  if (url !== null && !/^https?:$/.test(url.protocol)) return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+$/.test(origin)
  return url?.origin === origin && url.hostname.split('.').every((label) => /^[\w-]*[a-z0-9][\w-]*$|^\[/.test(label))
}

/** What stands in for a target; for a target that runs itself, everything is compared and nothing lacks. */
export function standInOf(target: TargetName): StandIn {
  return STAND_INS[target] ?? ITSELF
}
