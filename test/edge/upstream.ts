/** An API on loopback that does what the request asks for in `X-Fault`, on the bare socket. */

import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'

export const UPSTREAM_FAULTS = ['reset', 'stall', 'error', 'garbage', 'cors', 'gzip', 'early', 'slow', 'short'] as const

export interface Upstream {
  readonly url: string
  readonly faults: number
  close(): void
}

export async function startUpstream(): Promise<Upstream> {
  let faults = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end)
        text = text.slice(end + 4)
        const field = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''
        const fault = field('x-fault')
        if (fault !== '') faults += 1
        answer(socket, fault, field('x-id'))
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get faults() {
      return faults
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

function answer(socket: Socket, fault: string, id: string): void {
  const send = (status: string, fields: string, body: string, length = body.length) =>
    socket.write(`HTTP/1.1 ${status}\r\nX-Echo: ${id}\r\n${fields}Content-Length: ${length}\r\n\r\n${body}`)
  if (fault === 'reset') socket.resetAndDestroy()
  else if (fault === 'stall') setTimeout(() => socket.destroy(), 4000).unref()
  else if (fault === 'error') send('503 Service Unavailable', 'Content-Type: text/html\r\n', '<h1>no</h1>')
  else if (fault === 'garbage')
    socket.end(`HTTP/1.1 200 OK\r\nX-Echo: ${id}\r\nB\u0000d: \u0001\r\nContent-Length: x\r\n\r\n`)
  else if (fault === 'cors')
    send(
      '200 OK',
      'Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Origin: https://evil.example\r\nVary: Accept\r\n',
      'ok',
    )
  else if (fault === 'gzip') send('200 OK', 'Content-Encoding: gzip\r\nContent-Type: text/plain\r\n', 'no gzip')
  else if (fault === 'early') {
    socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\nAccess-Control-Allow-Origin: *\r\n\r\n')
    send('200 OK', '', 'ok')
  } else if (fault === 'slow') {
    send('200 OK', '', 'a', 3)
    setTimeout(() => socket.write('bc'), 300).unref()
  } else if (fault === 'short') {
    send('200 OK', '', 'a', 300)
    setTimeout(() => socket.destroy(), 50).unref()
  } else send('200 OK', 'Content-Type: text/plain\r\n', 'ok')
}
