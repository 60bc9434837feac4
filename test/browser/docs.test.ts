import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browserDifferencesPage } from '../../scripts/browser-differences-page.ts'
import { DIVERGENCES } from '../../src/browser.ts'

describe('docs/browser-differences.md', () => {
  it('is what `npm run docs` writes', () => {
    const path = join(import.meta.dirname, '../../docs/browser-differences.md')
    expect(readFileSync(path, 'utf8')).toBe(browserDifferencesPage())
  })

  it('shows an exchange or a source for every browser that differs', () => {
    const sections = browserDifferencesPage().split('\n## ').slice(1)
    const missing = DIVERGENCES.flatMap(({ rule, browsers }) => {
      const section = sections.find((text) => text.startsWith(`${rule}\n`)) ?? ''
      const names = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' } as const
      const keys = Object.keys(browsers) as (keyof typeof names)[]
      return keys
        .filter((key) => !new RegExp(`^(- )?${names[key]}( [\\d.]+)?: `, 'm').test(section))
        .map((key) => `${rule} ${key}`)
    })
    expect(missing).toEqual([])
  })
})
