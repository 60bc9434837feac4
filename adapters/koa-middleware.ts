import type { NodeHandle } from './node-handle.ts'
import type { NodeRequest } from './node-request.ts'
import type { NodeResponse } from './node-response.ts'

/** The part of Koa's context that the adapter uses. */
export interface KoaContext {
  readonly req: NodeRequest
  readonly method: string
  readonly path: string
  readonly res: NodeResponse & { once(event: 'close', listener: () => void): unknown }
  respond?: boolean | undefined
}

/** A middleware of Koa. */
export type KoaMiddleware<C extends KoaContext = KoaContext> = (
  ctx: C,
  next: () => Promise<unknown>,
) => Promise<unknown>

/** Makes the middleware of Koa of the steps that all adapters of Node share. */
export function koaMiddleware<C extends KoaContext>(handle: NodeHandle<C>): KoaMiddleware<C> {
  return async (ctx, next) => {
    const isPassed = await new Promise<boolean>((resolve) => {
      ctx.res.once('close', () => resolve(false))
      handle(ctx, ctx.req, ctx.res, () => resolve(true))
    })
    if (isPassed) return next()
    // The answer was sent. Koa would otherwise write its own.
    ctx.respond = false
  }
}
