// The stores of Workers, in workerd with the bindings of the real platform's emulator.
import { env } from 'cloudflare:workers'
import { byHost, createTenants, d1Store, durableObjectStore, tenantTable, workersKv } from 'corsmith/tenants'
import { beforeAll, describe, expect, it } from 'vitest'
import { KEEPS_TENANTS, LETS_ONE_WIN } from '../tenants/stores/contract.ts'

const { TENANTS, DB, TENANT } = env as unknown as {
  readonly TENANTS: KVNamespace
  readonly DB: D1Database
  readonly TENANT: DurableObjectNamespace
}

const APP = 'https://app.acme.example'
const request = (host: string) => new Request(`https://${host}/`, { headers: { origin: APP } })

describe('workersKv()', () => {
  it.each(KEEPS_TENANTS)('%s', (_, run) =>
    run({ one: workersKv(TENANTS), other: workersKv(TENANTS, { cacheTtl: 60 }) }),
  )

  it('keeps its names under a prefix', async () => {
    await workersKv(TENANTS, { prefix: 'cors/' }).put('acme', { version: 1, policy: { origins: [APP] } }, null)
    expect(await TENANTS.get('cors/acme', 'json')).toEqual({ version: 1, policy: { origins: [APP] } })
  })
})

describe('d1Store()', () => {
  beforeAll(async () => void (await DB.exec(tenantTable())))

  it.each([...KEEPS_TENANTS, LETS_ONE_WIN])('%s', (_, run) =>
    run({ one: d1Store(DB), other: d1Store(DB.withSession()) }),
  )
})

describe('durableObjectStore()', () => {
  it.each([...KEEPS_TENANTS, LETS_ONE_WIN])('%s', (_, run) =>
    run({ one: durableObjectStore(TENANT), other: durableObjectStore(TENANT) }),
  )

  it('copies each write to where it can be read everywhere', async () => {
    const document = { version: 1, policy: { origins: [APP] } }
    const copied = () => workersKv(TENANTS, { prefix: 'copy:' }).get('copied.example')
    await durableObjectStore(TENANT).put('copied.example', document, null)
    expect(JSON.parse(String(await copied()))).toEqual(document)
    await durableObjectStore(TENANT).put('copied.example', null, 1)
    expect(await copied()).toBeNull()
  })
})

describe('a read that ended with another request', () => {
  it('keeps no later request waiting for longer than half a second', async () => {
    let reads = 0
    const never = new Promise<never>(() => {})
    const get = async () => (++reads === 1 ? never : { origins: [APP] })
    const cors = createTenants({ identify: byHost(), store: { get } })
    const started = Date.now()
    expect((await cors.decide(request('acme.example'))).shared).toBe(true)
    expect([reads, Date.now() - started < 1500]).toEqual([2, true])
  })
})
