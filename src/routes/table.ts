import type { CorsPolicy } from '../policy/types.ts'
import { createCorsOf } from '../server/create.ts'
import { type AnyCors, isCors, memoizeByObject } from '../server/ready.ts'
import { isToken } from '../spec/tokens.ts'

/** A route of `corsRoutes`, as it is written. */
export interface CorsRoute {
  /**
   * A path pattern of `URLPattern`: `/users/:id`, `/files/*`. It begins with `/`, and is compared
   * with the whole path. A pattern that ends in `/*` also covers the path before it: `/api/*`
   * covers `/api`. Write `/users{/}?` where your server answers `/users/` too.
   *
   * @see https://urlpattern.spec.whatwg.org/
   */
  readonly path: string
  /** The policy of these requests: options, a `Cors`, or a policy that is chosen per request. */
  readonly policy: CorsPolicy | AnyCors
  /**
   * The methods of these requests. `GET` includes `HEAD`.
   *
   * @default every method
   */
  readonly methods?: readonly string[]
}

/** The part of the platform's `URLPattern` that routes need. */
export interface PatternClass {
  new (
    init: { readonly pathname: string },
    options: { readonly ignoreCase: boolean },
  ): { test(input: { readonly pathname: string }): boolean }
}

/** A route that is ready. */
export interface ReadyRoute {
  readonly path: string
  readonly methods: readonly string[] | null
  readonly cors: AnyCors
  /**
   * Tells whether the pattern covers a path. A lax router ignores case, and the slash at the end of
   * a pattern.
   */
  covers(path: string, isLax: boolean): boolean
}

/**
 * Checks the routes and prepares them. A policy that several routes share is checked once.
 *
 * @throws {TypeError} for a route that is wrong, or that no request reaches
 * @throws {CorsPolicyError} for a policy with a defect; `message` begins with the route
 */
export function readTable(routes: unknown, Pattern: PatternClass): readonly ReadyRoute[] {
  if (!Array.isArray(routes)) throw new TypeError('corsRoutes: the routes are a list: write "[{ path, policy }]"')
  const ready = memoizeByObject(createCorsOf)
  const table = Array.from(routes, (route: unknown, i) => readRoute(route, `routes[${i}]`, ready, Pattern))
  for (const [i, { path, methods }] of table.entries()) {
    const first = table.findIndex((other, j) => j < i && hides(other, path, methods))
    if (first >= 0)
      throw new TypeError(
        `corsRoutes: routes[${i}]: no request reaches ${JSON.stringify(path)}, because routes[${first}] ` +
          `(${JSON.stringify(table[first]?.path)}) covers it: write the narrower route first`,
      )
  }
  return table
}

function readRoute(
  route: unknown,
  place: string,
  ready: (policy: unknown) => AnyCors,
  Pattern: PatternClass,
): ReadyRoute {
  if (typeof route !== 'object' || route === null)
    throw new TypeError(`corsRoutes: ${place}: a route is an object: write "{ path: '/api/*', policy }"`)
  const { path, policy, methods, ...unknown } = route as Record<string, unknown>
  const [key] = Object.keys(unknown)
  if (key !== undefined)
    throw new TypeError(
      `corsRoutes: ${place}: there is no key ${JSON.stringify(key)}: write "path", "policy" or "methods"`,
    )
  if (typeof path !== 'string' || !path.startsWith('/'))
    throw new TypeError(`corsRoutes: ${place}.path: a path begins with a slash: write "/${String(path ?? 'api/*')}"`)
  const [strict, lax] = [false, true].map((isLax) => compile(path, place, isLax, Pattern))
  const prefix = fixedPart(path)
  return {
    path,
    methods: methods === undefined ? null : readMethods(methods, place),
    cors: readPolicyOf(policy, place, ready),
    covers(reading, isLax) {
      // A pattern takes microseconds to try, so what cannot match is not tried.
      if (!reading.slice(0, prefix.length).toLowerCase().startsWith(prefix)) return false
      return (isLax ? lax : strict)?.test({ pathname: reading }) === true
    },
  }
}

/**
 * Gives the beginning of a pattern that every covered path has, in lower case. It ends one character
 * before the first one that may mean something.
 */
function fixedPart(path: string): string {
  const fixed = /^[\w/-]*/.exec(path.endsWith('/*') ? path.slice(0, -2) : path)?.[0] ?? ''
  return fixed.replace(/.$/, '').toLowerCase()
}

/** A pattern for everything below a path covers the path itself too, as routers have it. */
function compile(path: string, place: string, isLax: boolean, Pattern: PatternClass) {
  const hasSlash = isLax && path.endsWith('/') && path !== '/'
  const pathname = path.endsWith('/*') ? `${path.slice(0, -2)}{/*}?` : hasSlash ? `${path.slice(0, -1)}{/}?` : path
  try {
    return new Pattern({ pathname }, { ignoreCase: isLax })
  } catch {
    throw new TypeError(`corsRoutes: ${place}.path: ${JSON.stringify(path)} is not a pattern of URLPattern`)
  }
}

function readMethods(methods: unknown, place: string): readonly string[] {
  const list = Array.isArray(methods) ? methods.map(String) : []
  if (list.length === 0) throw new TypeError(`corsRoutes: ${place}.methods: methods are a list: write "['GET']"`)
  const wrong = list.find((method) => !isToken(method) || method !== method.toUpperCase() || method === '*')
  if (wrong !== undefined)
    throw new TypeError(
      `corsRoutes: ${place}.methods: ${JSON.stringify(wrong)} is not a method in upper case, such as "GET"; ` +
        'leave methods out for every method',
    )
  return [...list, ...(list.includes('GET') && !list.includes('HEAD') ? ['HEAD'] : [])]
}

function readPolicyOf(policy: unknown, place: string, ready: (policy: unknown) => AnyCors): AnyCors {
  if (isCors(policy)) return policy
  if (typeof policy === 'function')
    throw new TypeError(`corsRoutes: ${place}.policy: a function chooses no policy here: write "perRequest(…)"`)
  try {
    return ready(policy)
  } catch (error) {
    if (error instanceof Error) error.message = `${place}.policy: ${error.message}`
    throw error
  }
}

/**
 * Tells whether an earlier route takes every request of a later one. Samples stand for the variable
 * parts of a path. A path with regular expressions or optional parts is not judged.
 */
function hides(earlier: ReadyRoute, path: string, methods: readonly string[] | null): boolean {
  const takesMethods =
    earlier.methods === null || (methods?.every((method) => earlier.methods?.includes(method)) ?? false)
  if (!takesMethods || /[(){}?+\\]/.test(path)) return false
  if (earlier.path === path) return true
  const sample = path.replaceAll(/:\w+/g, '0sample').replaceAll('*', '0sample/0sample')
  const samples = path.endsWith('/*') ? [sample, path.slice(0, -2).replaceAll(/:\w+/g, '0sample') || '/'] : [sample]
  return samples.every((reading) => earlier.covers(reading, false))
}
