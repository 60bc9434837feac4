import { describe, expect, it } from 'vitest'
import { barriersOf, browsersWith, spaceOf } from '../../src/diagnose/address-space.ts'
import { readCall } from '../../src/diagnose/page-request.ts'
import { askBrowsers } from '../../src/diagnose/verdicts.ts'
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
    ['1.2.3', 'public'],
    ['10.0.1', 'public'],
    ['a.10.0.0.1', 'public'],
    ['10.0.0.1.2', 'public'],
    ['10.0.0.x', 'public'],
    ['10.0.0.1.5', 'public'],
    ['172.16.0.1.', 'local'],
    ['[fc00::1]', 'local'],
    ['[fe7f::1]', 'public'],
    ['[fe90::1]', 'local'],
    ['[fea0::1]', 'local'],
    ['[feb0::1]', 'local'],
    ['[fb00::1]', 'public'],
    ['[::ffff:a00:1]', 'local'],
    ['[::ffff:0a00:0001]', 'local'],
    ['[::ffff:a9fe:101]', 'local'],
    ['[::ffff:ac10:1]', 'local'],
    ['[::ffff:ac20:1]', 'public'],
    ['[::fffe:a00:1]', 'public'],
    ['[1::ffff:a00:1]', 'public'],
    ['[::ffff:0:a00:1]', 'public'],
  ])('knows %s as %s', (host, space) => expect(spaceOf(host)).toBe(space))
})

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

describe('the barrier of each browser', () => {
  const STAR = ['Access-Control-Allow-Origin', '*'] as const
  const barriersAt = async (origin: string, url: string, location?: string) => {
    const call = readCall({ url, origin })
    const verdicts = await askBrowsers(call, (request) =>
      location !== undefined && request.url === call.url.href
        ? { status: 302, headers: [STAR, ['Location', location]] }
        : { status: 200, headers: [STAR] },
    )
    return barriersOf(call, verdicts)
  }
  const all = <T>(chromium: T, firefox: T, webkit: T) => ({ chromium, firefox, webkit })
  const [MIXED, ASK, NEVER] = ['mixed-content', 'permission', 'insecure-local-network'] as const
  const PAGE = 'https://app.example.com'

  it.each([
    [PAGE, 'https://api.example.com/', all(null, null, null)],
    [PAGE, 'http://api.example.com/', all(MIXED, MIXED, MIXED)],
    // Safari blocks this one too. It concerns development alone, so the finding notes it.
    [PAGE, 'http://127.0.0.1/', all(ASK, ASK, null)],
    [PAGE, 'https://127.0.0.1/', all(ASK, ASK, null)],
    [PAGE, 'http://10.0.0.1/', all(ASK, MIXED, MIXED)],
    [PAGE, 'https://10.0.0.1/', all(ASK, ASK, null)],
    ['http://app.example.com', 'http://10.0.0.1/', all(NEVER, ASK, null)],
    ['http://app.example.com', 'https://127.0.0.1/', all(NEVER, ASK, null)],
    ['http://app.example.com', 'http://api.example.com/', all(null, null, null)],
    ['https://10.0.0.2', 'http://10.0.0.1/', all(null, MIXED, MIXED)],
    ['http://10.0.0.2', 'http://10.0.0.1/', all(null, null, null)],
    ['https://localhost', 'http://127.0.0.1/', all(null, null, null)],
    ['http://10.0.0.1', 'http://10.0.0.1/x', all(null, null, null)],
    ['capacitor://localhost', 'http://10.0.0.1/', all(null, null, null)],
    ['https+app://x', 'http://10.0.0.1/', all(null, null, null)],
    ['xhttps://x', 'http://10.0.0.1/', all(null, null, null)],
    ['null', 'http://10.0.0.1/', all(null, null, null)],
  ])('of %s at %s', async (origin, url, barriers) => expect(await barriersAt(origin, url)).toEqual(barriers))

  it('is at a redirect too, and what blocks counts before what asks', async () => {
    expect(await barriersAt(PAGE, 'https://api.example.com/', 'https://10.0.0.1/')).toEqual(all(ASK, ASK, null))
    expect(await barriersAt(PAGE, 'https://10.0.0.1/', 'https://api.example.com/')).toEqual(all(ASK, ASK, null))
    expect(await barriersAt(PAGE, 'https://10.0.0.1/', 'http://api.example.com/')).toEqual(all(MIXED, MIXED, MIXED))
  })

  it('is listed by browser', () => {
    expect(browsersWith(all(ASK, null, ASK), ASK)).toEqual(['chromium', 'webkit'])
    expect(browsersWith(all(ASK, null, ASK), MIXED)).toEqual([])
  })
})
