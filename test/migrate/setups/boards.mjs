// A board's API on Fastify: every page, with cookies, and the methods of the plugin.
import cors from '@fastify/cors'

export async function register(fastify) {
  await fastify.register(cors, { origin: true, credentials: true, exposedHeaders: ['Content-Disposition', 'X-Total'] })
}
