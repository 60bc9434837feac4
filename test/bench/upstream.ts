/** A server to fetch from, for the rows about responses that `fetch()` gave. */
import { createServer } from 'node:http'

/** Something that answers at an address of this machine. */
export interface Upstream extends AsyncDisposable {
  readonly address: string
}

/** Starts it. It does not keep a process alive. */
export async function startUpstream(): Promise<Upstream> {
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/plain').end('ok'))
  server.unref()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    address: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
