// A listener on a real socket, and what it answered: every header line of it.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Listener = (req: IncomingMessage, res: ServerResponse) => void

export interface Answered {
  readonly status: number
  readonly message: string
  /** Values by lower-case name, one per line. */
  readonly lines: Readonly<Record<string, readonly string[] | undefined>>
  readonly body: string
}

/** Serves one request and closes. */
export async function serveOnce(
  listener: Listener,
  init: { method?: string; path?: string; headers?: Record<string, string> },
): Promise<Answered> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await new Promise<Answered>((resolve, reject) => {
      const { method = 'GET', path = '/', headers = {} } = init
      request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            message: response.statusMessage ?? '',
            lines: response.headersDistinct,
            body,
          }),
        )
      })
        .on('error', reject)
        .end()
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
