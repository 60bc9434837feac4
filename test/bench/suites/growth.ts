/** Under large policies. The first case of each row is the smallest. */

import { createCors } from '../../../src/index.ts'
import { get, origins, patterns, preflight } from '../inputs.ts'
import { corsOf } from '../policies.ts'
import type { Case, Row } from '../row.ts'

const handler = (): Response => Response.json('ok')
const wrapped = (policy: Parameters<typeof corsOf>[0], origin: string): Case => {
  const fetch = corsOf(policy).wrap(handler as (request: Request) => Response)
  const request = get(origin)
  return () => fetch(request)
}
const HIT = 'https://tenant-0.example.com'
const MISS = 'https://tenant-x.example.com'
const SUBDOMAIN = 'https://app.tenant-000000.com'

export const rows: readonly Row[] = [
  {
    id: 'growth-hits',
    title: 'exact origins, hit: 1, 10,000 and 100,000',
    cases: () => ({
      '1': wrapped(origins(1), HIT),
      '10,000': wrapped(origins(10_000), HIT),
      '100,000': wrapped(origins(100_000), HIT),
    }),
  },
  {
    id: 'growth-misses',
    title: 'exact origins, miss: 1, 10,000 and 100,000',
    cases: () => ({
      '1': wrapped(origins(1), MISS),
      '10,000': wrapped(origins(10_000), MISS),
      '100,000': wrapped(origins(100_000), MISS),
    }),
  },
  {
    id: 'growth-patterns',
    title: 'patterns, hit: 1, 100 and 10,000',
    cases: () => ({
      '1': wrapped(patterns(1), SUBDOMAIN),
      '100': wrapped(patterns(100), SUBDOMAIN),
      '10,000': wrapped(patterns(10_000), SUBDOMAIN),
    }),
  },
  {
    id: 'growth-names',
    title: 'allowed request headers, preflight: 1 and 1,000',
    cases: () => {
      const request = preflight(HIT)
      const names = (count: number) =>
        createCors({ origins: [HIT], requestHeaders: Array.from({ length: count }, (_, i) => `X-${i}`) })
      const [one, thousand] = [names(1), names(1000)]
      return { '1': () => one.preflight(request), '1,000': () => thousand.preflight(request) }
    },
  },
]
