/** The one policy that all libraries are given, each in its own words, and the requests that come. */

export const METHODS = ['GET', 'POST', 'PUT', 'DELETE']
export const REQUEST_HEADERS = ['Content-Type', 'Authorization', 'X-Requested-With']
export const EXPOSED = ['ETag']
export const MAX_AGE = 600

/** Origins as a policy lists them. */
export function origins(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `https://tenant-${i}.example.com`)
}

/** Patterns for subdomains, as a policy lists them. */
export function patterns(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `https://*.tenant-${String(i).padStart(6, '0')}.com`)
}

export const STRANGER = 'https://stranger.example.org'

/** A text that no other part of the program holds: it comes as bytes, as it does from a network. */
export function fresh(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text))
}

export function get(origin: string | null): Request {
  return new Request('http://localhost/items', origin === null ? {} : { headers: { Origin: fresh(origin) } })
}

export function preflight(origin: string, names = 'content-type,authorization,x-requested-with'): Request {
  return new Request('http://localhost/items', {
    method: 'OPTIONS',
    headers: {
      Origin: fresh(origin),
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': fresh(names),
    },
  })
}
