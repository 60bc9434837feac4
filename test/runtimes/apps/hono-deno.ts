import { createApp } from './hono.ts'

declare const Deno: {
  args: string[]
  serve(options: object, handler: unknown): unknown
  upgradeWebSocket(request: Request): { socket: WebSocket; response: Response }
}

const app = createApp((request) => {
  const { socket, response } = Deno.upgradeWebSocket(request)
  socket.onmessage = ({ data }) => socket.send(data)
  return response
})
Deno.serve({ port: Number(Deno.args[0]), hostname: '127.0.0.1' }, app.fetch)
