import { describe, expect, it } from 'vitest'
import { sourcesOf } from './source.ts'

/** Names that adapters, and assertions for test runners, share by design: an application imports one of them. */
const SHARED = ['cors', 'withCors', 'proxy', 'createEdgeProxy', 'createProxyServer', 'expectShared', 'expectRefused']

/** Names of presets, which are those of the protocols. */
const PRESETS = ['supabase']

/** Names that stand in the text of a configuration that is printed. */
const PRINTED = ['config']

/** The names that more than one of these texts exports. */
function twice(texts: readonly string[]): string[] {
  const seen = new Map<string, number>()
  for (const text of texts) {
    const found = text.matchAll(/^export (?:async )?(?:function|const|interface|type|class) (\w+)/gm)
    // The overloads of a function stand in one file.
    for (const name of new Set(Array.from(found, ([, one = '']) => one))) seen.set(name, (seen.get(name) ?? 0) + 1)
  }
  return [...seen].flatMap(([name, times]) => (times > 1 ? [name] : [])).sort()
}

describe('what src and adapters export', () => {
  const names = twice(sourcesOf('src', 'adapters').map(({ text }) => text))

  it('has one name for one thing', () => {
    expect(names.filter((name) => ![...SHARED, ...PRESETS, ...PRINTED].includes(name))).toEqual([])
  })

  it('needs each exemption', () => {
    expect([...SHARED, ...PRESETS, ...PRINTED].filter((name) => !names.includes(name))).toEqual([])
  })

  it('is found twice where it is', () => {
    expect(
      twice(['export function plain() {}', 'export const plain = 1', 'export type Other = 1\nexport const Other = 1']),
    ).toEqual(['plain'])
  })
})
