/// <reference types="node" />
import type { Operation } from '../learn/openapi.ts'
import type { CorsPolicy } from '../policy/types.ts'
import type { CorsRoutes } from '../routes/cors-routes.ts'
import { isSync } from '../server/ready.ts'
import { UsageError } from './io.ts'
import { readPolicyFile } from './policy-file.ts'
import { routesIn } from './routes.ts'

/** What a file of routes asks a server about. */
export interface RouteOperations {
  readonly operations: readonly Operation[]
  /** What is not asked, each with the reason. */
  readonly leftOut: readonly string[]
}

const PAGE = 'https://page.example'

/**
 * Lists a request for each method of each route, with a path that this route alone answers, the
 * headers and the credentials of its policy, and the first origin that the policy names.
 *
 * @throws {UsageError} for a file without routes, and where no route can be asked
 */
export async function operationsOfRoutes(path: string): Promise<RouteOperations> {
  const routes = routesIn(await readPolicyFile(path), path)
  if (routes === null) throw new UsageError(`${path} holds one policy, and no routes`)
  const operations: Operation[] = []
  const leftOut: string[] = []
  const rows = [...routes.routes, { path: 'else', methods: null, cors: routes.else }]
  for (const [i, { path: pattern, methods, cors }] of rows.entries()) {
    const isElse = i === rows.length - 1
    if (cors === null) {
      if (!isElse) leftOut.push(`${pattern}: refuses every origin`)
      continue
    }
    if (!isSync(cors)) {
      leftOut.push(`${pattern}: chooses its policy per request`)
      continue
    }
    const asked = methodsOf(methods, cors.policy)
    const found = asked.map((method) => [method, sampleFor(routes, isElse ? -1 : i, pattern, method)] as const)
    for (const [method, sample] of found)
      if (sample === null) leftOut.push(`${method} ${pattern}: no path was found that this route alone answers`)
      else operations.push(operationOf(`${method} ${pattern}`, method, sample, cors.policy))
  }
  if (operations.length === 0) throw new UsageError(`${path}: no route can be asked: ${leftOut.join('; ')}`)
  return { operations, leftOut }
}

/** A route without methods takes all: reads, and what its policy names. */
function methodsOf(methods: readonly string[] | null | undefined, policy: CorsPolicy): readonly string[] {
  const named = Array.isArray(policy.methods) ? policy.methods.map(String) : []
  if (methods == null) return [...new Set(['GET', ...named])]
  return methods.filter((method) => method !== 'HEAD' || !methods.includes('GET'))
}

/** Fills in a pattern, in ways that become odder, until its own route answers. */
function sampleFor(routes: CorsRoutes, index: number, pattern: string, method: string): string | null {
  const samples =
    index === -1 ? ['/', '/x', '/x/x', '/no-such-route'] : ['1', 'x', 'abc', '2026-01-01'].map(filled(pattern))
  const isOwn = (path: string) => {
    const { routes: found, isAmbiguous } = routes.find(method, `https://api.example${path}`)
    return !isAmbiguous && found.length === 1 && found[0] === index
  }
  return samples.find(isOwn) ?? null
}

function filled(pattern: string): (value: string) => string {
  return (value) =>
    pattern
      .replaceAll(/\{([^{}]*)\}[?*]/g, '')
      .replaceAll(/\{([^{}]*)\}\+?/g, '$1')
      .replaceAll(/\/?(?::\w+)(?:\([^()]*\))?[?*]/g, '')
      .replaceAll(/:\w+(?:\([^()]*\))?\+?/g, value)
      .replaceAll(/\([^()]*\)[?*+]?/g, value)
      .replaceAll('*', value) || '/'
}

function operationOf(name: string, method: string, path: string, policy: CorsPolicy): Operation {
  const names = (option: unknown) =>
    Array.isArray(option) ? option.map(String).filter((each) => !each.includes('*')) : []
  const origin = names(policy.origins)[0]
  return {
    name,
    method,
    path,
    headers: names(policy.requestHeaders).map((header) => [header, sampleValue(header)] as const),
    exposed: names(policy.exposedHeaders).map((header) => header.toLowerCase()),
    credentials: policy.credentials === true,
    origin: origin ?? (policy.origins === '*' ? PAGE : null),
  }
}

function sampleValue(header: string): string {
  return /^content-type$/i.test(header) ? 'application/json' : '1'
}
