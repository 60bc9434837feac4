import { isLoopbackHost } from '../../spec/origins.ts'
import type { Note } from '../fetch-params.ts'
import { isSameOrigin, OPAQUE } from './origin.ts'

/**
 * Notes that a page of the public internet asks for something on the user's own computer or network. Chromium and Firefox ask
 * the user first; no response header changes that.
 *
 * @see https://wicg.github.io/local-network-access/
 */
export function localNetworkNote(origin: string, target: URL): Note[] {
  const page = origin === OPAQUE ? null : URL.parse(origin)
  if (page === null || isSameOrigin(origin, target)) return []
  const space = addressSpace(target.hostname)
  if (space === 'public' || addressSpace(page.hostname) !== 'public') return []
  const secure = page.protocol === 'https:'
  const message = secure
    ? `Chromium and Firefox ask the user for permission before a public page reaches the ${space} address space`
    : `Chromium and Firefox block a page without https from reaching the ${space} address space`
  return [{ code: 'local-network', message }]
}

/** Tells how private a host is, by its name or address alone; names are not resolved. */
function addressSpace(host: string): 'loopback' | 'local' | 'public' {
  if (isLoopbackHost(host) || host === '0.0.0.0') return 'loopback'
  if (host.endsWith('.local')) return 'local'
  if (host.startsWith('['))
    return ['fc', 'fd', 'fe8', 'fe9', 'fea', 'feb'].some((p) => host.startsWith(`[${p}`)) ? 'local' : 'public'
  const bytes = host.split('.').map(Number)
  const [a = 0, b = 0] = bytes
  if (bytes.length !== 4 || bytes.some(Number.isNaN)) return 'public'
  const isPrivate = a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168)
  return isPrivate || (a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127) ? 'local' : 'public'
}
