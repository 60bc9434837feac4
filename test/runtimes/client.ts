// A client that shows an answer as it came: every header line, doubled ones included. fetch() would merge them, and send no Origin.
import { connect as connectH2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { Line, Reply, RowRequest } from '../conformance/row.ts'

const TIMEOUT = 15_000

/** Sends a request on a connection of its own. Status 0 stands for a connection that was closed without an answer. */
export function ask(port: number, path: string, request: RowRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = open(port, path, request)
    socket.setTimeout(TIMEOUT, () => socket.destroy(new Error(`no answer within ${TIMEOUT} ms`)))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server that refuses a request may reset the connection while we still write.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(parse(Buffer.concat(chunks)))
      else reject(error)
    })
    socket.on('end', () => resolve(parse(Buffer.concat(chunks))))
  })
}

/** Writes a request and leaves the rest to the caller. */
export function open(port: number, path: string, { method, headers = [], body = '', version }: RowRequest): Socket {
  const socket = connect({ port, host: '127.0.0.1' })
  const isUpgrade = headers.some(([name]) => name.toLowerCase() === 'upgrade')
  const lines = [
    `${method} ${path} HTTP/${version ?? '1.1'}`,
    `Host: 127.0.0.1:${port}`,
    ...(isUpgrade ? [] : ['Connection: close']),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : [`Content-Length: ${body.length}`]),
  ]
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'))
  return socket
}

/** The same over HTTP/2 without TLS: its header lines come first, as text. */
export function openH2(port: number, path: string, { method, headers = [] }: RowRequest): Readable {
  const session = connectH2(`http://127.0.0.1:${port}`)
  const stream = session.request({
    ':method': method,
    ':path': path,
    ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  })
  stream.on('response', (fields) => {
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
    stream.emit('data', Buffer.from(lines.join('')))
  })
  session.on('error', (error) => stream.destroy(error))
  stream.on('close', () => session.destroy())
  return stream
}

/** One exchange over HTTP/2 without TLS. */
export function askH2(port: number, path: string, { method, headers = [], body = '' }: RowRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const session = connectH2(`http://127.0.0.1:${port}`)
    session.on('error', reject)
    const given: Record<string, string | string[]> = { ':method': method, ':path': path }
    for (const [name, value] of headers) {
      const known = given[name.toLowerCase()]
      given[name.toLowerCase()] = known === undefined ? value : [known, value].flat()
    }
    const stream = session.request(given, { endStream: body === '' })
    if (body !== '') stream.end(body)
    stream.setTimeout(TIMEOUT, () => stream.destroy(new Error(`no answer within ${TIMEOUT} ms`)))
    const chunks: Buffer[] = []
    let status = 0
    const lines: Line[] = []
    stream.on('response', (_headers, _flags, raw: unknown) => {
      const list = raw as string[]
      for (let i = 0; i + 1 < list.length; i += 2) {
        if (list[i] === ':status') status = Number(list[i + 1])
        else lines.push([list[i] ?? '', list[i + 1] ?? ''])
      }
    })
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    const done = () => {
      session.close()
      resolve({ status, lines, body: Buffer.concat(chunks).toString() })
    }
    stream.on('end', done)
    stream.on('error', done)
  })
}

function parse(bytes: Buffer): Reply {
  let rest = bytes
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) return { status: 0, lines: [], body: '' }
    const [first = '', ...fields] = rest.subarray(0, end).toString('latin1').split('\r\n')
    rest = rest.subarray(end + 4)
    const status = Number(first.split(' ')[1])
    if (status >= 100 && status < 200 && status !== 101) continue
    const lines = fields.map((field): Line => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon), field.slice(colon + 1).trim()]
    })
    const isChunked = lines.some(
      ([name, value]) => name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value),
    )
    return { status, lines, body: (isChunked ? dechunk(rest) : rest).toString() }
  }
}

function dechunk(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const end = bytes.indexOf('\r\n', at)
    const length = Number.parseInt(bytes.subarray(at, end).toString(), 16)
    if (end < 0 || !(length > 0)) return Buffer.concat(parts)
    parts.push(bytes.subarray(end + 2, end + 2 + length))
    at = end + 2 + length + 2
  }
}
