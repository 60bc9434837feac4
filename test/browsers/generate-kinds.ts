/**
 * Scenarios of single kinds that the general ones hardly reach: sites, the bytes of a `Location`, `data:` URLs, streams as bodies,
 * preflights that are redirected.
 */
import type { Random } from './random.ts'
import type { Hop, Recipe, Scenario, Site, Step, StepInit } from './scenario.ts'

type Header = readonly [string, string]

const REDIRECTS = ['follow', 'follow', 'error', 'manual'] as const
const MODES = ['cors', 'no-cors', 'same-origin'] as const
const ANY: Header = ['Access-Control-Allow-Origin', '*']
const NO_STORE: Header = ['Cache-Control', 'no-store']
const EVERYTHING: readonly Header[] = [
  ANY,
  NO_STORE,
  ['Access-Control-Allow-Methods', '*'],
  ['Access-Control-Allow-Headers', '*'],
]

/** Makes a scenario of one of the kinds for one number in eight; null for the others. */
export function generateKind(random: Random, id: string): Scenario | null {
  if (!random.chance(0.125)) return null
  return { id, ...random.pick([ofSites, ofLocation, ofData, ofStream, ofPreflightRedirect])(random) }
}

type Made = Omit<Scenario, 'id'>

/** All of them are this computer, and of different sites. */
const HOSTS = [
  'www.site.localhost',
  'api.site.localhost',
  'a.b.site.localhost',
  'site.localhost',
  'other.localhost',
  'localhost',
  '127.0.0.1',
]
const POLICIES = [
  'same-site',
  'same-site',
  'same-site',
  'same-origin',
  'cross-origin',
  'Same-Site',
  'same-site, same-site',
  'x',
]

/** Who is whose site: `Cross-Origin-Resource-Policy` and `Sec-Fetch-Site` say. */
function ofSites(random: Random): Made {
  const hopCount = random.pick([0, 0, 0, 1, 2])
  const hops: Hop[] = []
  for (let index = 0; index <= hopCount; index++) {
    const site: Site = random.pick(['A', 'B', 'B', 'C', 'T'])
    const policy: Header[] = random.chance(0.8) ? [['Cross-Origin-Resource-Policy', random.pick(POLICIES)]] : []
    const leads: Header[] = index < hopCount ? [['Location', `{${index + 1}}`]] : []
    const act = { status: index < hopCount ? 307 : 200, headers: [ANY, NO_STORE, ...policy, ...leads] }
    hops.push({ site, host: random.pick(HOSTS), pre: { status: 204, headers: EVERYTHING }, act })
  }
  const mode = random.chance(0.7) ? 'no-cors' : 'cors'
  const method = mode === 'cors' && random.chance(0.3) ? 'PUT' : 'GET'
  return { page: random.pick(HOSTS), hops, steps: [{ mode, method }] }
}

const BYTES = [
  '\xe2\x98\x83',
  '\xc3\xa9',
  '\xff',
  '\xe9',
  '\x80\x9f',
  '\xed\xa0\x80',
  'a',
  '%E9',
  ' ',
  '"',
  '\xf0\x9f\x98\x80',
]

/** What the bytes of a `Location` become. */
function ofLocation(random: Random): Made {
  const bytes = Array.from({ length: 1 + Math.floor(random.next() * 4) }, () => random.pick(BYTES)).join('')
  const before = random.pick(['{1}?', '{1}?', '{path1}?', '//{b}{path1}?', '{1}?a#', '{1}?#'])
  const status = random.pick([301, 302, 303, 307, 308])
  const hops: Hop[] = [
    { site: 'B', act: { status, headers: [ANY, NO_STORE, ['Location', before + bytes]] } },
    { site: 'B', act: { headers: [ANY] } },
  ]
  return { hops, steps: [{ redirect: random.pick(REDIRECTS), mode: random.pick(['cors', 'cors', 'no-cors']) }] }
}

const TYPES = [
  '',
  '',
  'text/plain',
  'text/html;charset=utf-8',
  ';charset=UTF-8',
  'image/png',
  'TEXT/Plain',
  'foo',
  'x/y;a=b;d=e',
  ' text/plain ',
  'text/plain;charset',
  'text/plain;a=b;c=d',
]
const ENCODED = ['eHl6', 'eHl6eA', 'eHl6eA==', 'eHl6eA=', 'e', '', 'e%48l6', 'eH%20l6', '!', '_-8=', '/+8=']
const PLAIN = ['x', '', '%C3%A9', '\xe9', '%FF', '%zz%4', 'a?b', 'a b', ',,', 'e%00f']

