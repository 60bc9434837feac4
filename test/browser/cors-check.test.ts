import { describe, expect, it } from 'vitest'
import { corsCheck } from '../../src/browser/algorithms/cors-check.ts'
import { type BrowserModel, rulesOf } from '../../src/browser/rules.ts'
import type { HeaderLine } from '../../src/browser/wire.ts'

const ORIGIN = 'https://app.example.com'
const ALLOW_ORIGIN = 'Access-Control-Allow-Origin'
const LOWER = 'access-control-allow-origin'
const ALLOW_CREDENTIALS = 'Access-Control-Allow-Credentials'

function check(
  credentials: RequestCredentials,
  headers: readonly HeaderLine[],
  browser: BrowserModel = 'spec',
): string | null {
  const defect = corsCheck({ origin: ORIGIN, credentials }, { status: 200, headers }, rulesOf(browser))
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

  it.each([
    // Two lines, whatever they say.
    [[ALLOW_ORIGIN, ALLOW_ORIGIN], [ORIGIN, ''], 'firefox', 'allow-origin-multiple', 2],
    [[ALLOW_ORIGIN, ALLOW_ORIGIN], ['*', '*'], 'firefox', 'allow-origin-multiple', 2],
    // Lines in another case are one joined text.
    [[LOWER, LOWER], [ORIGIN, ORIGIN], 'firefox', 'allow-origin-multiple', 0],
    [[ALLOW_ORIGIN, LOWER], [ORIGIN, ORIGIN], 'firefox', 'allow-origin-multiple', 1],
    [[LOWER, LOWER], [ORIGIN, ORIGIN], 'spec', 'allow-origin-multiple', 2],
    [[LOWER, ALLOW_ORIGIN], ['', '*'], 'chromium', 'allow-origin-multiple', 2],
    [[LOWER], [`${ORIGIN} ${ORIGIN}`], 'spec', 'allow-origin-multiple', 1],
  ] as const)('counts the lines %j of %j, in %s: %s, %d', (names, values, browser, code, lines) => {
    const headers = names.map((name, index): HeaderLine => [name, values[index] ?? ''])
    const found = corsCheck({ origin: ORIGIN, credentials: 'omit' }, { status: 200, headers }, rulesOf(browser))
    expect(found).toMatchObject({ code, step: 'CORS check, step 4', lines })
  })

  it('tells a value that is no origin from another origin, with its text', () => {
    const found = (value: string) =>
      corsCheck(
        { origin: ORIGIN, credentials: 'omit' },
        { status: 200, headers: [[ALLOW_ORIGIN, value]] },
        rulesOf('spec'),
      )
    const step = 'CORS check, step 4'
    expect(found('null')).toEqual({ code: 'allow-origin-mismatch', step, value: 'null' })
    expect(found('x')).toEqual({ code: 'allow-origin-malformed', step, value: 'x' })
    expect(found('https://x')).toEqual({ code: 'allow-origin-mismatch', step, value: 'https://x' })
  })

  it('passes for a page without an origin where null is allowed', () => {
    const request = { origin: 'null', credentials: 'omit' } as const
    expect(corsCheck(request, { status: 200, headers: [[ALLOW_ORIGIN, 'null']] }, rulesOf('spec'))).toBeNull()
  })

  it('finds nothing where the field is absent', () => {
    const found = corsCheck({ origin: ORIGIN, credentials: 'omit' }, { status: 200, headers: [] }, rulesOf('spec'))
    expect(found).toEqual({ code: 'allow-origin-missing', step: 'CORS check, step 2', value: '' })
  })

  it('says which credentials were found', () => {
    const found = (headers: readonly HeaderLine[]) =>
      corsCheck(
        { origin: ORIGIN, credentials: 'include' },
        { status: 200, headers: [[ALLOW_ORIGIN, ORIGIN], ...headers] },
        rulesOf('spec'),
      )
    const step = 'CORS check, step 8'
    expect(found([])).toEqual({ code: 'allow-credentials', step, value: '' })
    expect(found([[ALLOW_CREDENTIALS, 'yes']])).toEqual({ code: 'allow-credentials', step, value: 'yes' })
  })
})
