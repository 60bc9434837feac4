import { describe, expect, it } from 'vitest'
import { type AsyncCors, CorsPolicyError, createCors, perRequest } from '../../src/index.ts'
import { createProxy } from '../../src/proxy.ts'
import { corsRoutes, corsRoutesFromJson, isRoutesJson } from '../../src/routes.ts'
import { DOORS } from '../support/doors.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'

const ADMIN = 'https://admin.example'
const hello = () => new Response('hello')
const allowed = (response: Response) => response.headers.get('Access-Control-Allow-Origin')
const asking = (origin: string, path: string, method: string) => preflight(origin, path, method)

const TABLE = [
  { path: '/admin/*', policy: { origins: [ADMIN], credentials: true, methods: ['DELETE'] } },
  { path: '/items/:id', methods: ['PUT', 'DELETE'], policy: { origins: [ADMIN], methods: ['PUT', 'DELETE'] } },
  { path: '/items/:id', policy: { origins: '*', maxAge: 600 } },
] as const

describe('corsRoutes()', () => {
  it('answers by the first route that matches, and adds nothing of the others', async () => {
    const fetch = corsRoutes([
      { path: '/a/b', policy: { origins: [ADMIN] } },
      { path: '/a/*', policy: { origins: [PAGE] } },
    ]).wrap(hello)
    expect(allowed(await fetch(from(ADMIN, '/a/b')))).toBe(ADMIN)
    expect(allowed(await fetch(from(PAGE, '/a/b')))).toBeNull()
    expect(allowed(await fetch(from(PAGE, '/a/c')))).toBe(PAGE)
    expect(allowed(await fetch(from(ADMIN, '/a/c')))).toBeNull()
    expect(allowed(await fetch(from(PAGE, '/a')))).toBe(PAGE)
  })

  it('refuses what no route matches, unless `else` says otherwise', async () => {
    const closed = corsRoutes(TABLE)
    expect(allowed(await closed.wrap(hello)(from(PAGE, '/other')))).toBeNull()
    expect((await closed.decide(from(PAGE, '/other'))).refusal).toBe('policy-unavailable')
    expect((await closed.decide(from(PAGE, '/admin/x'))).refusal).toBe('origin-not-allowed')
    const open = corsRoutes(TABLE, { else: { origins: [PAGE] } })
    expect(allowed(await open.wrap(hello)(from(PAGE, '/other')))).toBe(PAGE)
    const strict = corsRoutes(TABLE, { refused: 'forbid' })
    expect((await strict.wrap(hello)(from(PAGE, '/other'))).status).toBe(403)
  })

  it('answers a preflight by the route of the actual request, its method included', async () => {
    const fetch = corsRoutes(TABLE).wrap(hello)
    const put = await fetch(asking(ADMIN, '/items/7', 'PUT'))
    expect([put.status, allowed(put), put.headers.get('Access-Control-Allow-Methods')]).toEqual([
      204,
      ADMIN,
      'PUT,DELETE',
    ])
    expect((await fetch(asking(STRANGER, '/items/7', 'PUT'))).status).toBe(403)
    expect(allowed(await fetch(asking(STRANGER, '/items/7', 'GET')))).toBe('*')
    expect(allowed(await fetch(from(STRANGER, '/items/7', { method: 'HEAD' })))).toBe('*')
  })

  it('lets no browser use the preflight of one method for another with another policy', async () => {
    const fetch = corsRoutes(TABLE).wrap(hello)
    const split = await fetch(asking(STRANGER, '/items/7', 'GET'))
    expect(split.headers.get('Access-Control-Max-Age')).toBe('0')
    expect(split.headers.get('Vary')).toBe('Access-Control-Request-Method')
    const refused = await fetch(asking(STRANGER, '/items/7', 'PUT'))
    expect(refused.headers.get('Vary')).toBe('Origin, Access-Control-Request-Method')
    const whole = corsRoutes([{ path: '/items/:id', policy: { origins: '*', maxAge: 600 } }]).wrap(hello)
    expect((await whole(asking(STRANGER, '/items/7', 'GET'))).headers.get('Access-Control-Max-Age')).toBe('600')
  })

  it('counts HEAD as GET', () => {
    const cors = corsRoutes([{ path: '/x', methods: ['GET'], policy: { origins: '*' } }])
    expect(cors.find('HEAD', 'https://api.example/x').routes).toEqual([0])
    expect(cors.find('POST', 'https://api.example/x').routes).toEqual([-1])
  })

  it('does not vary by Origin where the route is open to all', async () => {
    const fetch = corsRoutes(TABLE).wrap(hello)
    const response = await fetch(from(null, '/items/7'))
    expect([allowed(response), response.headers.get('Vary')]).toEqual(['*', null])
  })

  it('refuses a path that servers read in ways with different policies, and forbids where one of them does', async () => {
    const cors = corsRoutes([{ path: '/admin/*', policy: { origins: [ADMIN], refused: 'forbid' } }], {
      else: { origins: '*' },
    })
    const spelled = (path: string) => `https://api.example${path}`
    for (const path of ['/%61dmin/x', '//admin/x', '/Admin/x', '/admin;a/x', '/x%2f..%2fadmin/x', '/%2561dmin/x'])
      expect([path, cors.find('GET', spelled(path)).isAmbiguous]).toEqual([path, true])
    expect((await cors.wrap(hello)(from(PAGE, '/%61dmin/x'))).status).toBe(403)
    expect(cors.find('GET', spelled('/admin%00/x')).cors).toBeNull()
    expect(cors.find('GET', spelled(`/%${'25'.repeat(80)}61dmin`)).cors).toBeNull()
    expect(cors.find('GET', spelled(`/${'a'.repeat(5000)}`)).cors).toBeNull()
  })

  it('takes one policy under several spellings, where all of them lead to it', () => {
    const policy = { origins: '*' } as const
    const cors = corsRoutes([
      { path: '/a/*', policy },
      { path: '/b/:x', policy },
    ])
    expect(cors.find('GET', 'https://api.example/b/a%2Fc').cors).toBeNull()
    expect(cors.find('GET', 'https://api.example/a//b;c/').cors).not.toBeNull()
    const lax = corsRoutes([{ path: '/users{/}?', policy }])
    expect(lax.find('GET', 'https://api.example/users/').cors).not.toBeNull()
    expect(corsRoutes([{ path: '/users', policy }]).find('GET', 'https://api.example/users/').isAmbiguous).toBe(true)
    expect(corsRoutes([{ path: '/users/', policy }]).find('GET', 'https://api.example/users').isAmbiguous).toBe(true)
  })

  it('passes a policy that is chosen per request on, with its arguments', async () => {
    const tenants = perRequest((request: Request) =>
      new URL(request.url).pathname.endsWith('7') ? createCors({ origins: [PAGE] }) : null,
    )
    const fetch = corsRoutes([{ path: '/tenants/:id', policy: tenants }]).wrap(hello)
    expect(allowed(await fetch(from(PAGE, '/tenants/7')))).toBe(PAGE)
    expect(allowed(await fetch(from(PAGE, '/tenants/8')))).toBeNull()
  })

  it('lists its routes', () => {
    const cors = corsRoutes(TABLE, { else: null })
    expect(cors.routes.map(({ path, methods }) => [path, methods])).toEqual([
      ['/admin/*', null],
      ['/items/:id', ['PUT', 'DELETE']],
      ['/items/:id', null],
    ])
    expect(cors.else).toBeNull()
  })

  it.each(Object.entries(DOORS))('goes into %s like any policy', async (_, door) => {
    const cors = corsRoutes([{ path: '/', policy: { origins: [PAGE] } }]) as AsyncCors
    const fetch = door(cors as never, hello)
    expect([allowed(await fetch(from(PAGE))), allowed(await fetch(from(STRANGER)))]).toEqual([PAGE, null])
    expect((await fetch(asking(PAGE, '/', 'GET'))).status).toBe(204)
  })

  it('serves the edge', async () => {
    const proxy = createProxy({ upstream: 'http://127.0.0.1:1', cors: corsRoutes(TABLE), fetch: async () => hello() })
    expect(allowed(await proxy(from(ADMIN, '/admin/x')))).toBe(ADMIN)
    expect((await proxy(from(PAGE, '/admin/x', { method: 'POST' }))).status).toBe(403)
    expect((await proxy(asking(ADMIN, '/admin/x', 'DELETE'))).status).toBe(204)
  })

  it.each([
    ['no list', {}, /the routes are a list/],
    ['a route that is no object', ['/a'], /routes\[0\]: a route is an object/],
    ['an unknown key', [{ path: '/a', polices: {}, policy: { origins: '*' } }], /there is no key "polices"/],
    ['a path without a slash', [{ path: 'api/*', policy: { origins: '*' } }], /begins with a slash: write "\/api\/\*"/],
    ['a pattern that is none', [{ path: '/(', policy: { origins: '*' } }], /is not a pattern of URLPattern/],
    [
      'methods in lower case',
      [{ path: '/a', methods: ['get'], policy: { origins: '*' } }],
      /"get" is not a method in upper case/,
    ],
    ['no methods', [{ path: '/a', methods: [], policy: { origins: '*' } }], /methods are a list/],
    ['a function as policy', [{ path: '/a', policy: () => null }], /write "perRequest\(…\)"/],
    [
      'a route that none reaches',
      [
        { path: '/a/*', policy: { origins: '*' } },
        { path: '/a/:b', policy: { origins: [PAGE] } },
      ],
      /routes\[1\]: no request reaches "\/a\/:b"/,
    ],
    [
      'the same route twice',
      [
        { path: '/a', policy: { origins: '*' } },
        { path: '/a', methods: ['GET'], policy: { origins: [PAGE] } },
      ],
      /no request reaches/,
    ],
  ])('throws for %s', (_, routes, message) => {
    expect(() => corsRoutes(routes as never)).toThrow(message)
  })

  it('throws for a policy with a defect, and says in which route', () => {
    const make = () => corsRoutes([{ path: '/a', policy: { origins: ['https://a.com/'] } }] as never)
    expect(make).toThrow(CorsPolicyError)
    expect(make).toThrow(/^routes\[0\]\.policy: this policy has 1 defect/)
  })

  it('throws for an unknown option, and in a runtime without URLPattern', () => {
    expect(() => corsRoutes([], { elze: null } as never)).toThrow(/no option "elze"/)
    expect(() => corsRoutes([], { URLPattern: null })).toThrow(/has no URLPattern: install "urlpattern-polyfill"/)
  })
})

describe('corsRoutesFromJson()', () => {
  it('reads a text and a value, and ignores $schema', async () => {
    const value = { $schema: 'x', routes: [{ path: '/a', policy: { origins: [PAGE] } }], else: null }
    for (const json of [value, JSON.stringify(value)])
      expect(allowed(await corsRoutesFromJson(json).wrap(hello)(from(PAGE, '/a')))).toBe(PAGE)
    expect([isRoutesJson(value), isRoutesJson({ origins: '*' }), isRoutesJson(null)]).toEqual([true, false, false])
  })

  it.each([
    ['{', /the text is not JSON/],
    ['{"origins":"*"}', /has no "routes"/],
    ['{"routes":[],"else":null,"else":{"origins":"*"}}', /else/],
    ['{"routes":[],"other":1}', /no option "other"/],
  ])('refuses %s', (text, message) => {
    expect(() => corsRoutesFromJson(text)).toThrow(message)
  })
})
