/**
 * What browsers store of `Set-Cookie`, and where they send it: scenarios for real browsers and the simulator. The default path of a
 * cookie holds the name of its scenario, so no scenario sees the cookies of another. All pages are on 127.0.0.1: a page on another host
 * stands in a frame, where every cookie is one of another site.
 */
import type { BrowserName } from '../../src/browser.ts'
import type { Hop, Recipe, Scenario, Step } from './scenario.ts'

const SHARED = [
  ['Access-Control-Allow-Origin', '{A}'],
  ['Access-Control-Allow-Credentials', 'true'],
] as const
const CREDENTIALS: Step = { credentials: 'include' }

/** A URL that answers with `Set-Cookie` lines. */
function sets(cookies: readonly string[], more: Partial<Hop> = {}): Hop {
  const headers = [...SHARED, ...cookies.map((cookie) => ['Set-Cookie', cookie] as const)]
  return { site: 'B', act: { headers }, ...more }
}

function cookies(id: string, hops: readonly Hop[], steps: readonly Step[] = [CREDENTIALS, CREDENTIALS]): Scenario {
  return { id: `cookie ${id}`, hops, steps }
}

const to = (hop: number, more: Step = CREDENTIALS): Step => ({ ...more, hop })

/** One cookie, set by one response and looked for in the next request to the same URL. */
const LINES: readonly string[] = [
  'a=1',
  'a=1; SameSite=Strict',
  'a=1; SameSite=Lax; HttpOnly',
  'a=1; Domain=127.0.0.1',
  'a=1; Path=/elsewhere',
  'a=1; Path=elsewhere',
  'a=1; Max-Age=0',
  'a=1; Max-Age=60',
  'a=1; Max-Age=x',
  'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  'a=1; Expires=Thu, 01-Jan-2060 00:00:00 GMT',
  'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60',
  'a=1; Expires=soon',
  'a="1 2"',
  'a = 1 ; Foo=x',
  'a=1=2',
]

/** Lines that WebKitGTK reads with a library of its own, which Safari does not use. */
const STRICT_LINES: readonly string[] = [
  'a=1; SameSite=None; Secure',
  'a=1; Domain=0.0.1',
  '__Host-a=1; Secure',
  '__Secure-a=1',
  '__Secure-a=1; Secure',
  '',
  '=',
  'a=1 ;Secure=x',
]

/** The scenarios that a browser is asked. */
export function cookieScenarios(browser: BrowserName): readonly Scenario[] {
  const lines = browser === 'webkit' ? LINES : [...LINES, ...STRICT_LINES]
  return [...lines.map((line, index) => cookies(`line ${index}: ${line}`, [sets([line])])), ...SCENARIOS]
}

const SCENARIOS: readonly Scenario[] = [
  cookies('of another site', [sets(['a=1; SameSite=Lax'], { host: 'api.other.localhost' })]),
  cookies('of another scheme', [sets(['a=1; SameSite=Lax'], { site: 'T' })]),
  cookies('for a path', [sets(['a=1; Path={path1}']), sets([])], [to(0), to(0), to(1)]),
  cookies('in order', [sets(['a=1', 'b=2; Path={path1}', 'c=3']), sets(['a=4'])], [to(0), to(1)]),
  cookies('removed', [sets(['a=1']), sets(['a=; Max-Age=0'])], [to(0), to(1), to(0)]),
  cookies('without credentials', [sets(['a=1'])], [{ credentials: 'omit' }, CREDENTIALS]),
  cookies('with credentials for its own origin', [sets(['a=1'])], [{}, CREDENTIALS, {}]),
  cookies('by a redirect', [sets(['a=1'], { act: redirect('{1}') }), sets([])], [to(0), to(1)]),
  cookies('without permission', [{ site: 'B', act: { headers: [['Set-Cookie', 'a=1']] } }]),
  cookies(
    'and no preflight',
    [
      {
        ...sets(['a=1']),
        pre: { status: 204, headers: [...SHARED, ['Access-Control-Allow-Methods', 'PUT'], ['Set-Cookie', 'b=1']] },
      },
    ],
    [
      { ...CREDENTIALS, method: 'PUT' },
      { ...CREDENTIALS, method: 'PUT' },
    ],
  ),
  cookies(
    'of an XMLHttpRequest',
    [sets(['a=1; SameSite=None; Secure'], { host: 'api.other.localhost' })],
    [
      { initiator: 'xhr', credentials: 'include' },
      { initiator: 'xhr', credentials: 'include' },
    ],
  ),
]

function redirect(location: string): Recipe {
  return { status: 302, headers: [...SHARED, ['Location', location], ['Set-Cookie', 'a=1']] }
}
