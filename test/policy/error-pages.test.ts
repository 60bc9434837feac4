import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outOfSync } from '../../scripts/error-pages.ts'
import { PROSE } from '../../scripts/error-prose.ts'
import { CorsPolicyError, checkPolicy, type IssueCode, type PolicyIssue, policyFromEnv } from '../../src/index.ts'
import { pageOf, policyFromJson } from '../../src/policy.ts'

/** Evaluates what a page shows, and gives what is wrong with it. */
function issuesOf(expression: string): readonly PolicyIssue[] {
  const evaluate = new Function('policyFromEnv', 'policyFromJson', `return (${expression})`)
  try {
    return checkPolicy(evaluate(policyFromEnv, policyFromJson))
  } catch (error) {
    if (error instanceof CorsPolicyError) return error.issues
    throw error
  }
}

const pages = Object.entries(PROSE) as [IssueCode, (typeof PROSE)[IssueCode]][]

describe('the pages of docs/errors', () => {
  it('are what `npm run docs` writes', () => {
    expect(outOfSync()).toEqual([])
  })

  it.each(pages)('show a mistake that is %s', (code, { mistake }) => {
    expect(issuesOf(mistake).map((issue) => issue.code)).toContain(code)
  })

  it.each(pages)('show how to write a policy without %s, or any other issue', (_, { fix }) => {
    const issues = issuesOf(fix).filter(({ code }) => code !== 'origin-loopback')
    expect(issues).toEqual([])
  })
})

describe('pageOf()', () => {
  it('names a page that the package holds', () => {
    const root = join(import.meta.dirname, '..', '..')
    const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(files).toContain('docs/errors/*.md')
    expect(readFileSync(join(root, pageOf('origin-null')), 'utf8')).toContain('# origin-null')
  })
})
