import type { PolicyInput } from '../policy/compile-time/checked.ts'
import { blamingCaller } from '../policy/error.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { createCorsOf } from '../server/create.ts'
import { preflightOrigin } from '../server/decide.ts'
import { closedCors, createUnkept } from '../server/derived.ts'
import { type AnyCors, isCors, isSync } from '../server/ready.ts'
import { RESOLVE, resolvePolicy } from '../server/resolve.ts'
import type { AsyncCors, Cors, HandlerResult, WrapOptions } from '../server/types.ts'
import { READ } from '../spec/fields.ts'
import { type Choice, createChooser } from './choose.ts'
import { pathOfUrl } from './readings.ts'
import { type PatternClass, readTable } from './table.ts'
import type { CheckedRoutes } from './types.ts'

/** Options of {@link corsRoutes}. */
export interface CorsRoutesOptions {
  /**
   * The policy of requests that no route matches; null refuses every origin.
   *
   * @default null
   */
  readonly else?: CorsPolicy | AnyCors | null
  /**
   * What happens to an actual request without a policy: no route matches it, or its path can be
   * read in several ways. `'pass'` runs the handler, `'forbid'` answers 403 where there is an
   * `Origin`. Where one of the routes in question says `'forbid'`, it is always `'forbid'`.
   *
   * @default 'pass'
   */
  readonly refused?: 'pass' | 'forbid'
  /**
   * The class `URLPattern`, for runtimes that have none: pass that of `urlpattern-polyfill`.
   *
   * @default globalThis.URLPattern
   */
  readonly URLPattern?: unknown
}

/** What {@link CorsRoutes.find} says of a request. */
export interface FoundRoute {
  /**
   * The routes that may serve the request, by their place in the table; -1 is `else`. One route is
   * the rule. Several are listed where servers read the path in different ways.
   */
  readonly routes: readonly number[]
  /** The policy of these routes; null where there is none, or where they have different ones. */
  readonly cors: AnyCors | null
  /** Whether the routes have different policies, so that every origin is refused. */
  readonly isAmbiguous: boolean
}

/** A policy per route. Every adapter takes it, as it takes what `perRequest` makes. */
export interface CorsRoutes extends AsyncCors {
  /** The routes, in order. */
  readonly routes: readonly {
    readonly path: string
    readonly methods: readonly string[] | null
    readonly cors: AnyCors
  }[]
  /** The policy of requests that no route matches; null refuses every origin. */
  readonly else: AnyCors | null
  /** Finds the route of a request, for tests, logs and listings. */
  find(method: string, url: string): FoundRoute
}

/**
 * Chooses a policy by path and method. The first route that matches decides; policies of other
 * routes are never added to it. A preflight is answered by the policy of the route that will serve
 * the actual request.
 *
 * Servers read a path in different ways: `/%61dmin`, `//admin`, `/admin/`, `/Admin` and `/admin;a=1`
 * may all be `/admin`. Where these readings lead to routes with different policies, every origin is
 * refused. So a spelling never gets a wider policy than the route that serves it.
 *
 * Where methods of one path have different policies, browsers are told not to keep the answer of a
 * preflight: they would use it for the other methods too.
 *
 * The paths are whole paths, also where an adapter is mounted below one.
 *
 * @param routes the routes, narrow ones first
 * @param options the policy of all other requests
 * @returns a policy that every adapter takes
 * @throws {TypeError} for a route that is wrong, for one that no request reaches, and in a runtime
 *   without `URLPattern`
 * @throws {CorsPolicyError} for a policy with a defect
 * @see https://urlpattern.spec.whatwg.org/
 *
 * @example
 * ```ts
 * import { corsRoutes } from 'corsmith/routes'
 *
 * const cors = corsRoutes(
 *   [
 *     { path: '/admin/*', policy: { origins: ['https://admin.example.com'], credentials: true } },
 *     { path: '/users/:id', methods: ['GET'], policy: { origins: '*' } },
 *   ],
 *   { else: { origins: ['https://app.example.com'], methods: ['PUT'] } },
 * )
 *
 * export default { fetch: cors.wrap((request) => new Response(request.url)) }
 * ```
 */
export function corsRoutes<const P extends readonly PolicyInput[]>(
  routes: CheckedRoutes<P>,
  options: CorsRoutesOptions = {},
): CorsRoutes {
  return blamingCaller(corsRoutes, () => corsRoutesOf(routes, options))
}

