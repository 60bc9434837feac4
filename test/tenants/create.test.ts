import { describe, expect, it, vi } from 'vitest'
import {
  byHeader,
  byHost,
  createTenants,
  memoryStore,
  type TenantError,
  type TenantsOptions,
} from '../../src/tenants.ts'
import {
  APP,
  type Behavior,
  createClock,
  faultyStore,
  policyOf,
  preflight,
  request,
  STRANGER,
  settled,
} from './tenant-requests.ts'

const HOST = 'acme.example'

function started(behavior: (tenant: string) => Behavior, options: Partial<TenantsOptions<Request, []>> = {}) {
  const clock = createClock()
  const store = faultyStore(behavior)
  const errors: TenantError[] = []
  const onError = (error: TenantError) => errors.push(error)
  const cors = createTenants({ identify: byHost(), store, now: clock.now, random: () => 0, onError, ...options })
  const isShared = async (origin = APP, host = HOST) => (await cors.decide(request(host, origin))).shared
  return { clock, store, errors, cors, isShared, codes: () => errors.map(({ code }) => code) }
}

describe('createTenants()', () => {
  it('answers each host with its own policy, with Vary', async () => {
    const store = memoryStore({ [HOST]: policyOf(APP), 'globex.example': policyOf('https://app.globex.example') })
    const cors = createTenants({ identify: byHost(), store })
    const fetch = cors.wrap(() => new Response('hello'))
    const own = await fetch(request(HOST, APP))
    expect([own.headers.get('access-control-allow-origin'), own.headers.get('vary')]).toEqual([APP, 'Origin'])
    const others = await fetch(request('globex.example', APP))
    expect([others.headers.get('access-control-allow-origin'), others.headers.get('vary')]).toEqual([null, 'Origin'])
    expect((await fetch(preflight(HOST, APP))).status).toBe(204)
    expect((await fetch(preflight('globex.example', APP))).status).toBe(403)
    expect((await fetch(preflight('unknown.example', APP))).status).toBe(403)
  })

  it('reads a tenant once for many requests at once, and not again while it is fresh', async () => {
    const { store, isShared, clock } = started(() => ({ gives: policyOf(APP) }))
    const all = await Promise.all(Array.from({ length: 500 }, () => isShared()))
    expect([new Set(all), store.reads.length]).toEqual([new Set([true]), 1])
    clock.pass(59)
    await isShared()
    expect(store.reads).toHaveLength(1)
  })

  it('shortens the time of freshness by up to a tenth', async () => {
    const { store, isShared, clock } = started(() => ({ gives: policyOf(APP) }), { random: () => 0.999 })
    await isShared()
    clock.pass(55)
    await isShared()
    await settled()
    expect(store.reads).toHaveLength(2)
  })

  it('uses a policy that is not fresh while it reads it again, once', async () => {
    const { store, isShared, clock } = started(() => ({ gives: policyOf(APP) }))
    await isShared()
    store.behavior = () => ({ gives: policyOf(STRANGER) })
    clock.pass(61)
    expect(await Promise.all([isShared(), isShared(), isShared()])).toEqual([true, true, true])
    await settled()
    expect([await isShared(), await isShared(STRANGER), store.reads.length]).toEqual([false, true, 2])
  })

  it('waits for the store where a policy is too old to be used', async () => {
    const { store, isShared, clock } = started(() => ({ gives: policyOf(APP) }))
    await isShared()
    store.behavior = () => ({ gives: policyOf(STRANGER) })
    clock.pass(361)
    expect(await isShared()).toBe(false)
  })

  it.each([['waitUntil of an argument'], ['the option waitUntil']])(
    'hands a read behind an answer to %s',
    async (by) => {
      const clock = createClock()
      const kept: Promise<unknown>[] = []
      const waitUntil = (work: Promise<unknown>) => void kept.push(work)
      const store = memoryStore({ [HOST]: policyOf(APP) })
      type Args = [env: object, ctx: { waitUntil?: typeof waitUntil }]
      const options: TenantsOptions<Request, Args> = { identify: byHost(), store, now: clock.now }
      const isOption = by.startsWith('the option')
      const cors = createTenants<Request, Args>(isOption ? { ...options, waitUntil } : options)
      await cors.decide(request(HOST, APP), {}, isOption ? {} : { waitUntil })
      kept.length = 0
      clock.pass(61)
      await cors.decide(request(HOST, APP), {}, isOption ? {} : { waitUntil })
      expect(kept).toHaveLength(1)
      await kept[0]
      expect(cors.stats().reads).toBe(2)
    },
  )

  it('goes on where waitUntil throws', async () => {
    const { isShared } = started(() => ({ gives: policyOf(APP) }), {
      waitUntil: () => {
        throw new Error('no context')
      },
    })
    expect(await isShared()).toBe(true)
  })

  it('remembers that a tenant does not exist, for a while', async () => {
    const { store, isShared, clock } = started(() => ({ gives: null }))
    expect([await isShared(), await isShared(), store.reads.length]).toEqual([false, false, 1])
    store.behavior = () => ({ gives: policyOf(APP) })
    clock.pass(31)
    expect(await isShared()).toBe(true)
  })

  it('refuses a tenant that was removed', async () => {
    const { store, isShared, clock } = started(() => ({ gives: policyOf(APP) }))
    await isShared()
    store.behavior = () => ({ gives: null })
    clock.pass(61)
    await isShared()
    await settled()
    expect(await isShared()).toBe(false)
  })

  it.each([
    ['fails', 'store-failed'],
    ['stalls', 'store-late'],
  ] as const)('uses the last good policy while the store %s, for staleIfError at most', async (fault, code) => {
    const test = started(() => ({ gives: policyOf(APP) }), { timeoutMs: 10, staleIfError: 1000 })
    const { store, isShared, clock } = test
    await isShared()
    store.behavior = () => fault
    clock.pass(400)
    expect(await isShared()).toBe(true)
    expect(test.codes()).toEqual([code])
    clock.pass(659)
    expect(await isShared()).toBe(true)
    clock.pass(2)
    expect(await isShared()).toBe(false)
  })

  it('does not wait again for a store that is known to fail, and asks it once a second', async () => {
    const { store, isShared, clock } = started(() => ({ gives: policyOf(APP) }), { timeoutMs: 10 })
    await isShared()
    store.behavior = () => 'stalls'
    clock.pass(400)
    await isShared()
    const { length } = store.reads
    await Promise.all(Array.from({ length: 100 }, () => isShared()))
    expect(store.reads).toHaveLength(length)
    clock.pass(1.5)
    store.behavior = () => ({ gives: policyOf(STRANGER) })
    expect(await isShared()).toBe(true)
    await settled()
    expect(await isShared(STRANGER)).toBe(true)
  })

  it('waits again for a store that failed long ago', async () => {
    const { store, isShared, clock } = started(() => ({ gives: policyOf(APP) }))
    await isShared()
    store.behavior = () => 'fails'
    clock.pass(400)
    expect(await isShared()).toBe(true)
    store.behavior = () => ({ gives: policyOf(STRANGER) })
    clock.pass(301)
    expect(await isShared()).toBe(false)
  })

  it('refuses while the store fails and nothing is known, as policy-unavailable', async () => {
    const { cors, codes } = started(() => 'fails')
    expect((await cors.decide(request(HOST, APP))).refusal).toBe('policy-unavailable')
    expect(codes()).toEqual(['store-failed'])
  })

  it.each([
    ['a policy with a defect', { origins: [`${APP}/`] }],
    ['a document with an unknown key', { version: 2, policy: policyOf(STRANGER), preview: [] }],
    ['no JSON', '{ "origins": '],
    ['a key twice', `{ "origins": ["${APP}"], "origins": ["${STRANGER}"] }`],
    ['a number', 7],
    ['an empty text', ''],
  ])('refuses a tenant whose document is broken, and no other: %s', async (_, broken) => {
    const { isShared, errors } = started((tenant) => ({ gives: tenant === HOST ? broken : policyOf(APP) }))
    expect([await isShared(), await isShared(APP, 'globex.example')]).toEqual([false, true])
    expect(errors.map(({ code, tenant }) => [code, tenant])).toEqual([['document-broken', HOST]])
    expect(errors[0]?.message).toContain(HOST)
  })

  it('keeps the last good policy where a document breaks', async () => {
    const { store, isShared, clock, codes } = started(() => ({ gives: policyOf(APP) }))
    await isShared()
    store.behavior = () => ({ gives: { origins: ['*.example'] } })
    clock.pass(61)
    await isShared()
    await settled()
    expect([await isShared(), codes()]).toEqual([true, ['document-broken']])
  })

  it('does not go back to an earlier version, until it is told to forget', async () => {
    const gives = (version: number, origin: string) => () => ({ gives: { version, policy: policyOf(origin) } })
    const { store, cors, isShared, clock, codes } = started(gives(8, APP))
    await isShared()
    store.behavior = gives(7, STRANGER)
    clock.pass(61)
    await isShared()
    await settled()
    expect([await isShared(), await isShared(STRANGER), codes()]).toEqual([true, false, ['document-older']])
    cors.forget(HOST)
    expect([await isShared(), await isShared(STRANGER)]).toEqual([false, true])
  })

  it('reads a tenant again after forget()', async () => {
    const { store, cors, isShared } = started(() => ({ gives: policyOf(APP) }))
    await isShared()
    store.behavior = () => ({ gives: policyOf(STRANGER) })
    cors.forget(HOST)
    expect(await isShared()).toBe(false)
    store.behavior = () => ({ gives: policyOf(APP) })
    cors.forget()
    expect(await isShared()).toBe(true)
  })

  it('never asks the store about a value that is no origin, or a host that is none', async () => {
    const { store, isShared, cors } = started(() => ({ gives: policyOf(APP) }), {
      identify: (request) => request.headers.get('x-name'),
    })
    for (const origin of [
      'null',
      'https://a.example/',
      'nonsense',
      'https://a.example, https://b.example',
      'x'.repeat(9999),
    ])
      await isShared(origin)
    for (const name of ['', '..', 'a b', 'a/b', '*', 'tenant:*', '.a', 'a..b', 'ü', 'x'.repeat(254)])
      await cors.decide(request(HOST, APP, { headers: { 'x-name': encodeURI(name) } }))
    await cors.decide(new Request(`https://${HOST}/`))
    expect(store.reads).toEqual([])
  })

  it('reports to the console once per minute where there is no onError', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { isShared, clock } = started(() => 'fails', { onError: undefined } as never)
    await isShared()
    clock.pass(30)
    await isShared()
    expect(error).toHaveBeenCalledTimes(1)
    clock.pass(31)
    await isShared()
    expect(error).toHaveBeenCalledTimes(2)
    error.mockRestore()
  })

  it('refuses where identify throws, and where onError throws', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const throws = () => {
      throw new Error('no')
    }
    expect(await started(() => 'fails', { onError: throws }).isShared()).toBe(false)
    expect(await started(() => ({ gives: policyOf(APP) }), { identify: throws }).isShared()).toBe(false)
    error.mockRestore()
  })

  it.each([
    [{ ttl: -1 }, /ttl is -1: write a number from 0/],
    [{ tll: 1 }, /there is no option "tll"/],
    [{ store: {} }, /store is an object with get/],
    [{ identify: 'host' }, /identify is a function/],
    [{ refused: 'no' }, /refused is "pass" or "forbid"/],
    [{ identify: byHeader('X-Key') }, /write "preflight:/],
  ])('throws for %j', (options, message) => {
    const store = memoryStore()
    expect(() => createTenants({ identify: byHost(), store, ...options } as never)).toThrow(message)
  })
})

