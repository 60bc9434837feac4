// What the applications of Node's frameworks have in common: a middleware for each policy, and a handler that answers with a Response.
import type { IncomingMessage } from 'node:http'
import { cors, type NodeMiddleware } from 'corsmith/node'
import { answer, createConstants } from '../../conformance/app.ts'
import { tryAll } from '../../conformance/construct.ts'
import { NAMES, nameOf, pathOf } from '../../conformance/policies.ts'
import { sourceOf } from './sources.ts'

/** Makes one of something for each policy, and gives the one that a path stands under. */
export function eachPolicy<T>(make: (source: never) => T): (path: string) => T | undefined {
  const made = Object.fromEntries(NAMES.map((name) => [name, make(sourceOf(name) as never)]))
  return (path) => made[nameOf(path)]
}

/** The middleware of the policy that a request stands under. */
export function middleware(): NodeMiddleware<IncomingMessage & { originalUrl?: string }> {
  const handleOf = eachPolicy((source) => cors(source))
  return (req, res, next) => handleOf(req.originalUrl ?? req.url ?? '/')?.(req, res, next)
}

const constants = createConstants()

/** Answers a request. `undefined` stands for a handler that forgot to; null for a path that does not exist. */
export async function respond(
  method: string,
  url: string,
  headers: IncomingMessage['headers'],
  body: string,
): Promise<Response | undefined | null> {
  if (pathOf(url) === '/constructed') return Response.json(tryAll((policy) => cors(policy)))
  const given = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string])
  const init = { method: method === 'TRACE' ? 'GET' : method, headers: given, ...(body === '' ? {} : { body }) }
  return answer(new Request(new URL(url, 'http://127.0.0.1'), init), constants)
}

/** Reads a body that no parser has read. */
export async function read(req: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of req) body += chunk
  return body
}
