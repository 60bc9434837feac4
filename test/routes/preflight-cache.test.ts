// A browser keeps a preflight for the whole URL. Where the methods of a path have different policies, no kept answer lets a method through
// that its own policy refuses.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBrowser } from '../../src/browser.ts'
import { type Cors, createCors, perRequest } from '../../src/index.ts'
import { corsRoutes } from '../../src/routes.ts'
import { PAGE } from '../support/pages.ts'
import { holds } from '../support/property.ts'

const METHODS = ['GET', 'PUT', 'DELETE', 'PATCH'] as const
type Method = (typeof METHODS)[number]

/** A policy for each method of one path: may this page use it, and what else does it permit? */
const table = fc.record({
  policies: fc.tuple(
    ...METHODS.map((method) =>
      fc.record({
        origins: fc.constantFrom([PAGE], ['https://other.example']),
        methods: fc
          .subarray(['PUT', 'DELETE', 'PATCH'])
          .map((all) => [...new Set([...all, ...(method === 'GET' ? [] : [method])])]),
        requestHeaders: fc.subarray(['X-A', 'X-B']),
        maxAge: fc.constant(600),
      }),
    ),
  ),
  asked: fc.array(fc.tuple(fc.constantFrom(...METHODS), fc.subarray(['x-a', 'x-b'])), { minLength: 2, maxLength: 6 }),
})

type Chosen = (policies: readonly Cors[]) => { wrap: ReturnType<typeof corsRoutes>['wrap'] }

const byRoutes: Chosen = (policies) =>
  corsRoutes(METHODS.map((method, i) => ({ path: '/x', methods: [method], policy: policies[i] as Cors })))

/** The same choice by hand, which forgets that browsers keep answers. */
const byHand: Chosen = (policies) =>
  perRequest((request: Request) => {
    const asked = request.headers.get('Access-Control-Request-Method') ?? request.method
    return policies[METHODS.indexOf(asked as Method)] ?? null
  })

/** Sends the requests of a page one after the other, and lists those that reached the handler against their own policy. */
async function breaches(
  choose: Chosen,
  { policies, asked }: { policies: readonly object[]; asked: readonly (readonly [Method, readonly string[]])[] },
) {
  const engines = policies.map((policy) => createCors(policy as never))
  const reached: string[] = []
  const fetch = choose(engines).wrap((request: Request) => {
    const own = engines[METHODS.indexOf(request.method as Method)]
    const names = ['x-a', 'x-b'].filter((name) => request.headers.has(name))
    const permitted = (own?.policy.requestHeaders ?? []) as readonly string[]
    const isPreflighted = request.method !== 'GET' || names.length > 0
    const isRight = own?.decide(request).shared && names.every((name) => permitted.includes(name.toUpperCase()))
    if (isPreflighted && !isRight) reached.push(`${request.method} ${names}`)
    return new Response('x')
  })
  const page = createBrowser({ fetch }).page(PAGE)
  for (const [method, names] of asked)
    await page.request('https://api.example/x', {
      method,
      headers: Object.fromEntries(names.map((name) => [name, '1'])),
    })
  return reached
}

const lawHolds = (choose: Chosen) =>
  holds(
    fc.asyncProperty(table, async (given) => {
      expect(await breaches(choose, given)).toEqual([])
    }),
    { numRuns: 200 },
  )

describe('corsRoutes() and the preflight cache', () => {
  it('lets no method and no header through that the policy of its route refuses', () => lawHolds(byRoutes))

  it('is caught where preflights are kept', async () => {
    await expect(lawHolds(byHand)).rejects.toThrow()
  })
})
