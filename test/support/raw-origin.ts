import { connect } from 'node:net'

/** What a server answered, as far as sharing goes. */
export interface RawAnswer {
  readonly status: number
  readonly allowOrigin: string | null
}

/** Sends a request whose Origin lines are bytes, not what an HTTP client would let through. */
export function sendOrigins(port: number, origins: readonly string[]): Promise<RawAnswer> {
  const lines = origins.flatMap((origin) => [Buffer.from('Origin: '), bytesOf(origin), Buffer.from('\r\n')])
  const head = Buffer.from('GET / HTTP/1.1\r\nHost: api.example.net\r\n')
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(read(Buffer.concat(chunks).toString('latin1'))))
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')))
    socket.write(Buffer.concat([head, ...lines, Buffer.from('Connection: close\r\n\r\n')]))
  })
}

/** Characters up to U+00FF are one byte, as in `Headers`; the others go as UTF-8. */
function bytesOf(value: string): Buffer {
  return Buffer.concat([...value].map((char) => Buffer.from(char, char <= '\u00ff' ? 'latin1' : 'utf8')))
}

function read(answer: string): RawAnswer {
  const [head = ''] = answer.split('\r\n\r\n')
  const [start = '', ...fields] = head.split('\r\n')
  const prefix = 'access-control-allow-origin: '
  const line = fields.find((text) => text.toLowerCase().startsWith(prefix))
  return {
    status: Number(start.split(' ')[1] ?? 0),
    allowOrigin: line === undefined ? null : line.slice(prefix.length),
  }
}
