// Koa 3. Run: PORT=8080 node server.ts
import { cors } from 'corsmith/node'
import Koa from 'koa'

const handle = cors({
  origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
  methods: ['PUT'],
  requestHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
})

const app = new Koa()

// Before everything else. A preflight is answered here, and Koa has nothing to add.
app.use(async (ctx, next) => {
  const isPassed = await new Promise((resolve) => {
    ctx.res.once('close', () => resolve(false))
    handle(ctx.req, ctx.res, () => resolve(true))
  })
  if (isPassed) await next()
  else ctx.respond = false
})

app.use(async (ctx) => {
  if (ctx.path !== '/hello') return
  let name = ctx.method === 'PUT' ? '' : 'world'
  if (ctx.method === 'PUT') for await (const chunk of ctx.req) name += chunk
  ctx.set('ETag', '"1"')
  ctx.body = { hello: name }
})

app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1')