/** What a page reads of a `data:` URL, itself and as a `Location`. */
function ofData(random: Random): Made {
  const marker = random.pick([';base64', ';BASE64', '; base64', 'base64'])
  const rest = random.chance(0.5) ? `${marker},${random.pick(ENCODED)}` : `,${random.pick(PLAIN)}`
  const url = random.chance(0.04) ? 'data:text/plain' : `data:${random.pick(TYPES)}${rest}`
  const step: StepInit = {
    method: random.pick(['GET', 'GET', 'HEAD', 'POST', 'PUT', 'X']),
    mode: random.pick(MODES),
    redirect: random.pick(REDIRECTS),
    ...(random.chance(0.3) ? { headers: [['X-Foo', '1'] as const] } : {}),
    ...(random.chance(0.3) ? { credentials: 'include' as const } : {}),
  }
  // Only some methods and headers go with the mode "no-cors".
  const fits: StepInit = step.mode === 'no-cors' ? { ...step, method: 'GET', headers: [] } : step
  if (random.chance(0.8)) return { sandboxed: random.chance(0.1), hops: [{ site: 'B', url }], steps: [fits] }
  const site: Site = random.pick(['A', 'B'])
  const act: Recipe = { status: 302, headers: [...EVERYTHING, ['Location', url]] }
  return { hops: [{ site, pre: { status: 204, headers: EVERYTHING }, act }], steps: [{ ...fits, credentials: 'omit' }] }
}

/** What becomes of a stream as a body. */
function ofStream(random: Random): Made {
  const step: Step = {
    method: random.pick(['POST', 'POST', 'PUT', 'PATCH']),
    streamBody: true,
    body: random.pick(['x', '']),
    ...(random.chance(0.2) ? { mode: random.pick(['no-cors', 'same-origin'] as const) } : {}),
    ...(random.chance(0.3) ? { redirect: random.pick(REDIRECTS) } : {}),
    ...(random.chance(0.3) ? { headers: [['Content-Type', random.pick(['text/plain', 'a/b'])] as const] } : {}),
  }
  const method = step.mode === 'no-cors' ? 'POST' : (step.method ?? 'POST')
  const pre: Recipe = { status: random.pick([204, 204, 204, 403]), headers: random.chance(0.8) ? EVERYTHING : [ANY] }
  const leads: Recipe = { status: random.pick([303, 307]), headers: [...EVERYTHING, ['Location', '{1}']] }
  const hops: Hop[] = [
    { site: random.pick(['A', 'B', 'B']), pre, act: random.chance(0.3) ? leads : { headers: EVERYTHING } },
    { site: random.pick(['A', 'B', 'C']), pre, act: { headers: EVERYTHING } },
  ]
  return { hops, steps: [{ ...step, method }] }
}

const LOCATIONS = [
  '{path0}',
  '{1}',
  '',
  'http://',
  'data:,x',
  'ftp://x.test/',
  'http://u:p@{b}/page',
  '{1}?\xff',
  'javascript:1',
  'foo:bar',
]

/** What is said of a preflight that is redirected. */
function ofPreflightRedirect(random: Random): Made {
  const origin: Header = ['Access-Control-Allow-Origin', random.pick(['{A}', '{A}', '*', 'x', '{A}, {A}'])]
  const lines = Array.from(
    { length: random.pick([0, 1, 1, 1, 1, 2]) },
    (): Header => ['Location', random.pick(LOCATIONS)],
  )
  const status = random.pick([200, 301, 302, 303, 307, 308, 304, 300])
  const pre: Recipe = { status, headers: [origin, ...EVERYTHING.slice(1), ...lines] }
  const hops: Hop[] = [
    { site: 'B', pre, act: { headers: [ANY] } },
    { site: 'C', pre: { headers: EVERYTHING }, act: { headers: [ANY] } },
  ]
  const credentials = random.pick(['omit', 'same-origin', 'include'] as const)
  return { hops, steps: [{ method: 'PUT', redirect: random.pick(REDIRECTS), credentials }] }
}
