import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROWS } from '../../../src/diagnose/findings/rows.ts'
import type { Remedy } from '../../../src/diagnose/row.ts'
import { bareEvidence, namedFor } from './bare.ts'

const folder = import.meta.dirname
const tests = readdirSync(folder)
  .filter((name) => name.endsWith('.test.ts') && name !== 'complete.test.ts')
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n')

describe('the table of findings', () => {
  it('holds at least 100 rows, each with a code of its own', () => {
    const codes = ROWS.map(({ code }) => code)
    expect(codes.length).toBeGreaterThanOrEqual(100)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('has a staged case for every row', () => {
    const unstaged = ROWS.map(({ code }) => code).filter((code) => !tests.includes(`'${code}'`))
    expect(unstaged).toEqual([])
  })

  it('gives every row a sentence, a link, and a remedy unless it is good news', () => {
    const poor = ROWS.filter(
      ({ says, link, remedy, severity }) =>
        says === '' || !link.startsWith('https://') || (remedy === undefined && severity !== 'info'),
    )
    expect(poor.map(({ code }) => code)).toEqual([])
  })

  // Nothing trips over what was not seen, and each cause is named for the failures that it explains.
  it.each([
    ['nothing was sent', null],
    ['no answer came', 'no answer'],
    ['an empty answer came', { status: 200, headers: [] }],
    ['an answer came that says nothing', { status: 200, statusText: '', headers: [], sample: '' }],
    ['a refusal came', { status: 403, headers: [['Vary', 'Accept']] }],
    ['a redirect came', { status: 302, headers: [['Location', '/x']] }],
    ['an error came', { status: 500, headers: [] }],
    ['no route was found', { status: 404, headers: [] }],
  ] as const)('names causes where %s', async (_, response) => {
    const evidence = await bareEvidence(response)
    expect(
      ROWS.map((row) => namedFor(row, evidence))
        .filter(Boolean)
        .join('\n'),
    ).toMatchSnapshot()
  })

  // Codes and links are API, and what a cause explains and covers decides what a person reads beside it.
  it('says of every cause what it is, what it explains, and what to do', async () => {
    const evidence = await bareEvidence(null)
    expect(ROWS.filter((row) => row.when(evidence, null) !== null).map(({ code }) => code)).toMatchSnapshot()
    const told = ROWS.map(({ when: _, remedy, ...row }) => ({ ...row, ...(remedy && { remedy: wordsOf(remedy) }) }))
    expect(told).toMatchSnapshot()
  })
})

/** What a remedy says. What it computes is seen in staged cases. */
function wordsOf({ where, advice, by, target, policy }: Remedy): object {
  return {
    where,
    advice,
    ...(by && { by }),
    ...(target !== undefined && { target: typeof target === 'function' ? 'computed' : target }),
    ...(policy !== undefined && { policy: typeof policy === 'function' ? 'computed' : policy }),
  }
}
