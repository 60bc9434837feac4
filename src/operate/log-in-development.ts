import type { Checked, Documented, PolicyInput, WithOrigins } from '../policy/compile-time/checked.ts'
import { blamingCaller } from '../policy/error.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { createCorsOf } from '../server/create.ts'
import { isDevelopment } from '../server/nesting.ts'
import { type AnyCors, isCors } from '../server/ready.ts'
import type { Cors } from '../server/types.ts'
import { developmentLog } from './development-log.ts'
import { observe } from './observe.ts'

/** Options of {@link logInDevelopment}. */
export interface DevelopmentOptions {
  /**
   * Whether this is a developer's machine. Pass it where `NODE_ENV` is not at hand: in Deno it needs
   * a permission, and in Workers the bundler knows it.
   *
   * @default in Node and Bun true unless `NODE_ENV` is `production` or `test`, elsewhere false
   */
  readonly isDevelopment?: boolean
}

/**
 * Prints each distinct request that a browser blocks, with the edit of the policy that would allow
 * it: while you develop, and not in production. There, the policy costs nothing more.
 *
 * @param source a policy, a `Cors`, or an `AsyncCors` such as that of `createTenants`
 * @param options whether this is a developer's machine
 * @returns a policy that every adapter takes
 * @throws {CorsPolicyError} when a policy has a defect
 *
 * @example
 * ```ts
 * import { logInDevelopment } from 'corsmith/log'
 * import { cors } from 'corsmith/node'
 * import express from 'express'
 *
 * const app = express()
 * app.use(cors(logInDevelopment({ origins: ['https://app.example.com'] })))
 * ```
 *
 * @example
 * ```ts
 * import { logInDevelopment } from 'corsmith/log'
 * import { withCors } from 'corsmith/workers'
 *
 * // wrangler writes "development" or "production" here.
 * const isDevelopment = process.env.NODE_ENV !== 'production'
 * const policy = logInDevelopment({ origins: ['https://app.example.com'] }, { isDevelopment })
 * export default withCors(policy, { fetch: () => new Response('hello') })
 * ```
 */
export function logInDevelopment<C extends AnyCors>(source: C, options?: DevelopmentOptions): C
export function logInDevelopment<const P extends PolicyInput>(
  source: WithOrigins<P> & Checked<P> & Documented,
  options?: DevelopmentOptions,
): Cors
export function logInDevelopment(source: AnyCors | CorsPolicy | Documented, options: DevelopmentOptions = {}): AnyCors {
  const cors = isCors(source) ? source : blamingCaller(logInDevelopment, () => createCorsOf(source))
  return (options.isDevelopment ?? isDevelopment()) ? observe(cors, developmentLog()) : cors
}
