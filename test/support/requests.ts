/** Requests as browsers send them, for tests. */

export const PAGE = 'https://app.example.com'
export const OTHER_PAGE = 'https://admin.example.com'
export const STRANGER = 'https://stranger.example'

/** A request of a page, or of no page at all. */
export function request(origin: string | null, init: RequestInit & { path?: string } = {}): Request {
  const headers = new Headers(init.headers)
  if (origin !== null) headers.append('Origin', origin)
  return new Request(`https://api.example.com${init.path ?? '/users'}`, { ...init, headers })
}

/** A CORS-preflight request. */
export function preflight(origin: string, method = 'PUT', names?: string): Request {
  const headers: Record<string, string> = { 'Access-Control-Request-Method': method }
  if (names !== undefined) headers['Access-Control-Request-Headers'] = names
  return request(origin, { method: 'OPTIONS', headers })
}

/** The names of the CORS protocol that a response carries, in lower case and sorted. */
export function corsNames(response: Response): string[] {
  return [...response.headers.keys()].filter(
    (name) => name.startsWith('access-control-') || name === 'timing-allow-origin',
  )
}

/** The elements of a list field, in lower case and sorted. */
export function listed(response: Response, name: string): string[] {
  const value = response.headers.get(name)
  return value === null
    ? []
    : value
        .split(',')
        .map((element) => element.trim().toLowerCase())
        .sort()
}
