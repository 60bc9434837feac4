/** One HTTP exchange as it is on the wire: no header added, joined or followed for the caller. */

import { request as open } from 'node:http'

/** An answer with its header lines in order, each as it was sent. */
export interface RawAnswer {
  readonly status: number
  readonly lines: readonly (readonly [name: string, value: string])[]
  readonly text: string
  /** The values of all lines of a name. */
  all(name: string): readonly string[]
}

/** What is sent besides the URL. */
export interface RawRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends one request and reads the whole answer. An upgraded connection is closed, and answered with an empty text. */
export function send(url: string, { method = 'GET', headers = {}, body }: RawRequest = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = open(url, { method, headers, agent: false })
    request.once('error', reject)
    request.once('upgrade', (response, socket) => {
      socket.destroy()
      resolve(toAnswer(response.statusCode, response.rawHeaders, ''))
    })
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () =>
        resolve(toAnswer(response.statusCode, response.rawHeaders, Buffer.concat(chunks).toString('utf8'))),
      )
    })
    request.end(body)
  })
}

/** Tells whether a server refuses connections. */
export async function refusesConnections(url: string): Promise<boolean> {
  try {
    await send(url)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED'
  }
}

function toAnswer(status: number | undefined, raw: readonly string[], text: string): RawAnswer {
  const lines = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
  return {
    status: status ?? 0,
    lines,
    text,
    all: (wanted) => lines.flatMap(([name, value]) => (name.toLowerCase() === wanted.toLowerCase() ? [value] : [])),
  }
}
