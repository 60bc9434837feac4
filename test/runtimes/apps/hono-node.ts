import { serve } from '@hono/node-server'
import { createApp } from './hono.ts'
import { upgradeWith } from './websocket.ts'

const app = createApp(() => new Response(null, { status: 426 }))
upgradeWith(serve({ fetch: app.fetch, port: Number(process.argv[2]), hostname: '127.0.0.1' }))
