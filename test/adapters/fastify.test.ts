import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/fastify.ts'
import { CorsPolicyError, createCors, perRequest } from '../../src/index.ts'
import { ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const FROM_PAGE = { headers: { Origin: PAGE } }
const ASKING = { method: 'OPTIONS', headers: { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' } }

async function listening(app: FastifyInstance) {
  await app.listen({ port: 0, host: '127.0.0.1' })
  return ready(app.server)
}

/** The status, the allowed origin and `Vary` of what a server answers. */
async function asked(server: Parameters<typeof send>[0], path: string, init: object = FROM_PAGE): Promise<unknown[]> {
  const { status, headers } = await send(server, { path, ...init })
  return [status, headers['access-control-allow-origin'], headers.vary]
}

describe('cors() of corsmith/fastify', () => {
  it('covers routes, errors, 404s and preflights of the instance that registers it', async () => {
    const app = Fastify()
    await app.register(cors(POLICY))
    app.get('/', async (_, reply) => reply.header('Vary', 'Accept').send('hello'))
    app.get('/error', () => Promise.reject(new Error('on purpose')))
    app.register(async (scope) => void scope.put('/', async () => 'deep'), { prefix: '/deep' })
    await using server = await listening(app)
    expect(await asked(server, '/')).toEqual([200, PAGE, 'Accept, Origin'])
    expect(await asked(server, '/error')).toEqual([500, PAGE, 'Origin'])
    expect(await asked(server, '/nowhere')).toEqual([404, PAGE, 'Origin'])
    expect(await asked(server, '/deep', ASKING)).toEqual([204, PAGE, 'Origin'])
    expect(await asked(server, '/', { headers: { Origin: STRANGER } })).toEqual([200, undefined, 'Accept, Origin'])
  })

  it('adds no route for OPTIONS to the root instance, so a route for everything has its own', async () => {
    const app = Fastify()
    await app.register(cors(POLICY))
    app.all('/*', async (request) => request.method)
    app.get('/later', async () => 'hello')
    app.options('/later', async () => 'own')
    await using server = await listening(app)
    expect(await asked(server, '/any', ASKING)).toEqual([204, PAGE, 'Origin'])
    expect(await send(server, { path: '/any', method: 'OPTIONS', ...FROM_PAGE })).toMatchObject({ body: 'OPTIONS' })
    expect(await send(server, { path: '/later', method: 'OPTIONS', ...FROM_PAGE })).toMatchObject({ body: 'own' })
  })

  it('covers the routes of a scope, with the OPTIONS that their preflights need, and no other path', async () => {
    const app = Fastify()
    app.register(
      async (scope) => {
        await scope.register(cors(POLICY))
        scope.put('/', async () => 'root')
        scope.get('/items/:id', async () => 'item')
        scope.put('/items/:id', async () => 'item')
        scope.route({ method: ['GET', 'OPTIONS'], url: '/own', handler: async (request) => request.method })
        scope.register(async (inner) => void inner.put('/x', async () => 'x'), { prefix: '/v1' })
      },
      { prefix: '/api' },
    )
    app.put('/apix', async () => 'outside')
    await using server = await listening(app)
    for (const path of ['/api', '/api/', '/api/items/1', '/api/own', '/api/v1/x'])
      expect(await asked(server, path, ASKING)).toEqual([204, PAGE, 'Origin'])
    expect(await asked(server, '/api/items/1')).toEqual([200, PAGE, 'Origin'])
    for (const path of ['/apix', '/api/nowhere'])
      expect(await asked(server, path, ASKING)).toEqual([404, undefined, undefined])
    const plain = { method: 'OPTIONS', headers: { Origin: PAGE } }
    expect((await asked(server, '/api/items/1', plain))[0]).toBe(404)
    expect(await send(server, { path: '/api/own', ...plain })).toMatchObject({ status: 200, body: 'OPTIONS' })
  })

  it('adds an OPTIONS that has the constraints and the final slash of its route, and that descriptions leave out', async () => {
    const app = Fastify()
    const added: unknown[] = []
    app.addHook('onRoute', ({ method, url, schema }) => {
      if (method === 'OPTIONS') added.push([url, Object(schema).hide])
    })
    app.register(
      async (scope) => {
        await scope.register(cors(POLICY))
        const one = { constraints: { host: 'one.example.com' } }
        scope.get('/items', one, async () => 'items')
        scope.put('/items', one, async () => 'items')
        scope.put('/', { prefixTrailingSlash: 'no-slash' }, async () => 'root')
      },
      { prefix: '/api' },
    )
    await using server = await listening(app)
    const from = (host: string) => ({ ...ASKING, headers: { ...ASKING.headers, Host: host } })
    expect(await asked(server, '/api/items', from('one.example.com'))).toEqual([204, PAGE, 'Origin'])
    expect(await asked(server, '/api/items', from('two.example.com'))).toEqual([404, undefined, undefined])
    expect(await asked(server, '/api', ASKING)).toEqual([204, PAGE, 'Origin'])
    expect(await asked(server, '/api/', ASKING)).toEqual([404, undefined, undefined])
    expect(added).toEqual([
      ['/api/items', true],
      ['/api', true],
    ])
  })

  it('has a name that Fastify tells with the instance', async () => {
    const app = Fastify()
    await app.register(cors(POLICY))
    await app.ready()
    expect(app.pluginName).toBe('fastify -> corsmith')
  })

  it('gives each scope its own policy, and an outer policy wins', async () => {
    const app = Fastify()
    for (const [prefix, origins] of [
      ['/public', '*'],
      ['/private', [PAGE]],
    ] as const)
      app.register(
        async (scope) => {
          await scope.register(cors({ origins }))
          await scope.register(cors({ origins: [STRANGER] }))
          scope.get('/', async () => prefix)
        },
        { prefix },
      )
    await using server = await listening(app)
    expect(await asked(server, '/public')).toEqual([200, '*', expect.anything()])
    expect(await asked(server, '/private')).toEqual([200, PAGE, 'Origin'])
  })

  it('covers what Fastify answers before its hooks, with frameworkErrors', async () => {
    const plugin = cors(POLICY)
    const app = Fastify({ frameworkErrors: plugin.frameworkErrors })
    await app.register(plugin)
    await using server = await listening(app)
    expect(await asked(server, '/%E0%')).toEqual([400, PAGE, 'Origin'])
    expect(await asked(server, '/%E0%', ASKING)).toEqual([204, PAGE, 'Origin'])
  })

  it('stands before a hook that is added after it, so a preflight meets no authentication', async () => {
    const app = Fastify()
    await app.register(cors(POLICY))
    app.addHook('onRequest', async (_, reply) => reply.code(401).send('who are you?'))
    app.put('/', async () => 'hello')
    await using server = await listening(app)
    expect(await asked(server, '/', ASKING)).toEqual([204, PAGE, 'Origin'])
    expect(await asked(server, '/')).toEqual([401, PAGE, 'Origin'])
  })

  it('passes the request of Fastify to a function, and to resolve of perRequest', async () => {
    const seen: unknown[] = []
    const sources = [
      (request: FastifyRequest) => {
        seen.push(request.routeOptions.url)
        return POLICY
      },
      perRequest((_: Request, request: FastifyRequest) => {
        seen.push(request.routeOptions.url)
        return createCors(POLICY)
      }),
    ]
    for (const source of sources) {
      const app = Fastify()
      await app.register(cors(source as (request: FastifyRequest) => typeof POLICY))
      app.get('/:id', async () => 'hello')
      await using server = await listening(app)
      expect(await asked(server, '/1')).toEqual([200, PAGE, 'Origin'])
    }
    expect(seen).toEqual(['/:id', '/:id'])
  })

  it('answers inject, and forbids a refused origin', async () => {
    const app = Fastify()
    await app.register(cors({ ...POLICY, refused: 'forbid' }))
    app.get('/', async () => 'hello')
    const { statusCode, headers } = await app.inject({ url: '/', headers: { origin: STRANGER } })
    expect([statusCode, headers.vary]).toEqual([403, 'Origin'])
    expect((await app.inject({ url: '/', headers: { origin: PAGE } })).statusCode).toBe(200)
  })

  it('throws for a policy with a defect before anything listens', () => {
    expect(() => cors({ origins: [`${PAGE}/` as string] })).toThrow(CorsPolicyError)
  })
})
