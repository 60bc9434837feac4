import { cors } from 'corsmith/fastify'
import Fastify from 'fastify'
import { nameOf } from '../../conformance/policies.ts'
import { respond } from './frameworks.ts'
import { sourceOf } from './sources.ts'
import { upgradeWith } from './websocket.ts'

const handleCors = cors((request) => sourceOf(nameOf(request.url)))
// What Fastify answers before its hooks: a path that cannot be decoded.
const app = Fastify({ frameworkErrors: handleCors.frameworkErrors })
await app.register(handleCors)
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'string' }, (_req, body, done) => done(null, body))
app.all('/*', async (req, reply) => {
  const response = await respond(req.method, req.url, req.headers, (req.body as string | undefined) ?? '')
  if (response === null) return reply.callNotFound()
  return response === undefined ? reply.send() : reply.send(response)
})
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
upgradeWith(app.server)
