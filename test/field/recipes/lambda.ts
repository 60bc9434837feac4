import { cors } from 'corsmith/hono'
import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'

const app = new Hono()
app.use(cors({ origins: ['https://www.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] }))
app.get('/items', (c) => c.json([]))

export const handler = handle(app)
