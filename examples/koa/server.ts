// Koa 3. Run: PORT=8080 node server.ts
import { cors } from 'corsmith/koa'
import { logInDevelopment } from 'corsmith/log'
import Koa from 'koa'

const app = new Koa()

// Before everything else: a preflight is answered here.
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

app.use(async (ctx) => {
  if (ctx.path !== '/hello') return
  let name = ctx.method === 'PUT' ? '' : 'world'
  if (ctx.method === 'PUT') for await (const chunk of ctx.req) name += chunk
  ctx.set('ETag', '"1"')
  ctx.body = { hello: name }
})

app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1')
