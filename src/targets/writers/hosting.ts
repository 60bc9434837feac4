import { indent } from '../quote.ts'
import { type OwnTarget, own } from '../row.ts'

/** Platforms, and a proxy, that run corsmith in front of another server. */

export const supabase: OwnTarget<'supabase'> = own({
  name: 'supabase',
  title: 'Supabase functions',
  kind: 'cloud',
  language: 'ts',
  install: null,
  where:
    'In supabase/functions/<name>/index.ts. A preflight carries no token: where the gateway refuses it, set verify_jwt = false for the function in config.toml, and check the token in the handler.',
  removes: 'Remove corsHeaders of _shared/cors.ts, and the "if (req.method === \'OPTIONS\')" of the handler.',
  proof: 'run',
  write: (policy) => `import { withCors } from 'npm:corsmith/deno'

Deno.serve(withCors(${policy}, handler))`,
})

export const vercel: OwnTarget<'vercel'> = own({
  name: 'vercel',
  title: 'Vercel',
  kind: 'cloud',
  language: 'ts',
  where:
    'In each function below api/, or in one that a rewrite sends everything to. With Next.js or another framework write the fix for that framework.',
  removes:
    'Remove Access-Control-… below "headers" in vercel.json: fixed headers name one origin, and replace what the function says.',
  proof: 'run',
  write: (policy) => `import { createCors } from 'corsmith'

const cors = createCors(${policy})
export default { fetch: cors.wrap(handler) }`,
})

export const netlify: OwnTarget<'netlify'> = own({
  name: 'netlify',
  title: 'Netlify',
  kind: 'cloud',
  language: 'ts',
  where: 'In netlify/edge-functions/cors.ts. It stands in front of functions, redirects to other hosts, and files.',
  removes: 'Remove Access-Control-… from _headers and netlify.toml: fixed headers name one origin, to everybody.',
  proof: 'run',
  write: (policy) => `import type { Context } from '@netlify/edge-functions'
import { createCors } from 'corsmith'

const cors = createCors(${policy})
export default cors.wrap((_request: Request, context: Context) => context.next())
export const config = { path: '/api/*' }`,
})

export const edgeProxy: OwnTarget<'proxy'> = own({
  name: 'proxy',
  title: 'the edge proxy in front of the API',
  kind: 'server',
  language: 'ts',
  where: 'A Worker of its own in front of the API; elsewhere createProxy of corsmith/proxy, or corsmith/node-proxy.',
  removes: 'Nothing: what the API says of CORS is replaced, and a preflight never reaches it.',
  proof: 'run',
  write: (policy) => `import { createEdgeProxy } from 'corsmith/workers'

export default createEdgeProxy({
  upstream: 'https://api.internal.example.com',
  cors: ${indent(policy, '  ')},
})`,
})
