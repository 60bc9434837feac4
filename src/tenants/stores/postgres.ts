import type { WritableTenantStore } from '../types.ts'
import { repeat } from './repeat.ts'
import { readIdentifier } from './sql.ts'

/** The part of a Postgres client that is used: a `Pool` or `Client` of `pg`, or PGlite. */
export interface PostgresClient {
  query(statement: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

/** A connection of its own that listens: a connected `Client` of `pg`. */
export interface PostgresListener {
  query(statement: string): Promise<unknown>
  // biome-ignore lint/suspicious/noExplicitAny: each event has arguments of its own.
  on(event: string, listener: (...given: any[]) => void): unknown
  end(): Promise<unknown>
}

/**
 * Keeps tenants in Postgres, in the table of {@link tenantTable}. A write compares the version and
 * notifies in one statement, so no listener hears of a change that was rolled back.
 *
 * @param client a pool or a client
 * @param options.listener connects a client of its own for `LISTEN`. It is called again after a
 *   connection was lost; all tenants are then read again. Without it there is no watch.
 * @param options.table the name of the table. The default is `tenants`.
 * @param options.channel the channel for changes. The default is `tenants`.
 * @returns a store that can be written, and watched with a listener
 * @throws {TypeError} for a table or a channel that is no plain name
 *
 * @example
 * ```ts
 * import { byHost, createTenants, type PostgresClient, postgresStore } from 'corsmith/tenants'
 *
 * declare const pool: PostgresClient
 * const cors = createTenants({ identify: byHost(), store: postgresStore(pool) })
 * ```
 *
 * @see https://www.postgresql.org/docs/current/sql-notify.html
 */
export function postgresStore(
  client: PostgresClient,
  options: {
    readonly listener?: () => Promise<PostgresListener>
    readonly table?: string
    readonly channel?: string
  } = {},
): WritableTenantStore {
  const { listener } = options
  const table = readIdentifier(options.table ?? 'tenants')
  const channel = readIdentifier(options.channel ?? 'tenants')
  const notifying = async (change: string, values: unknown[]) => {
    const statement = `WITH changed AS (${change} RETURNING tenant) SELECT pg_notify('${channel}', tenant) FROM changed`
    return (await client.query(statement, values)).rows.length === 1
  }
  const store: WritableTenantStore = {
    async get(tenant) {
      const { rows } = await client.query(`SELECT document FROM ${table} WHERE tenant = $1`, [tenant])
      return (rows[0] as { document: string } | undefined)?.document ?? null
    },
    async put(tenant, document, version) {
      if (version === null && document === null) return (await store.get(tenant)) === null
      if (document === null)
        return notifying(`DELETE FROM ${table} WHERE tenant = $1 AND version = $2`, [tenant, version])
      const text = JSON.stringify(document)
      if (version === null)
        return notifying(`INSERT INTO ${table} VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
          tenant,
          document.version,
          text,
        ])
      const update = `UPDATE ${table} SET version = $2, document = $3 WHERE tenant = $1 AND version = $4`
      return notifying(update, [tenant, document.version, text, version])
    },
  }
  if (listener === undefined) return store
  return {
    ...store,
    watch: (changed, failed) => repeat((isOver) => listen(listener, channel, changed, isOver), failed),
  }
}

async function listen(
  connect: () => Promise<PostgresListener>,
  channel: string,
  changed: (tenant: string | null) => void,
  isOver: Promise<void>,
): Promise<void> {
  const client = await connect()
  const lost = new Promise<void>((resolve, reject) => {
    client.on('error', reject)
    client.on('end', resolve)
  })
  // The connection may be lost before anything waits for it.
  lost.catch(() => {})
  client.on('notification', ({ payload }: { readonly payload?: string }) => changed(payload ?? null))
  await client.query(`LISTEN ${channel}`)
  // What was written before LISTEN stood was not told.
  changed(null)
  try {
    await Promise.race([lost, isOver])
  } finally {
    await client.end().catch(() => {})
  }
}
