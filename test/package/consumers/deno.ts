// A program of Deno's users, checked with Deno's own types.
import { withCors } from 'corsmith/deno'

const policy = { origins: ['https://app.example.com'], methods: ['PUT'] } as const

Deno.serve(withCors(policy, (request) => new Response(request.url)))
Deno.serve(
  { port: 8000 },
  withCors(policy, (_request: Request, info: Deno.ServeHandlerInfo) => Response.json(info.remoteAddr)),
)
Deno.serve(
  withCors(policy, {
    port: 8000,
    handler: (request: Request) => new Response(request.url),
    onError: () => new Response(),
  }),
)

export default withCors(policy, { fetch: (request) => new Response(request.url) }) satisfies Deno.ServeDefaultExport
