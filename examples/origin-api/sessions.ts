/** `/api/login` and `/api/me`: a session in cookies, two of them, so that two `Set-Cookie` lines have to survive the way. */

import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Handler, readBody, sendJson } from './exchange.ts'

/** The handlers of one set of sessions. */
export interface Sessions {
  readonly login: Handler
  readonly me: Handler
}

/** Creates a set of sessions, and what can be done with it. */
export function createSessions(): Sessions {
  const names = new Map<string, string>()
  return {
    login: async (request, response) => {
      const body = await readBody(request)
      if ('error' in body) return sendJson(response, body.status, { error: body.error })
      const name = typeof body.value === 'string' && body.value !== '' ? body.value : 'Ada'
      const session = randomUUID()
      names.set(session, name)
      response.setHeader('Set-Cookie', [
        `session=${session}; Path=/; HttpOnly; SameSite=Lax`,
        'theme=dark; Path=/; SameSite=Lax',
      ])
      sendJson(response, 200, { name })
    },

    me: (request, response) => {
      const cookies = cookiesOf(request)
      const name = names.get(cookies.get('session') ?? '')
      response.setHeader('Cache-Control', 'private, no-store')
      if (name === undefined) sendJson(response, 401, { error: 'log in first' })
      else sendJson(response, 200, { name, theme: cookies.get('theme') ?? null })
    },
  }
}

function cookiesOf(request: IncomingMessage): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0) cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim())
  }
  return cookies
}
