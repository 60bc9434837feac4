/** Finds a scenario that brings about a given console line, by trying likely ones: the simulator says whether it is the same failure. */
import type { RecognizedMessage } from 'corsmith/diagnose'
import { examine } from './examine.ts'
import { writePolicy } from './policy-text.ts'
import type { Scenario } from './scenario.ts'

/** Gives the first of the likely scenarios that fails as the line says; null where none does, and it was not the policy alone. */
export async function reproduce(scenario: Scenario, { code, during }: RecognizedMessage): Promise<Scenario | null> {
  for (const candidate of candidates(scenario)) {
    const failure = (await examine(candidate)).result?.explanation.failure
    if (failure?.code === code && (during === null || failure.during === during)) return candidate
  }
  return null
}

/** The policy as it stands before others, and requests as the line describes them before those with something added. */
function candidates(scenario: Scenario): readonly Scenario[] {
  const policies = [scenario.policy, ...likelyPolicies(scenario.origin)]
  const methods = [...new Set([scenario.method, 'PUT'])]
  const credentials = [...new Set([scenario.credentials, 'include' as const])]
  return methods.flatMap((method) =>
    credentials.flatMap((mode) => policies.map((policy) => ({ ...scenario, policy, method, credentials: mode }))),
  )
}

function likelyPolicies(origin: string): readonly string[] {
  return [
    writePolicy({ origins: [origin] }),
    writePolicy({ origins: [origin], credentials: true }),
    writePolicy({ origins: '*' }),
    writePolicy({ origins: ['https://other.example.com'] }),
  ]
}
