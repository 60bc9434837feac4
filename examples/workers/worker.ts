// Cloudflare Workers. Run: npx wrangler dev worker.ts
import { logInDevelopment } from 'corsmith/log'
import { withCors } from 'corsmith/workers'

// wrangler writes "development" or "production" here.
const isDevelopment = process.env.NODE_ENV !== 'production'

/** Any Fetch handler. It knows nothing of CORS. */
async function handler(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname !== '/hello') return new Response('not found', { status: 404 })
  const name = request.method === 'PUT' ? await request.text() : 'world'
  return Response.json({ hello: name }, { headers: { ETag: '"1"' } })
}

export default withCors(
  logInDevelopment(
    {
      origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
      methods: ['PUT'],
      requestHeaders: ['Content-Type'],
      exposedHeaders: ['ETag'],
      maxAge: 600,
    },
    { isDevelopment },
  ),
  { fetch: handler },
)
