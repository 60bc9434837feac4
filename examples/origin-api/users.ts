/** `/api/users`: create, read, replace and delete, kept in memory. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Handler, pathOf, readBody, sendJson } from './exchange.ts'

interface User {
  readonly id: string
  readonly name: string
  readonly role: string
}

/** The handlers of one list of users. */
export interface Users {
  readonly list: Handler
  readonly create: Handler
  readonly read: Handler
  readonly replace: Handler
  readonly remove: Handler
}

/** Creates a list of three users, and what can be done with it. */
export function createUsers(): Users {
  const users = new Map<string, User>()
  for (const [id, name] of [
    ['1', 'Ada'],
    ['2', 'Grace'],
    ['3', 'Barbara'],
  ] as const)
    users.set(id, { id, name, role: 'admin' })
  let lastId = users.size

  return {
    list: (_, response) => sendJson(response, 200, [...users.values()]),

    create: async (request, response) => {
      const given = await readUser(request, response)
      if (given === null) return
      do lastId += 1
      while (users.has(String(lastId)))
      const user = { id: String(lastId), ...given }
      users.set(user.id, user)
      response.setHeader('Location', `/api/users/${user.id}`)
      sendJson(response, 201, user)
    },

    read: (request, response) => {
      const user = users.get(idOf(request))
      if (user === undefined) missing(request, response)
      else sendJson(response, 200, user)
    },

    replace: async (request, response) => {
      const given = await readUser(request, response)
      if (given === null) return
      const user = { id: idOf(request), ...given }
      const existed = users.has(user.id)
      users.set(user.id, user)
      sendJson(response, existed ? 200 : 201, user)
    },

    remove: (request, response) => {
      if (users.delete(idOf(request))) response.writeHead(204).end()
      else missing(request, response)
    },
  }
}

/** Reads a user from JSON (`{ "name": … }`) or from text (the name itself). Answers the request itself where there is none. */
async function readUser(request: IncomingMessage, response: ServerResponse): Promise<Omit<User, 'id'> | null> {
  const body = await readBody(request)
  if ('error' in body) {
    sendJson(response, body.status, { error: body.error })
    return null
  }
  const given = (typeof body.value === 'string' ? { name: body.value.trim() } : body.value) as {
    readonly name?: unknown
    readonly role?: unknown
  } | null
  if (typeof given?.name !== 'string' || given.name === '') {
    sendJson(response, 400, { error: 'a user has a name' })
    return null
  }
  return { name: given.name, role: typeof given.role === 'string' ? given.role : 'guest' }
}

function idOf(request: IncomingMessage): string {
  const path = pathOf(request)
  return path.slice(path.lastIndexOf('/') + 1)
}

function missing(request: IncomingMessage, response: ServerResponse): void {
  sendJson(response, 404, { error: `no user ${idOf(request)}` })
}
