// A program of Bun's users, checked with Bun's own types.
import { withCors } from 'corsmith/bun'

const policy = { origins: ['https://app.example.com'], methods: ['PUT'] } as const

Bun.serve(withCors(policy, { fetch: (request) => new Response(request.url) }))

Bun.serve(
  withCors(policy, {
    port: 3000,
    routes: {
      '/users/:id': { GET: (request) => Response.json(request.params), PUT: new Response('put') },
      '/typed/:id': (request: Bun.BunRequest<'/typed/:id'>) => new Response(request.params.id),
      '/file': Bun.file('file.txt'),
      '/off': false,
    },
    fetch(request, server) {
      return server.upgrade(request) ? undefined : new Response('not found', { status: 404 })
    },
    error: (error: Error) => new Response(error.message, { status: 500 }),
    websocket: { message: (socket, message) => void socket.send(message) },
  }),
)
