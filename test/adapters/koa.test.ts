import Koa, { type Context } from 'koa'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/koa.ts'
import { CorsPolicyError, createCors, perRequest } from '../../src/index.ts'
import { ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const FROM_PAGE = { headers: { Origin: PAGE } }
const ASKING = { method: 'OPTIONS', headers: { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' } }

const listening = (app: Koa) => ready(app.listen(0, '127.0.0.1'))

function silent(...middlewares: readonly Koa.Middleware[]): Koa {
  const app = new Koa()
  app.silent = true
  for (const middleware of middlewares) app.use(middleware)
  return app
}

/** The status, the allowed origin and `Vary` of what a server answers. */
async function asked(server: Parameters<typeof send>[0], path: string, init: object = FROM_PAGE): Promise<unknown[]> {
  const { status, headers } = await send(server, { path, ...init })
  return [status, headers['access-control-allow-origin'], headers.vary]
}

describe('cors() of corsmith/koa', () => {
  it('covers answers, 404s, and errors for which Koa removes every header', async () => {
    const app = silent(cors(POLICY), (ctx) => {
      if (ctx.path === '/error') throw new Error('on purpose')
      if (ctx.path === '/') {
        ctx.set('Vary', 'Accept')
        ctx.body = 'hello'
      }
    })
    await using server = await listening(app)
    expect(await asked(server, '/')).toEqual([200, PAGE, 'Accept, Origin'])
    expect(await asked(server, '/error')).toEqual([500, PAGE, 'Origin'])
    expect(await asked(server, '/nowhere')).toEqual([404, PAGE, 'Origin'])
    expect(await asked(server, '/', { headers: { Origin: STRANGER } })).toEqual([200, undefined, 'Accept, Origin'])
  })

  it('answers a preflight before every middleware below it, and only once', async () => {
    const reached: string[] = []
    const ended: unknown[] = []
    const app = silent(
      async (ctx, next) => {
        await next()
        // Koa ignores it after the answer was sent.
        ctx.set('X-Response-Time', '1')
        ended.push([ctx.method, ctx.respond])
      },
      cors(POLICY),
      (ctx) => {
        reached.push(ctx.method)
        ctx.throw(401)
      },
    )
    await using server = await listening(app)
    expect(await asked(server, '/', ASKING)).toEqual([204, PAGE, 'Origin'])
    expect(await asked(server, '/')).toEqual([401, PAGE, 'Origin'])
    expect(reached).toEqual(['GET'])
    // A middleware above goes on after a preflight too, and sees that there is nothing left to write.
    expect(ended).toEqual([['OPTIONS', false]])
  })

  it('passes the context of Koa to a function, and to resolve of perRequest', async () => {
    const seen: string[] = []
    const sources = [
      (ctx: Context) => {
        seen.push(ctx.path)
        return POLICY
      },
      perRequest(async (_: Request, ctx: Context) => {
        await Promise.resolve()
        seen.push(ctx.path)
        return createCors(POLICY)
      }),
    ]
    for (const source of sources) {
      const app = silent(cors(source as (ctx: Context) => typeof POLICY), (ctx) => {
        ctx.body = 'hello'
      })
      await using server = await listening(app)
      expect(await asked(server, '/a')).toEqual([200, PAGE, 'Origin'])
      expect(await asked(server, '/b', ASKING)).toEqual([204, PAGE, 'Origin'])
    }
    expect(seen).toEqual(['/a', '/b', '/a', '/b'])
  })

  it('forbids a refused origin without reaching the application', async () => {
    const app = silent(cors({ ...POLICY, refused: 'forbid' }), (ctx) => {
      ctx.body = 'hello'
    })
    await using server = await listening(app)
    expect((await asked(server, '/', { headers: { Origin: STRANGER } }))[0]).toBe(403)
    expect((await asked(server, '/'))[0]).toBe(200)
  })

  it('throws for a policy with a defect before anything listens', () => {
    expect(() => cors({ origins: [`${PAGE}/` as string] })).toThrow(CorsPolicyError)
  })
})
