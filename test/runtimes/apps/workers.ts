import { createCors } from 'corsmith'
import { withCors } from 'corsmith/workers'
import { POLICIES, pathOf } from '../../conformance/policies.ts'
import { app, byPolicy } from './fetch.ts'

declare const WebSocketPair: new () => { 0: WebSocket; 1: WebSocket & { accept(): void } }

const { guard } = createCors(POLICIES.std)

async function handler(request: Request): Promise<Response> {
  if (pathOf(request.url) !== '/ws') return (await app(request)) as Response
  const refused = guard(request)
  if (refused) return refused
  const { 0: client, 1: server } = new WebSocketPair()
  server.accept()
  server.addEventListener('message', ({ data }) => server.send(data))
  return new Response(null, { status: 101, webSocket: client } as ResponseInit)
}

export default { fetch: byPolicy((source) => withCors(source, { fetch: handler }).fetch) }
