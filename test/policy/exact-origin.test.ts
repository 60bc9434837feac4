// The short way for the commonest entries proves no more than the long way does.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optionNamed } from '../../src/policy/check/keys.ts'
import { isExactHttpsOrigin, readEntry } from '../../src/policy/check/origin-entry.ts'
import { holds } from '../support/property.ts'
import { origin, soundOrigin } from './arbitraries.ts'

const piece = fc.constantFrom(
  'a',
  'z',
  '0',
  '9',
  '-',
  '--',
  '.',
  '_',
  'xn--',
  'com',
  '0x1',
  'A',
  'ä',
  ':',
  '8',
  '*',
  '/',
  '@',
  '%',
  'a'.repeat(62),
)
const host = fc.array(piece, { maxLength: 8 }).map((pieces) => `https://${pieces.join('')}`)

describe('isPlainOrigin()', () => {
  it('is true only of what readEntry() reads as one exact https: origin', () => {
    holds(
      fc.property(fc.oneof(host, origin, soundOrigin), (text) => {
        const { entry } = readEntry(text)
        return !isExactHttpsOrigin(text) || (entry?.kind === 'exact' && entry.scheme === 'https' && entry.text === text)
      }),
      { numRuns: 20_000 },
    )
  })

  it('is true of nearly every entry of a long list', () => {
    const texts = [
      'https://example.com',
      'https://tenant-1.app.example.co.uk',
      'https://my_app.example.dev',
      'https://1.a',
    ]
    expect(texts.filter((text) => !isExactHttpsOrigin(text))).toEqual([])
  })
})

describe('optionNamed()', () => {
  const source = readFileSync(new URL('../../src/policy/compile-time/checked.ts', import.meta.url), 'utf8')
  const misspelt = Array.from(source.matchAll(/^ +(\w+): '(\w+)';?$/gm), ([, name, option]) => [name, option])

  it('knows the misspelt names that the compiler knows', () => {
    expect(misspelt.length).toBeGreaterThan(5)
    expect(misspelt.filter(([name = '', option]) => optionNamed(name) !== option)).toEqual([])
  })
})
