// WebSockets of Node's servers: the policy guards the upgrade, and an echo answers.

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createCors } from 'corsmith'
import { requestHead } from 'corsmith/node'
import { WebSocketServer } from 'ws'
import { POLICIES } from '../../conformance/policies.ts'

export function upgradeWith(server: {
  on(event: 'upgrade', listener: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): unknown
}): void {
  const { guard } = createCors(POLICIES.std)
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    if (guard(requestHead(request)) !== null)
      return socket.end('HTTP/1.1 403 Forbidden\r\nVary: Origin\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (client) =>
      client.on('message', (data: unknown) => client.send(String(data))),
    )
  })
}
