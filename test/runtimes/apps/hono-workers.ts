import { createApp } from './hono.ts'

declare const WebSocketPair: new () => { 0: WebSocket; 1: WebSocket & { accept(): void } }

export default createApp(() => {
  const { 0: client, 1: server } = new WebSocketPair()
  server.accept()
  server.addEventListener('message', ({ data }) => server.send(data))
  return new Response(null, { status: 101, webSocket: client } as ResponseInit)
})
