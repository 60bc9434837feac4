// Servers and clients on this machine, on whatever port is free, that say exactly what goes over the wire.
import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  request as requestOf,
  type Server,
} from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'

/** A server that is listening. */
export interface Loopback extends AsyncDisposable {
  readonly server: Server
  readonly port: number
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
}

/** Starts a server; it and all of its connections end with the scope that declares it `await using`. */
export async function listen(handler: RequestListener): Promise<Loopback> {
  return ready(createServer(handler))
}

/** Waits for a server to listen on a free port. */
export async function ready(server: Server): Promise<Loopback> {
  if (!server.listening) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  const { port } = server.address() as AddressInfo
  return {
    server,
    port,
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}

/** A server that answers with bytes of its own. */
export interface RawServer extends AsyncDisposable {
  readonly port: number
  readonly origin: string
  /** Every connection so far, in order, with what arrived on it as text. */
  readonly connections: readonly { readonly socket: Socket; received: string }[]
}

/** Starts a server that is told of every part that arrives, with all that the connection has received so far. */
export async function listenRaw(onPart: (socket: Socket, received: string, nth: number) => void): Promise<RawServer> {
  const connections: { socket: Socket; received: string }[] = []
  const server = createTcpServer((socket) => {
    const connection = { socket, received: '' }
    const nth = connections.push(connection)
    socket.on('error', () => {})
    socket.on('data', (part) => {
      connection.received += part.toString('latin1')
      onPart(socket, connection.received, nth)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    connections,
    async [Symbol.asyncDispose]() {
      for (const { socket } of connections) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Writes bytes and gives back all that is answered until it is enough, or the connection is closed or silent for long. */
export async function talk(port: number, text: string, enough?: RegExp): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answered = ''
  socket.on('data', (part) => {
    answered += part.toString('latin1')
    if (enough?.test(answered)) socket.destroy()
  })
  socket.on('error', () => {})
  socket.setTimeout(5_000, () => socket.destroy())
  socket.write(text, 'latin1')
  await once(socket, 'close')
  return answered
}

/** What {@link send} sends. The path goes out as it is written, whatever a URL parser would make of it. */
export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
  readonly signal?: AbortSignal
}

/** An answer whose head has arrived. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Names and values as they were sent, one after the other. */
  readonly rawHeaders: readonly string[]
  readonly stream: IncomingMessage
}

/** Sends a request and gives back the answer as soon as its head is there. */
export async function open(to: { readonly port: number }, sent: Sent = {}): Promise<Answer> {
  const { method = 'GET', path = '/', body, signal } = sent
  // Node sends the body of a DELETE without saying how long it is.
  const isSized = body !== undefined && sent.headers?.['Transfer-Encoding'] === undefined
  const headers = isSized ? { 'Content-Length': Buffer.byteLength(body), ...sent.headers } : sent.headers
  const request = requestOf({
    host: '127.0.0.1',
    port: to.port,
    method,
    path,
    agent: false,
    ...(headers && { headers }),
    ...(signal && { signal }),
  })
  // The client may hang up on purpose later; nobody is to hear of it but those who read.
  request.on('error', () => {})
  request.end(body)
  const [stream] = (await once(request, 'response')) as [IncomingMessage]
  return { status: stream.statusCode ?? 0, headers: stream.headers, rawHeaders: stream.rawHeaders, stream }
}

/** Sends a request and gives back the answer with its whole body. */
export async function send(
  to: { readonly port: number },
  sent: Sent = {},
): Promise<Answer & { readonly body: string }> {
  const answer = await open(to, sent)
  return { ...answer, body: (await readAll(answer.stream)).toString() }
}

/** Reads a stream to its end. */
export async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The names of all CORS headers that an answer carries, in lower case. */
export function corsNames(headers: Headers | IncomingHttpHeaders): string[] {
  const names = headers instanceof Headers ? [...headers.keys()] : Object.keys(headers)
  return names.filter((name) => name.startsWith('access-control-') || name === 'timing-allow-origin').sort()
}

/** Waits until somebody says that it is time. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
