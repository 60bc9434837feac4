// Hono with a policy that was compiled: `npm start` writes cors.js from policy.json, and no check runs when the server starts.
import { serve } from '@hono/node-server'
import { cors } from 'corsmith/runtime/hono'
import { Hono } from 'hono'
import { answers, cors as policy } from './cors.js'

// The log brings the checks with it, so production does not load it.
const isDevelopment = process.env.NODE_ENV !== 'production'
const logged = isDevelopment ? (await import('corsmith/log')).logInDevelopment(policy) : answers

const app = new Hono()
app.use('/api/*', cors(logged))
app.get('/api/users', (c) => c.json([]))
app.put('/api/users/:id', (c) => c.json({ id: c.req.param('id') }))

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
