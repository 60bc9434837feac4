/// <reference types="node" />
import type { Duplex } from 'node:stream'
import type { Tunnel } from './node-proxy-send.ts'

/** Tells the client what the origin API answered, and lets both talk. */
export function connect({ answer, socket: upstream, head }: Tunnel, client: Duplex): void {
  const lines = answer.rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !isOfCors(name) ? [`${name}: ${answer.rawHeaders[index + 1]}\r\n`] : [],
  )
  client.write(`HTTP/1.1 101 ${answer.statusMessage}\r\n${lines.join('')}\r\n`, 'latin1')
  if (head.length > 0) upstream.unshift(head)
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on('error', () => other.destroy()).once('close', () => other.destroy())
    if ('setTimeout' in one && typeof one.setTimeout === 'function') one.setTimeout(0)
    one.pipe(other)
  }
}

/** The edge owns the subject, on a 101 too. */
function isOfCors(name: string): boolean {
  return /^(?:access-control-|timing-allow-origin$)/i.test(name)
}
