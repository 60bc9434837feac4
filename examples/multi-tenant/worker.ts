// An API for many customers, each with pages of its own. A customer is a host: acme.api.localhost. What its pages may do stands in KV,
// and its administrators change it from a page of theirs.
import { DurableObject } from 'cloudflare:workers'
import { logInDevelopment } from 'corsmith/log'
import {
  byHost,
  createTenants,
  type DurableObjects,
  durableObjectStore,
  type KvNamespace,
  tenantObject,
  workersKv,
} from 'corsmith/tenants'
import { createEdgeProxy } from 'corsmith/workers'
import { answerAdmin, isAdministrator } from './admin.ts'

/** The bindings of the worker. */
export interface Env {
  readonly UPSTREAM: string
  readonly ADMIN_TOKEN: string
  readonly TENANTS: KvNamespace
  readonly TENANT: DurableObjects<object>
}

const PREFIX = 'tenant:'
/** Below this host, the first label is the tenant. */
const DOMAIN = 'api.localhost'

const identify = byHost({ below: DOMAIN })

// KV is read everywhere and close by; edits go through the tenant's Durable Object, which can compare and set.
const cors = createTenants<Request, [env: Env, ctx: ExecutionContext]>({
  identify,
  store: (_request, env) => workersKv(env.TENANTS, { prefix: PREFIX }),
  ttl: 30,
})

// wrangler writes "development" or "production" here, and so does `npm start`.
const logged = logInDevelopment(cors, { isDevelopment: process.env.NODE_ENV !== 'production' })

const edge = createEdgeProxy<Env>((env) => ({ upstream: env.UPSTREAM, cors: logged }))

const admin = logged.wrap(async (request, env) => {
  const tenant = identify(request) ?? ''
  const answer = await answerAdmin(request, { store: durableObjectStore(env.TENANT), tenant, token: env.ADMIN_TOKEN })
  // Others see it when their 30 seconds are over; this isolate at once.
  if (request.method !== 'GET') cors.forget(tenant)
  return answer
})

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/_seed') return seed(request, env)
    return pathname.startsWith('/_tenant') ? admin(request, env, ctx) : edge.fetch(request, env, ctx)
  },
}

/** Keeps one tenant, and copies each edit to KV. */
export class Tenant extends DurableObject<Env> {
  override async fetch(request: Request): Promise<Response> {
    if ((await this.ctx.storage.get('adopted')) === undefined) await this.adopt(request.headers.get('tenant') ?? '')
    return tenantObject(this.ctx.storage, request, async (tenant, text) => {
      if (text === null) await this.env.TENANTS.delete(PREFIX + tenant)
      else await this.env.TENANTS.put(PREFIX + tenant, text)
    })
  }

  /** Takes over what was in KV before there were Durable Objects. */
  private async adopt(tenant: string): Promise<void> {
    const text = await this.env.TENANTS.get(PREFIX + tenant, { type: 'text' })
    const body = `{ "document": ${text ?? 'null'}, "version": null }`
    await tenantObject(this.ctx.storage, new Request('https://tenant.invalid/', { method: 'PUT', body }))
    await this.ctx.storage.put('adopted', true)
  }
}

/** Fills KV for the demonstration: a list of names and texts. */
async function seed(request: Request, env: Env): Promise<Response> {
  if (!(await isAdministrator(request, env.ADMIN_TOKEN))) return new Response(null, { status: 401 })
  const list: readonly (readonly [string, string])[] = await request.json()
  await Promise.all(list.map(([tenant, text]) => env.TENANTS.put(PREFIX + tenant, text)))
  return new Response(null, { status: 204 })
}
