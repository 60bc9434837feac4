/** A static server for the pages that call the API. It serves one folder, and one file that is not in it: `/config.json`. */

import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a page is told: where it finds the others, and whether the policy of the edge names it. */
export interface PageSettings {
  readonly edge: string
  readonly origin: string
  readonly listed: boolean
}

const ROOT = fileURLToPath(new URL('public', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Creates a page server. `settings` is asked for each `/config.json`, so the edge may get its port later than the page. */
export function createPageServer(settings: () => PageSettings): Server {
  return createServer(async (request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    const found = pathOf(request) === '/config.json' ? ['.json', JSON.stringify(settings())] : await readStatic(request)
    if (found === null) response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not here\n')
    else
      response.writeHead(200, { 'Content-Type': TYPES[String(found[0])] ?? 'application/octet-stream' }).end(found[1])
  })
}

async function readStatic(request: IncomingMessage): Promise<readonly [extension: string, body: Buffer] | null> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  const wanted = pathOf(request)
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
