/** The answers that CORS set-ups forget: a slow one, a failure, a redirect. And one that tells what arrived. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendJson, whenGone, wholeNumber } from './exchange.ts'

/** `/api/slow`: answers after two seconds, or after `?ms=`. */
export async function slow(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const ms = wholeNumber(request, 'ms', 2_000, 300_000)
  if (ms === null) return sendJson(response, 400, { error: 'ms is a whole number up to 300000' })
  await sleep(ms, undefined, { signal: whenGone(response) })
  sendJson(response, 200, { waited: ms })
}

/** `/api/fail`: 500, with a body that says why. */
export function fail(_: IncomingMessage, response: ServerResponse): void {
  sendJson(response, 500, { error: 'the database is on holiday' })
}

/** `/api/redirect`: leads to `/api/users` by a full URL on the host that was asked, as many frameworks write it. */
export function redirect(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(302, { Location: `http://${request.headers.host}/api/users` }).end()
}

/** `/api/whoami`: the request as it arrived here. */
export function whoAmI(request: IncomingMessage, response: ServerResponse): void {
  sendJson(response, 200, { method: request.method, url: request.url, headers: request.headers })
}
