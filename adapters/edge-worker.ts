import { memoizeByObject } from '../src/runtime-adapter.ts'
import type { Runtime } from '../src/runtime-proxy.ts'

/** The part of an execution context that the adapter knows. */
export interface WorkerContext {
  waitUntil(promise: Promise<unknown>): void
  passThroughOnException(): void
  readonly props: unknown
}

/** A Worker that stands in front of an origin API. */
export interface EdgeWorker<E> {
  fetch(request: Request, env: E, ctx: WorkerContext): Promise<Response>
}

/** What the platform tells a proxy. */
interface Platform {
  readonly clientAddress: (request: Request) => string | null
  readonly runtime: Runtime
}

/** Makes a Worker of a proxy. The options, or a function of the bindings that gives them, are the user's. */
export function edgeWorker<E, O extends object>(
  createProxy: (options: O & Platform) => (request: Request, ...args: readonly unknown[]) => Promise<Response>,
  options: O | ((env: E) => O),
): EdgeWorker<E> {
  const make = (given: O) => createProxy({ clientAddress, runtime: WORKERD, ...given })
  const proxy = typeof options === 'function' ? null : make(options)
  // workerd passes the same `env` to every request of an isolate.
  const proxyFor = memoizeByObject((env: E) => proxy ?? makeOrExplain(() => make((options as (env: E) => O)(env))))
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
 * Makes a proxy. If it cannot, it makes a handler that answers with the reason. For a Worker that
 * throws, the platform would show an error page of its own.
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
