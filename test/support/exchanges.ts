// What pages send, and what comes back, in the words of the decision table.

export const APP = 'https://app.example.com'
export const ADMIN = 'https://admin.example.com'
export const STRANGER = 'https://evil.example'
export const API = 'https://api.example.net/users/1'

/** An actual request: any that is no CORS-preflight request. `null` sends no Origin. */
export function actual(origin: string | null, init: RequestInit = {}): Request {
  const headers = new Headers(init.headers)
  if (origin !== null) headers.set('Origin', origin)
  return new Request(API, { ...init, headers })
}

/** A CORS-preflight request. */
export function preflight(origin: string, method = 'PUT', names?: string): Request {
  const headers = new Headers({ Origin: origin, 'Access-Control-Request-Method': method })
  if (names !== undefined) headers.set('Access-Control-Request-Headers', names)
  return new Request(API, { method: 'OPTIONS', headers })
}

/** A request as the engine sees one, of values that no Fetch class would hold. Names are lower-case. */
export function head(method: string, fields: Readonly<Record<string, string | null | undefined>>) {
  return { method, headers: { get: (name: string) => fields[name] } }
}

const FIELDS = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Timing-Allow-Origin',
  'Vary',
]

/** Fields whose elements are compared without case and order. */
const LISTS = new Set(['Access-Control-Allow-Headers', 'Access-Control-Expose-Headers', 'Vary'])

/**
 * What a response says about sharing. Anything else that begins with `Access-Control-` is there under the name it has, so that
 * `toEqual` finds what should not be there.
 */
export function cors(response: Response | { readonly headers: Headers } | null): Record<string, string> {
  if (response === null) throw new Error('expected a response')
  const found: Record<string, string> = {}
  for (const [name, value] of response.headers) {
    const known = FIELDS.find((field) => field.toLowerCase() === name)
    if (known !== undefined) found[known] = LISTS.has(known) ? list(value) : value
    else if (name.startsWith('access-control-')) found[name] = value
  }
  return found
}

/** The elements of a list field: lower-case, sorted, one comma and one space between. */
export function list(value: string): string {
  return value
    .split(',')
    .map((element) => element.trim().toLowerCase())
    .sort()
    .join(', ')
}

export const VARY_ECHO = 'access-control-request-headers, access-control-request-method, origin'

/** The response, or a failure of the test that expected one. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('expected a value')
  return value
}
