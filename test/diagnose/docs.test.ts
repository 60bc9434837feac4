import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findingsPage } from '../../src/diagnose/report/findings-page.ts'
import { targetsPage } from '../../src/diagnose/report/targets-page.ts'
import { recognizeMessage } from '../../src/diagnose.ts'

const docs = join(import.meta.dirname, '../../docs')
const read = (name: string) => readFileSync(join(docs, name), 'utf8')

/** The first cells of table rows: lines of consoles. */
const lines = read('console-messages.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => line.split(' | ').slice(0, line.split(' | ').length > 2 ? 3 : 1))
  .map((cell) => /`((?:[^`\\]|\\`)+)`/.exec(cell)?.[1]?.replaceAll('\\`', '`') ?? '')

describe('docs/console-messages.md', () => {
  it('holds many lines', () => expect(lines.length).toBeGreaterThan(40))

  it.each(lines)('shows a line that is recognized: %s', (line) => {
    expect(recognizeMessage(line)).not.toBeNull()
  })
})

describe('docs/findings.md', () => {
  it('is what `npm run docs` writes', () => expect(read('findings.md')).toBe(findingsPage()))
})

describe('docs/targets.md', () => {
  it('is what `npm run docs` writes', () => expect(read('targets.md')).toBe(targetsPage()))
})

describe('docs/check.md', () => {
  it('names every option of the usage', async () => {
    const { USAGE } = await import('../../src/cli/usage.ts')
    const options = [...new Set([...read('check.md').matchAll(/`(--[a-z-]+)/g)].map((match) => match[1] ?? ''))]
    expect(options.filter((option) => !USAGE.includes(option))).toEqual([])
  })
})
