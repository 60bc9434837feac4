import type { RequestHead } from '../src/adapter.ts'

/** What the adapter reads of an `IncomingMessage` or an `Http2ServerRequest`. */
export interface NodeRequest {
  method?: string | undefined
  url?: string | undefined
  /** Set by Express and Connect, which cut the mount path off `url`. */
  originalUrl?: string | undefined
  headers: Record<string, string | string[] | undefined>
  socket?: { encrypted?: boolean } | object | null
  /** Node sets it on a request whose connection goes to a listener for `upgrade`. */
  upgrade?: boolean | null
}

/**
 * Shows Node's request to a policy: `cors.guard(requestHead(req))` in a listener for `upgrade`, `cors.decide(requestHead(req))` in a log.
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { requestHead } from 'corsmith/node'
 * import { createServer } from 'node:http'
 *
 * const policy = createCors({ origins: ['https://app.example.com'] })
 * createServer().on('upgrade', (req, socket) => {
 *   if (policy.guard(requestHead(req)) !== null) socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
 * })
 * ```
 */
export function requestHead(req: NodeRequest): RequestHead {
  // A double of a request may have no headers.
  const { method = 'GET', headers = {} } = req
  return {
    method,
    headers: {
      get(name) {
        const value = headers[name]
        return typeof value === 'object' ? value.join(', ') : value
      },
    },
  }
}

/** A Request without a body, for whoever chooses a policy by it. */
export function fetchRequest(req: NodeRequest): Request {
  const { method = 'GET', socket } = req
  const path = req.originalUrl ?? req.url ?? '/'
  const given = req.headers ?? {}
  const host = String(given[':authority'] ?? given.host ?? '')
  const scheme = socket && 'encrypted' in socket && socket.encrypted ? 'https' : 'http'
  // Nothing but a host: with `/`, `?` or `@` in it, a client could write the path that a policy is chosen by.
  const isHost = /^[\w.:[\]-]+$/.test(host) && URL.canParse(`${scheme}://${host}`)
  const base = isHost ? `${scheme}://${host}` : 'http://host.invalid'
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    if (!name.startsWith(':') && value !== undefined) headers.set(name, String(value))
  }
  // fetch refuses to send these methods, and so Request to hold them. To a policy they are like any other.
  const isHeld = !['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase())
  return new Request(path.startsWith('/') ? base + path : base, { method: isHeld ? method : 'GET', headers })
}
