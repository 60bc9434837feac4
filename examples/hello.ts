// A policy, a handler, and what a browser would be told. Runs as it is on Node, Deno and Bun: node examples/hello.ts
import { createCors } from 'corsmith'

const cors = createCors({
  origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
  methods: ['PUT'],
  requestHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
})

/** Any Fetch handler. It knows nothing of CORS. */
async function handler(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname !== '/hello') return new Response('not found', { status: 404 })
  const name = request.method === 'PUT' ? await request.text() : 'world'
  return Response.json({ hello: name }, { headers: { ETag: '"1"' } })
}

/** The same handler, whose every answer is right: `export default { fetch }` serves it on Workers, Deno and Bun. */
export const fetch: (request: Request) => Promise<Response> = cors.wrap(handler)

/** Asks as a page of an origin would, and writes down what comes back. */
async function ask(origin: string, path: string, init: RequestInit): Promise<string> {
  const headers = { ...init.headers, Origin: origin }
  const response = await fetch(new Request(`https://api.example.com${path}`, { ...init, headers }))
  const told = [...response.headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary')
  const lines = told.map(([name, value]) => `  ${name}: ${value}`)
  return [`${init.method} ${path} from ${origin} → ${response.status}`, ...lines].join('\n')
}

if (import.meta.main) {
  const preflight = { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } }
  console.log(await ask('https://app.example.com', '/hello', preflight))
  console.log(await ask('https://app.example.com', '/hello', { method: 'PUT', body: 'Ada' }))
  console.log(await ask('https://app.example.com', '/nowhere', { method: 'GET' }))
  console.log(await ask('https://stranger.example', '/hello', preflight))
  console.log(await ask('https://stranger.example', '/hello', { method: 'GET' }))
}
