import type { CorsPolicy } from '../../policy/types.ts'
import { CLOUDS } from './clouds.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { SERVERS } from './servers.ts'
import { plain, policySource } from './source.ts'
import type { Target } from './targets.ts'

type Write = (policy: string) => string

/** Adapters of corsmith: the policy is written as it is. */
const OWN: Partial<Record<Target, Write>> = {
  fetch: (policy) => `import { createCors } from 'corsmith'

const cors = createCors(${policy})
export default { fetch: cors.wrap(handler) }`,
  hono: (policy) => `import { cors } from 'corsmith/hono'
import { Hono } from 'hono'

const app = new Hono()
app.use('*', cors(${policy})) // above every route and every other middleware`,
  workers: (policy) => `import { withCors } from 'corsmith/workers'

export default withCors(${policy}, { fetch: handler })`,
  next: (policy) => `// proxy.ts
import { proxy as cors } from 'corsmith/next'

export const proxy = cors(${policy})
export const config = { matcher: '/api/:path*' }`,
  sveltekit: (policy) => `// src/hooks.server.ts
import { cors } from 'corsmith/sveltekit'

export const handle = cors(${policy}) // first in a sequence(…)`,
  astro: (policy) => `// src/fetch.ts
import { astro, FetchState } from 'astro/fetch'
import { withCors } from 'corsmith/astro'

export default withCors(${policy}, { fetch: (request) => astro(new FetchState(request)) })`,
  h3: (policy) => `import { cors } from 'corsmith/h3'
import { H3 } from 'h3'

const plugin = cors(${policy})
const app = new H3().register(plugin) // in Nitro 3 there is no app: "export default plugin" in plugins/cors.ts`,
  elysia: (policy) => `import { cors } from 'corsmith/elysia'
import { Elysia } from 'elysia'

new Elysia().use(cors(${policy}))`,
  'react-router': (policy) => `import { withCors } from 'corsmith/react-router'
import { createRequestHandler } from 'react-router'

export default { fetch: withCors(${policy}, createRequestHandler(build)) }`,
  deno: (policy) => `import { withCors } from 'corsmith/deno'

Deno.serve(withCors(${policy}, handler))`,
  bun: (policy) => `import { withCors } from 'corsmith/bun'

Bun.serve(withCors(${policy}, { fetch: handler }))`,
  express: (policy) => `import { cors } from 'corsmith/node'

app.use(cors(${policy})) // above every route and every other middleware`,
  node: (policy) => `import { createServer } from 'node:http'
import { cors } from 'corsmith/node'

const handleCors = cors(${policy})
createServer((req, res) => handleCors(req, res, () => handler(req, res)))`,
  proxy: (policy) => `import { createEdgeProxy } from 'corsmith/workers' // elsewhere: createProxy from 'corsmith/proxy'

export default createEdgeProxy({
  upstream: 'https://api.internal.example.com',
  cors: ${policy.replaceAll('\n', '\n  ')},
})`,
}

/**
 * Writes a policy for a target; null for what has no configuration of its own.
 *
 * @example
 * ```ts
 * import { snippet } from 'corsmith/diagnose'
 *
 * snippet('nginx', { origins: ['https://app.example.com'] }) // map $http_origin $cors_origin { …
 * ```
 */
export function snippet(target: Target, policy: CorsPolicy): string | null {
  const own = OWN[target]
  if (own !== undefined) return own(policySource(policy))
  const write = SERVERS[target] ?? FRAMEWORKS[target] ?? CLOUDS[target]
  return write === undefined ? null : write(plain(policy))
}
