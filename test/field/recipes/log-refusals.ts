import { createCors } from 'corsmith'
import { cors } from 'corsmith/hono'
import { Hono } from 'hono'

const policy = createCors({ origins: ['https://www.example.com'], methods: ['PUT'] })

export const app = new Hono()
app.use(async (c, next) => {
  const { kind, origin, refusal } = policy.decide(c.req.raw)
  if (refusal !== null) console.warn({ refusal, origin, kind, method: c.req.method, path: c.req.path })
  await next()
})
app.use(cors(policy))
app.get('/', (c) => c.text('hello'))
