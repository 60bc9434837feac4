import { type KV, Kvm } from '@nats-io/kv'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe } from 'vitest'
import { natsKvStore } from '../../../src/tenants.ts'
import { findNats, type StoreServer, startNats } from '../../support/store-servers.ts'
import type { Stores } from './contract.ts'
import { itKeepsTenants, itTellsChanges } from './it-keeps-tenants.ts'

const nats = await findNats()
// A compiler of Go makes the server. A machine without one skips this, also in CI: `.ci/run` cannot install a compiler.
if (!nats.present) console.warn(`SKIPPED natsKvStore(): ${nats.name} is missing: ${nats.cure}`)

describe.skipIf(!nats.present)('natsKvStore()', () => {
  let server: StoreServer
  let stores: Stores
  const connections: NatsConnection[] = []

  beforeAll(async () => {
    server = await startNats(nats)
    const open = async (): Promise<KV> => {
      const connection = await connect({
        servers: `127.0.0.1:${server.port}`,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 100,
      })
      connections.push(connection)
      return new Kvm(connection).create('tenants')
    }
    stores = { one: natsKvStore(await open()), other: natsKvStore(await open()) }
  })
  afterAll(async () => {
    for (const connection of connections) await connection.close()
    await server?.close()
  })

  itKeepsTenants(() => stores)
  itTellsChanges(
    'NATS KV',
    () => stores,
    () => server.restart(),
  )
})
