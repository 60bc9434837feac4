import type { HeaderLine } from '../browser/wire.ts'
import type { CorsPolicy } from '../policy/types.ts'
import type { Cors, Decision } from '../server/types.ts'
import { examine } from './diagnose.ts'
import type { Diagnosis } from './diagnosis.ts'
import { EXPLAIN_ROWS } from './findings/explain-rows.ts'
import { leastChange } from './fixes/least-change.ts'
import { headOf, modelOf } from './model.ts'
import { type PageRequest, readCall } from './page-request.ts'
import { createRecorder } from './recorder.ts'

/** A page's request, and the answer of the handler behind the policy. */
export interface ExplainedRequest extends PageRequest {
  /**
   * The answer of the handler.
   *
   * @default a 200 without headers
   */
  readonly response?: { readonly status?: number; readonly headers?: readonly HeaderLine[] }
}

/** What a policy means for a page's request. */
export interface Explanation extends Diagnosis {
  /** The decision of the policy about the request, or about its preflight if there is one. */
  readonly decision: Decision
  /** Whether every browser lets the page read the response. */
  readonly shared: boolean
  /**
   * The policy with the least added that shares the response, and every header that the page reads.
   * Null if nothing is missing, or if no policy helps.
   */
  readonly edit: CorsPolicy | null
  /**
   * `edit` with a name pattern instead of a long family of request headers; null without such a
   * family.
   */
  readonly alternative: CorsPolicy | null
  /** Sentences about choices to confirm before `edit` is used. Each choice made is the safe one. */
  readonly asks: readonly string[]
}

/**
 * Explains what a policy means for a page's request. The engine answers, the simulated browsers
 * conclude, and `edit` holds the missing entries.
 *
 * @param cors The policy.
 * @param request The page's request, and the answer of the handler.
 * @returns The conclusion of each browser, the findings, and the changed policy.
 * @throws {TypeError} for a request that no page can make
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { explain } from 'corsmith/diagnose'
 *
 * const cors = createCors({ origins: ['https://app.example.com'] })
 * const { shared, findings, edit } = await explain(cors, {
 *   url: 'https://api.example.com/users/42',
 *   origin: 'https://app.example.com',
 *   method: 'PUT',
 * })
 * // shared: false · findings[0].code: 'method-not-listed' · edit.methods: ['PUT']
 * ```
 */
export async function explain(cors: Cors, request: ExplainedRequest): Promise<Explanation> {
  const call = readCall(request)
  const said = { status: request.response?.status ?? 200, headers: request.response?.headers ?? [] }
  const answer = modelOf(cors, () => said)
  const recorder = createRecorder({
    transport: async (wire) => answer(wire) ?? said,
    call,
    sendUnsafe: true,
    maxRequests: 100,
    extra: [],
    onObservation: () => {},
  })
  const change = await leastChange(cors.policy, call, () => said)
  const edit = change?.isNeeded ? change.policy : null
  const { alternative, asks } = edit === null || change === null ? { alternative: null, asks: [] } : change
  // The policy is known, so the change is made to it, not to a guess from its answers.
  const plan = async () => edit && { policy: edit, alternative, asks, note: null, proof: null }
  const diagnosis = await examine(call, recorder, {
    rows: EXPLAIN_ROWS,
    otherwise: 'fetch',
    probes: false,
    answer,
    plan,
  })
  const first = recorder.observations[0]
  const shared = diagnosis.conclusion === 'allowed'
  return {
    ...diagnosis,
    decision: cors.decide(
      first === undefined ? headOf(call.method, []) : headOf(first.request.method, first.request.headers),
    ),
    shared,
    edit,
    alternative,
    asks,
  }
}
