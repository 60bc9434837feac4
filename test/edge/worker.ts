/** The same server in workerd. */
import { createEdgeProxy } from '../../adapters/workers.ts'
import { createEdgeTenants, type Settings } from './edge.ts'

interface Env {
  readonly SETTINGS: string
}

const proxy = createEdgeProxy(({ SETTINGS }: Env) => {
  const settings: Settings = JSON.parse(SETTINGS)
  return { upstream: settings.upstream, cors: createEdgeTenants(settings), timeoutMs: settings.timeoutMs }
})

const kept: unknown[] = []

export default {
  fetch(request: Request, env: Env, context: Parameters<typeof proxy.fetch>[2]): Response | Promise<Response> {
    if (env.SETTINGS.includes('"plant":"leaks"')) kept.push(new Array(25_000).fill(kept.length))
    return proxy.fetch(request, env, context)
  },
}
