import { versionOf } from '../document.ts'
import type { WritableTenantStore } from '../types.ts'
import { repeat } from './repeat.ts'

interface NatsEntry {
  readonly key: string
  readonly operation: string
  readonly revision: number
  string(): string
}

/** The part of a bucket that is used. `Kvm` of `@nats-io/kv` opens one. */
export interface NatsBucket {
  get(key: string): Promise<NatsEntry | null>
  create(key: string, value: string): Promise<number>
  update(key: string, value: string, revision: number): Promise<number>
  delete(key: string, options: { readonly previousSeq: number }): Promise<void>
  watch(options: { readonly include: 'updates' }): Promise<AsyncIterable<NatsEntry> & { stop(): void }>
}

/** What the server says where the revision is another one. */
const WRONG_REVISION = 10071

/**
 * Keeps tenants in a bucket of NATS KV, with a watch. A write names the revision that it replaces.
 *
 * @param bucket an open bucket, for tenants alone
 * @returns a store that can be written and watched
 *
 * @example
 * ```ts
 * import { byHost, createTenants, type NatsBucket, natsKvStore } from 'corsmith/tenants'
 *
 * declare const bucket: NatsBucket
 * const cors = createTenants({ identify: byHost(), store: natsKvStore(bucket) })
 * ```
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/key-value-store
 */
export function natsKvStore(bucket: NatsBucket): WritableTenantStore {
  const held = async (tenant: string) => {
    const entry = await bucket.get(tenant)
    // A removed key leaves a mark, with a revision.
    return { text: entry === null || entry.operation !== 'PUT' ? null : entry.string(), revision: entry?.revision ?? 0 }
  }
  return {
    async get(tenant) {
      return (await held(tenant)).text
    },
    async put(tenant, document, version) {
      const { text, revision } = await held(tenant)
      if (versionOf(text) !== version) return false
      try {
        if (document === null && text !== null) await bucket.delete(tenant, { previousSeq: revision })
        else if (document !== null && text === null) await bucket.create(tenant, JSON.stringify(document))
        else if (document !== null) await bucket.update(tenant, JSON.stringify(document), revision)
        return true
      } catch (error) {
        if (isWrongRevision(error)) return false
        throw error
      }
    },
    watch: (changed, failed) =>
      repeat(async (isOver) => {
        const entries = await bucket.watch({ include: 'updates' })
        isOver.then(() => entries.stop())
        changed(null)
        for await (const { key } of entries) changed(key)
      }, failed),
  }
}

function isWrongRevision(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === WRONG_REVISION
}
