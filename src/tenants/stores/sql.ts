/**
 * Gives the table that `d1Store` and `postgresStore` use, for a migration.
 *
 * @param table the name of the table. The default is `tenants`.
 * @returns a statement of SQL
 * @throws {TypeError} for a name that is no plain identifier
 *
 * @example
 * ```ts
 * import { tenantTable } from 'corsmith/tenants'
 *
 * tenantTable() // CREATE TABLE IF NOT EXISTS tenants (tenant TEXT PRIMARY KEY, …)
 * ```
 */
export function tenantTable(table = 'tenants'): string {
  const columns = 'tenant TEXT PRIMARY KEY, version INTEGER NOT NULL, document TEXT NOT NULL'
  return `CREATE TABLE IF NOT EXISTS ${readIdentifier(table)} (${columns})`
}

/** Names of tables and channels become part of a statement, so they are plain. */
export function readIdentifier(name: string): string {
  const isPlain = /^[a-z_][a-z0-9_]{0,62}$/.test(name)
  if (isPlain) return name
  throw new TypeError(`${JSON.stringify(name)} is no plain name: write letters a to z, digits and "_"`)
}
