import { endsInNumber } from './origins.ts'
import { isKnownPublicSuffix } from './suffixes.ts'

/**
 * Gives the registrable domain of a host: its public suffix and one more label. Null for a host
 * that has none: an address, a name of one label, or a public suffix itself.
 *
 * @see https://url.spec.whatwg.org/#host-registrable-domain
 */
export type RegistrableDomain = (host: string) => string | null

/**
 * Gives the registrable domain of a host by the short list of public suffixes: see
 * {@link RegistrableDomain}.
 */
export function knownRegistrableDomain(host: string): string | null {
  // A final dot stays: `example.com.` and `example.com` are two sites.
  const end = host.endsWith('.') ? '.' : ''
  const name = end === '' ? host : host.slice(0, -1)
  if (name.startsWith('[') || endsInNumber(name)) return null
  // The longest suffix counts, so the search begins at the whole host. It ends, because a single
  // label is always a suffix.
  let before = -1
  for (let start = 0; !isKnownPublicSuffix(name.slice(start)); start = name.indexOf('.', start) + 1) before = start
  return before < 0 ? null : name.slice(before) + end
}

/**
 * Tells whether two hosts belong to one site, without regard to schemes: they are equal, or have
 * the same registrable domain.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site
 */
export function isSchemelesslySameSite(
  a: string,
  b: string,
  domainOf: RegistrableDomain = knownRegistrableDomain,
): boolean {
  if (a === b) return true
  const domain = domainOf(a)
  return domain !== null && domain === domainOf(b)
}

/**
 * Tells whether two URLs belong to one site. Their schemes must be equal too.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-site
 */
export function isSameSite(a: URL, b: URL, domainOf?: RegistrableDomain): boolean {
  return a.protocol === b.protocol && isSchemelesslySameSite(a.hostname, b.hostname, domainOf)
}
