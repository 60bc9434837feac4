import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROWS } from '../../../src/diagnose/findings/rows.ts'
import type { Remedy } from '../../../src/diagnose/row.ts'

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

  // Codes and links are API, and what a cause explains and covers decides what a person reads beside it.
  it('says of every cause what it is, what it explains, and what to do', () => {
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