describe('a preflight of a host where a key tells the tenants apart', () => {
  const policies = {
    acme: { origins: [APP], methods: ['PUT'], requestHeaders: ['X-Key'], maxAge: 600 },
    globex: { origins: ['https://app.globex.example', 'https://both.example'], requestHeaders: ['X-Key'] },
    initech: {
      origins: ['https://both.example'],
      methods: ['DELETE'],
      requestHeaders: ['X-Key', 'X-Other'],
      maxAge: 60,
    },
  }
  const keyed = () =>
    createTenants({
      identify: byHeader('X-Key'),
      preflight: () => ['acme', 'globex', 'initech', 'nobody'],
      store: memoryStore(policies),
    })
  const grants = (response: Response | null) =>
    ['origin', 'methods', 'headers'].map((name) => response?.headers.get(`access-control-allow-${name}`) ?? null)

  it('is answered for the tenants that allow its origin', async () => {
    const cors = keyed()
    expect(grants(await cors.preflight(preflight('api.example', APP)))).toEqual([APP, 'PUT', 'x-key'])
    expect(grants(await cors.preflight(preflight('api.example', 'https://app.globex.example')))).toEqual([
      'https://app.globex.example',
      null,
      'x-key',
    ])
    const both = await cors.preflight(preflight('api.example', 'https://both.example'))
    expect(grants(both)).toEqual(['https://both.example', 'DELETE', 'x-key,x-other'])
    expect(both?.headers.get('access-control-max-age')).toBe('5')
    expect((await cors.preflight(preflight('api.example', STRANGER)))?.status).toBe(403)
  })

  it('gives nothing to the actual request of another tenant, which does not reach the handler', async () => {
    const handler = vi.fn(() => new Response('hello'))
    const fetch = keyed().wrap(handler)
    const put = (key: string, origin: string) =>
      fetch(request('api.example', origin, { method: 'PUT', headers: { 'x-key': key } }))
    expect((await put('acme', APP)).headers.get('access-control-allow-origin')).toBe(APP)
    expect(handler).toHaveBeenCalledTimes(1)
    const refused = await put('globex', APP)
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null])
    expect((await put('nobody', APP)).status).toBe(403)
    expect(handler).toHaveBeenCalledTimes(1)
  })
})
