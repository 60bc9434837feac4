// Programs of Workers' users, checked with the types of Workers.
import { createEdgeProxy, withCors } from 'corsmith/workers'

interface Env {
  readonly TENANT: string
}

const policy = { origins: ['https://app.example.com'], methods: ['PUT'] } as const

export const worker = withCors(policy, {
  fetch: async (request: Request, env: Env, ctx: ExecutionContext) => {
    ctx.waitUntil(Promise.resolve())
    return new Response(env.TENANT + request.url)
  },
}) satisfies ExportedHandler<Env>

export default createEdgeProxy({ upstream: 'https://api.example.com', cors: policy }) satisfies ExportedHandler
