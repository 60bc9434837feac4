import { describe, expect, it } from 'vitest'
import { simulate } from '../browsers/simulate.ts'
import { TABLES } from '../browsers/tables.ts'

const PORTS = { A: 8101, B: 8102, C: 8103, T: 8104 }

describe('simulate() against the tables of web-platform-tests', () => {
  for (const browser of ['spec', 'chromium', 'firefox', 'webkit'] as const) {
    for (const { scenario, passes, reads } of TABLES) {
      it(`${passes ? 'passes' : 'fails'} as ${browser}: ${scenario.id}`, async () => {
        const { steps } = await simulate(scenario, browser, PORTS)
        const [step] = steps
        expect(reads === undefined ? step?.ok : step?.names.includes(reads)).toBe(passes)
      })
    }
  }
})
