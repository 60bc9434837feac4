import type { WritableTenantStore } from '../types.ts'

/** The part of a Redis client that is used: node-redis, ioredis, or Bun's own. */
export type RedisClient = { get(key: string): Promise<string | null> } & (
  | { sendCommand(command: string[]): Promise<unknown> }
  | { call(command: string, ...words: string[]): Promise<unknown> }
  | { send(command: string, words: string[]): Promise<unknown> }
)

/**
 * A second connection: one that has subscribed takes no other commands. node-redis and Bun take a
 * listener; ioredis has the event `message`.
 */
export type RedisSubscriber = {
  unsubscribe?(channel: string): Promise<unknown>
  // biome-ignore lint/suspicious/noExplicitAny: each event has arguments of its own.
  on?(event: string, listener: (...given: any[]) => void): unknown
} & (
  | { subscribe(channel: string, listener: (message: string, channel: string) => void): Promise<unknown> }
  | EventSubscriber
)

interface EventSubscriber {
  subscribe(channel: string): Promise<unknown>
  call(command: string): Promise<unknown>
}

/** Compares the version, writes and tells in one step: no other command comes between. */
const SCRIPT = `local held = redis.call('GET', KEYS[1])
local version = ''
if held then
  local isRead, value = pcall(cjson.decode, held)
  version = '0'
  if isRead and type(value) == 'table' and type(value.version) == 'number' then version = string.format('%d', value.version) end
end
if version ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2]) end
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 1`

/**
 * Keeps tenants in Redis or Valkey. A write compares the version and tells all subscribers, in one
 * script. A message that is lost while a connection is down is made up for: after each reconnection
 * all tenants are read again.
 *
 * @param client a connected client
 * @param options.subscriber a second connected client. Without it there is no watch.
 * @param options.prefix what stands before each name. The default is `tenant:`.
 * @param options.channel the channel for changes. The default is `tenants`.
 * @returns a store that can be written, and watched with a subscriber
 *
 * @example
 * ```ts
 * import { byHost, createTenants, redisStore } from 'corsmith/tenants'
 * import type { RedisClient, RedisSubscriber } from 'corsmith/tenants'
 *
 * declare const client: RedisClient
 * declare const subscriber: RedisSubscriber
 * const cors = createTenants({ identify: byHost(), store: redisStore(client, { subscriber }) })
 * ```
 *
 * @see https://redis.io/docs/latest/develop/pubsub/
 */
export function redisStore(
  client: RedisClient,
  options: { readonly subscriber?: RedisSubscriber; readonly prefix?: string; readonly channel?: string } = {},
): WritableTenantStore {
  const { subscriber, prefix = 'tenant:', channel = 'tenants' } = options
  const store: WritableTenantStore = {
    get: (tenant) => client.get(prefix + tenant),
    async put(tenant, document, version) {
      const held = version === null ? '' : String(version)
      const text = document === null ? '' : JSON.stringify(document)
      const done = await send(client, 'EVAL', [SCRIPT, '1', prefix + tenant, held, text, channel, tenant])
      return Number(done) === 1
    },
  }
  return subscriber === undefined
    ? store
    : { ...store, watch: (changed, failed) => subscribe(subscriber, channel, changed, failed) }
}

/** ioredis also has a `sendCommand`, which takes something else. So `call` comes first. */
function send(client: RedisClient, command: string, words: string[]): Promise<unknown> {
  if ('call' in client && typeof client.call === 'function') return client.call(command, ...words)
  if ('sendCommand' in client) return client.sendCommand([command, ...words])
  return (client as Extract<RedisClient, { send: unknown }>).send(command, words)
}

function subscribe(
  subscriber: RedisSubscriber,
  channel: string,
  changed: (tenant: string | null) => void,
  failed: (error: unknown) => void,
): () => void {
  let isStopped = false
  const hear = (tenant: string) => {
    if (!isStopped) changed(tenant)
  }
  const isEvents = hasEvents(subscriber)
  if (isEvents) subscriber.on?.('message', (from: string, tenant: string) => from === channel && hear(tenant))
  const subscribed = isEvents ? subscriber.subscribe(channel) : subscriber.subscribe(channel, hear)
  // What was written before the subscription stood, or while the connection was down, was not told.
  const lost = () => {
    if (!isStopped) changed(null)
  }
  subscribed.then(lost, failed)
  subscriber.on?.('ready', lost)
  return () => {
    isStopped = true
    subscriber.unsubscribe?.(channel).catch(failed)
  }
}

function hasEvents(subscriber: object): subscriber is EventSubscriber {
  return 'call' in subscriber && typeof subscriber.call === 'function'
}
