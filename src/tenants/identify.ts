import { isHost } from '../spec/origins.ts'

const NAME_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-'
const LONGEST_NAME = 253

/**
 * Tells whether a text may name a tenant: 1 to 253 letters, digits, `.`, `_` and `-`, with no dot
 * at either end and no two in a row. Every store takes such a key, and no store reads a pattern or
 * a path in it. Other names never reach a store.
 *
 * @example
 * ```ts
 * import { isTenantName } from 'corsmith/tenants'
 *
 * isTenantName('acme.example') // true
 * isTenantName('acme/../globex') // false
 * ```
 */
export function isTenantName(name: unknown): name is string {
  if (typeof name !== 'string' || name.length === 0 || name.length > LONGEST_NAME) return false
  for (const character of name) if (!NAME_CHARACTERS.includes(character)) return false
  return !name.startsWith('.') && !name.endsWith('.') && !name.includes('..')
}

/**
 * Names the tenant by the host of the URL, without the port. A preflight has it too.
 *
 * In Node the host comes from the `Host` header, which a client chooses. It then chooses the
 * tenant, as it may: the tenant's own list still decides about the origin.
 *
 * @param options.below a domain: `acme.api.example.com` is the tenant `acme` below
 *   `api.example.com`, and other hosts are no tenant. Without it the whole host is the name.
 * @returns a function for `identify`
 * @throws {TypeError} for a domain that is no host
 *
 * @example
 * ```ts
 * import { byHost, createTenants, memoryStore } from 'corsmith/tenants'
 *
 * const store = memoryStore({ acme: { origins: ['https://app.acme.example'] } })
 * const cors = createTenants({ identify: byHost({ below: 'api.example.com' }), store })
 * ```
 */
export function byHost(options: { readonly below?: string } = {}): (request: Request) => string | null {
  const { below } = options
  if (below !== undefined && !isHost(below))
    throw new TypeError(`byHost: below is ${JSON.stringify(below)}: write a host such as "api.example.com"`)
  const suffix = below === undefined ? '' : `.${below}`
  function nameOf(host: string): string | null {
    if (suffix === '') return host
    if (!host.endsWith(suffix)) return null
    const name = host.slice(0, host.length - suffix.length)
    return name.includes('.') ? null : name
  }
  return Object.assign(
    ({ url }: { readonly url: string }) => {
      const host = hostOf(url)
      return isHost(host) ? nameOf(host) : null
    },
    { [READS_URL]: nameOf },
  )
}

/**
 * Names the tenant by a segment of the path: `/t/acme/items` is `acme` for `'/t/:tenant'`. A
 * preflight has it too.
 *
 * Routers and proxies read some paths differently: one decodes `..%2F..%2Ft%2Fglobex` and serves
 * another tenant. So a path with `..`, or with an encoded `.`, `/`, `\` or `%`, names no tenant.
 *
 * @param pattern a path that starts with `/` and has `:tenant` as one whole segment
 * @returns a function for `identify`
 * @throws {TypeError} for a pattern without `:tenant`
 *
 * @example
 * ```ts
 * import { byPath } from 'corsmith/tenants'
 *
 * byPath('/t/:tenant')(new Request('https://api.example.com/t/acme/items')) // 'acme'
 * ```
 */
export function byPath(pattern: string): (request: Request) => string | null {
  const parts = pattern.split('/')
  const at = parts.indexOf(':tenant')
  if (at < 1 || parts[0] !== '' || parts.lastIndexOf(':tenant') !== at)
    throw new TypeError(`byPath: ${JSON.stringify(pattern)}: write a path with one ":tenant", such as "/t/:tenant"`)
  function nameOf(url: string, start: number): string | null {
    const path = url.slice(start, endOfPath(url, start))
    if (isAmbiguous(path)) return null
    const segments = path.split('/', parts.length)
    const isMatch = segments.length === parts.length && parts.every((part, i) => i === at || part === segments[i])
    return isMatch ? (segments[at] ?? null) : null
  }
  return Object.assign(
    ({ url }: { readonly url: string }) => nameOf(url, endOfAuthority(url, url.indexOf('://') + 3)),
    { [READS_URL]: (_: string, path: string) => nameOf(path, 0) },
  )
}

const AMBIGUOUS = ['..', '%2e', '%2f', '%5c', '%25']

function isAmbiguous(path: string): boolean {
  const lower = path.toLowerCase()
  return AMBIGUOUS.some((part) => lower.includes(part))
}

/**
 * The key of a second way to the name, for a function that reads nothing but the URL. It takes the
 * host and the path as the URL parser writes them: to parse them would cost more than the rest.
 */
export const READS_URL: unique symbol = Symbol.for('corsmith.readsUrl')

interface ReadsUrl {
  readonly [READS_URL]: (host: string, path: string) => string | null
}

/** Tells whether `identify` reads nothing but the URL, as {@link byHost} and {@link byPath} do. */
export function readsUrlAlone<F>(identify: F): identify is F & ReadsUrl {
  return typeof identify === 'function' && READS_URL in identify
}

/** Marks a function whose answer no preflight can give. */
const NEEDS_PREFLIGHT = Symbol.for('corsmith.needsPreflight')

/**
 * Names the tenant by a request header. A preflight carries the names of headers and no values, so
 * `createTenants` then needs `preflight` too. Let the application say `Vary` with this name.
 *
 * Do not take a secret for a name: the name is a key of the store, and stands in error messages.
 * For an API key, write a function that hashes it.
 *
 * @param name the header, in any case
 * @returns a function for `identify`
 *
 * @example
 * ```ts
 * import { byHeader, createTenants, memoryStore } from 'corsmith/tenants'
 *
 * const policy = { origins: ['https://app.acme.example'], requestHeaders: ['X-Tenant'] }
 * const store = memoryStore({ acme: policy })
 * const cors = createTenants({ identify: byHeader('X-Tenant'), preflight: () => ['acme'], store })
 * ```
 */
export function byHeader(name: string): (request: Request) => string | null {
  const lower = name.toLowerCase()
  return Object.assign((request: Request) => request.headers.get(lower) ?? null, { [NEEDS_PREFLIGHT]: true })
}

/** Tells whether `identify` reads what a preflight does not carry, as far as this can be known. */
export function needsPreflight(identify: unknown): boolean {
  return typeof identify === 'function' && NEEDS_PREFLIGHT in identify
}

/**
 * Cuts the host out of an absolute URL that a parser wrote. Parsing it again would cost more than
 * the rest of the look-up.
 */
function hostOf(url: string): string {
  const start = url.indexOf('://') + 3
  const authority = url.slice(start, endOfAuthority(url, start))
  const colon = authority.lastIndexOf(':')
  return colon > authority.lastIndexOf(']') ? authority.slice(0, colon) : authority
}

function endOfPath(url: string, start: number): number {
  const query = url.indexOf('?', start)
  const fragment = url.indexOf('#', start)
  const ends = [query, fragment].filter((end) => end >= 0)
  return ends.length === 0 ? url.length : Math.min(...ends)
}

function endOfAuthority(url: string, start: number): number {
  const end = url.indexOf('/', start)
  return end < 0 ? url.length : end
}
