import Fastify from 'fastify'
import { middleware, respond } from './frameworks.ts'
import { upgradeWith } from './websocket.ts'

const handle = middleware()
const app = Fastify({
  // What Fastify answers before its hooks: a path that cannot be decoded.
  frameworkErrors: (error, req, reply) => handle(req.raw, reply.raw, () => reply.send(error as never)),
})
app.addHook('onRequest', (req, reply, done) => handle(req.raw, reply.raw, done))
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'string' }, (_req, body, done) => done(null, body))
app.all('/*', async (req, reply) => {
  const response = await respond(req.method, req.url, req.headers, (req.body as string | undefined) ?? '')
  if (response === null) return reply.callNotFound()
  return response === undefined ? reply.send() : reply.send(response)
})
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
upgradeWith(app.server)
