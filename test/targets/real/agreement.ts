import { type CorsPolicy, createCors } from '../../../src/index.ts'
import { createBrowser } from '../../../src/testing.ts'
import { send } from '../../support/raw-http.ts'

/** A request of a page. */
export interface Asking {
  readonly origin: string
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly credentials?: 'include'
}

/** What the engine makes of it. */
export async function engineShares(policy: CorsPolicy, asking: Asking): Promise<boolean> {
  const cors = createCors(policy)
  return shares((request) => cors.wrap(() => new Response('ok'))(request), 'http://api.example.com', asking)
}

/** What a server on a socket makes of it. */
export function serverShares(server: string, asking: Asking): Promise<boolean> {
  return shares(
    async (request) => {
      const { pathname, search } = new URL(request.url)
      const { status, lines } = await send(`${server}${pathname}${search}`, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
      })
      const headers = new Headers()
      for (const [name, value] of lines) headers.append(name, value)
      return new Response(status === 204 || request.method === 'HEAD' ? null : 'ok', { status, headers })
    },
    'http://api.example.com',
    asking,
  )
}

async function shares(
  fetch: (request: Request) => Response | Promise<Response>,
  base: string,
  { origin, path, method = 'GET', headers = {}, credentials }: Asking,
): Promise<boolean> {
  const page = createBrowser({ fetch }).page(origin)
  const { shared } = await page.request(`${base}${path}`, {
    method,
    headers,
    ...(credentials === undefined ? {} : { credentials }),
  })
  return shared
}