/** {@link corsRoutes} for values of unknown shape, as files hold them. */
export function corsRoutesOf(routes: unknown, options: CorsRoutesOptions = {}): CorsRoutes {
  const { else: otherwise = null, refused = 'pass', URLPattern = platformPattern(), ...unknown } = options
  const [name] = Object.keys(unknown)
  if (name !== undefined)
    throw new TypeError(`corsRoutes: there is no option ${JSON.stringify(name)}: write "else" or "refused"`)
  if (refused !== 'pass' && refused !== 'forbid') throw new TypeError('corsRoutes: refused is "pass" or "forbid"')
  const table = readTable(routes, requirePattern(URLPattern))
  const rest = otherwise === null || isCors(otherwise) ? otherwise : createCorsOf(otherwise)
  const chooserOf = createChooser(table, rest)
  const closed = { pass: closedCors('pass'), forbid: closedCors('forbid') }
  const unkept = createUnkept()

  function choose(request: Request, args: readonly unknown[]): Choice {
    const asked = preflightOrigin(request) === null ? null : request.headers.get(READ.requestMethod)
    return chooserOf(pathsOf(request, args), asked ?? request.method)
  }

  async function engineFor(request: Request, args: readonly unknown[]): Promise<Cors> {
    const { cors, forbids, isSplit } = choose(request, args)
    if (cors === null) return closed[forbids ? 'forbid' : refused]
    const ready = isSync(cors) ? cors : await resolvePolicy(cors, request, ...args)
    return isSplit && preflightOrigin(request) !== null ? unkept(ready) : ready
  }

  const cors: CorsRoutes & { [RESOLVE](request: Request, args: readonly unknown[]): Promise<Cors> } = {
    [RESOLVE]: engineFor,
    routes: table.map(({ path, methods, cors }) => ({ path, methods, cors })),
    else: rest,
    find(method, url) {
      const { routes, cors, isAmbiguous } = chooserOf([pathOfUrl(url)], method)
      return { routes, cors, isAmbiguous }
    },
    async decide(request, ...args) {
      const decision = (await engineFor(request, args)).decide(request)
      const isMissing = decision.refusal === 'origin-not-allowed' && choose(request, args).cors === null
      return isMissing ? { ...decision, refusal: 'policy-unavailable' } : decision
    },
    async entries(request, names, ...args) {
      return (await engineFor(request, args)).entries(request, names)
    },
    async headers(request, init, ...args) {
      return (await engineFor(request, args)).headers(request, init)
    },
    async preflight(request, ...args) {
      return (await engineFor(request, args)).preflight(request)
    },
    async guard(request, ...args) {
      return (await engineFor(request, args)).guard(request)
    },
    async apply(request, response, ...args) {
      return (await engineFor(request, args)).apply(request, response)
    },
    wrap<R extends HandlerResult>(handler: (request: Request) => R, wrapOptions?: WrapOptions<Request, []>) {
      // Adapters pass further arguments on to the handler.
      return async (request: Request, ...args: []): Promise<Awaited<R>> => {
        const wrapped = (await engineFor(request, args)).wrap(handler, wrapOptions)
        return (await wrapped(request, ...args)) as Awaited<R>
      }
    },
  }
  return cors
}

function platformPattern(): unknown {
  return (globalThis as { readonly URLPattern?: unknown }).URLPattern
}

function requirePattern(Pattern: unknown): PatternClass {
  if (typeof Pattern === 'function') return Pattern as PatternClass
  throw new TypeError(
    'corsRoutes: this runtime has no URLPattern: install "urlpattern-polyfill" and pass its class, ' +
      'as in "corsRoutes(routes, { URLPattern })"',
  )
}

/**
 * Gives the path of a request in each spelling that a router may see. In Node the URL of the
 * Request is normalized, and the router sees what the client sent.
 */
function pathsOf(request: Request, [given]: readonly unknown[]): readonly string[] {
  const path = pathOfUrl(request.url)
  if (typeof given !== 'object' || given === null || given instanceof Request) return [path]
  const { originalUrl, url, method, headers } = given as { readonly [name in string]?: unknown }
  const raw = originalUrl ?? url
  const isNodes = typeof raw === 'string' && typeof method === 'string' && typeof headers === 'object'
  return isNodes ? [...new Set([path, pathOfUrl(raw)])] : [path]
}
