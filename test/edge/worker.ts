/** The same server in workerd. */
import { createEdgeProxy } from '../../adapters/workers.ts'
import { createEdgeTenants, type Settings } from './edge.ts'

export default createEdgeProxy(({ SETTINGS }: { readonly SETTINGS: string }) => {
  const settings: Settings = JSON.parse(SETTINGS)
  return { upstream: settings.upstream, cors: createEdgeTenants(settings), timeoutMs: settings.timeoutMs }
})
