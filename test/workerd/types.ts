// What the compiler is to accept and to refuse, with the types of Workers. Nothing here runs.
import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers'
import { createCors, perRequest } from 'corsmith'
import { cors } from 'corsmith/hono'
import { createEdgeProxy, proxyOptionsFromEnv, withCors } from 'corsmith/workers'
import { Hono } from 'hono'

interface Env {
  readonly CORS_ORIGINS: string
  readonly UPSTREAM: string
  readonly KV: KVNamespace
}

interface Props {
  readonly tenant: string
}

const policy = { origins: ['https://app.example'] } as const
const hello = () => new Response('hello')

export const object = withCors(policy, {
  async fetch(request, env, ctx) {
    ctx.waitUntil(Promise.resolve())
    return Response.json({ url: request.url, cf: request.cf?.country, value: await env.KV.get('key') })
  },
  async scheduled(_controller, env) {
    await env.KV.put('key', 'value')
  },
} satisfies ExportedHandler<Env>) satisfies ExportedHandler<Env>

const declared: ExportedHandler<Env> = { fetch: hello }
export const fromDeclared: ExportedHandler<Env> = withCors(policy, declared)

export const fromEnv = withCors((env: Env) => ({ origins: [env.CORS_ORIGINS] }), {
  fetch: (_request, env) => new Response(env.UPSTREAM),
}) satisfies ExportedHandler<Env>

export const fromCors = withCors(createCors(policy), { fetch: hello }) satisfies ExportedHandler<Env>

export const perTenant = withCors(
  perRequest(async (request: Request, env: Env) => {
    const origin = await env.KV.get(new URL(request.url).hostname)
    return origin === null ? null : createCors({ origins: [origin] })
  }),
  { fetch: hello },
) satisfies ExportedHandler<Env>

export const bare: (request: Request, env: Env, ctx: ExecutionContext) => Promise<Response> = withCors(
  policy,
  async (request: Request, env: Env, ctx: ExecutionContext) => {
    ctx.passThroughOnException()
    return new Response(`${request.method} ${env.UPSTREAM}`)
  },
)

export const Entrypoint = withCors(
  policy,
  class Api extends WorkerEntrypoint<Env, Props> {
    override async fetch(request: Request): Promise<Response> {
      return Response.json({ method: request.method, tenant: this.ctx.props.tenant, upstream: this.env.UPSTREAM })
    }

    add(a: number, b: number): number {
      return a + b
    }
  },
)

export class Derived extends Entrypoint {
  twice(a: number): number {
    return this.add(a, a)
  }
}

export const Durable = withCors(
  (env: Env) => ({ origins: [env.CORS_ORIGINS] }),
  class Counter extends DurableObject<Env> {
    override async fetch(): Promise<Response> {
      return new Response(String(await this.ctx.storage.get('count')))
    }
  },
)

const app = new Hono<{ Bindings: Env }>()
  .use(cors((c) => createCors({ origins: [c.env.CORS_ORIGINS] })))
  .get('/', (c) => c.text(c.env.UPSTREAM))
export const hono = app satisfies ExportedHandler<Env>
export const wrappedHono = withCors(policy, app) satisfies ExportedHandler<Env>

export const edge = createEdgeProxy(proxyOptionsFromEnv) satisfies ExportedHandler<Env>

export const edgeWithOptions = createEdgeProxy((env: Env) => ({
  upstream: env.UPSTREAM,
  cors: { origins: [env.CORS_ORIGINS] },
  forwardOrigin: 'keep',
  timeoutMs: 5000,
})) satisfies ExportedHandler<Env>

export const edgeThroughBinding = createEdgeProxy((env: { readonly API: Fetcher }) => ({
  upstream: 'https://api.internal',
  cors: policy,
  fetch: (request: Request) => env.API.fetch(request),
})) satisfies ExportedHandler<{ readonly API: Fetcher }>

// @ts-expect-error a handler answers with a Response
export const noResponse = withCors(policy, { fetch: () => 'hello' })

const takesOther = (_request: Request, env: { readonly OTHER: string }) => new Response(env.OTHER)
// @ts-expect-error one kind of bindings cannot be another
export const otherEnv = withCors((env: Env) => ({ origins: [env.CORS_ORIGINS] }), takesOther)

// @ts-expect-error there are three words for it
export const typo = createEdgeProxy({ upstream: 'https://api.internal', cors: policy, forwardOrigin: 'Strip' })
