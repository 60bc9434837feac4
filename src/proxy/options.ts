import type { CorsPolicy } from '../policy/types.ts'
import type { AnyCors } from '../server/ready.ts'
import type { Bytes } from '../spec/bytes.ts'

/**
 * What the proxy does with the `Origin` header of a request: see
 * {@link ProxyOptions.forwardOrigin}.
 */
export type ForwardOrigin = 'strip' | 'keep' | 'rewrite'

/** Options of `createProxy`. */
export interface ProxyOptions {
  /**
   * The URL of the origin API: `http:` or `https:`, without user name, query and fragment. The path
   * of a request is appended to the path of this URL. A request cannot leave that path or that
   * host.
   */
  readonly upstream: string | URL
  /** The policy of the edge. CORS headers of the origin API are removed. */
  readonly cors: CorsPolicy | AnyCors
  /**
   * Which `Origin` header the origin API receives.
   *
   * - `'strip'`: none for reads. Answers then do not depend on it, and one cache entry serves all
   *   pages.
   * - `'rewrite'`: as `'strip'`, but requests of the edge's own pages carry the origin of
   *   `upstream`.
   * - `'keep'`: the one that the client sent.
   *
   * The edge never makes a cross-site write look same-site. With `'strip'` and `'rewrite'`, a write
   * from an origin that the policy refuses is answered with 403. Any other cross-origin write keeps
   * its `Origin`, unless the policy trusts that origin with credentials. In every mode, a WebSocket
   * of a refused origin is answered with 403, and other WebSockets keep their `Origin`.
   *
   * @default 'strip'
   */
  readonly forwardOrigin?: ForwardOrigin
  /**
   * The origin under which browsers know the edge, such as `https://api.example.com`. It is sent in
   * `X-Forwarded-Host` and `X-Forwarded-Proto`, and replaces the origin API's address in answers. A
   * request that has it as its `Origin` counts as same-origin.
   *
   * @default the origin of the request's URL, which most servers take from the client's `Host`
   *   header
   */
  readonly publicOrigin?: string | URL
  /**
   * Names of request headers that a server in front of the edge sets on every request, so that a
   * client cannot forge them. The proxy passes them on. Without this it removes headers that name a
   * client, a user or a route.
   *
   * @default [], in Workers the names that Cloudflare sets
   */
  readonly trustedHeaders?: readonly string[]
  /**
   * Milliseconds that the origin API may take to begin its answer, or to accept the next part of a
   * large upload. 0 sets no limit; the runtime's `fetch` may still have one.
   *
   * @default 30_000
   */
  readonly timeoutMs?: number
  /**
   * Sends a request to the origin API.
   *
   * @default the global `fetch`
   */
  readonly fetch?: (request: Request) => Promise<Response>
  /**
   * Gives the client's address, which is sent in `X-Forwarded-For`; null sends none. A client's own
   * `X-Forwarded-For` is always removed.
   *
   * @default () => null
   */
  readonly clientAddress?: (request: Request) => string | null
  /**
   * What the runtime's `fetch` can do.
   *
   * @default { upgrades: false, decodesBodies: true }, as in Node, Deno and Bun
   */
  readonly runtime?: Runtime
}

/** Options of `createProxy` of `corsmith/runtime/proxy`: its policy was compiled. */
export interface ReadyProxyOptions extends ProxyOptions {
  /**
   * The policy of the edge: `cors` of a module that `corsmith compile js` wrote, or what
   * `perRequest` made. CORS headers of the origin API are removed.
   */
  readonly cors: AnyCors
}

/** What the proxy needs to know about a runtime. */
export interface Runtime {
  /** Whether `fetch` opens WebSockets. */
  readonly upgrades: boolean
  /** Whether `fetch` decodes the bodies of responses. */
  readonly decodesBodies: boolean
  /**
   * Makes the stream through which a large upload passes. `length` is in bytes; null if unknown.
   *
   * @default () => new TransformStream()
   */
  readonly through?: Through
  /**
   * Makes the reader of a large upload.
   *
   * @default (body) => body.getReader()
   */
  readonly readerOf?: (body: Body) => BodyReader
  /**
   * Names of request headers that the platform sets, replacing a client's.
   *
   * @default []
   */
  readonly trustedHeaders?: readonly string[]
}

/** The body of a request, as a stream. */
export type Body = ReadableStream<Bytes>

/** Makes the stream through which an upload passes. `length` is in bytes; null if unknown. */
export type Through = (length: number | null) => {
  readonly readable: Body
  readonly writable: WritableStream<Bytes>
}

/** Reads a body part by part. A part's bytes may be overwritten by the next `read`. */
export interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Bytes | undefined }>
  cancel(reason: unknown): Promise<void>
}
