// The routes of an application under test, and what serves each. Every server answers with the name of the route that it took.
import type { AnyCors } from '../../src/adapter.ts'
import { type Cors, type CorsPolicy, createCors, perRequest } from '../../src/index.ts'
import { corsRoutes } from '../../src/routes.ts'

export const ADMIN = 'https://admin.example'
export const APP = 'https://app.example'
export const STRANGER = 'https://stranger.example'

/** The policy of each route. What no route matches is open to all: a mistake about the route then shows as a wider answer. */
export const POLICIES = {
  admin: { origins: [ADMIN], credentials: true, refused: 'forbid' },
  report: { origins: [APP] },
  write: { origins: [ADMIN], methods: ['PUT', 'DELETE'], requestHeaders: ['Content-Type'] },
  item: { origins: '*' },
  folder: { origins: [APP], credentials: true },
  rest: { origins: '*', methods: ['PUT', 'DELETE'] },
} as const satisfies Record<string, CorsPolicy>

export type Name = keyof typeof POLICIES

/** The same table in the notation of routers, for servers: `*` is everything below. */
export const ROUTES: readonly (readonly [name: Name, path: string, methods: readonly string[]])[] = [
  ['admin', '/admin/*', []],
  ['report', '/reports/:id', []],
  ['write', '/items/:id', ['PUT', 'DELETE']],
  ['item', '/items/:id', []],
  ['folder', '/Files/a b/*', []],
]

const ENGINES = Object.fromEntries(
  Object.entries(POLICIES).map(([name, policy]) => [name, createCors(policy as never)]),
)

/** The engine of a route. */
export function engineOf(name: string): Cors {
  return ENGINES[name] ?? createCors(POLICIES.rest)
}

export const sources: Readonly<Record<'corsRoutes' | 'a match of the URL alone', AnyCors>> = {
  corsRoutes: corsRoutes(
    ROUTES.map(([name, path, methods]) => ({
      path,
      policy: engineOf(name),
      ...(methods.length > 0 && { methods }),
    })),
    { else: engineOf('rest') },
  ),
  // What applications write by hand, and what the law has to catch.
  'a match of the URL alone': perRequest((request: Request) => {
    const { pathname } = new URL(request.url)
    const asked = request.headers.get('Access-Control-Request-Method') ?? request.method
    const found = ROUTES.find(
      ([, path, methods]) =>
        new URLPattern({ pathname: path }).test({ pathname }) && (methods.length === 0 || methods.includes(asked)),
    )
    return engineOf(found?.[0] ?? 'rest')
  }),
}
