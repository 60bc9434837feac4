import { isLoopbackHost } from '../../spec/origins.ts'
import { isSchemelesslySameSite, knownRegistrableDomain } from '../../spec/sites.ts'
import { type BrowserModel, rulesOf } from '../rules.ts'
import { fieldLines, type HeaderLine } from '../wire.ts'
import { type Cookie, cookiePlace, isAcceptable, isFor, isSameCookie, isShadowed } from './cookie.ts'
import { type ReadCookie, readCookie } from './read-cookie.ts'

/**
 * What a browser does with cookies of another site than the page's: keep them, keep them per page's
 * site, or refuse them.
 */
export type ThirdPartyCookies = 'allow' | 'partition' | 'block'

/** A request, as far as cookies depend on it. */
export interface CookieRequest {
  readonly url: URL
  /** The origin of the page; `'null'` for an opaque origin, whose requests are all cross-site. */
  readonly pageOrigin: string
}

/** The cookies of one browser. */
export interface CookieJar {
  /**
   * Gives the value of the `Cookie` field of a request with credentials; null where no cookie goes
   * with it.
   */
  valueFor(request: CookieRequest): string | null
  /** Stores what the `Set-Cookie` lines of a response to a request with credentials allow. */
  store(request: CookieRequest, headers: readonly HeaderLine[]): void
  /** Gives every cookie that has not expired. */
  all(): readonly Cookie[]
  /** Drops every cookie. */
  clear(): void
}

/** What a cookie jar is made of. */
export interface CookieJarOptions {
  /** The browser whose jar it is. @default 'spec' */
  readonly browser?: BrowserModel | undefined
  /**
   * What happens to cookies of another site than the page's. By default what the browser does as it
   * comes.
   */
  readonly thirdPartyCookies?: ThirdPartyCookies | undefined
  /** The clock, in milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined
  /** Gives the registrable domain of a host. By default a short list of public suffixes decides. */
  readonly registrableDomain?: ((host: string) => string | null) | undefined
}

/**
 * Creates an empty cookie jar.
 *
 * A request of a page is never a navigation here, so `SameSite=Lax` and `SameSite=Strict` mean the
 * same: the cookie goes only to the site of the page.
 *
 * @param options the browser, the clock, and what else the jar goes by
 * @returns a jar for `createSimulator`; `createBrowser` makes its own
 * @example
 * ```ts
 * import { createCookieJar } from 'corsmith/browser'
 *
 * const cookies = createCookieJar({ browser: 'firefox' })
 * const request = { url: new URL('https://api.example.com/'), pageOrigin: 'https://app.example.com' }
 * cookies.store(request, [['Set-Cookie', 'session=1; Secure; HttpOnly']])
 * cookies.valueFor(request) // 'session=1'
 * ```
 * @see https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-storage-model
 */
export function createCookieJar(options: CookieJarOptions = {}): CookieJar {
  const rules = rulesOf(options.browser ?? 'spec')
  const { now = Date.now, thirdPartyCookies: policy = rules.thirdPartyCookies } = options
  const domainOf = options.registrableDomain ?? knownRegistrableDomain
  let cookies: readonly Cookie[] = []
  const isSameSite = ({ url, pageOrigin }: CookieRequest): boolean => {
    const page = URL.parse(pageOrigin)
    const isScheme = page !== null && (rules.cookieSiteIgnoresScheme || page.protocol === url.protocol)
    return isScheme && isSchemelesslySameSite(page.hostname, url.hostname, domainOf)
  }
  const isSecure = (url: URL): boolean =>
    url.protocol === 'https:' || (rules.loopbackIsSecure && isLoopbackHost(url.hostname))
  /** Which part of the jar a request uses: null for cookies that are not partitioned. */
  const partitionOf = ({ pageOrigin }: CookieRequest): string => {
    const page = URL.parse(pageOrigin)
    return page === null ? pageOrigin : `${page.protocol}//${domainOf(page.hostname) ?? page.hostname}`
  }

  /** Tells whether a cookie goes to other sites than its own. */
  const isOpen = ({ sameSite }: Pick<ReadCookie, 'sameSite'>): boolean =>
    sameSite === 'unset' ? !rules.sameSiteByDefault : sameSite === 'none'

  const keep = (read: ReadCookie, request: CookieRequest): void => {
    const { url } = request
    const isCrossSite = !isSameSite(request)
    if (isCrossSite && (!isOpen(read) || (policy === 'block' && !(read.partitioned && rules.keepsPartitioned)))) return
    const place = cookiePlace(read, url, domainOf)
    if (place === null || !isAcceptable(read, place, isSecure(url), rules)) return
    const isPartitioned = read.partitioned || (isCrossSite && policy === 'partition')
    const cookie: Cookie = { ...read, ...place, partition: isPartitioned ? partitionOf(request) : null }
    // A response over plain http may not replace a cookie that only https gets.
    if (!isSecure(url) && cookies.some((other) => other.secure && isShadowed(other, cookie))) return
    const index = cookies.findIndex((other) => isSameCookie(other, cookie))
    if (cookie.expires <= now()) cookies = cookies.filter((_, at) => at !== index)
    else if (index < 0) cookies = [...cookies, cookie]
    // A cookie that is replaced keeps its place: the order of creation decides the order of sending.
    else cookies = cookies.map((other, at) => (at === index ? cookie : other))
  }

  return {
    valueFor(request) {
      const isCrossSite = !isSameSite(request)
      const partition = partitionOf(request)
      const sent = cookies.filter((cookie) => {
        if (cookie.expires <= now() || !isFor(cookie, request.url, isSecure(request.url))) return false
        if (isCrossSite && !isOpen(cookie)) return false
        return cookie.partition === null ? !isCrossSite || policy === 'allow' : cookie.partition === partition
      })
      if (sent.length === 0) return null
      // Longer paths first; sorting keeps the order of creation among equals.
      return sent
        .toSorted((a, b) => b.path.length - a.path.length)
        .map(({ name, value }) => (name === '' ? value : `${name}=${value}`))
        .join('; ')
    },
    store(request, headers) {
      for (const line of fieldLines(headers, 'set-cookie')) {
        const read = readCookie(line, now())
        if (read !== null) keep(read, request)
      }
    },
    all: () => cookies.filter(({ expires }) => expires > now()),
    clear() {
      cookies = []
    },
  }
}
