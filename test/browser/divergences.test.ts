import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DIVERGENCES, rulesOf } from '../../src/browser.ts'
import { difference } from '../browsers/compare.ts'
import { EXHIBITS } from '../browsers/exhibits.ts'
import type { Observation } from '../browsers/scenario.ts'
import { simulate } from '../browsers/simulate.ts'

const PORTS = { A: 8101, B: 8102, C: 8103, T: 8104 }
const RECORDED: Record<string, Record<string, Observation>> = JSON.parse(
  readFileSync(new URL('../vectors/divergences.json', import.meta.url), 'utf8'),
)

function withPorts(recorded: Observation): Observation {
  const text = JSON.stringify(recorded)
    .replace(/:\{([ABCT])\}/g, (_, site: 'A') => `:${PORTS[site]}`)
    .replace(/\{([ABC])\}/g, (_, site: 'A') => `http://127.0.0.1:${PORTS[site]}`)
  return JSON.parse(text)
}

describe('DIVERGENCES', () => {
  it('names each rule once', () => {
    expect(new Set(DIVERGENCES.map(({ rule }) => rule)).size).toBe(DIVERGENCES.length)
  })

  for (const { rule, engines, evidence } of DIVERGENCES) {
    for (const engine of ['chromium', 'firefox', 'webkit'] as const) {
      if (!(engine in engines)) continue

      it(`sets ${rule} for ${engine} to something else than the standard`, () => {
        expect(rulesOf(engine)[rule]).toEqual(engines[engine])
        expect(rulesOf(engine)[rule]).not.toEqual(rulesOf('spec')[rule])
      })

      it(`has evidence for ${rule} of ${engine}`, () => {
        expect(evidence.observed[engine]).toMatch(/^(Chromium|Firefox|WebKitGTK|source)/)
      })

      const exhibit = EXHIBITS[rule]
      const recorded = RECORDED[rule]?.[engine]
      if (exhibit === undefined) continue
      it(`simulates the recorded exchange of ${rule} in ${engine}`, async () => {
        expect(recorded).toBeDefined()
        const simulated = await simulate(exhibit, engine, PORTS)
        expect(difference(withPorts(recorded as Observation), simulated, engine, false)).toBeNull()
      })
    }
  }
})
