/**
 * CORS for Cloudflare Workers: around a handler of your own, or at the edge in front of an origin
 * API.
 *
 * @module
 */

import { checkSource, memoizeByObject, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { createProxy, type ProxyOptions, proxyOptionsFromEnv } from '../src/proxy.ts'
import {
  withCors as readyWithCors,
  type WorkerClass,
  type WorkerContext,
  type WorkerFunction,
  type WorkerObject,
} from './runtime/workers.ts'

export type { WorkerClass, WorkerContext, WorkerFunction, WorkerObject } from './runtime/workers.ts'
export { proxyOptionsFromEnv }

/**
 * Puts a policy around a Worker: a handler object, a `WorkerEntrypoint` class or a function.
 *
 * @param source a policy, a `Cors`, or a function of the bindings that gives either. The function
 *   is called once per `env` object.
 * @param target the Worker. Handlers other than `fetch` are kept as they are.
 * @returns the same kind of thing as `target`
 * @throws {TypeError} when a class has no method `fetch`
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { withCors } from 'corsmith/workers'
 *
 * export default withCors(
 *   { origins: ['https://app.example.com'] },
 *   { fetch: async (request: Request) => Response.json({ path: new URL(request.url).pathname }) },
 * )
 * ```
 */
export function withCors<const P extends PolicyInput, E, T extends WorkerFunction<E> | WorkerObject<E> | WorkerClass>(
  source: PolicySource<P, E>,
  target: T,
): T {
  return readyWithCors<E, T>(checkSource<E>(source, withCors), target)
}

/**
 * Makes a Worker that stands in front of an origin API and answers for its CORS.
 *
 * If the configuration is missing or wrong, every request gets a 500. Its text names the variable
 * and the cure, and is printed once.
 *
 * @param options the options of `createProxy`, or a function of the bindings that gives them
 * @returns the default export of the Worker
 * @throws {TypeError} for an option that is unknown or wrong, if the options are passed directly
 * @throws {CorsPolicyError} for a policy with a defect, if the options are passed directly
 *
 * @example
 * ```ts
 * import { createEdgeProxy, proxyOptionsFromEnv } from 'corsmith/workers'
 *
 * export default createEdgeProxy(proxyOptionsFromEnv)
 * ```
 */
export function createEdgeProxy<E = unknown>(
  options: ProxyOptions | ((env: E) => ProxyOptions),
): {
  fetch(request: Request, env: E, ctx: WorkerContext): Promise<Response>
} {
  const make = (given: ProxyOptions) => createProxy({ clientAddress, runtime: WORKERD, ...given })
  const proxy = typeof options === 'function' ? null : make(options)
  // workerd passes the same `env` to every request of an isolate.
  const proxyFor = memoizeByObject(
    (env: E) => proxy ?? makeOrExplain(() => make((options as (env: E) => ProxyOptions)(env))),
  )
  return { fetch: (request, env, ctx) => proxyFor(env)(request, env, ctx) }
}

/**
 * workerd leaves bodies encoded, and its `fetch` opens WebSockets. Cloudflare replaces these
 * headers of a client.
 */
const WORKERD = {
  upgrades: true,
  decodesBodies: false,
  through,
  readerOf,
  trustedHeaders: [
    'CF-Connecting-IP',
    'CF-Connecting-IPv6',
    'CF-IPCountry',
    'CF-Pseudo-IPv4',
    'CF-Visitor',
    'CF-Worker',
  ],
} as const

type Bytes = Uint8Array<ArrayBuffer>

/** Streams of workerd. They do not buffer, and the second one tells `fetch` the length. */
declare const IdentityTransformStream: new () => TransformStream<Bytes, Bytes>
declare const FixedLengthStream: new (length: number) => TransformStream<Bytes, Bytes>

function through(length: number | null): TransformStream<Bytes, Bytes> {
  return length === null ? new IdentityTransformStream() : new FixedLengthStream(length)
}

/**
 * Reads all parts into one buffer. A new buffer per part would stay in memory until the next
 * garbage collection.
 */
function readerOf(body: ReadableStream<Bytes>): {
  read(): Promise<{ readonly done: boolean; readonly value?: Bytes | undefined }>
  cancel(reason: unknown): Promise<void>
} {
  const reader = body.getReader({ mode: 'byob' })
  let buffer = new ArrayBuffer(65_536)
  return {
    async read() {
      const result = await reader.read(new Uint8Array(buffer))
      if (result.value !== undefined) buffer = result.value.buffer
      return result
    },
    cancel: (reason) => reader.cancel(reason),
  }
}

/** Cloudflare replaces this header of a client, so it can be trusted. */
function clientAddress(request: Request): string | null {
  return request.headers.get('CF-Connecting-IP')
}

/**
 * Makes a proxy, or a handler that explains why there is none. A Worker that throws would show an
 * error page of the platform.
 */
function makeOrExplain(make: () => (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  try {
    return make()
  } catch (error) {
    const text = `This edge worker is not configured.\n${error instanceof Error ? error.message : String(error)}\n`
    // biome-ignore lint/suspicious/noConsole: the logs, and the terminal of `wrangler dev`, must show it.
    console.error(text)
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    return async () => new Response(text, { status: 500, headers })
  }
}
