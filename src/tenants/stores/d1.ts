import type { WritableTenantStore } from '../types.ts'
import { readIdentifier } from './sql.ts'

/** The part of a D1 database that is used. A binding of a Worker has it. */
export interface D1 {
  prepare(statement: string): {
    bind(...values: unknown[]): {
      first(): Promise<Record<string, unknown> | null>
      run(): Promise<{ readonly meta: { readonly changes?: number } }>
    }
  }
}

/**
 * Keeps tenants in D1, in the table of {@link tenantTable}. A write compares the version in one
 * statement, so of two editors at the same moment one is told.
 *
 * @param database the binding, or a session of it
 * @param options.table the name of the table. The default is `tenants`.
 * @returns a store that can be written
 * @throws {TypeError} for a table that is no plain name
 *
 * @example
 * ```ts
 * import { byHost, createTenants, type D1, d1Store } from 'corsmith/tenants'
 *
 * interface Env { readonly DB: D1 }
 * const store = (_request: Request, env: Env) => d1Store(env.DB)
 * const cors = createTenants<Request, [env: Env]>({ identify: byHost(), store })
 * ```
 *
 * @see https://developers.cloudflare.com/d1/
 */
export function d1Store(database: D1, options: { readonly table?: string } = {}): WritableTenantStore {
  const table = readIdentifier(options.table ?? 'tenants')
  const run = async (statement: string, ...values: unknown[]) => {
    const { meta } = await database
      .prepare(statement)
      .bind(...values)
      .run()
    return meta.changes === 1
  }
  return {
    async get(tenant) {
      const row = await database.prepare(`SELECT document FROM ${table} WHERE tenant = ?`).bind(tenant).first()
      return row?.document ?? null
    },
    async put(tenant, document, version) {
      const text = JSON.stringify(document)
      if (version === null)
        return document === null
          ? (await this.get(tenant)) === null
          : run(`INSERT INTO ${table} VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, tenant, document.version, text)
      if (document === null) return run(`DELETE FROM ${table} WHERE tenant = ? AND version = ?`, tenant, version)
      const update = `UPDATE ${table} SET version = ?, document = ? WHERE tenant = ? AND version = ?`
      return run(update, document.version, text, tenant, version)
    },
  }
}
