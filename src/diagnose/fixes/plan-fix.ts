import type { CorsPolicy } from '../../policy/types.ts'
import { type Evidence, fieldHas } from '../evidence.ts'
import type { Call } from '../page-request.ts'
import type { Plan } from '../plan.ts'
import { leastChange } from './least-change.ts'
import { prove } from './proof.ts'
import { grantedBy, MAX_AGE_SECONDS } from './union.ts'

/**
 * Builds the policy of a fix and proves it.
 *
 * @param seen The recorded exchange.
 * @returns The plan; null if no policy shares this response with this page.
 */
export async function planFix(seen: Evidence): Promise<Plan | null> {
  const evidence = { ...seen, call: meant(seen) }
  const { call } = evidence
  if (!evidence.isCrossOrigin) return null
  const granted = grantedBy(evidence)
  const change = await leastChange(granted.policy, call, () => ({ status: 200, headers: [] }))
  if (change === null) return null
  const policy = lasting(change.policy)
  return {
    policy,
    alternative: change.alternative && lasting(change.alternative),
    note: granted.note,
    asks: [...new Set([...granted.asks, ...change.asks])],
    proof: await prove(policy, evidence),
  }
}

const GRPC_STATUS = ['Grpc-Status', 'Grpc-Message', 'Grpc-Status-Details-Bin']

/**
 * Returns the request that the page means. A script wants to read the response, and a gRPC-Web
 * client its status headers.
 */
function meant({ call, actual }: Evidence): Call {
  const isGrpc = fieldHas(actual, 'Content-Type', /^application\/(grpc-web|connect)/)
  return { ...call, mode: 'cors', reads: isGrpc ? [...call.reads, ...GRPC_STATUS] : call.reads }
}

/** Adds a `maxAge` to a policy that causes preflights. */
function lasting(policy: CorsPolicy): CorsPolicy {
  const isPreflighted = policy.methods !== undefined || policy.requestHeaders !== undefined
  return isPreflighted && policy.maxAge === undefined ? { ...policy, maxAge: MAX_AGE_SECONDS } : policy
}
