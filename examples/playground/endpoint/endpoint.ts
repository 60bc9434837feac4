/**
 * The test endpoint: a page hands it a policy and an answer, and gets a path that answers just so, by the library itself. It listens
 * on loopback, keeps little, and takes scenarios from the pages of `npm start` alone.
 */
import { createServer, type IncomingMessage, METHODS, type Server, type ServerResponse } from 'node:http'
import { createCors } from 'corsmith'
import { cors } from 'corsmith/node'
import { createShelf, type Kept } from './shelf.ts'
import { LONGEST_BODY, readSubmission } from './submission.ts'

/** The names that a page may reach the endpoint by. Another `Host` is a name that somebody pointed at this machine. */
const HOSTS: readonly string[] = ['127.0.0.1', 'localhost']

/** Creates the endpoint for pages of these origins. */
export function createEndpoint(pages: readonly string[]): Server {
  const shelf = createShelf()
  const registration = createCors({ origins: [...pages], requestHeaders: ['Content-Type'], refused: 'forbid' })
  const handleRegistration = cors(registration)

  /** A page of another origin is refused by the policy. Whoever sends no `Origin`, or an own one, is no page of ours either. */
  async function register(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!isFrom(req)) return say(res, 403, 'only the playground registers scenarios')
    if (req.headers['content-type'] !== 'application/json') return say(res, 415, 'a scenario is application/json')
    const body = await readBody(req)
    if (body === null) return say(res, 413, `a scenario has at most ${LONGEST_BODY} bytes`)
    try {
      const submission = readSubmission(body)
      json(res, 201, { id: shelf.keep(submission), receives: METHODS.includes(submission.method) })
    } catch (error) {
      say(res, 400, error instanceof Error ? error.message : String(error))
    }
  }

  function isFrom(req: IncomingMessage): boolean {
    const get = (name: string): string | null => (name.toLowerCase() === 'origin' ? (req.headers.origin ?? null) : null)
    return registration.decide({ method: 'GET', headers: { get } }).shared
  }

  return createServer((req, res) => {
    const [path = '/'] = (req.url ?? '/').split('?', 1)
    const [, room = '', id = ''] = path.split('/')
    if (!HOSTS.includes((req.headers.host ?? '').replace(/:\d+$/, '')))
      return say(res, 421, 'this is no host of this server')
    if (room === 'try') return answer(req, res, shelf.find(id))
    if (room !== 'scenarios') return say(res, 404, 'not here')
    handleRegistration(req, res, () => {
      // Whoever goes away while it is read gets no answer.
      if (req.method === 'POST' && id === '') return void register(req, res).catch(() => res.destroy())
      const kept = shelf.find(id)
      if (req.method !== 'GET' || kept === null || !isFrom(req)) return say(res, 404, 'not here')
      json(res, 200, { received: kept.received })
    })
  })
}

/** Answers as a server with this policy in front of this handler does. */
function answer(req: IncomingMessage, res: ServerResponse, kept: Kept | null): void {
  if (kept === null) {
    say(res, 404, 'this scenario is not kept, or no longer')
    return
  }
  kept.note(req.method ?? '')
  // The length of a body plays no part, and nobody reads it.
  req.resume()
  kept.handle(req, res, () => {
    const { status, headers } = kept.submission
    res.statusCode = status
    for (const [name, value] of headers) res.appendHeader(name, value)
    if (status === 204 || status === 205) return res.end()
    if (!res.hasHeader('Content-Type')) res.setHeader('Content-Type', 'text/plain')
    res.end(req.method === 'HEAD' ? undefined : 'The test endpoint answers.\n')
  })
}

/** Reads a body; null where it is too long. */
async function readBody(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LONGEST_BODY) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function say(res: ServerResponse, status: number, sentence: string): void {
  if (status === 413) res.setHeader('Connection', 'close')
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' })
  res.end(`${sentence}\n`)
}

function json(res: ServerResponse, status: number, value: object): void {
  res.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(value))
}
