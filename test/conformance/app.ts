// The application under test: what stands at which path, as data, and how a Fetch handler answers with it.
import { pathOf } from './policies.ts'

export interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | null
}

const TEXT = ['Content-Type', 'text/plain'] as const

export const ANSWERS: Readonly<Record<string, Answer>> = {
  '/ok': { status: 200, headers: [TEXT, ['X-Req-Id', '1'], ['X-Amz-Meta-Kind', 'cat']], body: 'ok' },
  '/vary': { status: 200, headers: [TEXT, ['Vary', 'Accept-Encoding']], body: 'vary' },
  '/vary-origin': { status: 200, headers: [TEXT, ['Vary', 'Accept, ORIGIN']], body: 'vary' },
  '/vary-star': { status: 200, headers: [TEXT, ['Vary', '*']], body: 'vary' },
  '/acao': {
    status: 200,
    headers: [
      TEXT,
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Allow-Methods', 'DELETE'],
    ],
    body: 'acao',
  },
  '/own-cors': {
    status: 200,
    headers: [
      TEXT,
      ['Access-Control-Foo', '1'],
      ['Access-Control-Allow-Local-Network', 'true'],
      ['Access-Control-Allow-Private-Network', 'true'],
      ['Timing-Allow-Origin', '*'],
    ],
    body: 'own',
  },
  '/cookies': {
    status: 201,
    headers: [TEXT, ['Set-Cookie', 'a=1; Path=/'], ['Set-Cookie', 'b=2; Path=/']],
    body: 'cookies',
  },
  '/empty': { status: 204, headers: [], body: null },
  '/not-modified': {
    status: 304,
    headers: [
      ['ETag', '"1"'],
      ['X-Amz-Meta-Kind', 'cat'],
    ],
    body: null,
  },
  '/auth': { status: 401, headers: [TEXT, ['WWW-Authenticate', 'Bearer']], body: 'who are you?' },
  '/json-only': { status: 415, headers: [TEXT], body: 'application/json, please' },
}

export const OPTIONS_ANSWER: Answer = {
  status: 200,
  headers: [TEXT, ['Allow', 'GET, OPTIONS'], ['X-Own', '1']],
  body: 'own options',
}

/** Every path with an answer of its own, the special ones included. */
export const PATHS: readonly string[] = [
  ...Object.keys(ANSWERS),
  ...['/opt', '/echo', '/redirect', '/throw', '/throw-string', '/throw-response', '/undefined', '/locked'],
  ...['/constant', '/constant-empty', '/sse', '/stream', '/produced'],
]

export const STREAM_BYTES: number = 100 * 1024 * 1024
const CHUNK: Uint8Array<ArrayBuffer> = new Uint8Array(64 * 1024).fill(120)

export function toResponse({ status, headers, body }: Answer): Response {
  const lines = new Headers()
  for (const [name, value] of headers) lines.append(name, value)
  return new Response(body, { status, headers: lines })
}

/** What the module keeps and sends again and again. Made at the first use: workerd makes no body before the first request. */
export function createConstants(): { readonly full: Response; readonly empty: Response } {
  let full: Response | undefined
  let empty: Response | undefined
  return {
    get full() {
      full ??= new Response('constant', { headers: [TEXT] as [string, string][] })
      return full
    },
    get empty() {
      empty ??= new Response(null, { status: 404 })
      return empty
    },
  }
}

/** Answers a request. `undefined` stands for a handler that forgot to; null for a path that does not exist. */
export async function answer(
  request: Request,
  constants: ReturnType<typeof createConstants>,
): Promise<Response | undefined | null> {
  const path = pathOf(request.url)
  const ready = ANSWERS[path]
  if (ready !== undefined) return toResponse(ready)
  switch (path) {
    case '/opt':
      return toResponse(request.method === 'OPTIONS' ? OPTIONS_ANSWER : { status: 200, headers: [TEXT], body: 'get' })
    case '/echo':
      return new Response(`${request.method} ${await request.text()}`, { headers: [TEXT] as [string, string][] })
    case '/redirect':
      return Response.redirect('https://elsewhere.example/', 302)
    case '/throw':
      throw new Error('thrown on purpose')
    case '/throw-string':
      throw 'a string, thrown on purpose'
    case '/throw-response':
      throw new Response('thrown', { status: 418 })
    case '/undefined':
      return undefined
    case '/locked':
      return locked()
    case '/constant':
      return constants.full
    case '/constant-empty':
      return constants.empty
    case '/sse':
      return new Response(events(), { headers: [['Content-Type', 'text/event-stream']] })
    case '/produced':
      return new Response(String(produced()))
    case '/stream':
      return new Response(bytes(), { headers: [['Content-Type', 'application/octet-stream']] })
    default:
      return null
  }
}

function locked(): Response {
  const response = new Response('locked')
  response.body?.getReader()
  return response
}

/** One event now, the next ones while somebody listens. */
export function events(): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  let count = 0
  return new ReadableStream({
    async pull(controller) {
      if (count > 0) await new Promise((resolve) => setTimeout(resolve, 20))
      controller.enqueue(encoder.encode(`data: ${count++}\n\n`))
      if (count === 50) controller.close()
    },
  })
}

/** Counts what streams have made. On the global object, because a compiler may bundle this module once per route. */
const METER: { produced?: number } = globalThis as never

export function produced(): number {
  return METER.produced ?? 0
}

/** Made as it is read: what is not read is not made, so memory stays flat. */
export function bytes(): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = STREAM_BYTES
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(CHUNK.slice())
        left -= CHUNK.length
        METER.produced = STREAM_BYTES - left
        if (left === 0) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
