import type { NodeHandle } from './node-handle.ts'
import type { NodeRequest } from './node-request.ts'
import type { NodeResponse } from './node-response.ts'

/** The part of a Fastify request that the adapter uses. */
export interface FastifyRequest {
  readonly raw: NodeRequest
  readonly method: string
  /** The path with the query. */
  readonly url: string
}

/** The part of a Fastify reply that the adapter uses. */
export interface FastifyReply {
  readonly raw: NodeResponse
  callNotFound(): unknown
  // biome-ignore lint/suspicious/noExplicitAny: Fastify's own type follows the schema of the route.
  send(...payload: any[]): unknown
}

/** The part of a Fastify route that the adapter uses. */
export interface FastifyRoute {
  readonly method: string | string[]
  readonly url: string
  readonly routePath: string
  readonly prefixTrailingSlash?: 'slash' | 'no-slash' | 'both'
  readonly constraints?: object
}

/** The part of a Fastify instance that the adapter uses. */
export interface FastifyApp {
  readonly prefix: string
  // biome-ignore lint/suspicious/noExplicitAny: Fastify's own type has one overload for each hook.
  addHook(name: any, hook: (...args: any[]) => unknown): unknown
  hasRoute(route: { url: string; method: string; constraints?: object }): boolean
  // biome-ignore lint/suspicious/noExplicitAny: Fastify's own type has parameters for every schema.
  options(path: string, options: object, handler: (request: any, reply: any) => unknown): unknown
}

/** A plugin of Fastify, with the answer to what Fastify refuses before its hooks run. */
export interface FastifyCors<R extends FastifyRequest = FastifyRequest> {
  (app: FastifyApp, options: unknown, done: () => void): void
  /**
   * Pass it to `Fastify({ frameworkErrors })`. Fastify answers a path that cannot be decoded before
   * its hooks run. With this function a page can read that answer too.
   */
  readonly frameworkErrors: (error: unknown, request: R, reply: FastifyReply) => void
}

/** Makes the plugin of Fastify of the steps that all adapters of Node share. */
export function fastifyPlugin<R extends FastifyRequest>(handle: NodeHandle<R>): FastifyCors<R> {
  const plugin = (app: FastifyApp, _options: unknown, done: () => void): void => {
    app.addHook('onRequest', (request: R, reply: FastifyReply, next: () => void) =>
      handle(request, request.raw, reply.raw, next),
    )
    if (app.prefix !== '') app.addHook('onRoute', addOptions)
    done()
  }
  return Object.assign(plugin, {
    frameworkErrors: renderer(handle),
    // Fastify gives a plugin a scope of its own unless it says that it wants none.
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: 'corsmith',
  })
}

function renderer<R extends FastifyRequest>(handle: NodeHandle<R>): FastifyCors<R>['frameworkErrors'] {
  return (error, request, reply) => handle(request, request.raw, reply.raw, () => void reply.send(error))
}

/**
 * Gives the URL of a route an `OPTIONS`. Without it a preflight has no route in the scope, and so
 * does not meet the hooks of the scope. An `OPTIONS` that is not a preflight is answered as before.
 */
function addOptions(
  this: FastifyApp,
  { url, routePath, prefixTrailingSlash, constraints, method }: FastifyRoute,
): void {
  const route = { url, method: 'OPTIONS', ...(constraints && { constraints }) }
  if ([method].flat().includes('OPTIONS') || this.hasRoute(route)) return
  // Fastify serves the root of a scope with and without the final slash.
  const path = routePath === '' ? '/' : routePath
  const options = {
    schema: { hide: true },
    ...(constraints && { constraints }),
    ...(prefixTrailingSlash && { prefixTrailingSlash }),
  }
  this.options(path, options, (_request, reply: FastifyReply) => void reply.callNotFound())
}
