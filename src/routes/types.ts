import type { Checked, Documented, PolicyInput, WithOrigins } from '../policy/compile-time/checked.ts'
import type { AnyCors } from '../server/ready.ts'
import type { CorsRoute } from './table.ts'

/**
 * Checks the policy of each route while you write it, as `createCors` does: the compiler reports
 * the sentence under the wrong value. `P` lists the policies of the routes.
 */
export type CheckedRoutes<P extends readonly PolicyInput[]> = {
  readonly [I in keyof P]: Omit<CorsRoute, 'policy'> & {
    readonly policy: (WithOrigins<P[I]> & Checked<P[I]> & Documented) | ReadyPolicy<P[I]>
  }
}

type ReadyPolicy<P> = P extends AnyCors ? AnyCors : never
