/**
 * An API as most of them are: it answers JSON, streams and redirects, keeps its users in memory, and has never heard of CORS.
 * No line below writes an `Access-Control-*` header or reads `Origin`; the edge worker in front of it does all of that.
 */

import { createServer, type Server } from 'node:http'
import { download } from './download.ts'
import { echo } from './echo.ts'
import { events } from './events.ts'
import { sendJson } from './exchange.ts'
import { match, type Routes } from './routes.ts'
import { createSessions } from './sessions.ts'
import { fail, redirect, slow, whoAmI } from './situations.ts'
import { createUsers } from './users.ts'

/** Creates an origin API with users and sessions of its own. It listens nowhere yet. */
export function createOriginApi(): Server {
  const users = createUsers()
  const sessions = createSessions()
  const routes: Routes = {
    '/api/users': { GET: users.list, POST: users.create },
    '/api/users/:id': { GET: users.read, PUT: users.replace, DELETE: users.remove },
    '/api/login': { POST: sessions.login },
    '/api/me': { GET: sessions.me },
    '/api/slow': { GET: slow },
    '/api/fail': { GET: fail, POST: fail },
    '/api/redirect': { GET: redirect },
    '/api/whoami': { GET: whoAmI, POST: whoAmI, PUT: whoAmI, DELETE: whoAmI },
    '/api/events': { GET: events },
    '/api/download': { GET: download },
  }
  const server = createServer(async (request, response) => {
    try {
      await match(routes, request)(request, response)
    } catch (error) {
      // A client that left is no fault of the API, and nobody is there to be told.
      if (response.destroyed) return
      console.error(error)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { error: 'internal error' })
    }
  })
  server.on('upgrade', echo('/api/echo'))
  return server
}
