// Names and documents that somebody made to do harm.
import { describe, expect, it } from 'vitest'
import { byHost, byPath, createTenants, editTenant, memoryStore, type TenantError } from '../../src/tenants.ts'
import { APP, createClock, faultyStore, policyOf, request } from './tenant-requests.ts'

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then']

describe('a tenant with the name of a property of every object', () => {
  it.each(NAMES)('%s is unknown, until it is written', async (name) => {
    const store = memoryStore({})
    const cors = createTenants({ identify: byPath('/:tenant'), store, negativeTtl: 0 })
    const allows = async () =>
      (await cors.decide(new Request(`https://api.example/${name}`, { headers: { Origin: APP } }))).shared
    expect(await allows()).toBe(false)
    expect((await editTenant(store, name, { policy: policyOf(APP), version: null })).ok).toBe(true)
    expect(await allows()).toBe(true)
    expect((await editTenant(store, name, { policy: null, version: 1 })).ok).toBe(true)
    expect(await allows()).toBe(false)
    expect(Object.hasOwn(Object.prototype, 'version')).toBe(false)
  })
})

describe('a name with a character that a store could misread', () => {
  it.each([
    '\0',
    'a\nb',
    'a\r\nSET x',
    'a\u202eb',
    'a b',
    'a/b',
    'a\\b',
    '..',
    'a*',
    'a:b',
    'ä',
    '{a}',
    "a'b",
    'a%00',
    'a'.repeat(254),
  ])('%j reaches no store, however identify found it', async (name) => {
    const store = faultyStore(() => ({ gives: policyOf(APP) }))
    const direct = createTenants({ identify: () => name, store })
    const waiting = createTenants({ identify: async () => name, store })
    const union = createTenants({ identify: () => null, preflight: () => [name], store })
    const headers = { Origin: APP, 'Access-Control-Request-Method': 'PUT' }
    for (const cors of [direct, waiting, union])
      expect((await cors.decide(new Request('https://api.example/', { method: 'OPTIONS', headers }))).shared).toBe(
        false,
      )
    expect(store.reads).toEqual([])
  })
})

const POLICY = `"policy":{"origins":["${APP}"]`

describe('a document', () => {
  it.each([
    ['with __proto__ in the policy', `{"version":1,${POLICY},"__proto__":{"credentials":true}}}`],
    ['with __proto__ beside the policy', `{"version":1,${POLICY}},"__proto__":{"previews":[]}}`],
    ['that is in __proto__', `{"__proto__":{"version":1,${POLICY}}}}`],
    ['with constructor in the policy', `{"version":1,${POLICY},"constructor":{"prototype":{}}}}`],
    ['with the policy twice', `{"version":1,${POLICY}},"policy":{"origins":"*"}}`],
    ['of 1 MB that is no JSON', 'x'.repeat(1_000_000)],
    ['of 1 MB in lists', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
    ['of 260 KB in objects', `${'{"a":[],"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['with a key of 1 MB', `{"version":1,${POLICY},"${'k'.repeat(1_000_000)}":1}}`],
    ['with an origin of 1 MB', `{"version":1,"policy":{"origins":["https://${'k'.repeat(1_000_000)}.example"]}}`],
    ['with a version of infinity', `{"version":1e999,${POLICY}}}`],
  ])('%s refuses its tenant, is reported in few words, and stops no neighbor', async (_, text) => {
    const errors: TenantError[] = []
    const store = memoryStore({ 'bad.example': text, 'good.example': policyOf(APP) })
    const cors = createTenants({ identify: byHost(), store, onError: (error) => errors.push(error) })
    const started = performance.now()
    expect((await cors.decide(request('bad.example', APP))).shared).toBe(false)
    expect((await cors.decide(request('good.example', APP))).shared).toBe(true)
    expect(errors.map(({ code, tenant }) => [code, tenant])).toEqual([['document-broken', 'bad.example']])
    expect(errors[0]?.message.length).toBeLessThan(10_000)
    expect(performance.now() - started).toBeLessThan(15_000)
  })

  it('that is broken is compiled once in ttl, however often it is asked for', async () => {
    const clock = createClock()
    const store = faultyStore(() => ({ gives: '{' }))
    const cors = createTenants({ identify: byHost(), store, now: clock.now, ttl: 60, onError: () => {} })
    for (let i = 0; i < 50; i++) {
      await cors.decide(request('acme.example', APP))
      clock.pass(1)
    }
    expect(store.reads).toHaveLength(1)
  })
})

describe('a store that never answers', () => {
  it('holds no request for longer than timeoutMs, and 2,000 requests share few reads', async () => {
    let reads = 0
    const store = {
      get: () => {
        reads += 1
        return new Promise<never>(() => {})
      },
    }
    const cors = createTenants({ identify: byHost(), store, timeoutMs: 300, onError: () => {} })
    const started = performance.now()
    const answers = await Promise.all(Array.from({ length: 2000 }, () => cors.decide(request('acme.example', APP))))
    expect(answers.filter(({ shared }) => shared)).toEqual([])
    expect(performance.now() - started).toBeLessThan(3000)
    expect(reads).toBeLessThanOrEqual(2)
  })
})
