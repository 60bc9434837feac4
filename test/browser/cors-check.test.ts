import { describe, expect, it } from 'vitest'
import { corsCheck } from '../../src/browser/cors-check.ts'
import { type Engine, rulesOf } from '../../src/browser/engines.ts'
import type { HeaderLine } from '../../src/browser/wire.ts'

const ORIGIN = 'https://app.example.com'
const ALLOW_ORIGIN = 'Access-Control-Allow-Origin'
const ALLOW_CREDENTIALS = 'Access-Control-Allow-Credentials'

function check(
  credentials: RequestCredentials,
  headers: readonly HeaderLine[],
  engine: Engine = 'spec',
): string | null {
  const defect = corsCheck({ origin: ORIGIN, credentials }, { status: 200, headers }, rulesOf(engine))
  return defect === null ? null : `${defect.code}: ${defect.step}`
}

describe('corsCheck()', () => {
  it('fails at step 2 when Access-Control-Allow-Origin is absent', () => {
    expect(check('omit', [])).toBe('allow-origin-missing: CORS check, step 2')
  })

  it('passes with * and without credentials', () => {
    expect(check('same-origin', [[ALLOW_ORIGIN, '*']])).toBeNull()
  })

  it('fails with * and credentials', () => {
    expect(
      check('include', [
        [ALLOW_ORIGIN, '*'],
        [ALLOW_CREDENTIALS, 'true'],
      ]),
    ).toBe('allow-origin-wildcard: CORS check, step 4')
  })

  it('passes with the very origin, spaces and tabs around it aside', () => {
    expect(check('omit', [['access-control-allow-origin', ` ${ORIGIN}\t`]])).toBeNull()
  })

  it.each([
    [`${ORIGIN}/`, 'allow-origin-mismatch'],
    ['https://other.example.com', 'allow-origin-mismatch'],
    ['null', 'allow-origin-mismatch'],
    ['', 'allow-origin-malformed'],
    ['app.example.com', 'allow-origin-malformed'],
    [`${ORIGIN}, ${ORIGIN}`, 'allow-origin-multiple'],
    [`${ORIGIN} https://b.example.com`, 'allow-origin-multiple'],
  ])('fails at step 4 when the value is %j', (value, code) => {
    expect(check('omit', [[ALLOW_ORIGIN, value]])).toBe(`${code}: CORS check, step 4`)
  })

  it('fails with two equal lines', () => {
    expect(
      check('omit', [
        [ALLOW_ORIGIN, ORIGIN],
        [ALLOW_ORIGIN, ORIGIN],
      ]),
    ).toBe('allow-origin-multiple: CORS check, step 4')
  })

  it('passes in Firefox when the second of two lower-case lines is empty', () => {
    const lines: HeaderLine[] = [
      ['access-control-allow-origin', ORIGIN],
      ['access-control-allow-origin', ''],
    ]
    expect(check('omit', lines, 'firefox')).toBeNull()
    expect(check('omit', lines, 'chromium')).not.toBeNull()
  })

  it.each(['True', 'TRUE', '1', '', 'true, true', '*'])('fails at step 8 when credentials are %j', (value) => {
    expect(
      check('include', [
        [ALLOW_ORIGIN, ORIGIN],
        [ALLOW_CREDENTIALS, value],
      ]),
    ).toBe('allow-credentials: CORS check, step 8')
  })

  it('passes with the origin and true', () => {
    expect(
      check('include', [
        [ALLOW_ORIGIN, ORIGIN],
        [ALLOW_CREDENTIALS, 'true'],
      ]),
    ).toBeNull()
  })
})
