import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnosis, Observation } from '../../src/diagnose.ts'
import { diagnose } from '../../src/diagnose.ts'
import { holds } from '../support/property.ts'
import { ORIGIN } from './stage.ts'

type Line = readonly [string, string]

/** Servers of any making: what they answer depends on the method, on the origin, and on the path. */
const LINES: readonly (readonly Line[])[] = [
  [],
  [['Access-Control-Allow-Origin', ORIGIN]],
  [['Access-Control-Allow-Origin', '*']],
  [['Access-Control-Allow-Origin', 'https://b.example.com']],
  [['Vary', 'Origin']],
  [
    ['Access-Control-Allow-Origin', ORIGIN],
    ['Access-Control-Allow-Methods', 'GET, PUT'],
    ['Access-Control-Allow-Headers', 'x-a'],
  ],
  [['Access-Control-Allow-Methods', 'PUT']],
  [['Access-Control-Allow-Method', 'PUT']],
  [
    ['Access-Control-Allow-Origin', ORIGIN],
    ['Access-Control-Allow-Origin', '*'],
  ],
  [['Location', 'https://elsewhere.example.com/x']],
]
const answer = fc.record({
  status: fc.constantFrom(200, 204, 301, 401, 403, 404, 405, 500, 503),
  headers: fc.constantFrom(...LINES),
})
const server = fc.record({
  preflight: fc.option(answer, { nil: null, freq: 6 }),
  own: answer,
  foreign: answer,
  none: answer,
  elsewhere: answer,
})
const request = fc.record({
  method: fc.constantFrom('GET', 'PUT'),
  headers: fc.constantFrom({}, { 'X-A': '1' }),
  credentials: fc.constantFrom('same-origin', 'include'),
} as const)

const sentBy = ({ request }: Observation) => request.headers.find(([name]) => name === 'Origin')?.[1]
const allowed = (each: Observation) =>
  each.response?.headers.filter(([name]) => name === 'Access-Control-Allow-Origin').map(([, value]) => value) ?? []
const speaks = (each: Observation) =>
  each.response?.headers.some(([name, value]) => /^access-control-/i.test(name) || /\borigin\b/i.test(value)) === true

/** What a finding claims of all answers, and so must hold of each that was seen. */
const CLAIMS: Readonly<Record<string, (seen: readonly Observation[], diagnosis: Diagnosis) => boolean>> = {
  'never-shared': (seen) => !seen.some(speaks),
  'origin-not-listed': (seen) => !seen.some((each) => sentBy(each) === ORIGIN && allowed(each).join() === ORIGIN),
  'redirect-limit': (seen) => seen.filter(({ purpose }) => purpose === 'request').length > 10,
  'auth-unmarked': (seen) => seen.some(({ response }) => [401, 403, 407].includes(response?.status ?? 0)),
  'header-name-misspelt': (seen) =>
    seen.some((each) => each.response?.headers.some(([name]) => name === 'Access-Control-Allow-Method')),
  'preflight-unanswered': (seen) => seen.some(({ purpose, response }) => purpose === 'preflight' && response === null),
  'unreachable-timeout': (seen) => seen.every(({ response }) => response === null),
  'origin-refused-with-error': (seen) => {
    const none = seen.find(({ purpose }) => purpose === 'no-origin')?.response?.status
    return seen.filter(({ purpose }) => purpose === 'foreign-origin').every(({ response }) => response?.status !== none)
  },
}

describe('what a finding claims', () => {
  it('is contradicted by no answer that was seen, on servers of any making', async () => {
    await holds(
      fc.asyncProperty(server, request, async (made, asked) => {
        const diagnosis = await diagnose('https://api.example.com/items', {
          origin: ORIGIN,
          ...asked,
          send: true,
          transport: async ({ method, url, headers }) => {
            const origin = headers.find(([name]) => name === 'Origin')?.[1]
            const said =
              method === 'OPTIONS'
                ? made.preflight
                : new URL(url).pathname !== '/items'
                  ? made.elsewhere
                  : origin === undefined
                    ? made.none
                    : origin === ORIGIN
                      ? made.own
                      : made.foreign
            return said === null
              ? { kind: 'timeout', detail: 'no answer within 10000 ms' }
              : { ...said, statusText: '' }
          },
        })
        const { findings, observations } = diagnosis
        for (const { code, message } of findings) {
          const claim = CLAIMS[code]
          if (claim !== undefined)
            expect([code, message, claim(observations, diagnosis)]).toEqual([code, message, true])
        }
        // What blocks has a cause, and each cause is said once.
        if (diagnosis.conclusion === 'blocked') expect(findings[0]?.severity).toBe('error')
        expect(new Set(findings.map(({ code }) => code)).size).toBe(findings.length)
        expect(observations.length).toBeLessThanOrEqual(20)
      }),
      { numRuns: 600 },
    )
  })
})
