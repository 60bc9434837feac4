/**
 * A server for the pages that call the API. It serves one folder, and three things that are not in it: `/config.json`, `/why`, which
 * explains a refused call, and the playground, which comes out of memory.
 */

import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { explainCall } from './explain.ts'

/** What a page is told: where it finds the others, and whether the policy of the edge names it. */
export interface PageSettings {
  readonly edge: string
  readonly origin: string
  readonly listed: boolean
  /** The test endpoint of the playground; empty where there is none. */
  readonly endpoint: string
}

/** Files by their names. */
export type Files = ReadonlyMap<string, string | Uint8Array>

const ROOT = fileURLToPath(new URL('public', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** What a page server serves besides its folder. */
interface Extra {
  /** The playground; absent where there is none. */
  readonly playground?: Files
}

type Found = readonly [extension: string, body: string | Uint8Array]

/** Creates a page server. `settings` is asked for each `/config.json`, so the edge may get its port later than the page. */
export function createPageServer(settings: () => PageSettings, { playground }: Extra = {}): Server {
  const find = async (request: IncomingMessage): Promise<Found | null> => {
    const wanted = pathOf(request)
    if (wanted === '/why') {
      const why = await explainCall(request, settings()).catch(() => null)
      return why === null ? null : ['.json', JSON.stringify(why)]
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return null
    if (wanted === '/config.json') return ['.json', JSON.stringify(settings())]
    return wanted.startsWith(PLAYGROUND) ? readPlayground(wanted, playground) : readStatic(wanted)
  }
  return createServer(async (request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    const wanted = pathOf(request)
    if (`${wanted}/` === PLAYGROUND) return response.writeHead(308, { Location: PLAYGROUND }).end()
    if (wanted.startsWith(PLAYGROUND))
      response.setHeader('Content-Security-Policy', securityPolicy(settings().endpoint))
    const found = await find(request)
    if (found === null) return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not here\n')
    return response.writeHead(200, { 'Content-Type': TYPES[found[0]] ?? 'application/octet-stream' }).end(found[1])
  })
}

/** Where the playground is. */
export const PLAYGROUND = '/playground/'

function readPlayground(wanted: string, files: Files | undefined): Found | null {
  const name = wanted.slice(PLAYGROUND.length) || 'index.html'
  const body = files?.get(name)
  return body === undefined ? null : [path.extname(name), body]
}

/**
 * The playground shows what strangers put into links. It takes scripts and styles from here, makes requests to here and to the test
 * endpoint, by both names of this machine, and has no place for markup that a script writes.
 */
function securityPolicy(endpoint: string): string {
  const endpoints = endpoint === '' ? [] : [endpoint, endpoint.replace('127.0.0.1', 'localhost')]
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    ["connect-src 'self'", ...endpoints].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

async function readStatic(wanted: string): Promise<Found | null> {
  const file = path.join(ROOT, wanted.endsWith('/') ? `${wanted}index.html` : wanted)
  if (!file.startsWith(ROOT + path.sep)) return null
  try {
    return [path.extname(file), await readFile(file)]
  } catch {
    return null
  }
}

function pathOf(request: IncomingMessage): string {
  const [target = '/'] = (request.url ?? '/').split('?', 1)
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
