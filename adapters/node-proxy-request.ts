/// <reference types="node" />
import type { IncomingMessage } from 'node:http'

/** What a request that cannot be taken is answered with. */
export interface Declined {
  readonly status: 400 | 403 | 405
  readonly text: string
}

/** Makes a Request of what `node:http` received. `hosts` are the names that are answered to; undefined for any. */
export function readRequest(
  incoming: IncomingMessage,
  signal: AbortSignal,
  hosts: readonly string[] | undefined,
): Request | Declined {
  const { method = 'GET' } = incoming
  const url = addressOf(incoming)
  if (url === null) return { status: 400, text: 'This request has no address that can be read.' }
  if (hosts !== undefined && !isLoopback(url.hostname) && !hosts.includes(url.hostname))
    return { status: 403, text: `This server does not answer to ${JSON.stringify(url.hostname)}.` }
  if (method === 'TRACE' || method === 'CONNECT' || method === 'TRACK')
    return { status: 405, text: 'This method cannot be forwarded.' }
  const headers = new Headers()
  const { rawHeaders } = incoming
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '')
  const hasBody =
    method !== 'GET' && method !== 'HEAD' && (headers.has('Content-Length') || headers.has('Transfer-Encoding'))
  // `duplex` says that the body is still arriving; the types of the runtime do not know it everywhere.
  const init = { method, headers, signal, ...(hasBody ? { body: bodyOf(incoming), duplex: 'half' } : {}) }
  return new Request(url, init as RequestInit)
}

/** A host and a port, and nothing that would make another address of what follows. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i

/**
 * The address that was asked for; null for what is none. A target in absolute form says the host itself, and `Host` does not count.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
function addressOf({ url = '/', headers, socket }: IncomingMessage): URL | null {
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  const [, absolute, path = url] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  const host = absolute ?? headers.host ?? 'localhost'
  if (!HOST.test(host) || !(path === '' || path.startsWith('/') || (absolute !== undefined && path.startsWith('?'))))
    return null
  return URL.parse(`${scheme}://${host}${path}`)
}

/** Names that lead to the machine itself, whoever is asked. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d+){3}$/.test(hostname)
  )
}

/** Reads nothing before somebody asks, so that what nobody reads can still be let go. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let isOver = false
  incoming.pause()
  return new ReadableStream(
    {
      start(controller) {
        const end = (finish: () => void) => () => {
          if (!isOver) finish()
          isOver = true
        }
        incoming.on('data', (part: Buffer) => {
          if (isOver) return
          controller.enqueue(part)
          incoming.pause()
        })
        incoming.once(
          'end',
          end(() => controller.close()),
        )
        incoming.once(
          'close',
          end(() => controller.error(new Error('The client went away.'))),
        )
      },
      pull() {
        incoming.resume()
      },
      cancel() {
        isOver = true
      },
    },
    { highWaterMark: 0 },
  )
}
