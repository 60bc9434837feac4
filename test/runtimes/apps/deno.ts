import { createCors } from 'corsmith'
import { withCors } from 'corsmith/deno'
import { POLICIES, pathOf } from '../../conformance/policies.ts'
import { app, byPolicy } from './fetch.ts'

declare const Deno: {
  args: string[]
  serve(options: object, handler: unknown): unknown
  upgradeWebSocket(request: Request): { socket: WebSocket; response: Response }
}

const { guard } = createCors(POLICIES.std)

async function handler(request: Request): Promise<Response> {
  if (pathOf(request.url) !== '/ws') return (await app(request)) as Response
  const refused = guard(request)
  if (refused) return refused
  const { socket, response } = Deno.upgradeWebSocket(request)
  socket.onmessage = ({ data }) => socket.send(data)
  return response
}

const fetch = byPolicy((source) => withCors(source, handler))

if (import.meta.main && Deno.args[0]) Deno.serve({ port: Number(Deno.args[0]), hostname: '127.0.0.1' }, fetch)

// `deno serve` takes the default export.
export default { fetch: byPolicy((source) => withCors(source, { fetch: handler }).fetch) }
