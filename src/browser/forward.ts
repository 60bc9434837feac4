/**
 * Makes a server function of a running server: requests go to it over the network, also those for
 * another host. The `fetch` of the moment is kept, so the function works under `page.install()`.
 *
 * As a server in front does, it names the host and the scheme that the page asked for, in
 * `X-Forwarded-Host` and `X-Forwarded-Proto`.
 *
 * @param server the address of the server, as in `http://127.0.0.1:3000`; its path is not used
 * @returns a function for `createBrowser({ fetch })`; it rejects where the server cannot be
 * reached, which is a network error
 * @throws {TypeError} where `server` is not an absolute http: or https: URL
 * @example
 * ```ts
 * import { createBrowser, expectShared, forwardTo } from 'corsmith/testing'
 *
 * const browser = createBrowser({ fetch: forwardTo('http://127.0.0.1:3000') })
 * await expectShared(browser.page('https://app.example.com').fetch('https://api.example.com/items'))
 * ```
 */
export function forwardTo(server: string | URL): (request: Request) => Promise<Response> {
  const base = URL.parse(String(server))
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw new TypeError(`${JSON.stringify(String(server))} is not an http: or https: URL: write http://127.0.0.1:3000`)
  }
  const send = globalThis.fetch
  return async (request) => {
    const asked = new URL(request.url)
    const target = new URL(base)
    target.pathname = asked.pathname
    target.search = asked.search
    const headers = new Headers(request.headers)
    headers.set('X-Forwarded-Host', asked.host)
    headers.set('X-Forwarded-Proto', asked.protocol.slice(0, -1))
    const { method } = request
    const body = method === 'GET' || method === 'HEAD' ? null : await request.arrayBuffer()
    return send(target, { method, headers, body: body?.byteLength ? body : null, redirect: 'manual' })
  }
}
