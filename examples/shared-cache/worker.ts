// A shared cache inside the policy, on Cloudflare Workers. Run: npx wrangler dev worker.ts
import { logInDevelopment } from 'corsmith/log'
import { withCors } from 'corsmith/workers'

// wrangler writes "development" or "production" here.
const isDevelopment = process.env.NODE_ENV !== 'production'

/** The part of the platform's cache that is used. */
interface EdgeCache {
  match(key: Request): Promise<Response | undefined>
  put(key: Request, response: Response): Promise<void>
}

/** The part of the context that is used. */
interface Context {
  waitUntil(promise: Promise<unknown>): void
}

/** The API. It knows nothing of CORS, so its answer is the same for every origin. */
async function api(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const body = { path: pathname, made: crypto.randomUUID() }
  return Response.json(body, { headers: { 'Cache-Control': 'public, max-age=60', ETag: `"${body.made}"` } })
}

/** Keeps answers of the API. The key is the URL: it has no Origin, so all pages share one entry. */
async function cached(request: Request, _env: unknown, context: Context): Promise<Response> {
  if (request.method !== 'GET') return api(request)
  const cache = (caches as unknown as { default: EdgeCache }).default
  const key = new Request(request.url)
  const known = await cache.match(key)
  if (known !== undefined) return known
  const answer = await api(request)
  if (answer.ok) context.waitUntil(cache.put(key, answer.clone()))
  return answer
}

// The policy is outside. It puts each page's own headers on what the cache gives.
export default withCors(
  logInDevelopment(
    {
      origins: ['https://app.example.com', 'https://admin.example.com'],
      credentials: true,
      exposedHeaders: ['ETag'],
      maxAge: 600,
    },
    { isDevelopment },
  ),
  { fetch: cached },
)
