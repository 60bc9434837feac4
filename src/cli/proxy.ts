/// <reference types="node" />
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { CorsPolicy } from '../policy/types.ts'
import { createProxy } from '../proxy/create.ts'
import { create } from './explain.ts'
import { oneOf, wholeNumber } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { readPolicyFile } from './policy-file.ts'

const OPTIONS = {
  policy: { type: 'string', short: 'p' },
  origins: { type: 'string', multiple: true },
  credentials: { type: 'boolean' },
  methods: { type: 'string', multiple: true },
  'request-headers': { type: 'string', multiple: true },
  'exposed-headers': { type: 'string', multiple: true },
  'forward-origin': { type: 'string' },
  port: { type: 'string' },
  timeout: { type: 'string' },
} as const

/** Runs `corsmith proxy`: the edge proxy in front of an API, on loopback, with the policy that production will have. */
export async function proxy(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  const [upstream] = positionals
  if (upstream === undefined)
    throw new UsageError('no upstream: corsmith proxy http://127.0.0.1:5000 --origins http://localhost:5173')
  const policy = values.policy === undefined ? fromOptions(values) : await readPolicyFile(values.policy)
  const cors = create(policy, values.policy ?? 'the command line')
  const forwardOrigin = oneOf('--forward-origin', values['forward-origin'] ?? 'strip', [
    'strip',
    'keep',
    'rewrite',
  ] as const)
  let handle: (request: Request) => Promise<Response>
  try {
    handle = createProxy({
      upstream,
      cors,
      forwardOrigin,
      timeoutMs: wholeNumber('--timeout', values.timeout, 30) * 1000,
    })
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
  const server = createServer((request, response) => {
    void serve(handle, request, response)
  })
  const port = wholeNumber('--port', values.port, 8788)
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    // Loopback only: this is for development.
    server.listen(port, '127.0.0.1', () => resolve(null))
  })
  if (failure !== null)
    throw new UsageError(
      `--port ${port}: ${failure.code === 'EADDRINUSE' ? 'something listens there already' : failure.code}`,
    )
  const address = server.address()
  io.print(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port} → ${upstream}`)
  await io.untilStopped()
  server.closeAllConnections()
  server.close()
  return EXIT.ok
}

function fromOptions(values: Readonly<Record<string, unknown>>): CorsPolicy {
  const list = (name: string) => {
    const texts = values[name] as readonly string[] | undefined
    return texts?.flatMap((text) => text.split(',')).map((text) => text.trim())
  }
  const origins = list('origins')
  if (origins === undefined) throw new UsageError('no policy: --policy policy.json, or --origins http://localhost:5173')
  const [methods, requestHeaders, exposedHeaders] = [list('methods'), list('request-headers'), list('exposed-headers')]
  return {
    origins: origins.length === 1 && origins[0] === '*' ? '*' : origins,
    ...(values.credentials === true ? { credentials: true } : {}),
    ...(methods === undefined ? {} : { methods }),
    ...(requestHeaders === undefined ? {} : { requestHeaders }),
    ...(exposedHeaders === undefined ? {} : { exposedHeaders }),
  }
}

async function serve(
  handle: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  try {
    const response = await handle(toRequest(incoming, gone.signal))
    const headers: [string, string][] = [...response.headers]
    outgoing.writeHead(response.status, response.statusText, headers.flat())
    if (response.body === null) outgoing.end()
    else await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing)
  } catch {
    // The client went away, or sent what no Request can hold.
    if (outgoing.headersSent) outgoing.destroy()
    else outgoing.writeHead(400).end()
  }
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '')
  }
  const method = incoming.method ?? 'GET'
  const hasBody =
    method !== 'GET' && method !== 'HEAD' && (headers.has('Content-Length') || headers.has('Transfer-Encoding'))
  // `duplex` says that the body is still arriving; the types of the runtime do not know it everywhere.
  const init = { method, headers, signal, ...(hasBody ? { body: Readable.toWeb(incoming), duplex: 'half' } : {}) }
  return new Request(`http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`, init as RequestInit)
}
