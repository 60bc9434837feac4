// A policy per route, and what each route answers. Runs as it is on Node 24, Deno and Bun: node examples/routes.ts
import { type CorsRoutes, corsRoutes } from 'corsmith/routes'

/** Narrow routes first: the first one that matches decides. */
export const cors: CorsRoutes = corsRoutes(
  [
    {
      path: '/account/*',
      policy: {
        origins: ['https://www.example.com'],
        credentials: true,
        methods: ['PUT'],
        requestHeaders: ['Content-Type'],
      },
    },
    {
      path: '/prices/:id',
      methods: ['PUT', 'DELETE'],
      policy: { origins: ['https://admin.example.com'], methods: ['PUT', 'DELETE'] },
    },
    { path: '/prices{/:id}?', policy: { origins: '*' } },
  ],
  { else: null },
)

/** Any Fetch handler. It knows nothing of CORS. */
export const fetch: (request: Request) => Promise<Response> = cors.wrap((request) =>
  Response.json({ path: new URL(request.url).pathname }),
)

/** Says which route answers, and for whom. */
async function ask(origin: string, method: string, path: string): Promise<string> {
  const url = `https://api.example.com${path}`
  const headers = { Origin: origin, 'Access-Control-Request-Method': method }
  const response = await fetch(new Request(url, { method: 'OPTIONS', headers }))
  const { routes, isAmbiguous } = cors.find(method, url)
  const places = routes.map((i) => cors.routes[i]?.path ?? 'else').join(' or ')
  const allowed = response.headers.get('Access-Control-Allow-Origin') ?? 'nobody'
  return `${method} ${path} from ${origin}: ${places}${isAmbiguous ? ', so refused' : ''} → ${allowed}`
}

if (import.meta.main) {
  console.log(await ask('https://www.example.com', 'PUT', '/account/name'))
  console.log(await ask('https://stranger.example', 'GET', '/prices/7'))
  console.log(await ask('https://stranger.example', 'PUT', '/prices/7'))
  console.log(await ask('https://www.example.com', 'GET', '/nowhere'))
  console.log(await ask('https://www.example.com', 'GET', '/%61ccount/name'))
}
