import { isLoopbackHost } from '../spec/origins.ts'
import type { Call } from './page-request.ts'

/** Tells whether an https page asks for http. Loopback is exempt, and so is what the user may permit on the local network. */
export function isMixedContent({ origin, url }: Call): boolean {
  if (!origin.startsWith('https://') || url.protocol !== 'http:') return false
  const host = url.hostname
  return (
    !isLoopbackHost(host) &&
    !host.endsWith('.local') &&
    !/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[f[cd])/.test(host)
  )
}
