import { DIVERGENCES } from './divergences.ts'
import type { ExposureRules } from './exposure.ts'
import type { FetchMetadataRules } from './fetch-metadata.ts'
import type { DataRules } from './main-fetch.ts'
import type { CacheRules } from './preflight-cache.ts'
import type { PreflightRules } from './preflight-check.ts'
import type { PreflightFetchRules } from './preflight-fetch.ts'
import type { RedirectRules } from './redirect-rules.ts'
import type { RequestRules } from './request.ts'
import type { SafelistRules } from './request-safelist.ts'
import type { ResourcePolicyRules } from './resource-policy.ts'

/** Whose conclusions the simulator draws: the standard's, or those of a browser. */
export type BrowserModel = 'spec' | 'chromium' | 'firefox' | 'webkit'

/** Everything in which browsers differ. */
export interface BrowserRules
  extends PreflightRules,
    ExposureRules,
    CacheRules,
    RequestRules,
    SafelistRules,
    PreflightFetchRules,
    RedirectRules,
    ResourcePolicyRules,
    FetchMetadataRules,
    DataRules {}

/** The Fetch Standard itself. Where it leaves a limit to the browser, there is none. */
const STANDARD: BrowserRules = {
  dropsEmptyLines: false,
  countsOriginLines: false,
  wildcardCoversAuthorization: false,
  // The standard knows one error for a bad status and a bad origin; the order is only told by the console.
  statusBeforeOrigin: false,
  redirectBeforeOrigin: false,
  methodBeforeHeaderSyntax: false,
  starSurvivesBadElement: false,
  cacheUnit: 'entry',
  cachedStar: 'always',
  cacheModesPastPreflights: [],
  cacheModesNotStored: [],
  cacheExemptMethods: ['GET', 'HEAD', 'POST'],
  sharesCredentialedEntries: true,
  cacheSize: Number.POSITIVE_INFINITY,
  cachesRefusals: false,
  forgetsOnMismatch: false,
  forgetsOnFailure: 'preflighted',
  cachesOpaqueOrigins: 'all',
  storedWildcardCoversAuthorization: false,
  forbidsUserAgent: false,
  uploadListenerNeedsBody: false,
  maxAgeCap: Number.POSITIVE_INFINITY,
  maxAgeSyntax: 'default',
  maxAgeSigned: false,
  maxAgeOverflows: false,
  uploadStreams: 'http2',
  safelistsClientHints: false,
  joinsRequestHeaders: false,
  limitsSafelistedTotal: true,
  emptyLocation: 'itself',
  repeatedLocation: 'failure',
  malformedLocationBreaks: false,
  errorNeedsLocation: false,
  refusesUserinfo: false,
  dropsClientHints: false,
  uploadAllowsMethod: true,
  addressesAreNoSite: false,
  suffixesAreSites: false,
  siteIgnoresScheme: false,
  siteAfterRedirect: 'farthest',
  preflightSiteIsOwn: false,
  preflightsBeforeMode: false,
  dataHasLength: false,
  dataNeedsFollow: false,
  locationAsCharacters: false,
  preflightTakesRedirectMode: false,
  taintsNoCorsRedirects: false,
  referrerHidesOrigin: 'always',
  schemesThatBreak: [],
  preflightsAfterPreflight: false,
  redirectsDeleteAsGet: false,
  keepsFirstHeaders: false,
  keepsOriginHeader: false,
  checksRedirectsAsFirst: false,
  locationsRefusedFirst: [],
  preflightsByFirstHeaders: false,
  highBytesUnsafe: false,
  readsMimeParameters: false,
  rangeLenient: false,
  rangeLimit: '',
  repeatsUnsafeNames: false,
  preflightKeepsOrigin: false,
}

/**
 * Gives the rules of a browser: the standard's, and its documented divergences.
 *
 * @example
 * rulesOf('webkit').preflightKeepsOrigin
 */
export function rulesOf(browser: BrowserModel): BrowserRules {
  if (browser === 'spec') return STANDARD
  const rules: Record<string, unknown> = { ...STANDARD }
  for (const divergence of DIVERGENCES) {
    if (browser in divergence.engines) rules[divergence.rule] = divergence.engines[browser]
  }
  return rules as unknown as BrowserRules
}
