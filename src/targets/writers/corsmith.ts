import { type OwnTarget, own } from '../row.ts'

/** Runtimes and frameworks that run corsmith itself. */

const ELSEWHERE = 'Remove every other CORS middleware, and the lines of a proxy in front that set Access-Control-…'
const FIRST = 'Above every route and every other middleware: a preflight must not meet authentication.'

export const fetchHandler: OwnTarget<'fetch'> = own({
  name: 'fetch',
  title: 'any Fetch handler',
  kind: 'code',
  language: 'ts',
  where: 'Around the whole handler, errors and 404s included.',
  removes: `${ELSEWHERE}; what the handler sets itself is replaced.`,
  proof: 'run',
  write: (policy) => `import { createCors } from 'corsmith'

const cors = createCors(${policy})
export default { fetch: cors.wrap(handler) }`,
})

export const hono: OwnTarget<'hono'> = own({
  name: 'hono',
  title: 'Hono',
  kind: 'code',
  language: 'ts',
  where: FIRST,
  removes: `Remove cors() of hono/cors. ${ELSEWHERE}; what handlers set themselves is replaced.`,
  proof: 'run',
  write: (policy) => `import { cors } from 'corsmith/hono'
import { Hono } from 'hono'

const app = new Hono()
app.use('*', cors(${policy}))`,
})

export const workers: OwnTarget<'workers'> = own({
  name: 'workers',
  title: 'Cloudflare Workers',
  kind: 'code',
  language: 'ts',
  where:
    'The default export of the Worker. Static assets are answered before it unless run_worker_first says otherwise.',
  removes: `Remove response header transform rules and Snippets that set Access-Control-…; what the handler sets itself is replaced.`,
  proof: 'run',
  write: (policy) => `import { withCors } from 'corsmith/workers'

export default withCors(${policy}, { fetch: handler })`,
})

export const next: OwnTarget<'next'> = own({
  name: 'next',
  title: 'Next.js',
  kind: 'code',
  language: 'ts',
  where: 'In proxy.ts beside app/ (middleware.ts before Next 16, with an export named middleware).',
  removes:
    'Remove Access-Control-… below headers() in next.config, in vercel.json, and OPTIONS exports of route handlers.',
  proof: 'run',
  write: (policy) => `import { proxy as cors } from 'corsmith/next'

export const proxy = cors(${policy})
export const config = { matcher: '/api/:path*' }`,
})

export const sveltekit: OwnTarget<'sveltekit'> = own({
  name: 'sveltekit',
  title: 'SvelteKit',
  kind: 'code',
  language: 'ts',
  where: 'In src/hooks.server.ts, first in a sequence(…).',
  removes: 'Remove OPTIONS exports of +server.ts, and every setHeaders of Access-Control-….',
  proof: 'run',
  write: (policy) => `import { cors } from 'corsmith/sveltekit'

export const handle = cors(${policy})`,
})

export const astro: OwnTarget<'astro'> = own({
  name: 'astro',
  title: 'Astro',
  kind: 'code',
  language: 'ts',
  where: 'In src/fetch.ts.',
  removes: 'Remove a middleware that sets Access-Control-…, and OPTIONS exports of endpoints.',
  proof: 'run',
  write: (policy) => `import { astro, FetchState } from 'astro/fetch'
import { withCors } from 'corsmith/astro'

export default withCors(${policy}, { fetch: (request) => astro(new FetchState(request)) })`,
})

export const h3: OwnTarget<'h3'> = own({
  name: 'h3',
  title: 'h3 and Nitro',
  kind: 'code',
  language: 'ts',
  where: 'Before serve(app). In Nitro 3 there is no app: "export default plugin" in plugins/cors.ts.',
  removes: 'Remove handleCors(…), and "cors: true" of routeRules.',
  proof: 'run',
  write: (policy) => `import { cors } from 'corsmith/h3'
import { H3 } from 'h3'

const plugin = cors(${policy})
const app = new H3().register(plugin)`,
})

export const elysia: OwnTarget<'elysia'> = own({
  name: 'elysia',
  title: 'Elysia',
  kind: 'code',
  language: 'ts',
  install: 'bun add corsmith',
  where: 'On the root application; it covers all plugins.',
  removes: 'Remove cors() of @elysiajs/cors, and set.headers of Access-Control-….',
  proof: 'run',
  write: (policy) => `import { cors } from 'corsmith/elysia'
import { Elysia } from 'elysia'

new Elysia().use(cors(${policy}))`,
})

export const reactRouter: OwnTarget<'react-router'> = own({
  name: 'react-router',
  title: 'React Router',
  kind: 'code',
  language: 'ts',
  where: 'Around the request handler of the server.',
  removes: 'Remove headers exports of routes that set Access-Control-….',
  proof: 'run',
  write: (policy) => `import { withCors } from 'corsmith/react-router'
import { createRequestHandler } from 'react-router'

export default { fetch: withCors(${policy}, createRequestHandler(build)) }`,
})

export const deno: OwnTarget<'deno'> = own({
  name: 'deno',
  title: 'Deno',
  kind: 'code',
  language: 'ts',
  install: 'deno add npm:corsmith',
  where: 'Around the handler that Deno.serve gets.',
  removes: `${ELSEWHERE}; what the handler sets itself is replaced.`,
  proof: 'run',
  write: (policy) => `import { withCors } from 'corsmith/deno'

Deno.serve(withCors(${policy}, handler))`,
})

export const bun: OwnTarget<'bun'> = own({
  name: 'bun',
  title: 'Bun',
  kind: 'code',
  language: 'ts',
  install: 'bun add corsmith',
  where: 'Around all the options of Bun.serve, routes included.',
  removes: `${ELSEWHERE}; what handlers set themselves is replaced.`,
  proof: 'run',
  write: (policy) => `import { withCors } from 'corsmith/bun'

Bun.serve(withCors(${policy}, { fetch: handler }))`,
})
