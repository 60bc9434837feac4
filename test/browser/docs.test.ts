import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browserDifferencesPage } from '../../scripts/browser-differences-page.ts'
import { DIVERGENCES } from '../../src/browser.ts'
import { codeOf, sourcesOf } from '../architecture/source.ts'

/** The rules that no code of the simulator reads. */
function unread(rules: readonly string[]): string[] {
  const sources = sourcesOf('src/browser').filter(({ path }) => !/\/rules(\/.*)?\.ts$/.test(path))
  const names = new Set(sources.flatMap(({ text }) => codeOf(text).match(/\w+/g) ?? []))
  return rules.filter((rule) => !names.has(rule))
}

describe('the sources of the simulator', () => {
  it('read every rule', () => {
    expect(unread(DIVERGENCES.map(({ rule }) => rule))).toEqual([])
    expect(unread(['cacheUnit', 'plantedRule'])).toEqual(['plantedRule'])
  })
})

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
