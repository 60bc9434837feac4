/**
 * CORS for Fastify 4 and 5: `await app.register(cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import { checkSource, createNestingNotice, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { type FastifyCors, type FastifyRequest, fastifyPlugin } from './fastify-plugin.ts'
import { createNodeHandle } from './node-handle.ts'

export type { FastifyApp, FastifyCors, FastifyReply, FastifyRequest, FastifyRoute } from './fastify-plugin.ts'

/**
 * Makes a Fastify plugin from a policy. Register it before other plugins and hooks, and `await` the
 * registration: a hook that is added before the plugin has loaded runs first.
 *
 * The plugin covers the instance that registers it. On the root instance these are all answers,
 * 404s and errors included. In a scope with a prefix these are the routes of the scope, and the
 * plugin adds the `OPTIONS` that their preflights need.
 *
 * @param source a policy, a `Cors`, or a function of Fastify's request that gives either
 * @returns the plugin
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/fastify'
 * import Fastify from 'fastify'
 *
 * const app = Fastify()
 * await app.register(cors({ origins: ['https://app.example.com'], methods: ['PUT'] }))
 * app.put('/users/:id', async (request) => request.params)
 * await app.listen({ port: 3000 })
 * ```
 */
export function cors<const P extends PolicyInput, R extends FastifyRequest = FastifyRequest>(
  source: PolicySource<P, R>,
): FastifyCors<R> {
  return fastifyPlugin(createNodeHandle<R>(checkSource<R>(source, cors), createNestingNotice()))
}
