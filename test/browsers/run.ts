/**
 * Runs scenarios in real browsers and compares each with the simulator of that engine.
 *
 *   npm run test:browsers [-- --engine chromium,firefox,webkit --count 2000 --seed 1 --record]
 *
 * `--record` writes what the browsers did with the scenarios of `test/vectors/divergences.json` back to that file.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { startChromium } from './chromium.ts'
import { difference } from './compare.ts'
import { cookieScenarios } from './cookies.ts'
import { MissingBrowser, type RealBrowser } from './engine.ts'
import { startFirefox } from './firefox.ts'
import { generate } from './generate.ts'
import { observe, warmUp } from './observe.ts'
import { type Origins, startOrigins } from './origins.ts'
import { exhibitsOf, type RecordedObservation, readRecordings, writeRecordings } from './recordings.ts'
import type { Observation, Scenario } from './scenario.ts'
import { simulate } from './simulate.ts'
import { TABLES } from './tables.ts'
import { readVectors, toScenario } from './vectors.ts'
import { startWebKit } from './webkit.ts'

const START = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit } as const
type Name = keyof typeof START

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'chromium,firefox,webkit' },
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    record: { type: 'boolean', default: false },
  },
})
const engines = values.engine.split(',') as Name[]
const recordings = readRecordings()
const exhibits = exhibitsOf(recordings)
const shared: readonly Scenario[] = [
  ...readVectors().map(toScenario),
  ...TABLES.map(({ scenario }) => scenario),
  ...exhibits.map(([, { scenario }]) => scenario),
  ...generate(Number(values.count), Number(values.seed)),
]

let passed = 0
let failed = 0
const recorded = { ...recordings }
const origins = await startOrigins()
for (const name of engines) await runEngine(name)
origins.close()
if (values.record) writeRecordings(recorded)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function runEngine(name: Name): Promise<void> {
  const scenarios = [...shared, ...cookieScenarios(name)]
  const started = Date.now()
  let browser: RealBrowser
  try {
    browser = await START[name](`http://127.0.0.1:${origins.ports.A}/page`)
  } catch (error) {
    if (!(error instanceof MissingBrowser)) throw error
    // A run that is meant to prove something fails; on a developer's machine the browser may be missing.
    console.log(`!!! ${name} SKIPPED: ${error.message} is not installed`)
    if (process.env.CI) failed++
    return
  }
  try {
    await warmUp(browser, origins)
    const observed = await observe(browser, origins, scenarios)
    let diverging = 0
    let disagreeing = 0
    for (const scenario of scenarios) {
      const disagreement = await judge(browser, scenario, observed.get(scenario.id))
      if (disagreement !== null) {
        disagreeing++
        if (disagreeing <= 20)
          console.log(`  ${name}: ${scenario.id}: ${disagreement}\n    ${JSON.stringify(scenario)}`)
      } else if (await diverges(scenario, name)) {
        diverging++
      }
    }
    if (values.record) keep(browser, observed)
    await runInPage(browser)
    passed += scenarios.length - disagreeing
    failed += disagreeing
    const seconds = ((Date.now() - started) / 1000).toFixed(0)
    const agreed = scenarios.length - disagreeing
    console.log(
      `${name} ${browser.version}: ${scenarios.length} scenarios run, ${agreed} agreed, ` +
        `${diverging} of them documented divergences, ${disagreeing} disagreements (${seconds} s)`,
    )
  } finally {
    await browser.close()
  }
}

/** Runs the simulator inside a page of the browser. */
async function runInPage(browser: RealBrowser): Promise<void> {
  const entry = fileURLToPath(new URL('inside.ts', import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'inside',
  })
  const found = await browser.evaluate(`${outputFiles[0]?.text}\n;inside.runInside()`)
  const { passed: ok, failures } = found as { passed: number; failures: string[] }
  for (const failure of failures) console.log(`  inside ${browser.name}: ${failure}`)
  console.log(`${browser.name}: the simulator inside a page: ${ok} checks passed, ${failures.length} failed`)
  passed += ok
  failed += failures.length
}

/**
 * Compares one scenario. A browser may forget a preflight at any time ("cache entries may be removed before max-age"), and Firefox
 * does while connections are new: a scenario of several steps gets two further chances.
 */
async function judge(browser: RealBrowser, scenario: Scenario, first: Observation | undefined): Promise<string | null> {
  const hasRetries = scenario.hops.some(({ pre, act }) => pre?.destroy || act?.destroy)
  let observation = first
  let disagreement: string | null = 'nothing observed'
  for (let attempt = 0; attempt < 3; attempt++) {
    const again = attempt === 0 ? scenario : { ...scenario, id: `${scenario.id} again ${attempt}` }
    if (attempt > 0) observation = (await observe(browser, origins, [again])).get(again.id)
    const simulated = await simulate(again, browser.name, origins.ports)
    disagreement =
      observation === undefined ? 'nothing observed' : difference(observation, simulated, browser.name, hasRetries)
    if (disagreement === null || scenario.steps.length === 1) break
  }
  return disagreement
}

/** Tells whether an engine does something else than the standard. */
async function diverges(scenario: Scenario, name: Name): Promise<boolean> {
  const [own, standard] = [
    await simulate(scenario, name, origins.ports),
    await simulate(scenario, 'spec', origins.ports),
  ]
  return JSON.stringify([own.steps, own.requests]) !== JSON.stringify([standard.steps, standard.requests])
}

/** Keeps what a browser did with the exhibits, without the ports of this run. */
function keep(browser: RealBrowser, observed: ReadonlyMap<string, Observation>): void {
  for (const [rule, exhibit] of exhibits) {
    const observation = observed.get(exhibit.scenario.id)
    if (observation === undefined) continue
    const own = { version: browser.version, ...portless(observation, origins) }
    recorded[rule] = { ...(recorded[rule] ?? exhibit), [browser.name]: own }
  }
}

function portless(observation: Observation, { ports }: Origins): Omit<RecordedObservation, 'version'> {
  let text = JSON.stringify(observation)
  for (const [site, port] of Object.entries(ports)) {
    text = text.replaceAll(`${site === 'T' ? 'https' : 'http'}://127.0.0.1:${port}`, `{${site}}`)
    // Pages and URLs of other hosts keep their names.
    text = text.replaceAll(`:${port}`, `:{${site}}`)
  }
  return JSON.parse(text)
}
