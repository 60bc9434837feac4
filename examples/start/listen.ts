/** Starting and stopping a server on loopback. */

import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net'

/** A server that listens. */
export interface Listening {
  /** Its origin, `http://127.0.0.1:` and the port. */
  readonly url: string
  /** Stops listening and ends every connection, upgraded ones too. */
  close(): Promise<void>
}

/** Listens on a port of 127.0.0.1, or on any free one where that port is taken. */
export async function listen(server: Server, port: number): Promise<Listening> {
  const sockets = new Set<Socket>()
  // closeAllConnections() forgets connections that became a WebSocket, and close() waits for them.
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const got = (await bind(server, port)) ?? (await bind(server, 0))
  return {
    url: `http://127.0.0.1:${got}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Tells whether a port of 127.0.0.1 can be listened on. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  if ((await bind(server, port)) === null) return false
  server.close()
  await once(server, 'close')
  return true
}

/** Returns the port that the server now listens on; null where it cannot have it. */
async function bind(server: NetServer, port: number): Promise<number | null> {
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (port !== 0 && (code === 'EADDRINUSE' || code === 'EACCES')) return null
    throw error
  }
  return (server.address() as AddressInfo).port
}
