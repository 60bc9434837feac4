import { cors } from 'corsmith/koa'
import Koa from 'koa'
import { eachPolicy, read, respond } from './frameworks.ts'
import { upgradeWith } from './websocket.ts'

const corsOf = eachPolicy((source) => cors(source))
const app = new Koa()
app.silent = true
app.use((ctx, next) => corsOf(ctx.path)?.(ctx, next))
app.use(async (ctx) => {
  const response = await respond(ctx.method, ctx.url, ctx.headers, await read(ctx.req))
  if (response === null || response === undefined) return
  ctx.body = response
  // Koa sets the lines of a Response one after the other, and each cookie takes the place of the one before.
  if (response.headers.has('Set-Cookie')) ctx.set('Set-Cookie', response.headers.getSetCookie())
})
upgradeWith(app.listen(Number(process.argv[2]), '127.0.0.1'))
