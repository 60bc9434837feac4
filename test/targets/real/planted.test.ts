// A writer that lets more in is found: a fault in its text makes the attack fail.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileText } from '../../../src/targets.ts'
import type { Stage } from '../../diagnose/stage.ts'
import { describeWith } from '../../support/component.ts'
import { attackPolicy } from './attack.ts'
import { provenTargets } from './farms.ts'
import { FAULTS, HARMLESS, PLANTED_POLICY, STRANGERS } from './planted.ts'
import { wrongApi } from './wrong-api.ts'

let api: Stage
beforeAll(async () => {
  api = await wrongApi()
})
afterAll(() => api.close())

for (const { target, needs, open } of await provenTargets(() => api.origin)) {
  describeWith(needs, `a fault in the writer of ${target}`, () => {
    it('is found', { timeout: 300_000 }, async () => {
      const right = compileText(PLANTED_POLICY, target)
      const faults = Object.entries(FAULTS)
        .map(([name, plant]) => ({ name, text: plant(right) }))
        .filter(({ name, text }) => text !== right && HARMLESS[name]?.includes(target) !== true)
      expect(faults.map(({ name }) => name)).toContain('another origin is written')
      const farm = await open([right, ...faults.map(({ text }) => text)])
      try {
        const tallies = await Promise.all(
          farm.origins.map((origin) => attackPolicy(origin, PLANTED_POLICY, target, STRANGERS)),
        )
        const [own, ...planted] = tallies.map(({ wider }) => wider.length)
        expect(own).toBe(0)
        expect(faults.map(({ name }, i) => [name, (planted[i] ?? 0) > 0])).toEqual(
          faults.map(({ name }) => [name, true]),
        )
      } finally {
        await farm.close()
      }
    })
  })
}
