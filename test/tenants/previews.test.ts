import { describe, expect, it } from 'vitest'
import { addPreview, byHost, createTenants, editTenant, memoryStore, removePreview } from '../../src/tenants.ts'
import { APP, createClock, request } from './tenant-requests.ts'

const NAME = 'acme.example'
const PREVIEW = 'https://acme-git-pr-7-team.vercel.app'
const DAY = 86_400_000

function started(
  tenants: Readonly<Record<string, unknown>> = {
    [NAME]: { version: 1, policy: { origins: [APP], credentials: true } },
  },
) {
  const clock = createClock()
  const store = memoryStore(tenants)
  const cors = createTenants({ identify: byHost(), store, now: clock.now })
  const inDays = (days: number) => new Date(clock.now() + days * DAY).toISOString()
  return {
    clock,
    store,
    inDays,
    isShared: async (origin = PREVIEW) => (await cors.decide(request(NAME, origin))).shared,
    add: (origin: string, expires: string) => addPreview(store, NAME, { origin, expires }, clock.now),
    remove: (origin: string) => removePreview(store, NAME, origin, clock.now),
  }
}

describe('a preview', () => {
  it('is allowed until it expires, and its look-alikes are not', async () => {
    const { isShared, add, clock, inDays } = started()
    expect(await isShared()).toBe(false)
    expect(await add(PREVIEW, inDays(7))).toMatchObject({ ok: true, audit: { action: 'preview-added' } })
    expect([await isShared(), await isShared(APP)]).toEqual([true, true])
    expect(await isShared('https://acme-git-pr-7-evil.vercel.app')).toBe(false)
    clock.pass(7 * 86_400)
    expect([await isShared(), await isShared(APP)]).toEqual([false, true])
  })

  it('ends in time also while the store cannot be read', async () => {
    const { clock, inDays, store } = started()
    const document = { version: 1, policy: { origins: [APP] }, previews: [{ origin: PREVIEW, expires: inDays(0.5) }] }
    let isDown = false
    const get = async () => (isDown ? Promise.reject(new Error('down')) : document)
    const cors = createTenants({ identify: byHost(), store: { ...store, get }, now: clock.now, onError: () => {} })
    const isShared = async (origin: string) => (await cors.decide(request(NAME, origin))).shared
    expect(await isShared(PREVIEW)).toBe(true)
    isDown = true
    clock.pass(43_200)
    expect([await isShared(PREVIEW), await isShared(APP)]).toEqual([false, true])
  })

  it('is refused again when it is removed, and a second removal is no error', async () => {
    const { isShared, add, remove, inDays } = started()
    await add(PREVIEW, inDays(7))
    expect(await remove(PREVIEW)).toMatchObject({ ok: true, audit: { action: 'preview-removed' } })
    expect(await remove(PREVIEW)).toMatchObject({ ok: true, audit: null })
    expect(await isShared()).toBe(false)
  })

  it('stays where the policy is edited, and goes with the first write after its end', async () => {
    const { store, add, clock, inDays } = started()
    await add(PREVIEW, inDays(7))
    await editTenant(store, NAME, { policy: { origins: [APP], maxAge: 60 }, version: 2, confirm: ['widening'] })
    expect(await store.get(NAME)).toMatchObject({ version: 3, previews: [{ origin: PREVIEW }] })
    clock.pass(7 * 86_400)
    await add('https://acme-git-pr-8-team.vercel.app', inDays(1))
    const { previews } = (await store.get(NAME)) as { previews: readonly object[] }
    expect(previews).toHaveLength(1)
  })

  it('that many deployments add at once is not lost', async () => {
    const { add, inDays, store } = started()
    const added = Array.from({ length: 6 }, (_, i) => add(`https://acme-git-pr-${i}-team.vercel.app`, inDays(1)))
    expect((await Promise.all(added)).every(({ ok }) => ok)).toBe(true)
    expect((await store.get(NAME)) as object).toMatchObject({ version: 7, previews: { length: 6 } })
  })

  it.each([
    ['https://*.vercel.app', 7, /one exact origin/],
    ['null', 7, /one exact origin/],
    [`${PREVIEW}/`, 7, /one exact origin/],
    ['http://acme.vercel.app', 7, /https/],
    [PREVIEW, 91, /in the next 90 days/],
    [PREVIEW, -1, /in the next 90 days/],
    [PREVIEW, Number.NaN, /in the next 90 days/],
  ])('is not written for %s in %d days', async (origin, days, why) => {
    const { add, inDays, store } = started()
    const result = await add(origin, Number.isNaN(days) ? 'soon' : inDays(days))
    expect(result).toMatchObject({ ok: false, code: 'preview-defect', detail: expect.stringMatching(why) })
    expect(await store.get(NAME)).toMatchObject({ version: 1 })
  })

  it('is not written for a tenant that allows every origin, that is full, broken, or not there', async () => {
    const code = async (document: unknown) => {
      const { add, inDays } = started(document === undefined ? {} : { [NAME]: document })
      const result = await add(PREVIEW, inDays(1))
      return result.ok ? null : [result.code, result.detail]
    }
    expect((await code({ origins: '*' }))?.[0]).toBe('preview-defect')
    expect(await code(undefined)).toEqual(['no-tenant', '"acme.example": there is no such tenant: create it first'])
    expect(await code('{')).toEqual(['no-tenant', '"acme.example": its document is broken: repair it first'])
    const previews = Array.from({ length: 200 }, (_, i) => ({
      origin: `https://p${i}.example`,
      expires: '2099-01-01T00:00:00Z',
    }))
    expect(await code({ version: 1, policy: { origins: [APP] }, previews })).toMatchObject(['preview-defect', /200/])
  })
})
