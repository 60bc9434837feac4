import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CorsPolicy, checkPolicy, createCors } from '../../src/index.ts'
import * as surface from '../../src/presets.ts'
import { withPresets } from '../../src/presets.ts'
import { holds } from '../support/property.ts'
import { allPresets, LISTS } from './all.ts'

const ORIGINS = ['https://app.example.com']
const PATTERN: surface.Preset = {
  name: 'own',
  requestHeaders: ['X-A-*'],
  source: 'https://example.com',
  date: '2026-11-28',
}
const issuesOf = (policy: unknown) =>
  checkPolicy(policy).map(({ code, severity, path, value }) => JSON.stringify([severity, code, path[0], value]))

/** A policy that constructs: names that presets have too, in another case, patterns, duplicates, `*`. */
const name = fc.oneof(
  fc.constantFrom(...allPresets.flatMap((one) => [...(one.requestHeaders ?? []), ...(one.exposedHeaders ?? [])])),
  fc.constantFrom('X-Own', 'X-Own-*', 'X-*', 'x-amz-date', 'X-Stainless-Lang', 'OPENAI-Beta', 'A*', 'Mcp-Param-a*'),
)
const inAnyCase = fc.tuple(name, fc.boolean()).map(([text, isLower]) => (isLower ? text.toLowerCase() : text))
const names = fc.oneof(fc.constant('*' as const), fc.constant(['*']), fc.array(inAnyCase, { maxLength: 8 }))
const requestNames = fc.oneof(names, fc.constant(['*', 'authorization']))
const methods = fc.oneof(
  fc.constant('*' as const),
  fc.array(fc.constantFrom('PUT', 'PATCH', 'DELETE', 'QUERY', 'patch', 'HEAD', 'GET'), { maxLength: 5 }),
)
const policies = fc
  .record(
    {
      methods,
      requestHeaders: requestNames,
      exposedHeaders: names,
      maxAge: fc.constantFrom(0, 600),
      refused: fc.constantFrom('pass', 'forbid'),
    },
    { requiredKeys: [] },
  )
  .map((lists) => ({ origins: ORIGINS, ...lists }) as CorsPolicy)
const chosen = fc.subarray([...allPresets])

const PROBES = [
  'X-Own',
  'X-Own-1',
  'X-Zzz',
  'X-Amz-Date',
  'X-Stainless-Lang',
  'Authorization',
  'ETag',
  'Mcp-Param-A',
  'Abc',
]
const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'patch']

/** What a list allows, as the design says it, with no code of the function under test. */
function allows(list: unknown, entry: string, option: string): boolean {
  if (list === undefined) return false
  const entries = (list === '*' ? ['*'] : list) as readonly string[]
  if (option === 'methods') return entries.some((one) => one === '*' || one === entry)
  const lower = entry.toLowerCase()
  return entries.some((one) => {
    if (one === '*') return option === 'exposedHeaders' || lower !== 'authorization'
    if (!one.endsWith('*')) return one.toLowerCase() === lower
    return lower.length >= one.length && lower.startsWith(one.slice(0, -1).toLowerCase())
  })
}

const probesOf = (option: string, presets: readonly surface.Preset[], policy: CorsPolicy) =>
  option === 'methods'
    ? METHODS
    : [
        ...PROBES,
        ...presets.flatMap((one) => LISTS.flatMap((list) => one[list] ?? [])),
        ...LISTS.flatMap((list) => policy[list] ?? []),
      ]
        .filter((entry) => entry !== '*')
        .map((entry) => entry.replace('*', 'q'))

