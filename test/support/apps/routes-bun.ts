// The routes of test/routes in Bun's own router.
import { withCors } from '../../../adapters/bun.ts'
import { ROUTES, sources } from '../../routes/table.ts'

declare const Bun: { serve(options: object): { readonly port: number } }

const { source } = JSON.parse(process.argv[2] ?? '{}') as { source: keyof typeof sources }
const answer = (name: string) => () => new Response(name, { headers: { 'X-Route': name } })
const table: Record<string, unknown> = {}
for (const [name, path, methods] of ROUTES) {
  const own = path.replaceAll(' ', '%20')
  if (own.endsWith('/*')) table[own.slice(0, -2)] = answer(name)
  const byMethod = Object.fromEntries(methods.map((method) => [method, answer(name)]))
  if (name === 'item') table[own] = { ...(table[own] as object), GET: answer(name), POST: answer(name) }
  else table[own] = methods.length > 0 ? byMethod : answer(name)
}
const options = { routes: table as never, fetch: () => new Response('not found', { status: 404 }) }
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  ...(withCors(sources[source] as never, options as never) as object),
})
console.log(server.port)
