/**
 * CORS for Fastify 4 and 5 with a compiled policy: `await app.register(plugin(cors))`.
 *
 * @module
 */

import type { AnyCors, ChoosingSource } from '../../src/runtime-adapter.ts'
import { type FastifyCors, type FastifyRequest, fastifyPlugin } from '../fastify-plugin.ts'
import { createNodeHandle } from '../node-handle.ts'

export type { FastifyApp, FastifyCors, FastifyReply, FastifyRequest, FastifyRoute } from '../fastify-plugin.ts'

/**
 * Makes a Fastify plugin from a compiled policy. Register it before other plugins and hooks, and `await` the
 * registration: a hook that is added before the plugin has loaded runs first.
 *
 * The plugin covers the instance that registers it. On the root instance these are all answers,
 * 404s and errors included. In a scope with a prefix these are the routes of the scope, and the
 * plugin adds the `OPTIONS` that their preflights need.
 *
 * @param source `cors` of a module that `corsmith compile js` wrote, or what `perRequest` and
 *   `choose` made
 * @returns the plugin
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Cors } from 'corsmith/runtime'
 * import { cors as plugin } from 'corsmith/runtime/fastify'
 * import Fastify from 'fastify'
 * declare const cors: Cors // import { cors } from './cors.js'
 *
 * const app = Fastify()
 * await app.register(plugin(cors))
 * app.put('/users/:id', async (request) => request.params)
 * await app.listen({ port: 3000 })
 * ```
 */
export function cors<R extends FastifyRequest = FastifyRequest>(source: AnyCors | ChoosingSource<R>): FastifyCors<R> {
  return fastifyPlugin(createNodeHandle<R>(source, null))
}
