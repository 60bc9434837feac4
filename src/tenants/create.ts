import { preflightOrigin } from '../server/decide.ts'
import { createPerRequest } from '../server/per-request.ts'
import type { PlainHead } from '../server/resolve.ts'
import type { Cors, RequestHead } from '../server/types.ts'
import { createCache } from './cache.ts'
import type { Access } from './flights.ts'
import { isTenantName, READS_URL, readsUrlAlone } from './identify.ts'
import { readTenantSettings } from './settings.ts'
import { TenantError, type TenantStore, type Tenants, type TenantsOptions } from './types.ts'
import { unionFor } from './union.ts'

/** How many tenants one preflight is answered for. Each may be a read of the store. */
const MAX_UNION = 64

/**
 * Answers for many tenants, each with the policy that a store holds for it.
 *
 * Policies are kept here: requests for one tenant share a read, a policy that grows old is read
 * again behind an answer, and while the store fails the last good one is used. A broken document
 * refuses its tenant alone. An `Origin` that is no origin, and a name that is no
 * {@link isTenantName}, never reach the store; names that it does not know reach it at a limited
 * rate.
 *
 * @param options `identify` and `store`; the rest has defaults
 * @returns a policy that every adapter takes. The store is first asked by a request.
 * @throws {TypeError} for an option that is unknown, missing or wrong
 *
 * @example
 * ```ts
 * import { byHost, createTenants, memoryStore } from 'corsmith/tenants'
 *
 * const store = memoryStore({ 'acme.example': { origins: ['https://app.acme.example'] } })
 * const cors = createTenants({ identify: byHost(), store })
 *
 * export default { fetch: cors.wrap(() => new Response('hello')) }
 * ```
 */
export function createTenants<Q extends RequestHead = Request, A extends unknown[] = []>(
  options: TenantsOptions<Q, A>,
): Tenants<Q, A> {
  const settings = readTenantSettings(options)
  const { identify, store, preflight, waitUntil } = options
  const cache = createCache(settings)
  let stop: (() => void) | undefined
  let isClosed = false

  function accessFor(request: Q, args: A): Access {
    return {
      read: (tenant) => readFrom(typeof store === 'function' ? store(request, ...args) : store, tenant),
      waitUntil(work) {
        try {
          if (waitUntil === undefined) keepAlive(args, work)
          else waitUntil(work, request, ...args)
        } catch {
          // The work goes on as long as the runtime lets it.
        }
      },
    }
  }

  /** Begins to watch at the first request: a Worker may open no connection before. */
  function watch(): void {
    if (stop !== undefined || isClosed || typeof store === 'function' || store.watch === undefined) return
    stop = () => {}
    const access: Access = { read: (tenant) => readFrom(store, tenant), waitUntil: () => {} }
    const failed = (error: unknown) =>
      settings.report(new TenantError('watch-failed', null, 'the watch of the store failed', error))
    try {
      stop = store.watch((tenant) => cache.changed(tenant, access), failed)
    } catch (error) {
      failed(error)
    }
  }

  function lookUp(tenant: string | null, request: Q, args: A): Cors | null | Promise<Cors | null> {
    if (!isTenantName(tenant)) return null
    const kept = cache.kept(tenant)
    return kept === undefined ? cache.get(tenant, accessFor(request, args)) : kept
  }

  async function lookUpUnion(
    names: readonly string[] | Promise<readonly string[]>,
    request: Q,
    args: A,
  ): Promise<Cors | null> {
    const asked = [...new Set(await names)].slice(0, MAX_UNION)
    const found = await Promise.all(asked.map((name) => lookUp(name, request, args)))
    return unionFor(
      found.filter((cors) => cors !== null),
      request,
    )
  }

  /** A server that has no Request need not make one to read the name of a tenant that is kept. */
  const readName = readsUrlAlone(identify) ? identify[READS_URL] : null

  function peek(head: PlainHead): Cors | null | undefined {
    if (readName === null || (preflight !== undefined && preflightOrigin(head) !== null)) return undefined
    watch()
    const tenant = readName(head.host, head.path)
    return tenant === null ? null : cache.kept(tenant)
  }

  const cors = createPerRequest<Q, A>(
    (request, ...args) => {
      watch()
      if (preflight !== undefined && preflightOrigin(request) !== null)
        return lookUpUnion(preflight(request, ...args), request, args)
      const tenant = identify(request, ...args)
      return tenant === null || typeof tenant === 'string'
        ? lookUp(tenant, request, args)
        : tenant.then((name) => lookUp(name, request, args))
    },
    { refused: settings.forbid || options.refused === 'forbid' ? 'forbid' : 'pass' },
    peek,
  )

  return {
    ...cors,
    forget: (tenant) => cache.forget(tenant ?? null),
    stats: cache.stats,
    close() {
      isClosed = true
      stop?.()
    },
  }
}

/** A store may throw before it gives a Promise. */
async function readFrom(store: TenantStore, tenant: string): Promise<unknown> {
  return await store.get(tenant)
}

/** Hands work to the context that a Worker got with its request. */
function keepAlive(args: readonly unknown[], work: Promise<unknown>): void {
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null || !('waitUntil' in arg) || typeof arg.waitUntil !== 'function')
      continue
    arg.waitUntil(work)
    return
  }
}
