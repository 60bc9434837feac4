// The requests that tests send, with the types of Workers.

/** A request from a page. */
export function from(origin: string | null, init: RequestInit = {}, path = '/'): Request {
  const headers = new Headers(init.headers)
  if (origin !== null) headers.set('Origin', origin)
  return new Request(`https://api.example${path}`, { ...init, headers })
}

/** A CORS-preflight request from a page. */
export function preflight(origin: string, method = 'PUT', path = '/'): Request {
  return from(origin, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': method } }, path)
}

/** Whom a response is shared with. */
export function allowed(response: Response): string | null {
  return response.headers.get('Access-Control-Allow-Origin')
}
