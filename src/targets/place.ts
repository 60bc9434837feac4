import type { Place } from './row.ts'

/** An address that configurations can hold without quotes: nothing that any of them reads. */
const LISTEN = /^(?<host>\[[0-9a-f:]+\]|[a-z0-9][a-z0-9.-]*):(?<port>[0-9]{1,5})$/i

/**
 * Reads where a whole configuration listens and what stands behind it.
 *
 * @param options The options of `compile`.
 * @returns The place; null without both options.
 * @throws {TypeError} for one without the other, and for a value that a configuration cannot hold
 */
export function readPlace({ upstream, listen }: { upstream?: string; listen?: string }): Place | null {
  if (upstream === undefined && listen === undefined) return null
  if (upstream === undefined) throw new TypeError('listen needs upstream: write the origin of the API as well')
  if (listen === undefined)
    throw new TypeError('upstream needs listen: write an address such as 127.0.0.1:8080 as well')
  const { host, port } = LISTEN.exec(listen)?.groups ?? {}
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new TypeError(`listen ${JSON.stringify(listen)}: write an address and a port, such as 127.0.0.1:8080`)
  const url = URL.parse(upstream)
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && upstream.replace(/\/$/, '') === url.origin
  if (!isOrigin)
    throw new TypeError(`upstream ${JSON.stringify(upstream)}: write an origin, such as http://127.0.0.1:3000`)
  return { listen: { host, port: Number(port) }, upstream: url }
}

/** Returns the host and the port of an upstream, with the port of its scheme if it names none. */
export function hostAndPort({ hostname, port, protocol }: URL): readonly [host: string, port: number] {
  return [hostname, port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)]
}
