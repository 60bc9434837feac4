import { checkNames, readForwardOrigin, readFunction, readNames, readPublicOrigin, readTimeout } from './checks.ts'
import type { ForwardOrigin, ProxyOptions, Runtime } from './options.ts'
import { readUpstream, type Upstream } from './target.ts'

/** Options that were checked, with what holds where nothing was said. */
export interface Settings {
  readonly upstream: Upstream
  readonly forwardOrigin: ForwardOrigin
  /** Null where the URL of each request has to say it. */
  readonly publicOrigin: string | null
  /** In lower case. */
  readonly trusted: ReadonlySet<string>
  readonly timeoutMs: number
  readonly send: (request: Request) => Promise<Response>
  readonly clientAddress: (request: Request) => string | null
  readonly runtime: Runtime
}

/**
 * Reads the options of a proxy, but for its policy.
 *
 * @throws {TypeError} for an option that is unknown or wrong.
 */
export function readSettings(options: ProxyOptions): Settings {
  checkNames(options)
  const runtime = options.runtime ?? { upgrades: false, decodesBodies: true }
  const trusted = [...readNames(options.trustedHeaders ?? [], 'trustedHeaders'), ...(runtime.trustedHeaders ?? [])]
  return {
    upstream: readUpstream(options.upstream),
    forwardOrigin: readForwardOrigin(options.forwardOrigin ?? 'strip', 'forwardOrigin'),
    publicOrigin: options.publicOrigin === undefined ? null : readPublicOrigin(options.publicOrigin, 'publicOrigin'),
    trusted: new Set(trusted.map((name) => name.toLowerCase())),
    timeoutMs: readTimeout(options.timeoutMs ?? 30_000, 'timeoutMs'),
    send: readFunction(options.fetch, (request: Request) => fetch(request), 'fetch'),
    clientAddress: readFunction(options.clientAddress, () => null, 'clientAddress'),
    runtime,
  }
}

/** The address under which a browser knows what it asked for. The path is never resolved, so `//evil.example` stays a path. */
export function publicUrl(url: URL, publicOrigin: string | null): URL {
  return publicOrigin === null ? url : new URL(`${publicOrigin}${url.pathname}${url.search}`)
}
