/// <reference types="node" />
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import type { HeaderLine, WireRequest } from '../browser/wire.ts'
import { type Answer, SAMPLE_LENGTH, type Transport, troubleOf } from '../diagnose/transport.ts'

/** Options of {@link createWireClient}. */
interface WireClientOptions {
  /** How long to wait for an answer, in milliseconds. */
  readonly timeoutMs: number
  /** Whether certificates are not checked. */
  readonly insecure: boolean
}

/** Browsers stop reading at 256 KB of headers. */
const MAX_HEADER_SIZE = 256 * 1024

/** How long to wait for a body after the headers, in milliseconds. An event stream never ends. */
const BODY_MS = 700

/**
 * Creates a transport on sockets. Unlike `fetch` it sees repeated lines as they were sent, sends
 * any `Origin`, and follows no redirect.
 *
 * @param options The time limit, and whether to check certificates.
 * @returns The transport.
 */
export function createWireClient(options: WireClientOptions): Transport {
  return (wire) =>
    new Promise<Answer>((resolve) => {
      let request: ClientRequest
      try {
        request = open(wire, options)
      } catch (error) {
        resolve(troubleOf(error))
        return
      }
      const timer = setTimeout(() => {
        request.destroy(Object.assign(new Error(`no answer within ${options.timeoutMs} ms`), { code: 'ETIMEDOUT' }))
      }, options.timeoutMs)
      request.on('error', (error) => {
        clearTimeout(timer)
        resolve(troubleOf(error))
      })
      request.on('upgrade', (response, socket) => {
        clearTimeout(timer)
        socket.destroy()
        resolve(received(response, ''))
      })
      request.on('response', (response) => {
        clearTimeout(timer)
        void readSample(response).then((sample) => {
          request.destroy()
          resolve(received(response, sample))
        })
      })
      request.end(wire.body ?? undefined)
    })
}

function open(wire: WireRequest, { timeoutMs, insecure }: WireClientOptions): ClientRequest {
  const url = new URL(wire.url)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const hasLength = wire.body !== null && !wire.headers.some(([name]) => name.toLowerCase() === 'content-length')
  const length: HeaderLine[] = hasLength ? [['Content-Length', String(wire.body?.byteLength ?? 0)]] : []
  const lines: HeaderLine[] = [['Host', url.host], ...wire.headers, ...length, ['Connection', 'close']]
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return send({
    host,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method: wire.method,
    // One flat list keeps every line apart and in order.
    headers: lines.flat(),
    setDefaultHeaders: false,
    agent: false,
    maxHeaderSize: MAX_HEADER_SIZE,
    // Browsers accept some responses that strict parsers refuse, such as a space before a colon.
    insecureHTTPParser: true,
    timeout: timeoutMs,
    rejectUnauthorized: !insecure,
    // TLS takes a host name here, not an address.
    servername: isIP(host) === 0 ? host : '',
  } as RequestOptions)
}

function received(response: IncomingMessage, sample: string): Answer {
  const headers: HeaderLine[] = []
  for (let i = 0; i + 1 < response.rawHeaders.length; i += 2) {
    headers.push([response.rawHeaders[i] ?? '', response.rawHeaders[i + 1] ?? ''])
  }
  return { status: response.statusCode ?? 0, statusText: response.statusMessage ?? '', headers, sample }
}

function readSample(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = () => {
      clearTimeout(timer)
      resolve(Buffer.concat(chunks).toString('utf8').slice(0, SAMPLE_LENGTH))
    }
    const timer = setTimeout(finish, BODY_MS)
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size >= SAMPLE_LENGTH) finish()
    })
    response.on('end', finish)
    response.on('error', finish)
    response.on('close', finish)
  })
}
