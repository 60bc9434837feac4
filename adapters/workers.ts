/**
 * CORS for Cloudflare Workers: around a handler of your own, or at the edge in front of an origin API.
 *
 * @module
 */

import {
  type AnyCors,
  type AsyncCors,
  type CorsPolicy,
  createResolver,
  memoizeByObject,
  type PolicyInput,
  type PolicySource,
  requireResponse,
  withArguments,
} from '../src/adapter.ts'
import { createProxy, type ProxyOptions, proxyOptionsFromEnv } from '../src/proxy.ts'

export { proxyOptionsFromEnv }

/** A bare handler. It may know more of its bindings and its context than is known here, as the method of an object may. */
export type WorkerFunction<E> = {
  handle(request: Request, env: E, ctx: WorkerContext): Response | Promise<Response>
}['handle']

/** What the default export of a Worker looks like. Handlers other than `fetch` are kept as they are. */
export interface WorkerObject<E> {
  fetch?(request: Request, env: E, ctx: WorkerContext): Response | Promise<Response>
}

/** A class that extends `WorkerEntrypoint` and has a `fetch`. */
export type WorkerClass = abstract new (
  ctx: never,
  env: never,
) => { fetch?(request: Request): Response | Promise<Response> }

/** What the adapter knows of an execution context. */
export interface WorkerContext {
  waitUntil(promise: Promise<unknown>): void
  passThroughOnException(): void
  readonly props: unknown
}

/** A policy, or a function of the bindings that gives one; it is asked once per `env` object. */
export type WorkerSource<E> = CorsPolicy | AnyCors | ((env: E) => CorsPolicy | AnyCors)

/**
 * Puts a policy around a Worker: a handler object, a `WorkerEntrypoint` class or a function. Gives back the same kind of thing.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
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
  // What a function gave is kept, not what could not be had.
  const corsFor = createResolver<E>(typeof source === 'function' ? memoizeByObject(source) : source)
  if (typeof target === 'function') {
    return (
      isClass(target)
        ? wrapClass(corsFor, target as unknown as FetchClass<E>)
        : wrapFunction(corsFor, target as WorkerFunction<E>)
    ) as T
  }
  const object = target as WorkerObject<E>
  // Where there is no fetch, what is missing is said as of a handler that forgets to answer.
  const handle = wrapFunction(corsFor, (request, env, ctx) => object.fetch?.(request, env, ctx) as Response)
  return { ...target, fetch: handle }
}

/**
 * Makes a Worker that stands in front of an origin API and owns its CORS. Options may be a function of the bindings.
 *
 * Missing or wrong configuration is answered with a 500 whose text names the variable and the cure, and printed once.
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
  // workerd hands the same `env` to every request of an isolate.
  const proxyFor = memoizeByObject(
    (env: E) => proxy ?? configured(() => make((options as (env: E) => ProxyOptions)(env))),
  )
  return { fetch: (request, env) => proxyFor(env)(request) }
}

/** workerd passes encoded bodies through, and `fetch` opens WebSockets. Cloudflare writes these headers, whatever a client sent. */
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

/** Streams of workerd's own: they hold nothing back, and a known length goes with them. */
declare const IdentityTransformStream: new () => TransformStream<Bytes, Bytes>
declare const FixedLengthStream: new (length: number) => TransformStream<Bytes, Bytes>

function through(length: number | null): TransformStream<Bytes, Bytes> {
  return length === null ? new IdentityTransformStream() : new FixedLengthStream(length)
}

/** One buffer for all parts: every part that is new to JavaScript stays in its heap until that is collected. */
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

/** The platform writes this header, whatever the client sent. */
function clientAddress(request: Request): string | null {
  return request.headers.get('CF-Connecting-IP')
}

/** A Worker that cannot start would be an error page of the platform; this one says what is missing. */
function configured(make: () => (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  try {
    return make()
  } catch (error) {
    const text = `This edge worker is not configured.\n${error instanceof Error ? error.message : String(error)}\n`
    // biome-ignore lint/suspicious/noConsole: whoever runs `wrangler dev` or reads the logs must see it.
    console.error(text)
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    return async () => new Response(text, { status: 500, headers })
  }
}

type FetchClass<E> = new (
  ...args: never[]
) => { env: E; ctx: WorkerContext; fetch(request: Request): Response | Promise<Response> }

/** `resolve` of a policy chosen per request is asked with what the handler is called with: request, bindings, context. */
function wrapFunction<E, A extends unknown[] = []>(
  corsFor: (env: E) => AnyCors,
  handler: (request: Request, env: E, ctx: WorkerContext, ...args: A) => Response | Promise<Response>,
): typeof handler {
  const checked = requireResponse(handler)
  // The wrap of a policy that was chosen once passes everything on as well.
  const wrapped = memoizeByObject((cors: AnyCors) =>
    withArguments<[E, WorkerContext, ...A]>(cors as AsyncCors).wrap(checked),
  )
  return (request, env, ...args) => wrapped(corsFor(env))(request, env, ...args)
}

function wrapClass<E>(corsFor: (env: E) => AnyCors, Target: FetchClass<E>): FetchClass<E> {
  const { fetch } = Target.prototype
  if (typeof fetch !== 'function') throw new TypeError('withCors: this class has no method fetch to wrap')
  const handle = wrapFunction<E, [InstanceType<FetchClass<E>>]>(corsFor, (request, _env, _ctx, self) =>
    fetch.call(self, request),
  )
  const { name } = Target
  // A class takes the name of the property that it is the value of.
  const named = {
    [name]: class extends Target {
      override fetch(request: Request): Response | Promise<Response> {
        return handle(request, this.env, this.ctx, this)
      }
    },
  }
  return named[name] as FetchClass<E>
}

/** The `prototype` of a class cannot be replaced, that of a function can. */
function isClass(target: unknown): boolean {
  return Object.getOwnPropertyDescriptor(target, 'prototype')?.writable === false
}
