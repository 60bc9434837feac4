// Everything that was seen is shared under the least policy, and without any of its entries something that was seen is refused.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBrowser } from '../../src/browser.ts'
import { createCors } from '../../src/index.ts'
import { type LeastEntry, type LeastPolicy, leastPolicy, policyOfEntries } from '../../src/learn/least-policy.ts'
import { type Sighting, sightingOf } from '../../src/learn/observation.ts'
import type { CorsPolicy } from '../../src/policy/types.ts'
import { holds } from '../support/property.ts'

const origins = [
  'https://app.example.com',
  'https://admin.example.com',
  'http://localhost:5173',
  'null',
  'https://a.com/',
]
const request = fc.record({
  origin: fc.constantFrom(...origins),
  method: fc.constantFrom('GET', 'POST', 'put', 'patch', 'PATCH', 'DELETE', 'TRACE'),
  headers: fc.uniqueArray(
    fc.constantFrom(
      ...([
        ['Content-Type', 'application/json'],
        ['Content-Type', 'text/plain'],
        ['Authorization', 'Bearer 1'],
        ['X-Trace', '1'],
        ['Accept', '*/*'],
        ['Cookie', 'a=1'],
      ] as const),
    ),
    { maxLength: 3, selector: ([name]) => name },
  ),
  credentials: fc.boolean(),
  exposed: fc.uniqueArray(fc.constantFrom('etag', 'x-total', 'content-type'), { maxLength: 2 }),
})
const seen = fc
  .array(request, { minLength: 1, maxLength: 6 })
  .map((requests) => requests.map((each) => sightingOf({ ...each, place: `${each.method} /` })))

/** Tells whether a browser lets a page do what was seen, under a policy. */
async function isShared(
  policy: CorsPolicy,
  { origin, method, names, credentials, exposed }: Sighting,
): Promise<boolean> {
  const cors = createCors(policy as never)
  const own = Object.fromEntries(exposed.map((name) => [name, '1']))
  const browser = createBrowser({ fetch: cors.wrap(() => new Response('x', { headers: own })) })
  const outcome = await browser.page(origin).request('https://api.example/x', {
    method: method ?? 'GET',
    headers: Object.fromEntries(names.map((name) => [name, name === 'content-type' ? 'application/json' : '1'])),
    credentials: credentials ? 'include' : 'omit',
  })
  return outcome.shared && exposed.every((name) => outcome.response.headers.has(name))
}

type Maker = (sightings: readonly Sighting[], min: number) => LeastPolicy

/** Says which half of the law is broken; null where it holds. */
async function breach(make: Maker, sightings: readonly Sighting[]): Promise<string | null> {
  const { policy, entries, leftOut } = make(sightings, 1)
  const kept = sightings.filter(({ origin }) => !leftOut.some((left) => left.origin === origin))
  if (policy === null) return kept.length === 0 ? null : 'there is no policy'
  for (const sighting of kept) if (!(await isShared(policy, sighting))) return `refused: ${JSON.stringify(sighting)}`
  for (const entry of entries) {
    const fewer = entries.filter((other) => other !== entry)
    if (fewer.every(({ option }) => option !== 'origins')) continue
    const results = await Promise.all(kept.map((sighting) => isShared(policyOfEntries(fewer), sighting)))
    if (results.every(Boolean)) return `not needed: ${entry.option} ${entry.value}`
  }
  return null
}

const lawHolds = (make: Maker) =>
  holds(
    fc.asyncProperty(seen, async (sightings) => {
      expect(await breach(make, sightings)).toBeNull()
    }),
    { numRuns: 150 },
  )

const changed =
  (change: (entries: readonly LeastEntry[]) => readonly LeastEntry[]): Maker =>
  (sightings, min) => {
    const least = leastPolicy(sightings, min)
    const entries = change(least.entries)
    return { ...least, entries, policy: entries.length === 0 ? null : policyOfEntries(entries) }
  }

describe('leastPolicy()', () => {
  it('shares everything that was seen, and has no entry that is not needed', () => lawHolds(leastPolicy))

  it.each([
    [
      'permits Content-Type always',
      (all: readonly LeastEntry[]) => [
        ...all,
        { option: 'requestHeaders', value: 'x-never', times: 1, first: '' } as const,
      ],
    ],
    ['forgets a header', (all: readonly LeastEntry[]) => all.filter(({ value }) => value !== 'x-trace')],
    ['forgets credentials', (all: readonly LeastEntry[]) => all.filter(({ option }) => option !== 'credentials')],
    [
      'allows a method more',
      (all: readonly LeastEntry[]) => [...all, { option: 'methods', value: 'PURGE', times: 1, first: '' } as const],
    ],
  ])('is caught where it %s', async (_, change) => {
    await expect(lawHolds(changed(change))).rejects.toThrow()
  })

  it('lists a stranger that was seen once, and what no policy can hold', () => {
    const from = (origin: string) => sightingOf({ origin, method: 'PUT', place: 'PUT /x' })
    const { policy, entries, leftOut } = leastPolicy(
      [from('https://a.com'), from('https://a.com'), from('https://b.com'), from('null')],
      2,
    )
    expect(policy).toEqual({ origins: ['https://a.com'], methods: ['PUT'] })
    expect(entries).toEqual([
      { option: 'origins', value: 'https://a.com', times: 2, first: 'PUT /x' },
      { option: 'methods', value: 'PUT', times: 2, first: 'PUT /x' },
    ])
    expect(leftOut.map(({ origin, why }) => [origin, why.slice(0, 9)])).toEqual([
      ['https://b.com', 'seen once'],
      ['null', expect.any(String)],
    ])
  })
})
