/** Finds the handler of a request: path first, then method, as HTTP tells them apart (404, 405). */

import type { IncomingMessage } from 'node:http'
import { type Handler, pathOf, sendJson } from './exchange.ts'

/** Handlers by path and method. A segment that starts with `:` takes any one segment. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Handler>>>>

/** Returns what answers the request. HEAD is answered by GET, and a plain OPTIONS says which methods there are. */
export function match(routes: Routes, request: IncomingMessage): Handler {
  const path = pathOf(request)
  const pattern = Object.keys(routes).find((candidate) => fits(candidate, path))
  const methods = pattern === undefined ? undefined : routes[pattern]
  if (methods === undefined) return (_, response) => sendJson(response, 404, { error: `nothing at ${path}` })
  const allow = ['GET' in methods ? 'GET, HEAD' : [], Object.keys(methods).filter((name) => name !== 'GET'), 'OPTIONS']
    .flat()
    .join(', ')
  if (request.method === 'OPTIONS') return (_, response) => void response.writeHead(204, { Allow: allow }).end()
  const handler = methods[request.method === 'HEAD' ? 'GET' : (request.method ?? '')]
  return (
    handler ??
    ((_, response) => {
      response.setHeader('Allow', allow)
      sendJson(response, 405, { error: `no ${request.method} at ${path}` })
    })
  )
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => (segment.startsWith(':') ? given[index] !== '' : segment === given[index]))
  )
}
