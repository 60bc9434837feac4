// Hono: the same app on Workers, Deno and Bun (`export default app`), and here on Node. Run: PORT=8080 node server.ts
import { cors } from 'corsmith/hono'
import { logInDevelopment } from 'corsmith/log'
import { Hono } from 'hono'

const app = new Hono()

// Before the routes: Hono runs what was registered first.
app.use(
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

app.get('/hello', (c) => c.json({ hello: 'world' }, 200, { ETag: '"1"' }))
app.put('/hello', async (c) => c.json({ hello: await c.req.text() }, 200, { ETag: '"1"' }))

export default app
