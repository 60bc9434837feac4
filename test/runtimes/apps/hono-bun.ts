import type { BunServer } from 'corsmith/bun'
import { createApp } from './hono.ts'

declare const Bun: { serve(options: object): unknown }

const app = createApp((request, server: BunServer) => {
  server.upgrade(request)
  return undefined as never
})
Bun.serve({
  port: Number(process.argv[2]),
  hostname: '127.0.0.1',
  development: false,
  fetch: app.fetch,
  websocket: { message: (socket: { send(data: unknown): void }, data: unknown) => socket.send(data) },
})
