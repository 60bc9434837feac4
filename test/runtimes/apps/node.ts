// The application of Node's servers, written the way they are: res.setHeader, writeHead in its many forms, streams.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ANSWERS, type Answer, bytes, events, OPTIONS_ANSWER, produced } from '../../conformance/app.ts'
import { pathOf } from '../../conformance/policies.ts'

type Request = IncomingMessage & { originalUrl?: string }

/** Answers; false for a path that does not exist. Throws what the paths say. */
export async function answerNode(req: Request, res: ServerResponse): Promise<boolean> {
  const path = pathOf(req.originalUrl ?? req.url ?? '/')
  const ready = path === '/opt' && req.method === 'OPTIONS' ? OPTIONS_ANSWER : ANSWERS[path]
  if (ready !== undefined) return send(res, ready)
  switch (path) {
    case '/opt':
      return send(res, { status: 200, headers: [], body: 'get' })
    case '/echo': {
      let body = ''
      for await (const chunk of req) body += chunk
      return send(res, { status: 200, headers: [], body: `${req.method} ${body}` })
    }
    case '/redirect':
      return send(res, { status: 302, headers: [['Location', 'https://elsewhere.example/']], body: null })
    case '/throw':
      throw new Error('thrown on purpose')
    case '/throw-string':
      throw 'a string, thrown on purpose'
    case '/throw-response':
      throw new Response('thrown', { status: 418 })
    case '/undefined':
    case '/locked':
      res.end()
      return true
    case '/constant':
      return send(res, { status: 200, headers: [], body: 'constant' })
    case '/constant-empty':
      return send(res, { status: 404, headers: [], body: null })
    case '/sse':
      res.setHeader('Content-Type', 'text/event-stream')
      res.flushHeaders()
      await pipeline(Readable.fromWeb(events() as never), res).catch(() => {})
      return true
    case '/produced':
      return send(res, { status: 200, headers: [], body: String(produced()) })
    case '/stream':
      await pipeline(Readable.fromWeb(bytes() as never), res).catch(() => {})
      return true
    default:
      return false
  }
}

/** Every form in which headers can be given. */
function send(res: ServerResponse, { status, headers, body }: Answer): true {
  const text = body ?? undefined
  if (status === 201) {
    for (const [name, value] of headers) res.appendHeader(name, value)
    res.statusCode = status
    res.end(text)
  } else if (status === 401) res.writeHead(status, 'Who', headers.flat()).end(text)
  else if (status === 415 || res.getHeaderNames().length > 0)
    res.writeHead(status, Object.fromEntries(headers)).end(text)
  else res.writeHead(status, headers.flat()).end(text)
  return true
}

/** What a framework would do, for servers that have none. */
export function serveNode(req: Request, res: ServerResponse): void {
  answerNode(req, res).then(
    (isAnswered) => {
      if (!isAnswered) res.writeHead(404).end('not found')
    },
    () => {
      if (!res.headersSent) res.writeHead(500).end('error')
    },
  )
}
