/**
 * CORS for Cloudflare Workers with a compiled policy: around a handler of your own, or at the edge
 * in front of an origin API.
 *
 * @module
 */

import {
  type AsyncCors,
  createReadyResolver,
  memoizeByObject,
  type Ready,
  type ReadySource,
  requireResponse,
  withArguments,
} from '../../src/runtime-adapter.ts'
import { createProxy, type ReadyProxyOptions } from '../../src/runtime-proxy.ts'
import { edgeWorker, type WorkerContext } from '../edge-worker.ts'

export type { WorkerContext } from '../edge-worker.ts'

/**
 * A bare handler. It is typed as a method, so that yours may name more precise types of `env` and
 * `ctx`.
 */
export type WorkerFunction<E> = {
  handle(request: Request, env: E, ctx: WorkerContext): Response | Promise<Response>
}['handle']

/** The default export of a Worker. Handlers other than `fetch` are kept as they are. */
export interface WorkerObject<E> {
  fetch?(request: Request, env: E, ctx: WorkerContext): Response | Promise<Response>
}

/** A class that extends `WorkerEntrypoint` and has a `fetch`. */
export type WorkerClass = abstract new (
  ctx: never,
  env: never,
) => { fetch?(request: Request): Response | Promise<Response> }

/**
 * Puts a policy around a Worker: a handler object, a `WorkerEntrypoint` class or a function.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @param target the Worker. Handlers other than `fetch` are kept as they are.
 * @returns the same kind of thing as `target`
 * @throws {TypeError} for a policy that was not compiled, and for a class without a method `fetch`
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Answering } from 'corsmith/runtime'
 * import { withCors } from 'corsmith/runtime/workers'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * export default withCors(
 *   answers,
 *   { fetch: async (request: Request) => Response.json({ path: new URL(request.url).pathname }) },
 * )
 * ```
 */
export function withCors<E, T extends WorkerFunction<E> | WorkerObject<E> | WorkerClass>(
  source: ReadySource<E>,
  target: T,
): T {
  // The result of a function is kept per `env`. A failure is not kept: the next request tries
  // again.
  const corsFor = createReadyResolver<E>(source, memoizeByObject)
  if (typeof target === 'function') {
    return (
      isClass(target)
        ? wrapClass(corsFor, target as unknown as FetchClass<E>)
        : wrapFunction(corsFor, target as WorkerFunction<E>)
    ) as T
  }
  const object = target as WorkerObject<E>
  // Without a fetch, the error is that of a handler that returns no Response.
  const handle = wrapFunction(corsFor, (request, env, ctx) => object.fetch?.(request, env, ctx) as Response)
  return { ...target, fetch: handle }
}

/**
 * Makes a Worker that stands in front of an origin API and answers for its CORS, with a compiled
 * policy.
 *
 * If the configuration is missing or wrong, every request gets a 500. Its text names the option and
 * the cure, and is printed once.
 *
 * @param options the options of `createProxy` of `corsmith/runtime/proxy`, or a function of the
 *   bindings that gives them
 * @returns the default export of the Worker
 * @throws {TypeError} for an option that is unknown or wrong, if the options are passed directly
 *
 * @example
 * ```ts
 * import type { Cors } from 'corsmith/runtime'
 * import { createEdgeProxy } from 'corsmith/runtime/workers'
 * declare const cors: Cors // import { cors } from './cors.js'
 *
 * export default createEdgeProxy((env: { UPSTREAM: string }) => ({ upstream: env.UPSTREAM, cors }))
 * ```
 */
export function createEdgeProxy<E = unknown>(
  options: ReadyProxyOptions | ((env: E) => ReadyProxyOptions),
): {
  fetch(request: Request, env: E, ctx: WorkerContext): Promise<Response>
} {
  return edgeWorker<E, ReadyProxyOptions>(createProxy, options)
}

type FetchClass<E> = new (
  ...args: never[]
) => { env: E; ctx: WorkerContext; fetch(request: Request): Response | Promise<Response> }

/**
 * Wraps a handler. `resolve` of `perRequest` gets the handler's arguments: request, bindings,
 * context.
 */
function wrapFunction<E, A extends unknown[] = []>(
  corsFor: (env: E) => Ready,
  handler: (request: Request, env: E, ctx: WorkerContext, ...args: A) => Response | Promise<Response>,
): typeof handler {
  const checked = requireResponse(handler)
  // A Cors that was chosen once takes the same arguments in its `wrap`.
  const wrapped = memoizeByObject((cors: Ready) =>
    withArguments<[E, WorkerContext, ...A]>(cors as AsyncCors).wrap(checked),
  )
  return (request, env, ...args) => wrapped(corsFor(env))(request, env, ...args)
}

function wrapClass<E>(corsFor: (env: E) => Ready, Target: FetchClass<E>): FetchClass<E> {
  const { fetch } = Target.prototype
  if (typeof fetch !== 'function') throw new TypeError('withCors: this class has no method fetch to wrap')
  const handle = wrapFunction<E, [InstanceType<FetchClass<E>>]>(corsFor, (request, _env, _ctx, self) =>
    fetch.call(self, request),
  )
  const { name } = Target
  // A class expression takes the name of its property, so the wrapped class keeps its name.
  const named = {
    [name]: class extends Target {
      override fetch(request: Request): Response | Promise<Response> {
        return handle(request, this.env, this.ctx, this)
      }
    },
  }
  return named[name] as FetchClass<E>
}

/** Recognizes a class: its `prototype` is not writable, a function's is. */
function isClass(target: unknown): boolean {
  return Object.getOwnPropertyDescriptor(target, 'prototype')?.writable === false
}
