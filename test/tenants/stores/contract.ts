// What every store does, tried on the real one: under vitest, and as a program in the runtimes whose clients are built in.
import {
  byHost,
  createTenants,
  editTenant,
  type TenantDocument,
  type WritableTenantStore,
} from '../../../src/tenants.ts'
import { APP, request, STRANGER } from '../tenant-requests.ts'

/** A store, looked at from one client and from another. */
export interface Stores {
  readonly one: WritableTenantStore
  readonly other: WritableTenantStore
}

export type Check = readonly [name: string, run: (stores: Stores) => Promise<void>]

/** The runtimes have no assertion library in common. */
function same(actual: unknown, expected: unknown, what = ''): void {
  if (actual !== expected) throw new Error(`${what}: expected ${String(expected)}, got ${String(actual)}`)
}

const document = (version: number, origin = APP): TenantDocument => ({ version, policy: { origins: [origin] } })
const newName = () => `t${Math.random().toString(36).slice(2)}.acme.example`

export const KEEPS_TENANTS: readonly Check[] = [
  ['gives null for a tenant that is not there', async ({ one }) => same((await one.get(newName())) ?? null, null)],
  [
    'writes only over the version that is named',
    async ({ one, other }) => {
      const name = newName()
      const writes: readonly [WritableTenantStore, TenantDocument | null, number | null, boolean][] = [
        [one, document(1), 1, false],
        [one, document(1), null, true],
        [other, document(1), null, false],
        [other, document(2, STRANGER), 1, true],
        [one, document(2), 1, false],
        [one, null, 1, false],
        [one, null, 2, true],
        [one, null, null, true],
        [other, document(1), null, true],
      ]
      for (const [store, text, version, isWritten] of writes)
        same(await store.put(name, text, version), isWritten, JSON.stringify([text, version]))
    },
  ],
  [
    'is read by createTenants and edited by editTenant',
    async ({ one, other }) => {
      const name = newName()
      const cors = createTenants({ identify: byHost(), store: () => other, negativeTtl: 0 })
      const isShared = async () => (await cors.decide(request(name, APP))).shared
      same(await isShared(), false)
      same((await editTenant(one, name, { policy: { origins: [APP] }, version: null })).ok, true)
      same(await isShared(), true)
      const edit = { policy: { origins: [STRANGER] }, version: 1, confirm: ['widening' as const] }
      same((await editTenant(one, name, edit)).ok, true)
      same((await editTenant(one, name, edit)).ok, false)
      cors.forget(name)
      same(await isShared(), false)
    },
  ],
]

/** Not for Workers KV, which has no compare-and-set. */
export const LETS_ONE_WIN: Check = [
  'lets one of many writers at once win',
  async ({ one, other }) => {
    const name = newName()
    for (const from of [null, 1]) {
      const writes = Array.from({ length: 10 }, (_, i) =>
        (i % 2 ? one : other).put(name, document((from ?? 0) + 1), from),
      )
      same((await Promise.all(writes)).filter(Boolean).length, 1)
    }
  },
]

/** How long changes take from a write to the answers of another client, in milliseconds. */
export interface Propagation {
  readonly best: number
  readonly median: number
}

/** Writes twenty versions through one client and waits for each in the answers of the other. */
export async function measurePropagation({ one, other }: Stores): Promise<Propagation> {
  const name = newName()
  const errors: unknown[] = []
  const cors = createTenants({ identify: byHost(), store: other, ttl: 3600, onError: (error) => errors.push(error) })
  const originOf = (version: number) => `https://v${version}.example`
  const isShared = async (version: number) => (await cors.decide(request(name, originOf(version)))).shared
  await one.put(name, document(1, originOf(1)), null)
  same(await isShared(1), true)
  const times: number[] = []
  for (let version = 2; version <= 21; version++) {
    const started = performance.now()
    same(await one.put(name, document(version, originOf(version)), version - 1), true)
    while (!(await isShared(version))) {
      same(performance.now() - started < 20_000, true, `version ${version} was told`)
      await new Promise((resolve) => setTimeout(resolve, version === 2 ? 50 : 0))
    }
    // The first one also waits for the watch to begin.
    if (version > 2) times.push(performance.now() - started)
  }
  cors.close()
  same(errors.map(String).join(), '')
  times.sort((a, b) => a - b)
  return { best: times[0] ?? 0, median: times[times.length >> 1] ?? 0 }
}

/** Lets the store be away between two writes. */
export async function outlive({ one, other }: Stores, restart: () => Promise<void>): Promise<void> {
  const name = newName()
  const cors = createTenants({ identify: byHost(), store: other, ttl: 3600, onError: () => {} })
  const isShared = async (origin: string) => (await cors.decide(request(name, origin))).shared
  same(await retried(() => one.put(name, document(1), null)), true)
  same(await retried(() => isShared(APP)), true)
  await restart()
  // Redis forgets everything without a disk, so the version is what is there now.
  const write = async () => one.put(name, document(2, STRANGER), ((await one.get(name)) ?? null) === null ? null : 1)
  same(await retried(write), true)
  same(await retried(() => isShared(STRANGER)), true)
  cors.close()
}

/** Tries until something is true, for 20 seconds. Clients connect again in their own time. */
async function retried(act: () => Promise<boolean>): Promise<boolean> {
  for (let left = 400; left > 0; left--) {
    if (await act().catch(() => false)) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
