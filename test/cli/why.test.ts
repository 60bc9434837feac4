import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failuresPage } from '../../scripts/failures-page.ts'
import { FAILURE_CODES } from '../../src/browser/failures.ts'
import { ROWS } from '../../src/diagnose/findings/rows.ts'
import { MEANINGS } from '../../src/diagnose/messages/meanings.ts'
import { ECHOES } from '../../src/diagnose/security/findings.ts'
import { LOOSE_COMPARISONS } from '../../src/diagnose/security/loose-comparisons.ts'
import { DEFECTS, SOURCES, WARNINGS } from '../../src/policy/catalogue.ts'
import { corsmith } from './run.ts'

const ISSUES = [DEFECTS, SOURCES, WARNINGS].flatMap((table) => Object.values(table).flatMap(Object.keys))
const FINDINGS = [...ROWS, ...LOOSE_COMPARISONS, ...ECHOES].map(({ code }) => code)

describe('corsmith why', () => {
  it('explains every code that a policy, a browser, a diagnosis or a console line can name', async () => {
    const silent: string[] = []
    for (const code of new Set([...ISSUES, ...FAILURE_CODES, ...FINDINGS, ...Object.keys(MEANINGS)])) {
      const { code: exit, out } = await corsmith(['why', code])
      if (exit !== 0 || !out.startsWith(`${code}\n\n`) || out.split('\n').length < 3) silent.push(code)
    }
    expect(silent).toEqual([])
  })

  it('explains several codes at once, as an error message asks for them', async () => {
    const { code, out } = await corsmith(['why', 'origin-trailing-slash', 'exposed-wildcard-credentials'])
    expect(code).toBe(0)
    expect(out).toMatch(/^origin-trailing-slash\n/m)
    expect(out).toMatch(/^exposed-wildcard-credentials\n/m)
  })

  it.each([
    ['PreflightMissingAllowOriginHeader', ['allow-origin-missing']],
    ['CORSMissingAllowOrigin2', ['allow-origin-missing']],
    ['CORSMissingAllowOrigin', ['allow-origin-missing']],
    ['CORSMethodNotFound', ['method-not-allowed']],
  ])('knows the name %s of a browser', async (name, codes) => {
    const { code, out } = await corsmith(['why', name])
    expect([code, codes.filter((each) => !out.includes(`${each}\n`))]).toEqual([0, []])
  })

  it('prints no Markdown that a terminal would show as signs', async () => {
    const { out } = await corsmith(['why', 'origin-null', 'allow-credentials', 'never-shared'])
    expect(out).not.toMatch(/^#|```|\]\(/m)
    expect(out).toContain('MDN: https://developer.mozilla.org/')
  })

  it('names codes alike when it knows none, and nothing of a path that was given', async () => {
    expect(await corsmith(['why', 'origin-nul'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('origin-null'),
    })
    for (const code of ['../../package', 'errors/origin-null', 'README', '__proto__', 'constructor', '\u001b[31m'])
      expect(await corsmith(['why', code])).toMatchObject({
        code: 64,
        out: '',
        err: expect.not.stringContaining('\u001b[31m"'),
      })
    expect(await corsmith(['why'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('corsmith why origin-null'),
    })
  })
})

describe('docs/failures.md', () => {
  it('is what `npm run docs` writes', () => {
    expect(readFileSync(join(import.meta.dirname, '../../docs/failures.md'), 'utf8')).toBe(failuresPage())
  })
})
