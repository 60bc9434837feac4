// The requests that tests send, named by what a page does.

export const PAGE = 'https://app.example'
export const STRANGER = 'https://evil.example'

/** A request from a page. */
export function from(origin: string | null, path = '/', init: RequestInit = {}): Request {
  const headers = new Headers(init.headers)
  if (origin !== null) headers.set('Origin', origin)
  return new Request(`http://edge.example${path}`, { ...init, headers })
}

/** A CORS-preflight request from a page. */
export function preflight(origin: string, path = '/', method = 'PUT', headers?: string): Request {
  return from(origin, path, {
    method: 'OPTIONS',
    headers: {
      'Access-Control-Request-Method': method,
      ...(headers === undefined ? {} : { 'Access-Control-Request-Headers': headers }),
    },
  })
}
