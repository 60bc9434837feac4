import type { BrowserName } from '../browser/rules.ts'
import { isLoopbackHost } from '../spec/origins.ts'
import type { Call } from './page-request.ts'
import { BROWSER_NAMES, type Verdicts } from './verdicts.ts'

/**
 * An obstacle between a page and an address that no answer of the server removes. With
 * `'permission'` the browser asks the user first. The other two block: an insecure page may not
 * reach a more private network, and a page of https may not reach http.
 */
type Barrier = 'mixed-content' | 'insecure-local-network' | 'permission'

/** The barrier in each browser; null without one. */
type Barriers = Readonly<Record<BrowserName, Barrier | null>>

/** How private an address is. */
type AddressSpace = 'loopback' | 'local' | 'public'

/**
 * Finds the barrier in each browser, from the addresses of the page and the server. It looks at the
 * URL, and at every redirect of a shared response.
 *
 * Chromium asks the user where a public https page reaches a private address, also over http. It
 * blocks a public http page without asking. Firefox asks for both, and exempts only loopback from
 * mixed content. Safari has no Local Network Access.
 *
 * @see https://wicg.github.io/local-network-access/
 */
export function barriersOf(call: Call, verdicts: Verdicts): Barriers {
  const of = (browser: BrowserName): Barrier | null => {
    const verdict = verdicts[browser]
    const hops = verdict.shared ? verdict.exchanges.map(({ request }) => new URL(request.url)) : []
    const all = [call.url, ...hops].map((url) => barrierAt(browser, call.origin, url))
    return all.find((each) => each !== null && each !== 'permission') ?? all.find((each) => each !== null) ?? null
  }
  return { chromium: of('chromium'), firefox: of('firefox'), webkit: of('webkit') }
}

/** Lists the browsers that have a barrier. */
export function browsersWith(barriers: Barriers, barrier: Barrier): readonly BrowserName[] {
  return BROWSER_NAMES.filter((browser) => barriers[browser] === barrier)
}

function barrierAt(browser: BrowserName, origin: string, url: URL): Barrier | null {
  const page = URL.parse(origin)
  // Pages of files and of apps are not public pages.
  if (page === null || !/^https?:$/.test(page.protocol) || page.origin === url.origin) return null
  const space = spaceOf(url.hostname)
  const isLocal = space !== 'public'
  // Loopback traffic cannot be overheard, so https may reach it. Safari blocks it all the same, which
  // concerns development alone: a finding notes it. Chromium also lets https reach private addresses.
  const isExempt = space === 'loopback' || (space === 'local' && browser === 'chromium')
  if (page.protocol === 'https:' && url.protocol === 'http:' && !isExempt) return 'mixed-content'
  if (!isLocal || browser === 'webkit' || spaceOf(page.hostname) !== 'public') return null
  return page.protocol === 'http:' && browser === 'chromium' ? 'insecure-local-network' : 'permission'
}

/** Returns how private a host is, from its name or address alone. Names are not resolved. */
export function spaceOf(hostname: string): AddressSpace {
  const host = hostname.replace(/\.$/, '')
  if (isLoopbackHost(host) || host === '0.0.0.0' || host === '[::]') return 'loopback'
  if (host === 'local' || host.endsWith('.local')) return 'local'
  if (host.startsWith('[')) return spaceOfIpv6(host)
  const bytes = host.split('.').map(Number)
  return bytes.length === 4 && bytes.every((byte) => Number.isInteger(byte)) ? spaceOfIpv4(bytes) : 'public'
}

/** @see https://www.rfc-editor.org/rfc/rfc6890 */
function spaceOfIpv4([a = 0, b = 0]: readonly number[]): AddressSpace {
  if (a === 127) return 'loopback'
  const isPrivate = a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168)
  return isPrivate || (a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127) ? 'local' : 'public'
}

function spaceOfIpv6(host: string): AddressSpace {
  // An IPv4 address inside an IPv6 address counts as the IPv4 address.
  const [, high, low] = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host) ?? []
  if (high !== undefined && low !== undefined) {
    const bytes = [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff])
    return spaceOfIpv4(bytes)
  }
  return /^\[f(?:[cd]|e[89ab])/.test(host) ? 'local' : 'public'
}
