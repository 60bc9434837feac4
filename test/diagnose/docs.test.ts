import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findingsPage } from '../../scripts/findings-page.ts'
import { withTable } from '../../scripts/messages-table.ts'
import { targetsPage } from '../../scripts/targets-page.ts'
import { MEANINGS } from '../../src/diagnose/messages/meanings.ts'
import { recognizeMessage } from '../../src/diagnose.ts'

const docs = join(import.meta.dirname, '../../docs')
const read = (name: string) => readFileSync(join(docs, name), 'utf8')

/** The first cells of table rows: lines of consoles. */
const lines = (read('console-messages.md').split('\n## Every code')[0] ?? '')
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

describe('the table of codes', () => {
  it('is what `npm run docs` writes, with a row for each', () => {
    const page = read('console-messages.md')
    expect(withTable(page)).toBe(page)
    const rows = Array.from(page.matchAll(/^\| `([a-z-]+)` /gm), ([, code]) => code)
    expect(rows.sort()).toEqual(Object.keys(MEANINGS).sort())
  })
})

describe('docs/findings.md', () => {
  it('is what `npm run docs` writes', () => expect(read('findings.md')).toBe(findingsPage()))
})

describe('docs/diagnosis.md', () => {
  const page = read('diagnosis.md')
  const total = (what: string) => Number(new RegExp(`^\\| ${what}[^|]*\\| +(\\d+) +\\|$`, 'm').exec(page)?.[1])

  // The page is written by `npm run docs:diagnosis`; between two runs staged servers are added, so these are minimums.
  it('counts at least the servers that it counted once', () => {
    expect(total('servers with a mistake')).toBeGreaterThanOrEqual(220)
    expect(total('of these, real components')).toBeGreaterThanOrEqual(50)
    expect(total('of these, proven before it is printed')).toBeGreaterThanOrEqual(140)
  })

  it('shows the right cause first, nothing lost and nothing gained', () => {
    expect(total('of these, the right cause comes first')).toBe(total('the page is blocked'))
    expect(total('pages that lost')).toBe(0)
    expect(total('strangers that gained')).toBe(0)
  })

  it('names causes that there are', () => {
    const named = [...page.matchAll(/^\| \[([a-z\d-]+)\]/gm)].map((match) => match[1] ?? '')
    expect(named.length).toBeGreaterThan(90)
    expect(named.filter((code) => !findingsPage().includes(`### ${code}\n`))).toEqual([])
  })
})

describe('docs/targets.md', () => {
  it('is what `npm run docs` writes', () => expect(read('targets.md')).toBe(targetsPage()))
})

describe('docs/check.md', () => {
  it('names only options that a command takes', async () => {
    const { COMMAND_OPTIONS } = await import('../../src/cli/command-options.ts')
    const known = Object.values(COMMAND_OPTIONS).flatMap((options) => Object.keys(options).map((name) => `--${name}`))
    const options = [...new Set([...read('check.md').matchAll(/`(--[a-z-]+)/g)].map((match) => match[1] ?? ''))]
    expect(options.length).toBeGreaterThan(20)
    expect(options.filter((option) => !known.includes(option))).toEqual([])
  })
})
