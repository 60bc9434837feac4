/**
 * Checks that engine and judge agree about every policy, checked at start and compiled before: what the engine answers is judged shared exactly when the policy means
 * it. Then plants faults and checks that each is noticed.
 *
 *   npm run test:agreement [-- --random 20000 --seed 1]
 */
import { parseArgs } from 'node:util'
import { BUILDS, disagreement, ENGINES, type Server, serverOf, varyDefect } from './check.ts'
import { ALLOWED, type PageRequest, policies, randomCombinations, requests } from './grid.ts'
import { MUTANTS, type Mutant } from './mutants.ts'

const { values } = parseArgs({
  options: { random: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
})
const grid = policies()
const pages = requests()
const origins = [...new Set(pages.map(({ origin }) => origin))]

let checked = 0
let disagreements = 0
for (const [i, policy] of grid.entries()) {
  for (const build of BUILDS) report(varyDefect(serverOf(policy, build), origins), policy)
  // Every request meets both builds, each under half of the policies.
  const servers = BUILDS.map((build) => serverOf(policy, build))
  for (const [j, request] of pages.entries()) {
    const server = servers[(i + j) % servers.length] as Server
    for (const engine of ENGINES) report(await disagreement(server, policy, request, engine), policy, request)
    checked++
  }
}
for (const [policy, request] of randomCombinations(Number(values.random), Number(values.seed))) {
  const server = serverOf(policy, BUILDS[checked % BUILDS.length])
  for (const engine of ENGINES) report(await disagreement(server, policy, request, engine), policy, request)
  checked++
}
console.log(`${checked} combinations checked with ${ENGINES.length} judges, ${disagreements} disagreements`)

let caught = 0
for (const mutant of MUTANTS) {
  if (await isCaught(mutant)) caught++
  else console.log(`  not caught: ${mutant.name}`)
}
console.log(`${caught} of ${MUTANTS.length} mutants caught`)
const failed = disagreements + MUTANTS.length - caught
console.log(`${checked - disagreements + caught} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function report(found: string | null, policy: object, request?: PageRequest): void {
  if (found === null) return
  disagreements++
  if (disagreements <= 20) console.log(`  ${found}\n    ${JSON.stringify(policy)}\n    ${JSON.stringify(request)}`)
}

/** Looks for one combination in which a fault shows, in the standard's judgement or in a cache. */
async function isCaught(mutant: Mutant): Promise<boolean> {
  for (const policy of grid) {
    const server = serverOf(policy)
    if (varyDefect(server, [ALLOWED, 'https://stranger.example'], mutant) !== null) return true
    for (const request of pages) if ((await disagreement(server, policy, request, 'spec', mutant)) !== null) return true
  }
  return false
}
