import {
  type AnyCors,
  type Cors,
  type CorsPolicy,
  createRefusal,
  createResolver,
  type Documented,
  resolvePolicy,
} from '../src/adapter.ts'
import { fetchRequest, type NodeRequest } from './node-request.ts'

/** A source of policies that never throws: under `node:http` an error would end the process. */
export interface SafeSource<Q extends NodeRequest> {
  policyFor(req: Q): AnyCors
  /** Waits for a policy that is chosen per request. Never rejects. */
  choose(ready: AnyCors, req: Q): Promise<Cors>
  /** Prints an error, once per cause, and gives what refuses every origin. */
  close(error: unknown): Cors
}

/**
 * Makes a source safe. What a function cannot give, or gives wrong, is refused and printed.
 *
 * @throws {CorsPolicyError} when a policy that is given as it is has a defect.
 */
export function createSafeSource<Q extends NodeRequest>(
  source: Documented | AnyCors | ((req: Q) => CorsPolicy | AnyCors),
): SafeSource<Q> {
  const resolve = createResolver<Q>(source)
  const close = createRefusal()
  return {
    close,
    policyFor(req) {
      try {
        return whole(resolve(req))
      } catch (error) {
        return close(error)
      }
    },
    async choose(ready, req) {
      try {
        return whole(await resolvePolicy(ready, fetchRequest(req), req))
      } catch (error) {
        return close(error)
      }
    },
  }
}

/** What only looks like a policy would fail later, when headers are sent. */
function whole<T extends AnyCors>(cors: T): T {
  const { policy, entries, headers, guard } = cors as Partial<Cors>
  if (policy && !(entries && headers && guard)) throw new TypeError('cors: a function gave a part of a policy')
  return cors
}
