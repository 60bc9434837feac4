// What services with many customers asked for in 2025 and 2026: keys that share a host, previews, domains as customers write them.
import { describe, expect, it } from 'vitest'
import { createTenants, editTenant, isTenantName, memoryStore, readDocument, unionOf } from '../../src/tenants.ts'
import { faultyStore } from './tenant-requests.ts'

const KEYED = 'https://docs.partner.example'
const OTHER = 'https://academy.example'
const STRANGER = 'https://stranger.example'

const asked = (origin: string, init: { readonly key?: string; readonly preflight?: boolean } = {}) =>
  new Request('https://api.example/v1/chat', {
    method: init.preflight ? 'OPTIONS' : 'POST',
    headers: {
      Origin: origin,
      ...(init.key !== undefined && { 'X-Api-Key': init.key }),
      ...(init.preflight && {
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-api-key',
      }),
    },
  })

describe('keys of a widget that share one host', () => {
  const policy = (origin: string) => ({ origins: [origin], requestHeaders: ['X-Api-Key'] })
  const keys = { k1: policy(KEYED), k2: policy(OTHER), open: { origins: '*' as const, requestHeaders: ['X-Api-Key'] } }

  /** The name under which the store holds what an origin may do, whatever key it uses. */
  const nameOf = (origin: string | null) => (origin ?? '').replace('://', '_').replace(':', '_')

  it('are too many for a union, and are found by the origin that asks', async () => {
    const byOrigin = Object.fromEntries([KEYED, OTHER].map((origin) => [nameOf(origin), policy(origin)]))
    const held: Readonly<Record<string, unknown>> = { ...keys, ...byOrigin }
    const store = faultyStore((tenant) => ({ gives: held[tenant] ?? null }))
    const cors = createTenants({
      identify: (request) => request.headers.get('x-api-key'),
      preflight: (request) => [nameOf(request.headers.get('origin'))],
      store,
      unknownPerMinute: 10,
      onError: () => {},
    })
    const fetch = cors.wrap(() => new Response('hello'))
    const statuses = async (...requests: readonly Request[]) =>
      (await Promise.all(requests.map((request) => fetch(request)))).map(({ status }) => status)

    expect(await statuses(asked(KEYED, { preflight: true }), asked(OTHER, { preflight: true }))).toEqual([204, 204])
    expect(await statuses(asked(STRANGER, { preflight: true }))).toEqual([403])
    expect(await statuses(asked(KEYED, { key: 'k1' }), asked(KEYED, { key: 'k2' }))).toEqual([200, 403])
    // A key without a page, and a server without an Origin.
    expect(await statuses(asked(STRANGER, { key: 'k1' }), asked(KEYED))).toEqual([403, 403])
    expect((await fetch(new Request('https://api.example/', { headers: { 'X-Api-Key': 'k1' } }))).status).toBe(200)
    // Strangers who make up origins spend a limited number of reads.
    const before = store.reads.length
    for (let i = 0; i < 1000; i++) await fetch(asked(`https://x${i}.example`, { preflight: true }))
    expect(store.reads.length - before).toBeLessThanOrEqual(10)
  })

  it.each(['https://a.example', 'http://localhost:3000', 'https://xn--nxasmq6b.example:8443', 'capacitor://localhost'])(
    'have a name for %s',
    (origin) => expect(isTenantName(nameOf(origin))).toBe(true),
  )

  it('say "*" for every page, and never by an empty list', () => {
    expect(() => readDocument({ version: 1, policy: { origins: [] } })).toThrow('an empty list shares with nobody')
    expect(unionOf([keys.k1, keys.open]).origins).toBe('*')
  })
})

describe('the domains that a customer types', () => {
  it.each([
    ['chatwoot.example', 'write "https://chatwoot.example"'],
    ['https://shop.example/', 'write "https://shop.example"'],
    ['https://Shop.Example', 'write "https://shop.example"'],
    ['https://shop.example:443', 'write "https://shop.example"'],
    ['https://shop.example/apps/proxy', 'write "https://shop.example"'],
    ['https://*.vercel.app', 'anyone can register a name that this pattern matches'],
    ['https://*', '"*"'],
    ['https://*.myshopify.com', 'anyone can register a name that this pattern matches'],
    [' https://shop.example', 'write "https://shop.example"'],
    ['a.example, b.example', 'origins'],
  ])('%j is refused with what to write', async (origin, said) => {
    const result = await editTenant(memoryStore(), 'acme', { policy: { origins: [origin] }, version: null })
    expect(result.ok ? 'written' : result.detail).toContain(said)
  })

  it('are no pattern for the previews of one team either: a stranger can choose such a name', async () => {
    const origins = ['https://our-app-*-our-team.vercel.app']
    const result = await editTenant(memoryStore(), 'acme', { policy: { origins }, version: null })
    expect(result.ok ? 'written' : result.detail).toContain('anyone can register a name that this pattern matches')
  })
})
