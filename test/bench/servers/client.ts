/**
 * A client that keeps sixteen connections busy.
 *
 * It writes the same bytes again and again and reads no more of an answer than its status and where it ends: a client that does all that
 * HTTP asks for takes several times what these servers take, and one would measure how long it lets them wait.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const CONNECTIONS = 16

/** What to ask, again and again. */
export interface Ask {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** What a right answer has. */
  readonly status: number
}

export const GET: Ask = { method: 'GET', headers: { Origin: 'https://tenant-9.example.com' }, status: 200 }

/** Keeps connections open between batches. */
export class Client implements Disposable {
  readonly #sockets: Promise<readonly Socket[]>
  readonly #host: string

  constructor(port: number) {
    this.#host = `127.0.0.1:${port}`
    this.#sockets = Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)))
  }

  /** Asks until `isDone` says so, on all connections at once; tells how many answers were right, and how many wrong. */
  async ask(what: Ask, isDone: (sent: number) => boolean): Promise<{ right: number; wrong: number }> {
    const fields = Object.entries({ Host: this.#host, ...what.headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    const bytes = Buffer.from(`${what.method} /items HTTP/1.1\r\n${fields.join('')}\r\n`, 'latin1')
    const start = `HTTP/1.1 ${what.status} `
    const counts = { right: 0, wrong: 0 }
    let sent = 0
    const lane = (socket: Socket) =>
      new Promise<void>((resolve) => {
        let text = ''
        const next = () => {
          if (isDone(sent++)) finish()
          else if (socket.destroyed) lose()
          else socket.write(bytes)
        }
        const read = (data: Buffer) => {
          text += data.toString('latin1')
          if (!isWhole(text)) return
          counts[text.startsWith(start) ? 'right' : 'wrong']++
          text = ''
          next()
        }
        const lose = () => {
          counts.wrong++
          finish()
        }
        const finish = () => {
          socket.off('data', read).off('close', lose)
          resolve()
        }
        socket.on('data', read).on('close', lose)
        next()
      })
    await Promise.all((await this.#sockets).map(lane))
    return counts
  }

  [Symbol.dispose](): void {
    void this.#sockets.then((sockets) => sockets.map((socket) => socket.destroy()))
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  await once(socket, 'connect')
  return socket
}

/** Whether an answer with a body has arrived to its end. */
function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return false
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head + 2))?.[1]
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= head + 4 + Number(length)
}
