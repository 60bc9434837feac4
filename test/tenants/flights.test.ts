// Reads of a store that hang, as those of a Worker whose client left do.
import { describe, expect, it } from 'vitest'
import { byHost, createTenants, type TenantErrorCode } from '../../src/tenants.ts'
import { APP, policyOf, request } from './tenant-requests.ts'

const HOST = 'acme.example'

/** A store that answers its reads in turn: after so many milliseconds, or never. */
function started(delays: readonly (number | null)[]) {
  let reads = 0
  const codes: TenantErrorCode[] = []
  const get = () =>
    new Promise<unknown>((resolve) => {
      const delay = delays[reads++] ?? null
      if (delay !== null) setTimeout(() => resolve(policyOf(APP)), delay)
    })
  const cors = createTenants({ identify: byHost(), store: { get }, onError: ({ code }) => codes.push(code) })
  return { codes, reads: () => reads, isShared: async () => (await cors.decide(request(HOST, APP))).shared }
}

describe('a read that hangs', () => {
  it('is given up after half a second by those that wait, who share the next one', async () => {
    const { isShared, reads } = started([null, 10])
    const since = performance.now()
    expect(await Promise.all(Array.from({ length: 50 }, isShared))).toEqual(Array.from({ length: 50 }, () => true))
    expect(reads()).toBe(2)
    expect(performance.now() - since).toBeLessThan(1500)
  })

  it('is no matter for who comes later', async () => {
    const { isShared, reads } = started([null, 10])
    const first = isShared()
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect([await isShared(), await first, reads()]).toEqual([true, true, 2])
  })

  it('that ends after all, within the time-out, serves those that wait', async () => {
    const { isShared, reads } = started([1200, null, null])
    expect(await isShared()).toBe(true)
    expect(reads()).toBeLessThanOrEqual(3)
  })

  it('refuses after the time-out where every read hangs', async () => {
    const { isShared, codes } = started([])
    const since = performance.now()
    expect(await isShared()).toBe(false)
    expect(performance.now() - since).toBeLessThan(4000)
    expect(codes).toContain('store-late')
  })
})
