// A notes API on Hono: one front end, without cookies.
import { Hono } from 'hono'
import { cors } from 'hono/cors'

export const app = new Hono()
app.use('*', cors({ origin: ['http://localhost:43001'], exposeHeaders: ['X-Total'] }))
