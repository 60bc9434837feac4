import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresStore, tenantTable } from '../../../src/tenants.ts'
import { describeWith } from '../../support/component.ts'
import { findPostgres, type StoreServer, startPostgres } from '../../support/store-servers.ts'
import type { Stores } from './contract.ts'
import { itKeepsTenants, itTellsChanges } from './it-keeps-tenants.ts'

const postgres = await findPostgres()

describeWith([postgres], 'postgresStore()', () => {
  let server: StoreServer
  let stores: Stores
  const pools: pg.Pool[] = []

  beforeAll(async () => {
    server = await startPostgres(postgres)
    const config = { host: '127.0.0.1', port: server.port, user: 'postgres' }
    const open = () => {
      const pool = new pg.Pool(config)
      pool.on('error', () => {})
      pools.push(pool)
      const listener = async () => {
        const client = new pg.Client(config)
        await client.connect()
        return client
      }
      return postgresStore(pool, { listener })
    }
    stores = { one: open(), other: open() }
    await pools[0]?.query(tenantTable())
  }, 60_000)
  afterAll(async () => {
    for (const pool of pools) await pool.end()
    await server?.close()
  })

  itKeepsTenants(() => stores)
  itTellsChanges(
    'Postgres',
    () => stores,
    () => server.restart(),
  )
})

describe('names in a statement', () => {
  it.each(['a-b', 'A', '1a', 'a;', '', 'a"b', 'x'.repeat(64)])('are plain, so %j throws', (table) => {
    expect(() => postgresStore({ query: () => Promise.reject() }, { table })).toThrow(/write letters/)
    expect(() => tenantTable(table)).toThrow(/write letters/)
  })
})
