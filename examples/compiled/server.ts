// Hono with a policy that was compiled: `npm start` writes cors.js from policy.json, and no check runs when the server starts.
import { serve } from '@hono/node-server'
import { cors } from 'corsmith/runtime/hono'
import { Hono } from 'hono'
import { answers } from './cors.js'

const app = new Hono()
app.use('/api/*', cors(answers))
app.get('/api/users', (c) => c.json([]))
app.put('/api/users/:id', (c) => c.json({ id: c.req.param('id') }))

serve({ fetch: app.fetch, port: 3000 })
