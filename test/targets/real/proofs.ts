import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CorsPolicy } from '../../../src/index.ts'
import { compile, compileText, type Loss, type TargetName } from '../../../src/targets.ts'
import { ask } from '../../diagnose/servers/apply.ts'
import { type Asking, engineShares, serverShares } from './agreement.ts'
import { explains, planAttack } from './attack.ts'
import type { Farm, Open } from './farm.ts'
import { GRID, POLICIES } from './grid.ts'
import { limitsOf } from './limits.ts'
import { askRows, ROW_POLICY } from './rows.ts'
import { standInOf } from './stand-ins.ts'

/** What a target does besides granting. */
export interface Manners {
  /** Requests that it is not asked, since it has no such path. */
  readonly skips?: (asking: Asking) => boolean
  /** Whether the target stands in front of an API, on another socket. */
  readonly isServer?: true
}

/** How many random policies a test tries; `npm run test:targets` tries more. */
const SAMPLE = 25

/** What most pages need. */
const USUAL: CorsPolicy = {
  origins: ['https://app.example.com'],
  credentials: true,
  methods: ['PUT'],
  requestHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
}

/** Tries everything that a text promises, in one start. */
export function provesAll(target: TargetName, open: Open, { skips, isServer }: Manners = {}): void {
  const made = POLICIES.map(([name, policy]) => ({ name, policy, ...textFor(target, policy) }))
  const { lacks } = standInOf(target)
  const attack = planAttack(target, { count: SAMPLE, seed: 1, skips })
  const [atRows, atUsual, atAttack] = [made.length, made.length + 1, made.length + 2]
  let farm: Farm
  beforeAll(async () => {
    const single = [ROW_POLICY, USUAL].map((policy) => textFor(target, policy).text)
    farm = await open([...made.map(({ text }) => text), ...single, ...attack.texts])
  }, 300_000)
  afterAll(() => farm?.close())

  it('shares what the policy shares, and nothing else', { timeout: 180_000 }, async () => {
    const wrong: unknown[] = []
    for (const [i, { name, policy, losses }] of made.entries()) {
      for (const asking of GRID.filter((each) => skips?.(each) !== true)) {
        const [own, engine] = await Promise.all([
          serverShares(farm.origins[i] ?? '', asking),
          engineShares(policy, asking),
        ])
        const isSaid = losses.some((loss) => explains(loss, asking)) || lacks(policy, asking)
        if (own !== engine && !(engine && isSaid)) wrong.push({ name, ...asking, own, engine })
      }
    }
    expect(wrong).toEqual([])
  })

  it('passes every row but its limits', { timeout: 60_000 }, async () => {
    const rows = await askRows(farm.origins[atRows] ?? '', isServer === true)
    const wrong = [...rows].filter(([, faults]) => faults.length > 0)
    const limits = limitsOf(target)
    expect(wrong.filter(([name]) => !(name in limits))).toEqual([])
    // A limit that is none any more has to go.
    expect(wrong.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(limits)))
  })

  it('is not warned about by check', { timeout: 60_000 }, async () => {
    const request = {
      credentials: 'include',
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
      send: true,
      reads: ['ETag'],
    } as const
    const { conclusion, findings } = await ask(farm.origins[atUsual] ?? '', '/x', request)
    const warned = findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code)
    const isKnown = 'every answer says Vary: Origin' in limitsOf(target)
    expect([conclusion, warned]).toEqual(['allowed', isKnown ? ['vary-missing-for-others'] : []])
  })

  it('never shares what the engine refuses, and lists what it refuses beyond', { timeout: 180_000 }, async () => {
    const tally = await attack.run(farm.origins.slice(atAttack))
    expect([tally.wider, tally.unlisted, tally.drifted]).toEqual([[], [], []])
    expect(tally.shared).toBeGreaterThan(SAMPLE)
  })
}

export function textFor(
  target: TargetName,
  policy: CorsPolicy,
): { readonly text: string; readonly losses: readonly Loss[] } {
  return { text: compileText(policy, target), losses: compile(policy, target).losses }
}
