// Policies made from another policy, or standing for one: what they change, and what they keep.
import { describe, expect, it } from 'vitest'
import { type Cors, type CorsPolicy, createCors, perRequest } from '../../src/index.ts'
import { observe } from '../../src/log.ts'
import { corsRoutes } from '../../src/routes.ts'
import { createCorsOf } from '../../src/server/create.ts'
import { closedApply, closedCors, createPermitting, createUnkept, createVarying } from '../../src/server/derived.ts'
import { createSwappable } from '../../src/swap.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'

const linesOf = (cors: Cors, request: Request) => cors.entries(request).map(([name, value]) => `${name}: ${value}`)
const asking = (origin: string) => preflight(origin, '/x', 'PUT')
const ALLOWED = `Access-Control-Allow-Origin: ${PAGE}`

describe('a policy whose preflights browsers do not keep', () => {
  const of = (policy: CorsPolicy) => createUnkept()(createCorsOf(policy))

  it('says so once, keeps the other lines, and varies by what was asked for', () => {
    expect(linesOf(of({ origins: [PAGE], methods: ['PUT'], maxAge: 600 }), asking(PAGE))).toEqual([
      ALLOWED,
      'Access-Control-Allow-Methods: PUT',
      'Access-Control-Max-Age: 0',
      'Vary: Origin, Access-Control-Request-Method',
    ])
    expect(linesOf(of({ origins: '*' }), asking(PAGE))).toEqual([
      'Access-Control-Allow-Origin: *',
      'Access-Control-Max-Age: 0',
      'Vary: Access-Control-Request-Method',
    ])
  })

  it('still echoes what its policy echoes', () => {
    expect(linesOf(of({ origins: [PAGE], credentials: true, methods: '*' }), asking(PAGE))).toEqual([
      ALLOWED,
      'Access-Control-Allow-Credentials: true',
      'Access-Control-Max-Age: 0',
      'Access-Control-Allow-Methods: PUT',
      'Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    ])
  })

  it('shows its policy, frozen, and answers other requests as before', () => {
    const { policy, ...cors } = of({ origins: [PAGE], maxAge: 600, exposedHeaders: ['X-A'] })
    expect(policy).toEqual({ origins: [PAGE], maxAge: 0, exposedHeaders: ['X-A'] })
    expect(Object.isFrozen(policy)).toBe(true)
    expect(cors.entries(from(PAGE))).toEqual(
      createCors({ origins: [PAGE], exposedHeaders: ['X-A'] }).entries(from(PAGE)),
    )
  })

  it('is made once for each policy', () => {
    const unkept = createUnkept()
    const cors = createCors({ origins: [PAGE] })
    expect(unkept(cors)).toBe(unkept(cors))
  })
})

describe('a policy that is exchanged', () => {
  const statusOf = async (cors: { preflight(request: Request): unknown }) =>
    ((await cors.preflight(asking(PAGE))) as Response | null)?.status

  it.each([
    ['itself', (cors: Cors) => cors],
    ['under a log', (cors: Cors) => observe(cors, {}) as Cors],
  ])('answers the next preflight by the new one, also where methods of one path differ, %s', async (_, given) => {
    const policy = createSwappable({ origins: [PAGE], methods: ['PUT'] })
    const routes = corsRoutes([
      { path: '/x', methods: ['PUT'], policy: given(policy) },
      { path: '/x', policy: { origins: '*' } },
    ])
    expect(await statusOf(routes)).toBe(204)
    policy.swap({ origins: [STRANGER], methods: ['PUT'] })
    expect(await statusOf(routes)).toBe(403)
  })

  it('answers the next request by the new one, where a function chose it', async () => {
    const policy = createSwappable({ origins: '*' as const })
    const chosen = perRequest(() => policy)
    expect(await chosen.entries(from(PAGE))).toContainEqual(['Access-Control-Allow-Origin', '*'])
    policy.swap({ origins: [STRANGER] })
    expect(await chosen.entries(from(PAGE))).toEqual([['Vary', 'Origin']])
  })

  it('is found by keys that another copy of the package knows too', () => {
    const policy = createSwappable({ origins: '*' })
    expect([Symbol.for('corsmith.via') in policy, Symbol.for('corsmith.derive') in createCors(policy.policy)]).toEqual([
      true,
      true,
    ])
  })
})

describe('a policy that permits the methods of a route', () => {
  const permitted = (policy: CorsPolicy) => createPermitting(['PUT', 'PATCH'])(createCorsOf(policy))

  it('writes the lines in the order in which a policy with these methods writes them', () => {
    const policies: readonly CorsPolicy[] = [
      { origins: [PAGE] },
      { origins: [PAGE], requestHeaders: ['X-A'], maxAge: 60 },
      { origins: [PAGE], credentials: true },
      { origins: [PAGE], credentials: true, requestHeaders: ['X-A'], maxAge: 60 },
    ]
    for (const policy of policies) {
      const written = createCorsOf({ ...policy, methods: ['PUT', 'PATCH'] })
      expect(permitted(policy).entries(asking(PAGE))).toEqual(written.entries(asking(PAGE)))
      expect(permitted(policy).policy).toEqual(written.policy)
    }
  })
})

describe('a policy that varies by Origin', () => {
  it.each(['*', ['*']] as const)('is made of one for %j, and of no other', (origins) => {
    const varying = createVarying()
    expect(linesOf(varying(createCorsOf({ origins })), from(PAGE))).toEqual([
      'Access-Control-Allow-Origin: *',
      'Vary: Origin',
    ])
    const listed = createCors({ origins: [PAGE] })
    expect(varying(listed)).toBe(listed)
  })
})

describe('the policy that answers where no other can be had', () => {
  it('allows no origin, and refuses as it was told', async () => {
    const [pass, forbid] = [closedCors('pass'), closedCors('forbid')]
    for (const cors of [pass, forbid]) {
      expect(linesOf(cors, asking(PAGE))).toEqual(['Vary: Origin'])
      expect(linesOf(cors, from(PAGE))).toEqual(['Vary: Origin'])
      expect(cors.preflight(asking(PAGE))?.status).toBe(403)
    }
    const hello = () => new Response('hello')
    expect([pass, forbid].map((cors) => cors.wrap(hello)(from(PAGE)).status)).toEqual([200, 403])
    const applied = closedApply()(from(PAGE), new Response('x', { headers: { 'Access-Control-Allow-Origin': '*' } }))
    expect([...applied.headers]).toEqual([
      ['content-type', 'text/plain;charset=UTF-8'],
      ['vary', 'Origin'],
    ])
  })
})
