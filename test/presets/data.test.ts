import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/index.ts'
import { withPresets } from '../../src/presets.ts'
import { isSafelistedResponseHeaderName } from '../../src/spec/names.ts'
import { bundled } from '../support/bytes.ts'
import { allPresets, exported, LISTS } from './all.ts'

const ORIGINS = ['https://app.example.com']
const lower = (name: string) => name.toLowerCase()

describe('the presets', () => {
  it('are one module each, exported under their names', () => {
    const helpers = ['preset.ts', 'with-presets.ts']
    const files = readdirSync(join(import.meta.dirname, '../../src/presets')).filter((file) => !helpers.includes(file))
    expect(files.length).toBe(exported.length)
    expect(exported.filter(([name, { name: own }]) => name !== own)).toEqual([])
  })

  it('spell one name in one way', () => {
    const spellings = new Map<string, Set<string>>()
    for (const name of allPresets.flatMap((one) => LISTS.flatMap((list) => one[list] ?? [])))
      spellings.set(lower(name), (spellings.get(lower(name)) ?? new Set()).add(name))
    expect([...spellings.values()].filter((set) => set.size > 1)).toEqual([])
  })

  it('make a policy without any issue, together too', () => {
    expect(checkPolicy(withPresets({ origins: ORIGINS }, ...allPresets))).toEqual([])
  })

  describe.each(exported)('%s', (_name, preset) => {
    it('is frozen', () => {
      const parts = [preset, ...LISTS.map((list) => preset[list])]
      expect(parts.every(Object.isFrozen)).toBe(true)
    })

    it('has only the fields of a preset, a source and a date', () => {
      const fields = ['name', ...LISTS, 'source', 'date', 'note']
      expect(Object.keys(preset).filter((key) => !fields.includes(key))).toEqual([])
      expect(new URL(preset.source).protocol).toBe('https:')
      expect(new Date(preset.date).toISOString().slice(0, 10)).toBe(preset.date)
    })

    it('is sorted, holds nothing twice, and nothing that needs no permission', () => {
      for (const list of LISTS) {
        const names = preset[list] ?? []
        expect(names).toEqual([...names].sort((a, b) => (lower(a) < lower(b) ? -1 : 1)))
        expect(new Set(names.map(lower)).size).toBe(names.length)
      }
      expect((preset.methods ?? []).filter((method) => /^(?:GET|HEAD|POST)$/.test(method))).toEqual([])
      expect((preset.exposedHeaders ?? []).filter(isSafelistedResponseHeaderName)).toEqual([])
      const always = /^(?:accept|accept-language|content-language)$/i
      expect((preset.requestHeaders ?? []).filter((name) => always.test(name))).toEqual([])
    })

    it('makes a policy without any issue', () => {
      expect(checkPolicy(withPresets({ origins: ORIGINS, credentials: true }, preset))).toEqual([])
    })

    it('is bundled without the others', async () => {
      const text = await bundled(`export { ${preset.name} } from './src/presets.ts'`)
      expect(allPresets.filter(({ name }) => text.includes(`"${name}"`)).map(({ name }) => name)).toEqual([preset.name])
    })
  })
})
