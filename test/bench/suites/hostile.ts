/** Requests meant to be expensive. The first case of each row is the friendly one. */
import { cors as honoCors } from 'hono/cors'
import { createCors } from '../../../src/index.ts'
import { app, type Fetch, json, peer, run } from '../hono-apps.ts'
import { get, patterns, preflight } from '../inputs.ts'
import { corsOf, policyOf } from '../policies.ts'
import type { Case, Row } from '../row.ts'

const ORIGIN = 'https://tenant-0.example.com'
const SUBDOMAIN = 'https://app.tenant-000000.com'
/** As long as a host may be, and as many labels as fit. */
const LONGEST = `https://${'a.'.repeat(119)}tenant-000000.com`
const COMMAS = ','.repeat(100_000)

const wrapped = (origin: string): Case => {
  const fetch = corsOf(patterns(10)).wrap((() => Response.json('ok')) as (request: Request) => Response)
  return run(fetch as Fetch, get(origin))
}

/** Patterns whose ends have every length there can be: a host is compared once for each. */
function patternsOfEveryLength(): string[] {
  return Array.from({ length: 225 }, (_, i) => {
    const labels = 'b'.repeat(i + 1).replaceAll(/b{40}(?=b)/g, `${'b'.repeat(39)}.`)
    return `https://*.${labels}.com`
  })
}

export const rows: readonly Row[] = [
  {
    id: 'hostile-origin',
    title: 'a normal Origin beside two of 16 KB and the longest legal one, under patterns',
    cases: () => ({
      normal: wrapped(SUBDOMAIN),
      letters: wrapped('h'.repeat(16_384)),
      labels: wrapped(`https://${'a.'.repeat(8000)}tenant-000000.com`),
      'longest legal host': wrapped(LONGEST),
    }),
  },
  {
    id: 'hostile-host',
    title: 'deciding about an origin, under patterns of 225 lengths',
    read: (decision: { readonly shared: boolean }) => decision.shared,
    cases() {
      const cors = createCors({ origins: patternsOfEveryLength() })
      const [normal, longest] = [get('https://a.b.com'), get(LONGEST)]
      return { normal: () => cors.decide(normal), 'longest legal host': () => cors.decide(longest) }
    },
  },
  {
    id: 'hostile-names',
    title: 'a preflight beside three with 1 MB of Access-Control-Request-Headers',
    cases() {
      const listed = createCors(policyOf([ORIGIN]) as { origins: string[] })
      const echoing = createCors({ origins: [ORIGIN], requestHeaders: ['X-*'] })
      const [normal, huge, commas] = [
        preflight(ORIGIN),
        preflight(ORIGIN, 'x-a,'.repeat(250_000)),
        preflight(ORIGIN, ','.repeat(1_000_000)),
      ]
      return {
        normal: () => listed.preflight(normal),
        names: () => listed.preflight(huge),
        commas: () => listed.preflight(commas),
        'commas, where names are echoed': () => echoing.preflight(commas),
      }
    },
  },
  {
    id: 'hostile-commas',
    title: 'a preflight with 100,000 commas, where names are echoed',
    cases() {
      const ours = createCors({ origins: [ORIGIN], requestHeaders: ['X-*'] })
      const theirs = app(json, peer([ORIGIN], { allowHeaders: [] }))
      const [normal, full, hostile] = [
        preflight(ORIGIN, 'x-a,x-b,x-c'),
        preflight(ORIGIN, Array.from({ length: 250 }, (_, i) => `x-${String(i).padStart(13, '0')}`).join(',')),
        preflight(ORIGIN, COMMAS),
      ]
      return {
        normal: () => ours.preflight(normal),
        commas: () => ours.preflight(hostile),
        'the longest list that is echoed': () => ours.preflight(full),
        'hono/cors, normal': run(theirs, normal),
        'hono/cors, commas': run(theirs, hostile),
      }
    },
  },
  {
    id: 'hostile-pattern',
    title: 'an Origin of 1,000 letters: a pattern beside a regular expression as users write it',
    cases() {
      const ours = createCors({ origins: ['https://*.example.com'], credentials: true })
      const theirs = honoCors({ origin: (origin) => (/[\w.-]+\.example\.com$/.test(origin) ? origin : null) })
      const [normal, hostile] = [get('https://app.example.com'), get(`https://${'a'.repeat(1000)}`)]
      const withOurs = ours.wrap(app(json))
      const withTheirs = app(json, theirs)
      return {
        'wrap, normal': run(withOurs, normal),
        'wrap, hostile': run(withOurs, hostile),
        'hono/cors, normal': run(withTheirs, normal),
        'hono/cors, hostile': run(withTheirs, hostile),
      }
    },
  },
]
