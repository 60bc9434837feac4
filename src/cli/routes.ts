/// <reference types="node" />
import { jsonText, printable } from '../diagnose/report/printable.ts'
import type { CorsPolicy } from '../policy/types.ts'
import type { CorsRoutes } from '../routes/cors-routes.ts'
import { corsRoutesFromJson, isRoutesJson } from '../routes/json.ts'
import { type AnyCors, isSync } from '../server/ready.ts'
import { withPolicyOf } from './defects.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { createPaint } from './paint.ts'
import { VERSION } from './version.ts'

/**
 * Reads routes from what a policy file holds; null for one policy.
 *
 * @throws {UsageError} for a route that is wrong
 */
export function routesIn(value: unknown, path: string): CorsRoutes | null {
  if (isReady(value)) return value
  if (!isRoutesJson(value)) return null
  try {
    return withPolicyOf(path, () => corsRoutesFromJson(value))
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}

function isReady(value: unknown): value is CorsRoutes {
  return typeof value === 'object' && value !== null && 'find' in value && 'routes' in value && 'decide' in value
}

/**
 * Chooses the policy of one request from routes.
 *
 * @throws {UsageError} where there is none
 */
export function policyAt(routes: CorsRoutes, method: string, url: string): CorsPolicy {
  const { cors, routes: found } = routes.find(method, url)
  if (cors !== null && isSync(cors)) return cors.policy
  const names = found.map((i) => nameOf(routes, i)).join(' or ')
  throw new UsageError(
    cors === null
      ? `${names === '' ? 'no route' : names} answers ${method} ${url}, and every origin is refused: see --routes`
      : `${names} chooses its policy per request`,
  )
}

/** Lists routes, or says which of them answers a request. */
export function printRoutes(
  routes: CorsRoutes,
  asked: { method: string; url: string } | null,
  json: boolean,
  io: Io,
): number {
  const paint = createPaint(io)
  const rows = [
    ...routes.routes.map(({ path, methods, cors }) => ({ path, methods, policy: policyIn(cors) })),
    { path: 'else', methods: null, policy: policyIn(routes.else) },
  ]
  const found = asked === null ? null : routes.find(asked.method, asked.url)
  const isRefused = found !== null && found.cors === null
  if (json) {
    const answer = found === null ? {} : { request: asked, routes: found.routes, isAmbiguous: found.isAmbiguous }
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, table: rows, ...answer }))
    return isRefused ? EXIT.blocked : EXIT.ok
  }
  const width = Math.max(...rows.map(({ path }) => path.length))
  for (const [i, { path, methods, policy }] of rows.entries()) {
    const isFound = found?.routes.includes(i === rows.length - 1 ? -1 : i) ?? false
    const line = `${path.padEnd(width)}  ${(methods?.join(', ') ?? 'every method').padEnd(14)}  ${summaryOf(policy)}`
    io.print(`${isFound ? paint('green', '→') : ' '} ${printable(line)}`)
  }
  if (asked !== null && found !== null) io.print(`\n${printable(verdictOf(routes, asked, found))}`)
  return isRefused ? EXIT.blocked : EXIT.ok
}

function verdictOf(
  routes: CorsRoutes,
  { method, url }: { method: string; url: string },
  found: ReturnType<CorsRoutes['find']>,
): string {
  const names = found.routes.map((i) => nameOf(routes, i)).join(' or ')
  if (found.isAmbiguous)
    return `${method} ${url}: ${names === '' ? 'this path can be read in too many ways' : `servers read this path as ${names}`}, so every origin is refused`
  return `${method} ${url}: ${names} answers${found.cors === null ? ', and every origin is refused' : ''}`
}

function nameOf(routes: CorsRoutes, index: number): string {
  return routes.routes[index]?.path ?? 'else'
}

function policyIn(cors: AnyCors | null): CorsPolicy | 'chosen per request' | null {
  return cors === null ? null : isSync(cors) ? cors.policy : 'chosen per request'
}

function summaryOf(policy: ReturnType<typeof policyIn>): string {
  if (policy === null) return 'refuses every origin'
  if (typeof policy === 'string') return policy
  const { origins, credentials, methods } = policy
  const who =
    typeof origins === 'function' ? 'a predicate' : typeof origins === 'string' ? 'every origin' : origins.join(', ')
  const how = methods === undefined ? '' : `; ${typeof methods === 'string' ? 'every method' : methods.join(', ')}`
  return `${who}${credentials ? ', with credentials' : ''}${how}`
}
