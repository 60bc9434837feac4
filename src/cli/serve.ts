/// <reference types="node" />
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UsageError } from './io.ts'

/** A server that listens. */
interface Listening {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Starts a server on loopback only, because it is for development. */
export async function listen(server: Server, port: number): Promise<Listening> {
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    server.listen(port, '127.0.0.1', () => resolve(null))
  })
  if (failure !== null) {
    throw new UsageError(`--port ${port}: ${failure.code === 'EADDRINUSE' ? 'the port is in use' : failure.code}`)
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
