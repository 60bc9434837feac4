/** A real browser's side of scenarios. */
import type { RealBrowser } from './engine.ts'
import type { PageScenario } from './in-page.ts'
import type { Origins } from './origins.ts'
import { hopUrl, type Observation, type Scenario } from './scenario.ts'

/** How many scenarios a page gets at a time. */
const BATCH = 250

/** Runs scenarios in a browser. */
export async function observe(
  browser: RealBrowser,
  origins: Origins,
  scenarios: readonly Scenario[],
): Promise<ReadonlyMap<string, Observation>> {
  const observations = new Map<string, Observation>()
  for (let start = 0; start < scenarios.length; start += BATCH) {
    const batch = scenarios.slice(start, start + BATCH)
    origins.add(batch)
    for (const { id } of batch) origins.take(id)
    const results = await browser.run(batch.map((scenario) => toPage(scenario, origins)))
    const reasons = await browser.reasons()
    for (const [index, { id }] of batch.entries()) {
      observations.set(id, {
        steps: results[index] ?? [],
        requests: origins.take(id),
        reasons: reasons.filter(([of]) => of === id).map(([, text]) => text),
      })
    }
  }
  return observations
}

function toPage(scenario: Scenario, origins: Origins): PageScenario {
  return {
    sandboxed: scenario.sandboxed ?? false,
    steps: scenario.steps.map(({ hop = 0, query = '', ...step }) => ({
      ...step,
      url: `${hopUrl(scenario, hop, origins.ports)}${query}`,
    })),
  }
}
