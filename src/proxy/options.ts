import type { CorsPolicy } from '../policy/types.ts'
import type { AnyCors } from '../server/source.ts'
import type { Body, BodyReader, Through } from './body.ts'

/** What becomes of the `Origin` on its way to the origin API. */
export type ForwardOrigin = 'strip' | 'keep' | 'rewrite'

/** Options of `createProxy`. */
export interface ProxyOptions {
  /** The URL of the origin API, with the path below which everything happens. Nothing a client sends changes it. */
  readonly upstream: string | URL
  /** The policy of the edge. What the origin API says of CORS itself is removed. */
  readonly cors: CorsPolicy | AnyCors
  /**
   * What the origin API sees of `Origin`. Default: `'strip'`.
   *
   * - `'strip'` removes it from reads, so that answers do not depend on it and one cache entry serves all.
   * - `'rewrite'` does the same, and writes the origin API's own origin for the edge's own pages.
   * - `'keep'` passes it on as it came.
   *
   * The edge never makes a cross-site write look same-site. With the first two it answers 403 to a write of an origin that the policy
   * refuses, and passes the real `Origin` on with any other cross-origin write, unless the policy trusts that origin with
   * credentials. WebSockets of a refused origin are a 403 in every mode, and otherwise carry their real `Origin`.
   */
  readonly forwardOrigin?: ForwardOrigin
  /**
   * The origin under which browsers know the edge, such as `https://api.example.com`. It goes into `X-Forwarded-Host`,
   * `X-Forwarded-Proto` and every address that is rewritten, and a request that names it as its `Origin` is same-origin. Default:
   * what the request's URL says, which on most servers is the client's `Host`.
   */
  readonly publicOrigin?: string | URL
  /**
   * Names of request headers that a server in front of the edge writes on every request, so that no client can. They are passed on,
   * although a client's own would be removed. Default: none; in Workers those that Cloudflare writes.
   */
  readonly trustedHeaders?: readonly string[]
  /**
   * How long the origin API may take to begin its answer, or to take the next part of a large upload, in milliseconds; 0 sets no
   * limit of ours. The runtime's `fetch` may have limits of its own. Default: 30,000.
   */
  readonly timeoutMs?: number
  /** Sends a request. Default: the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** The client's address for `X-Forwarded-For`; what the client itself claims is never passed on. Default: none is sent. */
  readonly clientAddress?: (request: Request) => string | null
  /** What the runtime's `fetch` can do. Default: neither upgrades nor bodies that stay encoded, as in Node, Deno and Bun. */
  readonly runtime?: Runtime
}

/** What a proxy needs to know of a runtime. */
export interface Runtime {
  /** Whether `fetch` opens WebSockets. */
  readonly upgrades: boolean
  /** Whether `fetch` decodes the bodies of responses. */
  readonly decodesBodies: boolean
  /** Makes what a large upload goes through. Default: a `TransformStream`. */
  readonly through?: Through
  /** Makes what reads a large upload. Default: the reader of the stream. */
  readonly readerOf?: (body: Body) => BodyReader
  /** Names of request headers that the platform writes, whatever a client sent. Default: none. */
  readonly trustedHeaders?: readonly string[]
}
