// What strangers can make a server keep in memory.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { byHost, byPath, createTenants, memoryStore } from '../../src/tenants.ts'
import { APP, policyOf } from './tenant-requests.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const LONG = 'x'.repeat(8000)
const MANY = 3000

async function grown(urlOf: (i: number) => string, identify: (request: Request) => string | null) {
  const known = Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`tenant-of-a-name-${i}`, policyOf(APP)]))
  const cors = createTenants({ identify, store: memoryStore(known), unknownPerMinute: 1e6, ttl: 3600 })
  // What is made once, by the first requests, is not counted.
  for (let i = 0; i < 10; i++) await cors.decide(new Request(urlOf(i), { headers: { Origin: APP } }))
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < MANY; i++) await cors.decide(new Request(urlOf(i), { headers: { Origin: APP } }))
  await new Promise((resolve) => setTimeout(resolve))
  collect()
  const after = process.memoryUsage().heapUsed
  const { known: kept, unknown } = cors.stats()
  expect(kept + unknown).toBe(MANY)
  return (after - before) / MANY
}

describe('a name that is kept', () => {
  it.each([
    ['a host that is no tenant', (i: number) => `https://stranger-of-a-name-${i}.example/${LONG}${i}`, byHost()],
    [
      'a path that is no tenant',
      (i: number) => `https://api.example/t/stranger-${i}/${LONG}${i}`,
      byPath('/t/:tenant'),
    ],
    ['a path', (i: number) => `https://api.example/t/tenant-of-a-name-${i}/${LONG}${i}`, byPath('/t/:tenant')],
  ] as const)('does not keep the URL that it stood in: %s', async (_, urlOf, identify) => {
    expect(await grown(urlOf, identify)).toBeLessThan(4000)
  })
})
