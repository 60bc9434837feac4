/** Under large policies and hostile requests. The first case of each row is the smallest, or the friendly one. */

import { createCors } from '../../../src/index.ts'
import { get, origins, patterns, preflight } from '../inputs.ts'
import { corsOf, policyOf } from '../policies.ts'
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
  {
    id: 'hostile-origin',
    title: 'a normal Origin beside three of 16 KB, under patterns',
    cases: () => ({
      normal: wrapped(patterns(10), SUBDOMAIN),
      letters: wrapped(patterns(10), 'h'.repeat(16_384)),
      labels: wrapped(patterns(10), `https://${'a.'.repeat(8000)}tenant-000000.com`),
      'longest legal host': wrapped(patterns(10), `https://${'a.'.repeat(119)}tenant-000000.com`),
    }),
  },
  {
    id: 'hostile-names',
    title: 'a preflight beside three of 1 MB',
    cases: () => {
      const listed = createCors(policyOf([HIT]) as { origins: string[] })
      const echoing = createCors({ origins: [HIT], requestHeaders: ['X-*'] })
      const [normal, huge, commas] = [
        preflight(HIT),
        preflight(HIT, 'x-a,'.repeat(250_000)),
        preflight(HIT, ','.repeat(1_000_000)),
      ]
      return {
        normal: () => listed.preflight(normal),
        names: () => listed.preflight(huge),
        commas: () => listed.preflight(commas),
        'commas, where names are echoed': () => echoing.preflight(commas),
      }
    },
  },
]
