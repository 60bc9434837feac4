import type { WireRequest } from './wire.ts'

/**
 * Makes the `Request` that a server function gets.
 *
 * In a page, `new Request` drops `Origin` and every `Access-Control-Request-*`: exactly what the server must see. Where a header
 * went missing, the object gets header fields of its own, from a `Headers` that drops nothing. Runtimes of servers keep the
 * headers, and there the object stays an ordinary request.
 */
export function toRequest(wire: WireRequest): Request {
  const headers = new Headers()
  for (const [name, value] of wire.headers) headers.append(name, value)
  const init: RequestInit = { method: wire.method, headers, redirect: 'manual' }
  if (wire.body !== null) init.body = wire.body
  const request = new Request(wire.url, init)
  const isComplete = [...headers].every(([name, value]) => request.headers.get(name) === value)
  if (isComplete) return request
  return Object.defineProperties(request, {
    headers: { value: headers, enumerable: true, configurable: true },
    clone: { value: () => toRequest(wire), enumerable: true, configurable: true },
  })
}
