import { describe, expect, it } from 'vitest'
import { barriersOf, spaceOf } from '../../src/diagnose/address-space.ts'
import type { Call } from '../../src/diagnose/page-request.ts'
import type { Verdicts } from '../../src/diagnose/verdicts.ts'
import { BROWSER_NAMES, consoleLine, verdictName } from '../../src/diagnose.ts'
import { examine } from './stage.ts'

const shared = () => ({ headers: [['Access-Control-Allow-Origin', '*']] as const })
const LOCAL = 'InsecureLocalNetwork'

describe('spaceOf()', () => {
  it.each([
    ['localhost', 'loopback'],
    ['localhost.', 'loopback'],
    ['a.localhost', 'loopback'],
    ['127.8.0.1', 'loopback'],
    ['[::1]', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['[::ffff:7f00:1]', 'loopback'],
    ['local', 'local'],
    ['printer.local', 'local'],
    ['printer.local.', 'local'],
    ['10.0.0.1', 'local'],
    ['172.16.0.1', 'local'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'local'],
    ['169.254.1.1', 'local'],
    ['100.64.0.1', 'local'],
    ['100.127.255.255', 'local'],
    ['100.63.255.255', 'public'],
    ['100.128.0.1', 'public'],
    ['101.64.0.1', 'public'],
    ['11.0.0.1', 'public'],
    ['172.31.255.255', 'local'],
    ['172.15.0.1', 'public'],
    ['173.16.0.1', 'public'],
    ['192.167.1.1', 'public'],
    ['193.168.1.1', 'public'],
    ['169.253.1.1', 'public'],
    ['170.254.1.1', 'public'],
    ['[::]', 'loopback'],
    ['[::ffff:808:808]', 'public'],
    ['[febf::1]', 'local'],
    ['[fec0::1]', 'public'],
    ['[2001:fd00::1]', 'public'],
    ['10.0.0.1.example', 'public'],
    ['local.example.com', 'public'],
    ['[::ffff:c0a8:101]', 'local'],
    ['[fd12::1]', 'local'],
    ['[fe80::1]', 'local'],
    ['[2001:db8::1]', 'public'],
    ['api.example.com', 'public'],
    ['10.example.com', 'public'],
    ['notlocal', 'public'],
  ])('knows %s as %s', (host, space) => expect(spaceOf(host)).toBe(space))
})

describe('barriersOf()', () => {
  type Row = readonly [page: string, server: string, chromium: string, firefox: string, webkit: string]

  // Each browser by itself: m mixed content, l an insecure page and a private address, p permission, - no barrier.
  it.each<Row>([
    ['https://app.example.com', 'https://api.example.com', '-', '-', '-'],
    ['https://app.example.com', 'http://api.example.com', 'm', 'm', 'm'],
    ['https://app.example.com', 'https://localhost', 'p', 'p', '-'],
    ['https://app.example.com', 'http://localhost', 'p', 'p', '-'],
    ['https://app.example.com', 'https://10.0.0.1', 'p', 'p', '-'],
    ['https://app.example.com', 'http://10.0.0.1', 'p', 'm', 'm'],
    ['https://app.example.com', 'https://app.example.com', '-', '-', '-'],
    ['http://app.example.com', 'http://localhost', 'l', 'p', '-'],
    ['http://app.example.com', 'https://10.0.0.1', 'l', 'p', '-'],
    ['http://app.example.com', 'http://api.example.com', '-', '-', '-'],
    ['http://10.0.0.2', 'http://10.0.0.1', '-', '-', '-'],
    ['https://10.0.0.2', 'http://10.0.0.1', '-', 'm', 'm'],
    ['http://localhost:3000', 'http://localhost', '-', '-', '-'],
    ['https://localhost:3000', 'http://localhost', '-', '-', '-'],
    ['https://localhost:3000', 'http://api.example.com', 'm', 'm', 'm'],
    ['capacitor://localhost', 'http://10.0.0.1', '-', '-', '-'],
    ['xhttps://app.example.com', 'http://10.0.0.1', '-', '-', '-'],
    ['null', 'http://10.0.0.1', '-', '-', '-'],
  ])('of %s and %s: %s %s %s', (page, server, ...browsers) => {
    const verdict = { shared: false, exchanges: [] }
    const verdicts = { chromium: verdict, firefox: verdict, webkit: verdict } as unknown as Verdicts
    const barriers = barriersOf({ origin: page, url: new URL(server) } as Call, verdicts)
    const letters = BROWSER_NAMES.map((name) => LETTERS[barriers[name] ?? 'none'])
    expect(letters).toEqual(browsers)
  })

  it('names what blocks before what asks, and looks at redirects of shared answers alone', () => {
    const hop = (url: string) => ({ request: { url } })
    const at = (shared: boolean, ...urls: string[]) => {
      const verdict = { shared, exchanges: urls.map(hop) }
      const verdicts = { chromium: verdict, firefox: verdict, webkit: verdict } as unknown as Verdicts
      const call = { origin: 'https://app.example.com', url: new URL('https://localhost') } as Call
      return barriersOf(call, verdicts).firefox
    }
    expect(at(true, 'https://localhost', 'http://api.example.com')).toBe('mixed-content')
    expect(at(false, 'https://localhost', 'http://api.example.com')).toBe('permission')
    expect(at(true, 'https://api.example.com')).toBe('permission')
  })
})

const LETTERS: Readonly<Record<string, string>> = {
  'mixed-content': 'm',
  'insecure-local-network': 'l',
  permission: 'p',
  none: '-',
}

describe('the addresses of page and server', () => {
  // Chromium 156 and Firefox 153 were asked; Safari has no Local Network Access.
  it.each([
    ['http://app.example.com', 'http://127.0.0.1/', 'blocked', [LOCAL, 'shared', 'shared']],
    ['http://app.example.com', 'http://localhost:3000/', 'blocked', [LOCAL, 'shared', 'shared']],
    ['http://app.example.com', 'http://printer.local/', 'blocked', [LOCAL, 'shared', 'shared']],
    ['http://app.example.com', 'https://192.168.1.10/', 'blocked', [LOCAL, 'shared', 'shared']],
    ['https://app.example.com', 'https://192.168.1.10/', 'allowed', ['shared', 'shared', 'shared']],
    ['https://app.example.com', 'http://127.0.0.1:3000/', 'allowed', ['shared', 'shared', 'shared']],
    ['https://app.example.com', 'http://192.168.1.10/', 'blocked', ['shared', 'mixed-content', 'mixed-content']],
    ['https://app.example.com', 'http://printer.local/', 'blocked', ['shared', 'mixed-content', 'mixed-content']],
    [
      'https://app.example.com',
      'http://api.example.com/',
      'blocked',
      ['mixed-content', 'mixed-content', 'mixed-content'],
    ],
    ['http://localhost:5173', 'http://127.0.0.1/', 'allowed', ['shared', 'shared', 'shared']],
    ['http://192.168.1.11', 'http://127.0.0.1/', 'allowed', ['shared', 'shared', 'shared']],
    ['http://app.example.com', 'http://api.example.com/', 'allowed', ['shared', 'shared', 'shared']],
    ['null', 'http://127.0.0.1/', 'allowed', ['shared', 'shared', 'shared']],
    ['capacitor://localhost', 'http://192.168.1.10/', 'allowed', ['shared', 'shared', 'shared']],
  ])('of %s and %s decide: %s', async (origin, url, conclusion, names) => {
    const diagnosis = await examine(shared, { origin, url })
    expect([diagnosis.conclusion, BROWSER_NAMES.map((name) => verdictName(diagnosis, name))]).toEqual([
      conclusion,
      names,
    ])
  })

  it('are named in the line that Chromium prints', async () => {
    const diagnosis = await examine(shared, { origin: 'http://app.example.com', url: 'http://127.0.0.1/x' })
    expect(consoleLine(diagnosis, 'chromium')).toBe(
      "Access to fetch at 'http://127.0.0.1/x' from origin 'http://app.example.com' has been blocked by CORS policy: The request client is not a secure context and the resource is in more-private address space `loopback`.",
    )
    expect(consoleLine(diagnosis, 'firefox')).toBeNull()
  })

  it('count at a redirect too', async () => {
    const diagnosis = await examine(
      ({ path }) =>
        path === '/items'
          ? {
              status: 302,
              headers: [
                ['Access-Control-Allow-Origin', '*'],
                ['Location', 'http://api.example.com/there'],
              ],
            }
          : { headers: [['Access-Control-Allow-Origin', '*']] },
      {},
    )
    expect([diagnosis.conclusion, verdictName(diagnosis, 'chromium')]).toEqual(['blocked', 'mixed-content'])
  })
})
