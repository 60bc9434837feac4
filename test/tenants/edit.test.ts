import { describe, expect, it } from 'vitest'
import { byHost, createTenants, editTenant, memoryStore } from '../../src/tenants.ts'
import { APP, request, STRANGER } from './tenant-requests.ts'

const NAME = 'acme.example'
const ADMIN = 'https://admin.acme.example'
const held = { version: 3, policy: { origins: [APP, ADMIN] } }

const refusal = (result: Awaited<ReturnType<typeof editTenant>>) => (result.ok ? null : [result.code, result.detail])

describe('editTenant()', () => {
  it('creates, changes and removes a tenant, and records it', async () => {
    const store = memoryStore()
    const now = () => Date.UTC(2026, 10, 29)
    const created = await editTenant(store, NAME, { policy: { origins: [APP] }, version: null, now })
    const first = { version: 1, policy: { origins: [APP] } }
    expect(created).toEqual({
      ok: true,
      document: first,
      diff: null,
      audit: {
        tenant: NAME,
        action: 'created',
        at: '2026-11-29T00:00:00.000Z',
        before: null,
        after: first,
        confirmed: [],
      },
    })
    const policy = `{ "origins": ["${APP}"], "maxAge": 60 }`
    const changed = await editTenant(store, NAME, { policy, version: 1, confirm: ['widening'], now })
    expect(changed).toMatchObject({ ok: true, document: { version: 2 }, audit: { action: 'changed', before: first } })
    const removed = await editTenant(store, NAME, { policy: null, version: 2, now })
    expect(removed).toMatchObject({ ok: true, document: null, audit: { action: 'removed', after: null } })
    expect(await store.get(NAME)).toBe(null)
  })

  it('writes nothing where a policy has a defect, and gives the sentence with the correction', async () => {
    const store = memoryStore({ [NAME]: held })
    const policy = { origins: [APP, ADMIN, 'https://shop.acme.example/'] }
    const result = await editTenant(store, NAME, { policy, version: 3 })
    expect(refusal(result)).toEqual([
      'policy-defect',
      'origins[2]: an origin has no trailing slash: write "https://shop.acme.example"',
    ])
    expect(result.ok ? null : result.issues[0]?.suggestion).toBe('https://shop.acme.example')
    expect(await store.get(NAME)).toBe(held)
  })

  it.each([['{'], [7], [undefined], [[]]])('takes %j for a defect', async (policy) => {
    const result = await editTenant(memoryStore({ [NAME]: held }), NAME, { policy, version: 3 })
    expect(refusal(result)?.[0]).toBe('policy-defect')
  })

  it('writes a widening only when it is confirmed, and a narrowing at once', async () => {
    const store = memoryStore({ [NAME]: held })
    const wider = { policy: { origins: [APP, ADMIN, STRANGER] }, version: 3 }
    expect(refusal(await editTenant(store, NAME, wider))).toEqual([
      'widening',
      `"${STRANGER}" may read answers: confirm "widening"`,
    ])
    expect(await store.get(NAME)).toBe(held)
    const confirmed = await editTenant(store, NAME, { ...wider, confirm: ['widening'] })
    expect(confirmed).toMatchObject({ ok: true, audit: { confirmed: ['widening'] } })
    expect(await editTenant(store, NAME, { policy: { origins: [ADMIN] }, version: 4 })).toMatchObject({ ok: true })
  })

  it('stops an edit that locks its own page out, unless it is confirmed', async () => {
    const store = memoryStore({ [NAME]: held })
    const edit = { policy: { origins: [APP] }, version: 3, editor: ADMIN }
    expect(refusal(await editTenant(store, NAME, edit))).toEqual([
      'lock-out',
      `this page, ${ADMIN}, would be refused, and could not undo it: keep its origin, or confirm "lock-out"`,
    ])
    expect(refusal(await editTenant(store, NAME, { ...edit, policy: null }))?.[0]).toBe('lock-out')
    // A page that was not allowed before loses nothing.
    expect(await editTenant(store, NAME, { ...edit, editor: STRANGER })).toMatchObject({ ok: true })
    const again = memoryStore({ [NAME]: held })
    expect(await editTenant(again, NAME, { ...edit, confirm: ['lock-out'] })).toMatchObject({ ok: true })
  })

  it.each([[null], [2], [4]])('refuses version %j where the store holds 3', async (version) => {
    const result = await editTenant(memoryStore({ [NAME]: held }), NAME, { policy: held.policy, version })
    expect(refusal(result)).toEqual([
      'version-conflict',
      'the tenant has version 3 now: read it again, and repeat the change',
    ])
  })

  it('lets one of many editors at once win', async () => {
    const store = memoryStore({ [NAME]: held })
    const edits = Array.from({ length: 20 }, () =>
      editTenant(store, NAME, { policy: { origins: [ADMIN] }, version: 3 }),
    )
    const results = await Promise.all(edits)
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.filter((one) => !one.ok && one.code === 'version-conflict')).toHaveLength(19)
  })

  it('replaces a broken document', async () => {
    const store = memoryStore({ [NAME]: '{ "version": 9, "policy": { "origins": [] } }', 'b.example': '{' })
    expect(await editTenant(store, NAME, { policy: { origins: [APP] }, version: 9 })).toMatchObject({
      ok: true,
      document: { version: 10 },
    })
    expect(await editTenant(store, 'b.example', { policy: { origins: [APP] }, version: 0 })).toMatchObject({ ok: true })
  })

  it('takes effect at once in a store that is watched', async () => {
    const store = memoryStore({ [NAME]: held })
    const cors = createTenants({ identify: byHost(), store })
    const isShared = async () => (await cors.decide(request(NAME, APP))).shared
    expect(await isShared()).toBe(true)
    await editTenant(store, NAME, { policy: { origins: [ADMIN] }, version: 3 })
    expect(await isShared()).toBe(false)
    cors.close()
    await editTenant(store, NAME, { policy: { origins: [APP] }, version: 4, confirm: ['widening'] })
    expect(await isShared()).toBe(false)
  })
})
