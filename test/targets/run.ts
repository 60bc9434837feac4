/**
 * `npm run test:targets [-- --count 500 --seed 1 nginx …]`: starts every target that runs here, asks it each row, attacks it with random
 * policies, and compares it with the engine. With `--record` it writes the table of docs/layers.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compileText } from '../../src/targets.ts'
import { type Attack, planAttack, type Tally } from './real/attack.ts'
import { type ProvenTarget, provenTargets } from './real/farms.ts'
import { limitsOf } from './real/limits.ts'
import { askRows, ROW_POLICY } from './real/rows.ts'
import { wrongApi } from './real/wrong-api.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '20261129' },
    record: { type: 'boolean', default: false },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]

/** How many policies run in one start. */
const AT_ONCE = 125

/** What was seen of a target. */
interface Recorded {
  readonly target: string
  readonly version: string
  /** The rows that it does not pass, each with its reason. */
  readonly limits: Readonly<Record<string, string>>
  readonly policies: number
  readonly refused: number
  readonly requests: number
  readonly shared: number
  readonly listed: number
  readonly lacking: number
  readonly readBack: number
  readonly wider: number
  readonly unlisted: number
}

const api = await wrongApi()
// The applications throw on purpose, and some frameworks print what is thrown.
console.error = () => {}
const found = (await provenTargets(() => api.origin)).filter(
  ({ target }) => positionals.length === 0 || positionals.includes(target),
)
const recorded: Recorded[] = []
let passed = 0
let failed = 0
let skipped = 0
for (const each of found) {
  const missing = each.needs.filter(({ present }) => !present)
  if (missing.length > 0) {
    skipped++
    console.log(`${each.target}: skipped, ${missing.map(({ name, cure }) => `${name} is missing: ${cure}`).join('; ')}`)
    continue
  }
  const { rows, tally } = await prove(each)
  const limits = limitsOf(each.target)
  const broken = [...rows].filter(([name, faults]) => faults.length > 0 && !(name in limits))
  const stale = Object.keys(limits).filter((name) => rows.get(name)?.length === 0)
  const isFine = broken.length + stale.length + tally.wider.length + tally.unlisted.length + tally.drifted.length === 0
  if (isFine) passed++
  else failed++
  const version = await each.version()
  console.log(
    `${isFine ? '✓' : '✗'} ${each.target} ${version}: ${rows.size - broken.length - Object.keys(limits).length} of ${rows.size} rows, ` +
      `${tally.policies} policies (${tally.refused} not written), ${tally.requests} requests, ${tally.shared} shared by both, ` +
      `${tally.listed} refused for a listed loss, ${tally.lacking === 0 ? '' : `${tally.lacking} refused by the stand-in alone, `}${tally.wider.length} wider, ${tally.unlisted.length} unlisted${tally.readBack === 0 ? '' : `, ${tally.readBack} read back, ${tally.drifted.length} drifted`}`,
  )
  for (const line of [
    ...broken.map(([name, faults]) => `${name}: ${faults.join('; ')}`),
    ...stale,
    ...tally.wider,
    ...tally.unlisted,
    ...tally.drifted,
  ])
    console.log(`    ${line}`)
  recorded.push({
    target: each.target,
    version,
    limits,
    policies: tally.policies,
    refused: tally.refused,
    requests: tally.requests,
    shared: tally.shared,
    listed: tally.listed,
    lacking: tally.lacking,
    readBack: tally.readBack,
    wider: tally.wider.length,
    unlisted: tally.unlisted.length,
  })
  if (values.record) record()
}
await api.close()
console.log(`targets: ${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed > 0 || (process.env.CI !== undefined && skipped > 0) ? 1 : 0

async function prove({ target, open, isServer }: ProvenTarget) {
  const farm = await open([compileText(ROW_POLICY, target)])
  const rows = await askRows(farm.origins[0] ?? '', isServer).finally(() => farm.close())
  const tallies: Tally[] = []
  for (let at = 0; at < count; at += AT_ONCE)
    tallies.push(await attacked(planAttack(target, { count: Math.min(AT_ONCE, count - at), seed: seed + at }), open))
  const sum = (key: 'policies' | 'refused' | 'requests' | 'shared' | 'listed' | 'lacking' | 'readBack') =>
    tallies.reduce((total, tally) => total + tally[key], 0)
  const tally = {
    policies: sum('policies'),
    refused: sum('refused'),
    requests: sum('requests'),
    shared: sum('shared'),
    listed: sum('listed'),
    lacking: sum('lacking'),
    readBack: sum('readBack'),
    drifted: tallies.flatMap(({ drifted }) => drifted),
    wider: tallies.flatMap(({ wider }) => wider),
    unlisted: tallies.flatMap(({ unlisted }) => unlisted),
  }
  return { rows, tally }
}

async function attacked(attack: Attack, open: ProvenTarget['open']): Promise<Tally> {
  const farm = await open(attack.texts)
  try {
    return await attack.run(farm.origins)
  } finally {
    await farm.close()
  }
}

/** Keeps what was recorded of targets that did not run now. */
function record(): void {
  const path = join(import.meta.dirname, 'proofs.json')
  let older: Recorded[] = []
  try {
    older = JSON.parse(readFileSync(path, 'utf8')) as Recorded[]
  } catch {
    // The first record.
  }
  const names = new Set(recorded.map(({ target }) => target))
  const all = [...older.filter(({ target }) => !names.has(target)), ...recorded]
  const order = all.map(({ target }) => target).toSorted()
  writeFileSync(
    path,
    `${JSON.stringify(
      all.toSorted((a, b) => order.indexOf(a.target) - order.indexOf(b.target)),
      null,
      2,
    )}\n`,
  )
}
