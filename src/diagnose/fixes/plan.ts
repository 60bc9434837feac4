import type { CorsPolicy } from '../../policy/types.ts'
import type { Evidence } from '../evidence.ts'
import { leastChange } from './least-change.ts'
import { type Proof, prove } from './proof.ts'
import { grantedBy, MAX_AGE_SECONDS } from './union.ts'

/** The policy of every fix of a diagnosis, and what it does. */
export interface Plan {
  /** What the server grants today and what the page needs. */
  readonly policy: CorsPolicy
  /** The same with a pattern in the place of a long family of request headers; null where there is none. */
  readonly alternative: CorsPolicy | null
  /** Which names are the server's own, in a sentence; null where there are none. */
  readonly note: string | null
  /** What the owner has to decide. */
  readonly asks: readonly string[]
  /** What it does to the recorded exchange; null where nothing was recorded. */
  readonly proof: Proof | null
}

/** Makes the policy of a fix, and proves it; null where no policy shares this response with this page. */
export async function planFix(evidence: Evidence): Promise<Plan | null> {
  const { call, actual } = evidence
  if (call.origin === 'null' || !evidence.isCrossOrigin) return null
  const granted = grantedBy(evidence)
  const headers = (actual?.response?.headers ?? []).filter(([name]) => name.toLowerCase() !== 'location')
  const change = await leastChange(granted.policy, call, () => ({ status: 200, headers }))
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

/** What needs a preflight says for how long it holds. */
function lasting(policy: CorsPolicy): CorsPolicy {
  const isPreflighted = [policy.methods, policy.requestHeaders].some((list) => list !== undefined && list.length > 0)
  return isPreflighted && policy.maxAge === undefined ? { ...policy, maxAge: MAX_AGE_SECONDS } : policy
}
