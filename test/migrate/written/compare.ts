// Runs a file of a project before and after `corsmith migrate --write`, and compares what changes with what the report says.
import { type Change, compare } from '../../../src/migrate/compare.ts'
import type { MigrationChange } from '../../../src/migrate/migrate.ts'
import type { Scenarios } from '../../../src/migrate/scenarios.ts'
import { type Answerer, type AskedRequest, type GivenAnswer, REACHED } from '../../../src/migrate/wire.ts'

/** Asks something that runs, several requests at a time. */
export type AskAll = (requests: readonly AskedRequest[]) => Promise<readonly GivenAnswer[]>

/** A difference, as the report says it. */
export const said = ({ what, before, after, direction }: Change | MigrationChange): string =>
  `${what}: ${before} → ${after} (${direction})`

/** Compares two servers that run. Which requests are asked depends on the answers, so they are asked in rounds. */
export async function differences(before: AskAll, after: AskAll, scenarios: Scenarios): Promise<readonly Change[]> {
  const sides = [before, after].map((ask) => ({ ask, known: new Map<string, GivenAnswer>() }))
  const keyOf = (request: AskedRequest) => JSON.stringify(request)
  for (;;) {
    const missing = sides.map(() => new Map<string, AskedRequest>())
    const [one, other] = sides.map(({ known }, i): Answerer => {
      return (request) => {
        const found = known.get(keyOf(request))
        if (found === undefined) missing[i]?.set(keyOf(request), request)
        return found ?? REACHED
      }
    }) as [Answerer, Answerer]
    const changes = compare(one, other, scenarios)
    if (missing.every(({ size }) => size === 0)) return changes
    for (const [i, { ask, known }] of sides.entries()) {
      const requests = [...(missing[i]?.values() ?? [])]
      const answers = requests.length === 0 ? [] : await ask(requests)
      for (const [j, request] of requests.entries()) known.set(keyOf(request), answers[j] as GivenAnswer)
    }
  }
}
