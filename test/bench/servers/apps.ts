/** The same small Hono app without CORS, with hono/cors, with the middleware, and inside `wrap`. */
import { Hono } from 'hono'
import { cors as honoCors } from 'hono/cors'
import { cors } from '../../../adapters/hono.ts'
import { EXPOSED, MAX_AGE, METHODS, origins, REQUEST_HEADERS } from '../inputs.ts'
import { corsOf, policyOf } from '../policies.ts'

type Fetch = (request: Request, ...rest: unknown[]) => Response | Promise<Response>

export const VARIANTS: readonly string[] = ['bare', 'hono/cors', 'middleware', 'wrap']

export function fetchOf(variant: string): Fetch {
  const app = new Hono()
  if (variant === 'middleware') app.use('*', cors(policyOf(origins(10))))
  if (variant === 'hono/cors') {
    app.use(
      '*',
      honoCors({
        origin: origins(10),
        credentials: true,
        allowMethods: METHODS,
        allowHeaders: REQUEST_HEADERS,
        exposeHeaders: EXPOSED,
        maxAge: MAX_AGE,
      }),
    )
  }
  app.get('/items', (c) => c.json({ ok: true }))
  const bare = app.fetch as Fetch
  return variant === 'wrap' ? corsOf(origins(10)).wrap<Request, unknown[], Response | Promise<Response>>(bare) : bare
}
