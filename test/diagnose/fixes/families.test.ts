import { describe, expect, it } from 'vitest'
import { asList, canonical, joined, unique, withoutDuplicates } from '../../../src/diagnose/fixes/drafts.ts'
import { withFamilies } from '../../../src/diagnose/fixes/families.ts'

const origins = ['https://app.example.com']
const patternsOf = (requestHeaders: '*' | readonly string[] | undefined) =>
  withFamilies({ origins, ...(requestHeaders && { requestHeaders }) })?.requestHeaders ?? null
const four = (head: string) => ['A', 'B', 'C', 'D'].map((tail) => `${head}${tail}`)

describe('withFamilies()', () => {
  it('writes a pattern for four names that begin alike, and keeps the rest of the policy', () => {
    const policy = { origins, methods: ['PUT'], requestHeaders: ['Range', ...four('X-Acme-'), 'ETag'] }
    expect(withFamilies(policy)).toEqual({ origins, methods: ['PUT'], requestHeaders: ['Range', 'ETag', 'X-Acme-*'] })
  })

  it.each([
    ['with and without X-', [...four('Acme-'), ...four('x-acme-')], ['Acme-*', 'x-acme-*']],
    ['in any case, as the first writes it', ['x-Acme-A', 'X-ACME-B', 'X-acme-C', 'X-Acme-D'], ['x-Acme-*']],
    ['of one word more', four('Acme-Client-'), ['Acme-*']],
    ['of five', [...four('Acme-'), 'Acme-E'], ['Acme-*']],
    ['beside patterns, which stay', ['X-Old-*', 'Range', ...four('Acme-')], ['Range', 'X-Old-*', 'Acme-*']],
    ['beside a short family, which stays', ['B-One', 'B-Two', ...four('Acme-')], ['B-One', 'B-Two', 'Acme-*']],
    ['beside names without a family', ['Acme', 'X', ...four('Acme-')], ['Acme', 'X', 'Acme-*']],
  ])('knows a family %s', (_, names, patterns) => expect(patternsOf(names)).toEqual(patterns))

  it.each<readonly [string, '*' | readonly string[] | undefined]>([
    ['no list', undefined],
    ['a wildcard', '*'],
    ['a wildcard in a list', ['*']],
    ['no name', []],
    ['three names', four('X-Acme-').slice(1)],
    ['names that end at the dash', ['Acme-', 'acme-', 'ACME-', 'Acme--']],
    ['patterns', ['Acme-A*', 'Acme-B*', 'Acme-C*', 'Acme-D*']],
    ['one name and patterns', ['Acme-A', 'Acme-*', 'Acme-B*', 'Acme-C*']],
    ['names of one word', ['A', 'B', 'C', 'D']],
    ['names that begin with a dash', four('-')],
    ['families that begin with a dash', four('-acme-')],
    ...['Accept', 'Access', 'Cache', 'Content', 'If', 'Sec', 'Proxy', 'X', 'content'].map(
      (word) => [`a word that unrelated headers share: ${word}`, four(`${word}-`)] as const,
    ),
  ])('writes none for %s', (_, names) => expect(patternsOf(names)).toBeNull())
})

describe('the lists of a draft', () => {
  it('hold no duplicate, and are otherwise as they were', () => {
    const policy = {
      origins: ['https://a.example', 'https://b.example', 'https://a.example'],
      methods: ['PUT', 'put', 'PUT'],
      requestHeaders: ['X-A', 'x-a', 'X-B'],
      exposedHeaders: ['ETag', 'etag', 'ETAG'],
      maxAge: 5,
    }
    const before = structuredClone(policy)
    expect(withoutDuplicates(policy)).toEqual({
      origins: ['https://a.example', 'https://b.example'],
      methods: ['PUT', 'put'],
      requestHeaders: ['X-A', 'X-B'],
      exposedHeaders: ['ETag'],
      maxAge: 5,
    })
    expect(policy).toEqual(before)
    expect(withoutDuplicates({ origins: '*' })).toStrictEqual({ origins: '*' })
    const open = { origins: '*', methods: '*', requestHeaders: '*', exposedHeaders: '*' } as const
    expect(withoutDuplicates(open)).toEqual(open)
    const empty = { origins: ['https://a.example'], methods: [], requestHeaders: [], exposedHeaders: [] }
    expect(withoutDuplicates(empty)).toEqual(empty)
  })

  it('take names in, methods by their case and headers without it', () => {
    expect(joined(undefined, ['A'])).toEqual(['A'])
    expect(joined(['X-A'], ['x-a', 'X-B'])).toEqual(['X-A', 'X-B'])
    expect(joined(['patch'], ['PATCH', 'patch'], true)).toEqual(['patch', 'PATCH'])
    expect(joined('*', [])).toBe('*')
    expect(joined('*', ['A'])).toEqual(['*', 'A'])
    expect(joined(['A'], [])).toEqual(['A'])
  })

  it('are lists, whatever form they had', () => {
    expect([asList(undefined), asList('*'), asList(['A', '*'])]).toEqual([[], ['*'], ['A', '*']])
    expect(unique(['A', 'b', 'a', 'B', 'c'])).toEqual(['A', 'b', 'c'])
  })

  it('are written in the usual case', () => {
    expect(['x-tenant-id', 'etag', 'X-API-Key', '1a-b', 'a_b-c'].map(canonical)).toEqual([
      'X-Tenant-Id',
      'Etag',
      'X-API-Key',
      '1a-B',
      'A_b-C',
    ])
  })
})
