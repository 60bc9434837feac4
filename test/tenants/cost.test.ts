// What a request costs with 10,000 tenants kept, beside one policy: counted in operations, so the machine has no say.
import { createHook } from 'node:async_hooks'
import { describe, expect, it } from 'vitest'
import { type AsyncCors, createCors, perRequest } from '../../src/index.ts'
import { byHost, createTenants, memoryStore } from '../../src/tenants.ts'
import { countFetchAsync } from '../support/counting.ts'
import { APP, policyOf, preflight, request } from './tenant-requests.ts'

const MANY = 10_000
const host = (i: number) => `t${i}.acme.example`

async function promisesOf(run: () => Promise<unknown>): Promise<number> {
  let count = 0
  const hook = createHook({
    init(_, type) {
      if (type === 'PROMISE') count += 1
    },
  })
  hook.enable()
  await run()
  hook.disable()
  return count
}

async function costOf(cors: AsyncCors, make: () => Request) {
  const fetch = cors.wrap(() => new Response('hello'))
  await fetch(make())
  await fetch(make())
  const [first, second] = [make(), make()]
  return { promises: await promisesOf(() => fetch(first)), fetch: await countFetchAsync(() => fetch(second)) }
}

describe('a request of one of 10,000 tenants that are kept', async () => {
  const store = memoryStore(Object.fromEntries(Array.from({ length: MANY }, (_, i) => [host(i), policyOf(APP)])))
  const cors = createTenants({ identify: byHost(), store, ttl: 3600 })
  for (let i = 0; i < MANY; i++) await cors.decide(request(host(i), APP))
  const policy = createCors(policyOf(APP))
  const one = perRequest(() => policy)

  it.each([
    ['an actual request', request],
    ['a preflight', preflight],
    ['a request without Origin', (name: string) => new Request(`https://${name}/`)],
  ] as const)('makes no object and no Promise more than one policy does: %s', async (_, make) => {
    const many = await costOf(cors, () => make(host(4711), APP))
    const single = await costOf(one, () => make(host(4711), APP))
    expect(many.promises).toBe(single.promises)
    // The host is read, once.
    const { 'Request.url': urls = 0, ...rest } = many.fetch
    expect(rest).toEqual(single.fetch)
    expect(urls).toBeLessThanOrEqual(1)
  })

  it('reads the store no more', () => expect(cors.stats()).toEqual({ reads: MANY, known: MANY, unknown: 0 }))
})
