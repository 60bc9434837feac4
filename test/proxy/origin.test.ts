import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCors, perRequest } from '../../src/index.ts'
import { createProxy } from '../../src/proxy.ts'
import { corsNames, type Loopback, listen, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'
import { holds } from '../support/property.ts'
import { ALL_RUNTIMES, type Running } from '../support/runtimes.ts'
import { type Cell, type Kind, type Mode, type Policy, readTable, type Sender } from './origin-table.ts'

const TABLE = readTable()
const POLICIES = ['*', 'list', 'credentials'] as const
const MODES = ['strip', 'rewrite', 'keep'] as const
const UPSTREAM = 'https://api.internal.example'
const PUBLIC = 'https://api.example'

/** The methods and headers that make a request of a kind. */
const KINDS: Readonly<Record<Kind, readonly { readonly method: string; readonly headers: Record<string, string> }[]>> =
  {
    read: ['GET', 'HEAD', 'OPTIONS'].map((method) => ({ method, headers: {} })),
    write: [
      ...['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'].map((method) => ({ method, headers: {} })),
      ...['X-HTTP-Method-Override', 'x-http-method', 'X_Method_Override'].map((name) => ({
        method: 'GET',
        headers: { [name]: 'DELETE' },
      })),
    ],
    WebSocket: ['websocket', 'WebSocket'].map((upgrade) => ({
      method: 'GET',
      headers: {
        Connection: 'Upgrade',
        Upgrade: upgrade,
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    })),
  }

const SENDERS: Readonly<Record<Sender, Record<string, string>>> = {
  none: {},
  own: { Origin: PUBLIC, 'Sec-Fetch-Site': 'same-origin' },
  listed: { Origin: PAGE, 'Sec-Fetch-Site': 'cross-site' },
  other: { Origin: STRANGER, 'Sec-Fetch-Site': 'cross-site' },
  null: { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
}

const cellsOf = (policy: Policy, mode: Mode) => TABLE.filter((cell) => cell.policy === policy && cell.mode === mode)

/** What a cell says that the origin API gets for `Origin`. */
function expected({ seen, sender }: Cell, own: string): string | undefined {
  if (seen === 'nothing' || seen === 403) return undefined
  return seen === 'own' ? own : SENDERS[sender].Origin
}

it('the table has a cell for each policy, request, mode and origin', () => {
  expect(new Set(TABLE.map((cell) => Object.values(cell).slice(0, 4).join())).size).toBe(3 * 3 * 3 * 5)
})

describe.each(ALL_RUNTIMES)('the Origin behind a proxy in %s', (runtime, start) => {
  const opens = runtime === 'workerd' || runtime === 'node:http'
  const reached: (string | undefined)[] = []
  let upstream: Loopback
  const edges = new Map<string, Running>()
  beforeAll(async () => {
    upstream = await listen((request, response) => {
      reached.push(request.headers.origin)
      request.resume().on('end', () => response.end('done'))
    })
    upstream.server.on('upgrade', (request, socket) => {
      reached.push(request.headers.origin)
      socket.end('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    })
    for (const policy of POLICIES)
      for (const mode of MODES)
        edges.set(
          `${policy} ${mode}`,
          await start({
            UPSTREAM: upstream.origin,
            FORWARD_ORIGIN: mode,
            CORS_ORIGINS: policy === '*' ? '*' : PAGE,
            CORS_CREDENTIALS: policy === 'credentials' ? 'true' : undefined,
          }),
        )
  }, 60_000)
  afterAll(async () => {
    for (const server of [...edges.values(), upstream]) await server[Symbol.asyncDispose]()
  })

  it.each(POLICIES.flatMap((policy) => MODES.map((mode) => [policy, mode] as const)))(
    'is what SECURITY.md says for %s and %s',
    async (policy, mode) => {
      const edge = edges.get(`${policy} ${mode}`) as Running
      for (const cell of cellsOf(policy, mode)) {
        const [first] = KINDS[cell.kind]
        reached.length = 0
        const body = first?.method === 'POST' ? { body: 'amount=1' } : {}
        const answer = await send(edge, { ...first, headers: { ...first?.headers, ...SENDERS[cell.sender] }, ...body })
        const isOpened = cell.kind !== 'WebSocket' || opens
        const status = cell.seen === 403 ? 403 : cell.kind !== 'WebSocket' ? 200 : opens ? 426 : 501
        expect([cell, answer.status]).toEqual([cell, status])
        expect([cell, reached]).toEqual([cell, cell.seen === 403 || !isOpened ? [] : [expected(cell, upstream.origin)]])
        if (cell.seen === 403) expect([corsNames(answer.headers), answer.headers.vary]).toEqual([[], 'Origin'])
      }
    },
  )
})

/** Policies that mean what a column of the table says, in every form there is. */
const FORMS: Readonly<Record<Policy, readonly Parameters<typeof createProxy>[0]['cors'][]>> = {
  '*': [{ origins: '*' }, perRequest(() => createCors({ origins: '*' }))],
  list: [
    { origins: [PAGE] },
    { origins: [PAGE, 'https://*.preview.example.com'] },
    { origins: (origin) => origin === PAGE },
    createCors({ origins: [PAGE], refused: 'pass' }),
    perRequest(() => createCors({ origins: [PAGE] })),
  ],
  credentials: [
    { origins: [PAGE], credentials: true },
    { origins: (origin) => origin === PAGE, credentials: true },
    perRequest(async () => createCors({ origins: [PAGE], credentials: true })),
  ],
}

/** A proxy whose origin API is a function, and what reached it. */
function staged(cors: Parameters<typeof createProxy>[0]['cors'], forwardOrigin: Mode) {
  const reached: Request[] = []
  const proxy = createProxy({
    upstream: UPSTREAM,
    publicOrigin: PUBLIC,
    cors,
    forwardOrigin,
    runtime: { upgrades: true, decodesBodies: true },
    fetch: async (request) => {
      reached.push(request)
      return new Response('done')
    },
  })
  return { proxy, reached }
}

describe('createProxy()', () => {
  it.each(TABLE)('shows the origin API, of $sender with a $kind, $policy and $mode: $seen', async (cell) => {
    for (const form of FORMS[cell.policy]) {
      // Nobody asks perRequest for an origin that is none.
      if (cell.sender === 'null' && !('origins' in form) && !('policy' in form)) continue
      const { proxy, reached } = staged(form, cell.mode)
      for (const { method, headers } of KINDS[cell.kind]) {
        reached.length = 0
        const answer = await proxy(
          new Request('http://edge.internal/', { method, headers: { ...headers, ...SENDERS[cell.sender] } }),
        )
        expect(answer.status).toBe(cell.seen === 403 ? 403 : 200)
        expect(reached.map(({ headers: seen }) => seen.get('Origin') ?? undefined)).toEqual(
          cell.seen === 403 ? [] : [expected(cell, UPSTREAM)],
        )
      }
    }
  })

  it('takes the public origin for its own where the browser does not say', async () => {
    for (const [site, status] of [
      [undefined, 200],
      ['none', 200],
      ['same-site', 403],
      ['cross-site', 403],
    ] as const) {
      const { proxy, reached } = staged({ origins: [PAGE] }, 'rewrite')
      const headers = { Origin: PUBLIC, ...(site && { 'Sec-Fetch-Site': site }) }
      const answer = await proxy(new Request(`${PUBLIC}/`, { method: 'POST', headers }))
      expect([site, answer.status]).toEqual([site, status])
      if (status === 200) expect(reached[0]?.headers.get('Origin')).toBe(UPSTREAM)
    }
  })

  it("takes the browser's word for same-origin, under any name of the edge and for a form without a referrer", async () => {
    for (const origin of ['https://edge.workers.example', 'null']) {
      for (const [mode, seen] of [
        ['strip', null],
        ['rewrite', UPSTREAM],
        ['keep', origin],
      ] as const) {
        const { proxy, reached } = staged({ origins: [PAGE] }, mode)
        const headers = { Origin: origin, 'Sec-Fetch-Site': 'same-origin' }
        const answer = await proxy(new Request('https://edge.workers.example/', { method: 'POST', headers }))
        expect([answer.status, reached[0]?.headers.get('Origin')]).toEqual([200, seen])
      }
    }
  })

  it('refuses every origin where no policy can be had', async () => {
    const { proxy, reached } = staged(
      perRequest(() => null),
      'strip',
    )
    const answer = await proxy(new Request('http://e/', { method: 'POST', headers: { Origin: PAGE } }))
    expect([answer.status, reached]).toEqual([403, []])
  })

  const origins = fc.oneof(
    fc.constantFrom(PAGE, STRANGER, 'null', UPSTREAM, PUBLIC, 'http://localhost', '', `${PAGE}, ${STRANGER}`),
    fc.webUrl().map((url) => new URL(url).origin),
  )
  const sites = fc.constantFrom(undefined, 'none', 'same-site', 'cross-site')
  const spelled = fc.constantFrom('Origin', 'X-Origin', 'Sec_Fetch_Site', 'Sec-Fetch_Site', 'sec.fetch.site', '_Origin')

  it('never makes a cross-site write or WebSocket look same-site', async () => {
    await holds(
      fc.asyncProperty(
        fc.constantFrom(...POLICIES),
        fc.constantFrom(...MODES),
        fc.constantFrom(...KINDS.write, ...KINDS.WebSocket),
        origins,
        sites,
        fc.option(spelled.filter((name) => name !== 'Origin')),
        async (policy, mode, { method, headers }, origin, site, other) => {
          if (origin === PUBLIC && (site === undefined || site === 'none')) return
          for (const form of FORMS[policy]) {
            const { proxy, reached } = staged(form, mode)
            const sent = { ...headers, Origin: origin, Referer: 'https://evil.example/page', Cookie: 'sid=1' }
            const said = { ...sent, ...(site && { 'Sec-Fetch-Site': site }), ...(other && { [other]: 'same-origin' }) }
            const answer = await proxy(new Request('http://edge.internal/', { method, headers: said }))
            const [seen] = reached
            if (seen === undefined) {
              expect(answer.status).toBe(403)
              continue
            }
            const trusts = policy === 'credentials' && origin === PAGE
            const now = seen.headers.get('Origin')
            expect(now === origin || (trusts && now === null && !('Upgrade' in headers))).toBe(true)
            expect(seen.headers.get('Sec-Fetch-Site')).toBe(site ?? null)
            expect(seen.headers.get('Referer')).toBe('https://evil.example/page')
            expect(seen.headers.get('Cookie')).toBe('sid=1')
            const spellings = [...seen.headers.keys()].filter(
              (name) => /^sec[^-]*[_.]/.test(name) || /^sec.*_site/.test(name),
            )
            expect(spellings).toEqual([])
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
