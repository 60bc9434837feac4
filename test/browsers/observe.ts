/** A real browser's side of scenarios. */
import type { RealBrowser } from './engine.ts'
import type { PageScenario } from './in-page.ts'
import type { Origins } from './origins.ts'
import { hopUrl, type Observation, pageOrigin, type Scenario } from './scenario.ts'

/** How many scenarios a page gets at a time. */
const BATCH = 250

/** Firefox remembers no preflight while its connections to an origin are new: this makes them old. */
export async function warmUp(browser: RealBrowser, origins: Origins): Promise<void> {
  const headers = [['Access-Control-Allow-Origin', '*'] as const, ['Access-Control-Allow-Headers', '*'] as const]
  const hop = { pre: { headers }, act: { headers } }
  const step = { headers: [['X-Foo', '1'] as const] }
  const scenarios = Array.from(
    { length: 100 },
    (_, index): Scenario => ({
      id: `warm ${index}`,
      hops: [{ site: index % 2 === 0 ? 'B' : 'C', ...hop }],
      steps: [step, step, { ...step, credentials: 'include' }],
    }),
  )
  await observe(browser, origins, scenarios)
}

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
    const { codes, lines } = await browser.reasons()
    for (const [index, scenario] of batch.entries()) {
      const { id } = scenario
      observations.set(id, {
        steps: results[index] ?? [],
        ...origins.take(id),
        lines: lines.filter((line) => isAbout(line, scenario)),
        reasons: codes.filter(([about]) => isAbout(about, scenario)).map(([, reason]) => reason),
      })
    }
  }
  return observations
}

/** Tells whether a URL, or a message with one, belongs to a scenario. */
function isAbout(text: string, { id, hops }: Scenario): boolean {
  return text.includes(`/s/${encodeURIComponent(id)}/`) || (hops[0]?.url !== undefined && text.includes(hops[0].url))
}

function toPage(scenario: Scenario, origins: Origins): PageScenario {
  return {
    sandboxed: scenario.sandboxed ?? false,
    ...(scenario.page === undefined ? {} : { frame: `${pageOrigin(scenario, origins.ports)}/frame` }),
    steps: scenario.steps.map(({ hop = 0, query = '', ...step }) => ({
      ...step,
      url: `${hopUrl(scenario, hop, origins.ports)}${query}`,
    })),
  }
}
