import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layersPage, readRecorded } from '../../scripts/layers-page.ts'
import { limitsOf } from './real/limits.ts'

describe('docs/layers.md', () => {
  it('is what `npm run docs` writes', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/layers.md'), 'utf8')
    expect(page).toBe(layersPage(readRecorded()))
  })

  it('shows no target that shares too much, and each limit with its reason', () => {
    for (const { target, wider, unlisted, limits } of readRecorded()) {
      expect([target, wider, unlisted]).toEqual([target, 0, 0])
      expect(limits).toEqual(limitsOf(target))
    }
  })
})
