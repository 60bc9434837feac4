// The routes of test/routes in Hono, under Deno.
import { Hono } from 'hono'
import { cors } from '../../../adapters/hono.ts'
import { ROUTES, sources } from '../../routes/table.ts'

declare const Deno: {
  readonly args: readonly string[]
  serve(options: object, handler: unknown): { readonly addr: { readonly port: number } }
}

const { source } = JSON.parse(Deno.args[0] ?? '{}') as { source: keyof typeof sources }
const app = new Hono().use(cors(sources[source] as never))
for (const [name, path, methods] of ROUTES) {
  const answer = () => new Response(name, { headers: { 'X-Route': name } })
  if (methods.length === 0) app.all(path, answer)
  else app.on([...methods], path, answer)
}
const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen() {} }, app.fetch)
console.log(server.addr.port)
