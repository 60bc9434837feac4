// Elysia on Bun. Run: PORT=8080 bun run server.ts
import { cors } from 'corsmith/elysia'
import { logInDevelopment } from 'corsmith/log'
import { Elysia } from 'elysia'

new Elysia()
  .use(
    cors(
      logInDevelopment({
        origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
        methods: ['PUT'],
        requestHeaders: ['Content-Type'],
        exposedHeaders: ['ETag'],
        maxAge: 600,
      }),
    ),
  )
  .onRequest(({ set }) => {
    set.headers.etag = '"1"'
  })
  .get('/hello', () => ({ hello: 'world' }))
  .put('/hello', ({ body }) => ({ hello: body }), { parse: 'text' })
  .listen(Number(process.env.PORT ?? 8080))
