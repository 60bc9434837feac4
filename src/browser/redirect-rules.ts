/** Where browsers follow redirects differently. */
export interface RedirectRules {
  /** What an empty `Location` is: the URL itself, no `Location`, or one that cannot be followed. */
  readonly emptyLocation: 'itself' | 'absent' | 'failure'
  /** Whether a request that needed a preflight once needs one at every further hop. */
  readonly preflightsAfterPreflight: boolean
  /** Whether a redirect to another origin turns DELETE into GET. */
  readonly redirectsDeleteAsGet: boolean
  /** Whether a redirect to another origin restores the headers of the first request. */
  readonly keepsFirstHeaders: boolean
  /** Whether a request that becomes GET keeps the `Origin` header it had, as long as it stays with one origin. */
  readonly keepsOriginHeader: boolean
  /**
   * Whether a redirect is checked a second time, as if credentials were included, when the first URL was same-origin and got them.
   * It happens once the preflight for the next hop, if any, is through.
   */
  readonly checksRedirectsAsFirst: boolean
  /** What two `Location` lines are: a failure; one when they are equal, and a broken answer when not; or one joined text. */
  readonly repeatedLocation: 'failure' | 'equal' | 'joined'
  /** Whether the bytes of a `Location` beyond ASCII are read as characters of Latin-1 instead of percent-encoded as they are. */
  readonly locationAsCharacters: boolean
  /** Whether a `Location` that is no URL breaks the answer, followed or not. */
  readonly malformedLocationBreaks: boolean
  /** Whether the redirect mode "error" minds only answers that have a `Location`. */
  readonly errorNeedsLocation: boolean
  /** Whether a redirect to another origin than the page's drops client hints that the page set. */
  readonly dropsClientHints: boolean
  /** Whether a user or password in a `Location` is refused even at home, but for an `XMLHttpRequest`. */
  readonly refusesUserinfo: boolean
  /** When the referrer policy hides `Origin`: always, before the first redirect, or never. */
  readonly referrerHidesOrigin: 'always' | 'first' | 'never'
  /** Schemes of a `Location` that break the answer, followed or not. */
  readonly schemesThatBreak: readonly string[]
  /** Whether `Origin` becomes `null` as soon as a request of the mode `no-cors` is redirected to another origin. */
  readonly taintsNoCorsRedirects: boolean
  /** Which locations are refused before the CORS check: those that are no URL, or have a scheme. */
  readonly locationsRefusedFirst: readonly string[]
  /**
   * Whether preflights after a redirect go by the headers of the first request: without `Authorization` for the hop that
   * leads to another origin, and without the headers of the body for the hop at which it is dropped.
   */
  readonly preflightsByFirstHeaders: boolean
}
