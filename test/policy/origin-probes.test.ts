import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'

interface Probe {
  readonly id: string
  readonly value: string
  readonly note: string
  readonly expect: string
  readonly expectWildcard: string
}

const FILE = join(import.meta.dirname, '..', 'vectors', 'origin-probes.json')
const { probes }: { probes: readonly Probe[] } = JSON.parse(readFileSync(FILE, 'utf8'))
const T = 'https://app.example.com'

const exact = createCors({ origins: [T], credentials: true })
const pattern = createCors({ origins: ['https://*.example.com'], credentials: true })
const byName = createCors({ origins: (origin) => origin === T, credentials: true })

/** A request whose Origin is this text and no other, whatever a Headers object would make of it. */
function raw(origin: string) {
  return { method: 'GET', headers: { get: (name: string) => (name === 'origin' ? origin : null) } }
}

/** The Origin as a Headers object holds it; undefined where it holds no such value. */
function carried(value: string): string | undefined {
  try {
    return new Headers({ Origin: value }).get('Origin') ?? ''
  } catch {
    return undefined
  }
}

describe('the probes of origin checks', () => {
  it('are 135, and all are to be refused where one origin is listed', () => {
    expect(probes).toHaveLength(135)
    expect(probes.every((probe) => probe.expect.startsWith('reject'))).toBe(true)
  })

  it('have their positive controls', () => {
    expect(exact.decide(raw(T)).shared).toBe(true)
    expect(byName.decide(raw(T)).shared).toBe(true)
    expect(pattern.decide(raw(T)).shared).toBe(true)
    expect(pattern.decide(raw('https://example.com')).shared).toBe(false)
  })

  it.each(probes)('$id, as it is: $note', ({ value, expectWildcard }) => {
    expect(exact.decide(raw(value)).shared).toBe(false)
    expect(byName.decide(raw(value)).shared).toBe(false)
    // "*" stands for one or more labels, so every well-formed subdomain is allowed, whatever its depth.
    expect(pattern.decide(raw(value)).shared).toBe(expectWildcard.startsWith('allow'))
  })

  it.each(probes.filter(({ value }) => carried(value) !== undefined))(
    '$id, in Headers',
    ({ value, expectWildcard }) => {
      const request = { method: 'GET', headers: new Headers({ Origin: value }) }
      const isT = carried(value) === T
      expect(exact.decide(request).shared).toBe(isT)
      expect(pattern.decide(request).shared).toBe(isT || expectWildcard.startsWith('allow'))
    },
  )

  it.each(probes.filter(({ value }) => value !== T))(
    '$id is listed as it is, or corrected to what browsers send',
    ({ value }) => {
      for (const { suggestion } of checkPolicy({ origins: [value, 'https://a.com'], credentials: true })) {
        if (typeof suggestion !== 'string') continue
        const after = checkPolicy({ origins: [suggestion, 'https://a.com'], credentials: true })
        expect(after.filter(({ severity }) => severity === 'error')).toEqual([])
      }
    },
  )
})
