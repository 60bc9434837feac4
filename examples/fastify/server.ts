// Fastify 5. Run: PORT=8080 node server.ts
import { cors } from 'corsmith/fastify'
import { logInDevelopment } from 'corsmith/log'
import Fastify from 'fastify'

const handleCors = cors(
  logInDevelopment({
    origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
    methods: ['PUT'],
    requestHeaders: ['Content-Type'],
    exposedHeaders: ['ETag'],
    maxAge: 600,
  }),
)

// What Fastify answers before its hooks run: a path that cannot be decoded.
const app = Fastify({ frameworkErrors: handleCors.frameworkErrors })

// Before every other plugin, hook and route.
await app.register(handleCors)

app.get('/hello', (_request, reply) => reply.header('ETag', '"1"').send({ hello: 'world' }))
app.put('/hello', (request, reply) => reply.header('ETag', '"1"').send({ hello: request.body }))
app.removeContentTypeParser('text/plain')
app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

await app.listen({ port: Number(process.env.PORT ?? 8080), host: '127.0.0.1' })
