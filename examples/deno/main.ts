// Deno. Run: deno serve main.ts. No permission but the network is needed.
import { withCors } from 'corsmith/deno'

/** Any Fetch handler. It knows nothing of CORS. */
async function handler(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname !== '/hello') return new Response('not found', { status: 404 })
  const name = request.method === 'PUT' ? await request.text() : 'world'
  return Response.json({ hello: name }, { headers: { ETag: '"1"' } })
}

export default withCors(
  {
    origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
    methods: ['PUT'],
    requestHeaders: ['Content-Type'],
    exposedHeaders: ['ETag'],
    maxAge: 600,
  },
  { fetch: handler },
)
