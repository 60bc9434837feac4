import { endsInNumber } from './origins.ts'
import { isKnownPublicSuffix } from './suffixes.ts'

/**
 * Gives the registrable domain of a host: its public suffix and one label more. Null where it has none: an address, a name of
 * one label, a public suffix itself.
 *
 * @see https://url.spec.whatwg.org/#host-registrable-domain
 */
export type RegistrableDomain = (host: string) => string | null

/** Gives the registrable domain of a host by the short list of public suffixes. @see {@link RegistrableDomain} */
export function registrableDomain(host: string): string | null {
  // The dot at the end of a fully qualified name stays: `example.com.` and `example.com` are two sites.
  const end = host.endsWith('.') ? '.' : ''
  const name = end === '' ? host : host.slice(0, -1)
  if (name.startsWith('[') || endsInNumber(name)) return null
  // The longest suffix counts, so the search begins at the whole host. A last label alone is always a suffix.
  let before = -1
  for (let start = 0; !isKnownPublicSuffix(name.slice(start)); start = name.indexOf('.', start) + 1) before = start
  return before < 0 ? null : name.slice(before) + end
}

/**
 * Tells whether two hosts belong to one site, whatever their schemes: they are equal, or have one registrable domain.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site
 */
export function isSchemelesslySameSite(a: string, b: string, domainOf: RegistrableDomain = registrableDomain): boolean {
  if (a === b) return true
  const domain = domainOf(a)
  return domain !== null && domain === domainOf(b)
}

/** Tells whether two URLs belong to one site: one scheme too. @see https://html.spec.whatwg.org/multipage/browsers.html#same-site */
export function isSameSite(a: URL, b: URL, domainOf?: RegistrableDomain): boolean {
  return a.protocol === b.protocol && isSchemelesslySameSite(a.hostname, b.hostname, domainOf)
}
