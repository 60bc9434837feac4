/**
 * CORS for Cloudflare Workers: around a handler of your own, or at the edge in front of an origin
 * API.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { createProxy, type ProxyOptions, proxyOptionsFromEnv } from '../src/proxy.ts'
import { edgeWorker } from './edge-worker.ts'
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
  return edgeWorker<E, ProxyOptions>(createProxy, options)
}
