/**
 * Load and faults at the edge with many tenants.
 *
 *   npm run test:edge [-- --seed 1 --requests 30000 --tenants 10000 --concurrency 64]
 */
import { parseArgs } from 'node:util'
import { runLoad } from './load.ts'
import { measureRatios } from './ratio.ts'
import { startNode, startWorkerd } from './servers.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: '30000' },
    tenants: { type: 'string', default: '10000' },
    concurrency: { type: 'string', default: '64' },
  },
})

const started = performance.now()
const { ofOne, ofChosen } = await measureRatios(Number(values.tenants))
const outcome = await runLoad({
  seed: Number(values.seed),
  requests: Number(values.requests),
  tenants: Number(values.tenants),
  concurrency: Number(values.concurrency),
  timeoutMs: 1500,
  patienceMs: 30_000,
  // One after the other: the processes of a workerd are told by what was there before.
  start: async (settings) => [
    await startNode(settings, 'node 1'),
    await startNode(settings, 'node 2'),
    await startWorkerd(settings, 'workerd 1'),
    await startWorkerd(settings, 'workerd 2'),
  ],
})

const MB = 1024 * 1024
const grown = outcome.memory.filter(([, early, late]) => late > early * 1.1).length
const bad = outcome.withoutHeaders + outcome.ofAnother + outcome.hung + outcome.crashed + outcome.withoutEffect + grown
for (const example of outcome.examples) console.log(`  ${example}`)
console.log(`
seed                                          ${values.seed}
tenants                                       ${values.tenants}
requests                                      ${outcome.requests}
faults injected                               ${outcome.faults}
reads of the store                            ${outcome.reads}
edits                                         ${outcome.edits}
answers without the headers they should carry ${outcome.withoutHeaders}
answers of another tenant, origin or request  ${outcome.ofAnother}
hung                                          ${outcome.hung}
crashed                                       ${outcome.crashed}
edits without effect at the end               ${outcome.withoutEffect}
seconds from an edit to its effect, in faults ${outcome.effect.map((time) => time.toFixed(2)).join(' median, ')} longest
heap early and late, after a collection       ${outcome.memory
  .map(([name, early, late]) => `${name}: ${(early / MB).toFixed(1)} and ${(late / MB).toFixed(1)} MB`)
  .join('; ')}
time of a request, tenants kept               ${ofOne.toFixed(2)} of one policy, ${ofChosen.toFixed(2)} of one policy chosen per request
took                                          ${((performance.now() - started) / 1000).toFixed(0)} s`)
console.log(`${outcome.requests - bad} passed, ${bad} failed`)
process.exit(bad === 0 ? 0 : 1)
