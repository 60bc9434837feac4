// What a long list costs in a compiled policy, counted.
import { describe, expect, it } from 'vitest'
import { emitModule } from '../../src/build/emit.ts'
import { evaluate } from '../support/compiled.ts'
import { countMembersOf } from '../support/counting.ts'

describe('a compiled policy of 100,000 origins', () => {
  it('is one text, which is split once and not checked', () => {
    const splits = (count: number) => {
      const origins = Array.from({ length: count }, (_, i) => `https://tenant-${i}.example.com`)
      const module = emitModule({ origins })
      return countMembersOf(
        ['String.split', 'String.charCodeAt', 'String.startsWith', 'RegExp.exec', 'Array.push'],
        () => {
          const { cors } = evaluate(module)
          const head = { method: 'GET', headers: new Map([['origin', `https://tenant-${count - 1}.example.com`]]) }
          expect(cors.decide(head).shared).toBe(true)
          expect(cors.policy.origins.length).toBe(count)
        },
      )
    }
    expect(splits(100_000)).toEqual(splits(100))
    const origins = Array.from({ length: 100_000 }, (_, i) => `https://tenant-${i}.example.com`)
    expect(emitModule({ origins }).code.match(/\.split\(/g)).toHaveLength(1)
  })
})
