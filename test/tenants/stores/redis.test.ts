import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe } from 'vitest'
import { redisStore, type WritableTenantStore } from '../../../src/tenants.ts'
import { describeWith } from '../../support/component.ts'
import { findRedis, type StoreServer, startRedis } from '../../support/store-servers.ts'
import type { Stores } from './contract.ts'
import { itKeepsTenants, itTellsChanges } from './it-keeps-tenants.ts'

const redis = await findRedis()

/** Connects a client and a subscriber, and gives the store with what ends them. */
type Connect = (port: number) => Promise<[WritableTenantStore, () => void]>

const withNodeRedis: Connect = async (port) => {
  const connect = () =>
    createClient({ url: `redis://127.0.0.1:${port}` })
      .on('error', () => {})
      .connect()
  const [client, subscriber] = [await connect(), await connect()]
  const end = () => {
    client.destroy()
    subscriber.destroy()
  }
  return [redisStore(client, { subscriber }), end]
}

const withIoredis: Connect = async (port) => {
  const [client, subscriber] = [new Redis(port), new Redis(port)]
  for (const one of [client, subscriber]) one.on('error', () => {})
  const end = () => {
    client.disconnect()
    subscriber.disconnect()
  }
  return [redisStore(client, { subscriber }), end]
}

describeWith([redis], 'redisStore()', () => {
  describe.each([
    ['node-redis', withNodeRedis],
    ['ioredis', withIoredis],
  ])('with %s', (name, connect) => {
    let server: StoreServer
    let stores: Stores
    const ends: (() => void)[] = []

    beforeAll(async () => {
      server = await startRedis(redis)
      const [[one, endOne], [other, endOther]] = await Promise.all([connect(server.port), connect(server.port)])
      ends.push(endOne, endOther)
      stores = { one, other }
    })
    afterAll(async () => {
      for (const end of ends) end()
      await server?.close()
    })

    itKeepsTenants(() => stores)
    itTellsChanges(
      `Redis by ${name}`,
      () => stores,
      () => server.restart(),
    )
  })
})
