/** A client that keeps sixteen connections busy. */
import { Agent, type OutgoingHttpHeaders, request } from 'node:http'

const CONNECTIONS = 16

/** What to ask, again and again. */
export interface Ask {
  readonly method: string
  readonly headers: OutgoingHttpHeaders
  /** What a right answer has. */
  readonly status: number
}

export const GET: Ask = { method: 'GET', headers: { Origin: 'https://tenant-9.example.com' }, status: 200 }

/** Keeps connections open between batches. */
export class Client implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  readonly #port: number

  constructor(port: number) {
    this.#port = port
  }

  /** Asks until `isDone` says so, on all connections at once; tells how many answers were right, and how many wrong. */
  async ask(what: Ask, isDone: (sent: number) => boolean): Promise<{ right: number; wrong: number }> {
    let sent = 0
    const counts = { right: 0, wrong: 0 }
    const lane = async () => {
      while (!isDone(sent++)) {
        const isRight = await this.#once(what)
        counts[isRight ? 'right' : 'wrong']++
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, lane))
    return counts
  }

  #once({ method, headers, status }: Ask): Promise<boolean> {
    return new Promise((resolve) => {
      const sending = request(
        { agent: this.#agent, host: '127.0.0.1', port: this.#port, path: '/items', method, headers },
        (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode === status))
          response.on('error', () => resolve(false))
        },
      )
      sending.on('error', () => resolve(false))
      sending.end()
    })
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}
