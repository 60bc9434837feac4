/**
 * Origins on loopback ports, one of them behind TLS. They write their answers byte by byte: Node's HTTP server would refuse the malformed headers
 * that the browsers are to be shown.
 */
import net from 'node:net'
import tls from 'node:tls'
import { makeCertificate } from './certificate.ts'
import { fetchSite, fill, type Ports, type Recipe, requestLine, type Scenario, type Site } from './scenario.ts'

const PAGE = '<!doctype html><meta charset=utf-8><title>page</title><link rel=icon href=data:,>'

/** The running origins. */
export interface Origins {
  readonly ports: Ports
  /** Makes scenarios known. */
  add(scenarios: readonly Scenario[]): void
  /** Gives the requests of a scenario so far and their `Sec-Fetch-Site`, and forgets them. */
  take(id: string): { readonly requests: string[]; readonly sites: string[] }
  /** Further pages on A, by path. */
  readonly pages: Map<string, { readonly type: string; readonly body: string }>
  close(): void
}

interface Parsed {
  readonly method: string
  readonly path: string
  readonly headers: (readonly [string, string])[]
}

/** Starts the origins on free ports. */
export async function startOrigins(): Promise<Origins> {
  const scenarios = new Map<string, Scenario>()
  const requests = new Map<string, { requests: string[]; sites: string[] }>()
  const pages: Origins['pages'] = new Map()
  const sockets = new Set<net.Socket>()
  let ports: Ports = { A: 0, B: 0, C: 0 }

  const answer = (site: Site, request: Parsed, socket: net.Socket): void => {
    const [, kind, id, hop] = request.path.split('?', 1)[0]?.split('/') ?? []
    if (kind === 'page' || kind === 'frame') {
      write(socket, 200, [['Content-Type', 'text/html']], kind === 'page' ? PAGE : FRAME)
      return
    }
    const extra = pages.get(request.path)
    if (extra !== undefined) {
      write(socket, 200, [['Content-Type', extra.type]], extra.body)
      return
    }
    const scenario = kind === 's' ? scenarios.get(decodeURIComponent(id ?? '')) : undefined
    const found = scenario?.hops[Number(hop)]
    if (scenario === undefined || found === undefined) {
      write(socket, 404, [], '')
      return
    }
    const isPreflight =
      request.method === 'OPTIONS' &&
      request.headers.some(([name]) => name.toLowerCase() === 'access-control-request-method')
    const seen = requests.get(scenario.id) ?? { requests: [], sites: [] }
    seen.requests.push(requestLine(site, request.method, request.path, request.headers))
    seen.sites.push(fetchSite(request.headers))
    requests.set(scenario.id, seen)
    const recipe: Recipe = (isPreflight ? found.pre : found.act) ?? {}
    if (recipe.destroy === true) {
      socket.destroy()
      return
    }
    const headers = (recipe.headers ?? []).map(([name, value]) => [name, fill(value, scenario, ports)] as const)
    const status = recipe.status ?? 200
    const hasBody = request.method !== 'HEAD' && status !== 204 && status !== 304 && status >= 200
    write(socket, status, headers, hasBody ? 'body' : null)
  }

  const serve = (site: Site) => (socket: net.Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    readRequests(socket, (request) => answer(site, request, socket))
  }
  const servers = [
    ...(['A', 'B', 'C'] as const).map((site) => net.createServer(serve(site))),
    tls.createServer(makeCertificate(), serve('T')),
  ]
  const numbers = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port))
        }),
    ),
  )
  ports = { A: numbers[0] ?? 0, B: numbers[1] ?? 0, C: numbers[2] ?? 0, T: numbers[3] ?? 0 }
  return {
    ports,
    pages,
    add: (list) => {
      for (const scenario of list) scenarios.set(scenario.id, scenario)
    },
    take: (id) => {
      const seen = requests.get(id) ?? { requests: [], sites: [] }
      requests.delete(id)
      return seen
    },
    close: () => {
      for (const server of servers) server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function write(
  socket: net.Socket,
  status: number,
  headers: readonly (readonly [string, string])[],
  body: string | null,
): void {
  const lines = [`HTTP/1.1 ${status} X`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  if (status !== 204 && status !== 304) lines.push(`Content-Length: ${body === null ? 4 : Buffer.byteLength(body)}`)
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  socket.write(body === null ? head : Buffer.concat([head, Buffer.from(body)]))
}

/** Reads requests with a body of known length; browsers send no others over HTTP/1.1. */
function readRequests(socket: net.Socket, onRequest: (request: Parsed) => void): void {
  let received = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const end = received.indexOf('\r\n\r\n')
      if (end < 0) return
      const [first = '', ...rest] = received.subarray(0, end).toString('latin1').split('\r\n')
      const headers = rest.map((line) => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon), line.slice(colon + 1).trim()] as const
      })
      const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0)
      if (received.length < end + 4 + length) return
      received = received.subarray(end + 4 + length)
      const [method = '', path = ''] = first.split(' ')
      onRequest({ method, path, headers })
    }
  })
}

/** A frame that does one step at a time for its parent. */
const FRAME = `<!doctype html><script>addEventListener('message', async ({ data: { code, step } }) => {
  const run = globalThis.eval(code)
  parent.postMessage(await run(step), '*')
})</script>`
