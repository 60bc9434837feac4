/** A scenario, computed: the same functions that the command and the library's users call. */
import { type CorsPolicy, createCors } from 'corsmith'
import { type ExplainedRequest, type Explanation, explain } from 'corsmith/diagnose'
import { type PlacedIssue, readPolicyText } from './policy-text.ts'
import { readRequest, type Scenario } from './scenario.ts'

/** What comes of a scenario. */
export interface Examination {
  readonly scenario: Scenario
  readonly issues: readonly PlacedIssue[]
  /** What `createCors` throws; null where the policy has no defect. */
  readonly thrown: string | null
  /** Why the request cannot be made; null where it can. */
  readonly problem: string | null
  /** What came of it; null where the policy has a defect, or where there is a problem. */
  readonly result: Examined | null
}

/** A policy that constructs, a request that can be made, and what becomes of it. */
export interface Examined {
  readonly policy: CorsPolicy
  readonly request: ExplainedRequest
  readonly explanation: Explanation
}

/** Examines a scenario. Rejects for nothing that a person can type. */
export async function examine(scenario: Scenario): Promise<Examination> {
  const { policy, issues, thrown } = readPolicyText(scenario.policy)
  try {
    const request = readRequest(scenario)
    // A policy that lets nobody in is good enough to find out whether a page can make the request at all.
    const cors = createCors(policy ?? { origins: ['https://nobody.example'] })
    const explanation = await explain(cors, request)
    return {
      scenario,
      issues,
      thrown,
      problem: null,
      result: policy === null ? null : { policy, request, explanation },
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { scenario, issues, thrown, problem: error.message, result: null }
  }
}
