import { describe, expect, it } from 'vitest'
import { type BrowserRules, DIVERGENCES, rulesOf } from '../../src/browser.ts'
import { difference } from '../browsers/compare.ts'
import { type RecordedObservation, readRecordings } from '../browsers/recordings.ts'
import type { Observation } from '../browsers/scenario.ts'
import { simulate } from '../browsers/simulate.ts'

const PORTS = { A: 8101, B: 8102, C: 8103, T: 8104 }
const RECORDINGS = readRecordings()

function withPorts(recorded: RecordedObservation): Observation {
  const text = JSON.stringify(recorded)
    .replace(/:\{([ABCT])\}/g, (_, site: 'A') => `:${PORTS[site]}`)
    .replace(/\{([ABC])\}/g, (_, site: 'A') => `http://127.0.0.1:${PORTS[site]}`)
  return JSON.parse(text)
}

describe('DIVERGENCES', () => {
  it('has every rule of rulesOf()', () => {
    expect(DIVERGENCES.map(({ rule }) => rule)).toEqual(Object.keys(rulesOf('spec')))
    expect(DIVERGENCES.length).toBeGreaterThan(50)
  })

  it('has a recording for each rule, and no other recordings', () => {
    expect(Object.keys(RECORDINGS).sort()).toEqual(DIVERGENCES.map(({ rule }) => rule).sort())
  })

  it('says of each rule what it means, in a sentence, and where the standard speaks of it', () => {
    const odd = DIVERGENCES.filter(({ doc, spec }) => !/^[A-Z].*\.$/.test(doc) || !/^https:\/\/\S+#\S+$/.test(spec))
    expect(odd.map(({ rule }) => rule)).toEqual([])
  })

  for (const { rule, standard, browsers } of DIVERGENCES) {
    it(`gives ${rule} its standard value`, () => {
      expect(rulesOf('spec')[rule]).toEqual(standard)
    })

    for (const browser of ['chromium', 'firefox', 'webkit'] as const) {
      if (!(browser in browsers)) {
        it(`leaves ${rule} of ${browser} at the standard's value`, () => {
          expect(rulesOf(browser)[rule]).toEqual(standard)
        })
        continue
      }

      it(`sets ${rule} of ${browser} to something else than the standard`, () => {
        expect(rulesOf(browser)[rule]).toEqual(browsers[browser])
        expect(browsers[browser]).not.toEqual(standard)
      })

      it(`simulates the recorded exchange of ${rule} in ${browser}, or names the source`, async () => {
        const recording = RECORDINGS[rule]
        if (recording === undefined || 'source' in recording) {
          expect(recording?.source[browser]).toMatch(/\.(cc|cpp), \w+/)
          return
        }
        const recorded = recording[browser]
        expect(recorded).toBeDefined()
        const simulated = await simulate(recording.scenario, browser, PORTS)
        expect(difference(withPorts(recorded as RecordedObservation), simulated, browser, false)).toBeNull()
      })
    }
  }
})

describe('rulesOf()', () => {
  it('gives values that the types of the rules allow', () => {
    // A compile-time check: a rule with words is a union of the words of its row, and a list is a list of words.
    const rules: Pick<BrowserRules, 'cacheUnit' | 'schemesThatBreak' | 'maxAgeCap' | 'dropsEmptyLines'> = {
      cacheUnit: 'answer',
      schemesThatBreak: ['gopher:'],
      maxAgeCap: 1,
      dropsEmptyLines: true,
    }
    // @ts-expect-error no browser has this value
    const wrong: BrowserRules['cacheUnit'] = 'page'
    expect([rules.cacheUnit, wrong]).toEqual(['answer', 'page'])
  })
})
