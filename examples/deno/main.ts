// Deno. Run: deno serve main.ts. No permission but the network is needed.
import { withCors } from 'corsmith/deno'
import { logInDevelopment } from 'corsmith/log'

// Deno Deploy gives each deployment a name. Without the permission to ask, this is a developer's machine.
const DEPLOYMENT = { name: 'env', variable: 'DENO_DEPLOYMENT_ID' } as const
const isDevelopment = Deno.permissions.querySync(DEPLOYMENT).state !== 'granted' || !Deno.env.has(DEPLOYMENT.variable)

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
