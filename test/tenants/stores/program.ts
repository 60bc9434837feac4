// Runs the contract under Deno with Deno KV, or under Bun with Bun's own Redis client, and prints what came out.
import {
  type DenoKv,
  denoKvStore,
  memoryStore,
  type RedisClient,
  type RedisSubscriber,
  redisStore,
} from '../../../src/tenants.ts'
import { KEEPS_TENANTS, LETS_ONE_WIN, measurePropagation, type Stores } from './contract.ts'

declare const Deno: { openKv(path: string): Promise<DenoKv> }
declare const Bun: { readonly RedisClient: new (url: string) => RedisClient & RedisSubscriber }

const OPEN: Readonly<Record<string, (where: string) => Promise<Stores>>> = {
  'deno-kv': async (path) => ({
    one: denoKvStore(await Deno.openKv(path)),
    other: denoKvStore(await Deno.openKv(path)),
  }),
  'bun-redis': async (url) => {
    const open = () => redisStore(new Bun.RedisClient(url), { subscriber: new Bun.RedisClient(url) })
    return { one: open(), other: open() }
  },
  memory: async () => {
    const one = memoryStore()
    return { one, other: one }
  },
}

const [kind = '', where = ''] = process.argv.slice(2)
const open = OPEN[kind]
if (open === undefined) throw new Error(`there is no store ${kind}`)
const stores = await open(where)
for (const [name, run] of [...KEEPS_TENANTS, LETS_ONE_WIN]) {
  await run(stores)
  console.log(`passed: ${name}`)
}
const { best, median } = await measurePropagation(stores)
console.log(`best ${best.toFixed(1)} median ${median.toFixed(1)}`)
process.exit(0)