describe('withPresets()', () => {
  it('allows what the policy or a preset lists, and nothing else', () => {
    holds(
      fc.property(policies, chosen, (policy, presets) => {
        const result = withPresets(policy, ...presets)
        for (const option of LISTS) {
          for (const probe of probesOf(option, presets, policy)) {
            const wanted = [policy, ...presets].some((one) => allows(one[option], probe, option))
            expect([option, probe, allows(result[option], probe, option)]).toEqual([option, probe, wanted])
          }
        }
      }),
    )
  })

  it('makes no issue that the policy has not', () => {
    holds(
      fc.property(policies, chosen, (policy, presets) => {
        const before = issuesOf(policy)
        expect(issuesOf(withPresets(policy, ...presets)).filter((issue) => !before.includes(issue))).toEqual([])
      }),
    )
  })

  it('is idempotent, and the order of presets does not matter, nor whether they come in one call', () => {
    const sorted = (policy: CorsPolicy) =>
      LISTS.map((option) =>
        Array.isArray(policy[option]) ? policy[option].map((one) => one.toLowerCase()).sort() : policy[option],
      )
    holds(
      fc.property(policies, chosen, fc.gen(), (policy, presets, gen) => {
        const once = withPresets(policy, ...presets)
        expect(withPresets(once, ...presets)).toEqual(once)
        const shuffled = gen(fc.shuffledSubarray, presets, { minLength: presets.length, maxLength: presets.length })
        expect(sorted(withPresets(policy, ...shuffled))).toEqual(sorted(once))
        const oneByOne = shuffled.reduce((sum, preset) => withPresets(sum, preset), policy)
        expect(sorted(oneByOne)).toEqual(sorted(once))
      }),
    )
  })

  it('leaves every other option, the policy and the presets as they are', () => {
    const policy = Object.freeze({ origins: ORIGINS, credentials: true, refused: 'forbid', maxAge: 5 } as const)
    const result = withPresets(policy, surface.tus)
    expect({ ...result, methods: 0, requestHeaders: 0, exposedHeaders: 0 }).toEqual({
      ...policy,
      methods: 0,
      requestHeaders: 0,
      exposedHeaders: 0,
    })
    expect(result.origins).toBe(ORIGINS)
    expect(withPresets({ origins: ORIGINS })).toEqual({ origins: ORIGINS })
    expect(withPresets({ origins: ORIGINS }, surface.sse)).toEqual({
      origins: ORIGINS,
      requestHeaders: ['Last-Event-ID'],
    })
  })

  it('keeps the spelling and the order of the policy, and drops a name that a pattern of a preset covers', () => {
    const requestHeaders = ['x-a-1', 'etag', 'X-B', 'AUTHORIZATION']
    expect(withPresets({ origins: ORIGINS, requestHeaders }, PATTERN, surface.trpc).requestHeaders).toEqual([
      'etag',
      'X-B',
      'AUTHORIZATION',
      'X-A-*',
      'Content-Type',
      'trpc-accept',
    ])
  })

  it("puts Authorization next to '*', which does not cover it", () => {
    const of = (requestHeaders: CorsPolicy['requestHeaders'], ...presets: surface.Preset[]) =>
      withPresets({ origins: ORIGINS, requestHeaders } as CorsPolicy, ...presets).requestHeaders
    expect(of('*', surface.trpc)).toEqual(['*', 'Authorization'])
    expect(of(['*', 'authorization'], surface.trpc)).toEqual(['*', 'authorization'])
    expect(of('*', surface.sse)).toBe('*')
  })

  it('hides no defect and nothing that restricts: createCors still says it', () => {
    const wrong: unknown[] = [
      undefined,
      null,
      'x',
      [],
      {},
      { origins: '*', credentials: true },
      { origins: ORIGINS, requestHeaders: 'Content-Type' },
    ]
    wrong.push(
      { origins: ORIGINS, methods: ['put'] },
      { origins: ORIGINS, requestHeaders: ['Cookie', 'X A', null] },
      { origins: ORIGINS, typo: 1 },
    )
    wrong.push({ origins: ORIGINS, methods: null }, { origins: ORIGINS, exposedHeaders: ['*', 'X'] })
    for (const policy of wrong) {
      const after = issuesOf(withPresets(policy as never, surface.jsonApi, PATTERN))
      expect(issuesOf(policy).filter((issue) => !after.includes(issue))).toEqual([])
      expect(after.length).toBeGreaterThan(0)
    }
    const hidden = Object.defineProperty({ origins: ORIGINS }, 'refused', { value: 'forbid' })
    expect(createCors(withPresets(hidden, surface.mcp)).policy.refused).toBe('forbid')
    const inherited = Object.setPrototypeOf({ origins: ORIGINS }, { methods: ['PUT'] })
    expect(createCors(withPresets(inherited, surface.sse)).policy.methods ?? []).toEqual([])
    expect(issuesOf(withPresets(inherited, surface.sse)).join()).toContain('inherited-key')
  })
})
