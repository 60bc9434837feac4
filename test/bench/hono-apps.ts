/** One small Hono app, the other library in front of it, and the answers that a policy comes to, written by hand. */
import { type Context, Hono, type Handler as HonoHandler, type MiddlewareHandler, type Next } from 'hono'
import { cors as honoCors } from 'hono/cors'
import { EXPOSED, MAX_AGE, METHODS, REQUEST_HEADERS } from './inputs.ts'
import type { Case } from './row.ts'

export type Fetch = (request: Request) => Response | Promise<Response>
export type Handler = HonoHandler | MiddlewareHandler
type PeerOptions = NonNullable<Parameters<typeof honoCors>[0]>

export const json = (c: Context): Response => c.json({ ok: true })
export const text = (c: Context): Response => c.text('ok')
export const noop = (_c: Context, next: Next): Promise<void> => next()

/** The app: one route, behind these middlewares. */
export function app(handler: Handler, ...middleware: readonly Handler[]): Fetch {
  const made = new Hono()
  for (const one of middleware) made.use('*', one)
  made.get('/items', handler)
  return made.fetch as Fetch
}

/** hono/cors with the policy that everybody has. */
export function peer(origin: NonNullable<PeerOptions['origin']>, more: Partial<PeerOptions> = {}): Handler {
  return honoCors({
    origin,
    credentials: origin !== '*',
    allowMethods: METHODS,
    allowHeaders: REQUEST_HEADERS,
    exposeHeaders: EXPOSED,
    maxAge: MAX_AGE,
    ...more,
  })
}

export function run(fetch: Fetch, request: Request): Case {
  return () => fetch(request)
}

/** The four header writes of an allowed GET. */
export function fourWrites(response: Response, request: Request): Response {
  const { headers } = response
  headers.set('Access-Control-Allow-Origin', request.headers.get('origin') ?? '')
  headers.set('Access-Control-Allow-Credentials', 'true')
  headers.set('Access-Control-Expose-Headers', EXPOSED.join(','))
  headers.append('Vary', 'Origin')
  return response
}

/** The one write of a response that is refused, or was not asked for from a page. */
export function oneWrite(response: Response): Response {
  response.headers.append('Vary', 'Origin')
  return response
}

/** Three reads and an empty answer. */
export function emptyAnswer(request: Request): Response {
  request.headers.get('access-control-request-method')
  request.headers.get('access-control-request-headers')
  request.headers.get('origin')
  return new Response(null, { status: 204 })
}

/** Around an app, without a policy. */
export function after(write: (response: Response, request: Request) => Response) {
  return (fetch: Fetch, request: Request): Case =>
    () => {
      const result = fetch(request)
      return result instanceof Promise ? result.then((response) => write(response, request)) : write(result, request)
    }
}
