// Bun: its own routes, which no middleware of another framework sees. Run: PORT=8080 bun run server.ts
import { withCors } from 'corsmith/bun'
import { logInDevelopment } from 'corsmith/log'

const headers = { ETag: '"1"' }

// A default export is served, as with Bun.serve(…).
export default withCors(
  logInDevelopment({
    origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
    methods: ['PUT'],
    requestHeaders: ['Content-Type'],
    exposedHeaders: ['ETag'],
    maxAge: 600,
  }),
  {
    routes: {
      '/hello': {
        GET: Response.json({ hello: 'world' }, { headers }),
        PUT: async (request: Request) => Response.json({ hello: await request.text() }, { headers }),
      },
    },
    fetch: () => new Response('not found', { status: 404 }),
  },
)
