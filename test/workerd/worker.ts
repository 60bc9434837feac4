// A worker with everything that can be wrapped. Tests call it through its exports, as another worker would.
import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers'
import { tenantObject } from 'corsmith/tenants'
import { withCors } from 'corsmith/workers'

export interface Env {
  readonly CORS_ORIGINS: string
}

export const PAGE = 'https://app.example'
export const OTHER = 'https://admin.example'
export const STRANGER = 'https://evil.example'

/** What happened, for tests to see. */
export const seen: string[] = []

export default withCors(
  { origins: [PAGE], methods: ['PUT'] },
  {
    async fetch(request: Request, env: Env, ctx: ExecutionContext) {
      ctx.waitUntil(Promise.resolve())
      return Response.json({ path: new URL(request.url).pathname, page: env.CORS_ORIGINS })
    },
    async scheduled(controller: ScheduledController) {
      seen.push(`scheduled ${controller.cron}`)
    },
    async queue(batch: MessageBatch) {
      seen.push(`queue ${batch.queue}`)
    },
  },
) satisfies ExportedHandler<Env>

export class Plain extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname === '/throw') throw new Error('broken')
    return new Response(`${this.constructor.name} ${this.env.CORS_ORIGINS} ${typeof this.ctx.waitUntil}`)
  }

  async add(a: number, b: number): Promise<number> {
    return a + b
  }
}

export const Api = withCors({ origins: [PAGE], credentials: true }, Plain)

/** Keeps one tenant, and copies it to KV. */
export class Tenant extends DurableObject<{ readonly TENANTS: KVNamespace }> {
  override fetch(request: Request): Promise<Response> {
    return tenantObject(this.ctx.storage, request, async (tenant, text) => {
      if (text === null) await this.env.TENANTS.delete(`copy:${tenant}`)
      else await this.env.TENANTS.put(`copy:${tenant}`, text)
    })
  }
}
