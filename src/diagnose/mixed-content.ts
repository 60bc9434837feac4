import { isLoopbackHost } from '../spec/origins.ts'
import type { Call } from './page-request.ts'

/**
 * Returns whether an https page requests http. Loopback is exempt. So are local addresses that the
 * user may permit.
 */
export function isMixedContent({ origin, url }: Call): boolean {
  if (!origin.startsWith('https://') || url.protocol !== 'http:') return false
  const host = url.hostname
  return (
    !isLoopbackHost(host) &&
    !host.endsWith('.local') &&
    !/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[f[cd])/.test(host)
  )
}
