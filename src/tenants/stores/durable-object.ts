import { isRecord, versionOf } from '../document.ts'
import type { TenantDocument, WritableTenantStore } from '../types.ts'

/** The part of a namespace of Durable Objects that is used. A binding of a Worker has it. */
export interface DurableObjects<Id> {
  idFromName(name: string): Id
  get(id: Id): { fetch(request: Request): Promise<Response> }
}

/** The part of a Durable Object's storage that is used. */
export interface DurableStorage {
  get(key: string): Promise<unknown>
  put(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<unknown>
}

const KEY = 'document'
const ADDRESS = 'https://tenant.invalid/'

/**
 * Keeps each tenant in a Durable Object of its own, whose class answers with {@link tenantObject}.
 * Reads and writes of a tenant are strictly ordered, in one place of the world.
 *
 * @param namespace the binding
 * @returns a store that can be written
 *
 * @example
 * ```ts
 * import { byHost, createTenants, durableObjectStore, type DurableObjects } from 'corsmith/tenants'
 *
 * interface Env { readonly TENANT: DurableObjects<object> }
 * const store = (_request: Request, env: Env) => durableObjectStore(env.TENANT)
 * const cors = createTenants<Request, [env: Env]>({ identify: byHost(), store })
 * ```
 *
 * @see https://developers.cloudflare.com/durable-objects/
 */
export function durableObjectStore<Id>(namespace: DurableObjects<Id>): WritableTenantStore {
  const send = (tenant: string, init: { readonly method: string; readonly body?: string }) =>
    namespace.get(namespace.idFromName(tenant)).fetch(new Request(ADDRESS, { ...init, headers: { Tenant: tenant } }))
  return {
    async get(tenant) {
      const response = await send(tenant, { method: 'GET' })
      if (response.status !== 200) throw new Error(`the Durable Object of "${tenant}" answered ${response.status}`)
      return response.json()
    },
    async put(tenant, document, version) {
      const response = await send(tenant, { method: 'PUT', body: JSON.stringify({ document, version }) })
      if (response.status !== 204 && response.status !== 409)
        throw new Error(`the Durable Object of "${tenant}" answered ${response.status}`)
      return response.status === 204
    },
  }
}

/**
 * Answers in the Durable Object of a tenant. No other program reaches a Durable Object, so there is
 * no authentication here. The program that writes through the store has to authenticate its user.
 *
 * @param storage the storage of the object, `ctx.storage`
 * @param request the request that the object got
 * @param copy called after each write with the tenant and the text; null where it was removed. Use
 *   it to copy the document to KV, where it can be read everywhere.
 * @returns the answer for {@link durableObjectStore}
 *
 * @example
 * ```ts
 * import { type DurableStorage, tenantObject } from 'corsmith/tenants'
 *
 * export class Tenant {
 *   readonly ctx: { readonly storage: DurableStorage }
 *   constructor(ctx: { readonly storage: DurableStorage }) {
 *     this.ctx = ctx
 *   }
 *   fetch(request: Request) {
 *     return tenantObject(this.ctx.storage, request)
 *   }
 * }
 * ```
 */
export async function tenantObject(
  storage: DurableStorage,
  request: Request,
  copy: (tenant: string, text: string | null) => Promise<unknown> = async () => {},
): Promise<Response> {
  if (request.method === 'GET') return Response.json((await storage.get(KEY)) ?? null)
  if (request.method !== 'PUT') return new Response(null, { status: 405 })
  const edit: unknown = await request.json()
  const { document = null, version } = isRecord(edit) ? edit : {}
  // No other request is let in while the storage works, so nothing comes between these two.
  if (versionOf(await storage.get(KEY)) !== version) return new Response(null, { status: 409 })
  if (document === null) await storage.delete(KEY)
  else await storage.put(KEY, document as TenantDocument)
  await copy(request.headers.get('tenant') ?? '', document === null ? null : JSON.stringify(document))
  return new Response(null, { status: 204 })
}
