import { describe, expect, it } from 'vitest'
import { simulate } from '../browsers/simulate.ts'
import { type Recorded, readVectors, toScenario, type Vector } from '../browsers/vectors.ts'

const PORTS = { A: 8101, B: 8102, C: 8103, T: 8104 }

/** The recorded requests, without the favicon, in the words of the scenarios. */
function requests({ requests }: Recorded): string[] {
  return requests
    .filter((request) => request !== '8101 GET ')
    .map((request) =>
      request
        .replace(/^810(\d)/, (_, digit: string) => ['A', 'B', 'C'][Number(digit) - 1] ?? '')
        .replace('acr-method=', 'acrm=')
        .replace('acr-headers=', 'acrh='),
    )
}

/** Requests of the simulator, without what the recording leaves out; a closed connection was retried. */
function comparable(lines: readonly string[], vector: Vector): string[] {
  const bare = lines.map((line) => line.replace(/ authorization=.*/, ''))
  return vector.id.includes('reset') ? [...new Set(bare)] : bare
}

/** URLs in messages, with their recipes shortened as in the recording. */
function shortened(message: string): string {
  return message.replace(/http:\/\/(127\.0\.0\.1|localhost):(\d+)\/s\/[^/ ']+\/\d+/g, 'http://$1:$2/s?s=…')
}

describe('simulate() against recorded browsers', () => {
  for (const vector of readVectors()) {
    const scenario = toScenario(vector)
    const isBeacon = scenario.steps.some(({ initiator }) => initiator === 'beacon')

    for (const browser of ['chromium', 'firefox'] as const) {
      const recorded = vector[browser]
      it(`concludes what ${browser} did: ${vector.id}`, async () => {
        const { steps, requests: sent } = await simulate(scenario, browser, PORTS)
        const passes = recorded.result.startsWith('ok') || recorded.result === 'done'
        if (!isBeacon) expect(steps.every(({ ok }) => ok)).toBe(passes)
        expect(comparable(sent, vector)).toEqual(comparable(requests(recorded), vector))
        if (recorded.result.includes(' xa=')) {
          const names = steps[0]?.names ?? []
          expect([names.includes('x-a'), names.includes('x-b')]).toEqual([
            !recorded.result.includes('xa=null'),
            !recorded.result.includes('xb=null'),
          ])
        }
      })
    }

    it(`names the failure as Chromium does: ${vector.id}`, async () => {
      const { reasons, messages = [] } = await simulate(scenario, 'chromium', PORTS)
      const codes = (vector.chromium.failed ?? []).flatMap(({ cors }) => (cors === undefined ? [] : [cors.corsError]))
      expect(reasons.filter((reason) => reason !== '')).toEqual(codes)
      const line = vector.chromium.console.map(String).find((text) => text.startsWith('error:Access'))
      if (line !== undefined) expect(shortened(messages[0]?.chromium ?? '')).toBe(line.slice('error:'.length))
    })

    it(`names the failure as Firefox does: ${vector.id}`, async () => {
      const { reasons, messages = [] } = await simulate(scenario, 'firefox', PORTS)
      const errors = vector.firefox.console.filter(
        ([category, flags]) => String(category).startsWith('CORS') && flags === 0,
      )
      expect(reasons.filter((reason) => reason !== '')[0]).toBe(errors[0]?.[0])
      if (errors[0] !== undefined) expect(shortened(messages[0]?.firefox ?? '')).toBe(errors[0][2])
    })
  }
})
