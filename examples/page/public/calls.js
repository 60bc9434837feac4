// The calls, each as a page would make it. A call gets the base URL of the API and returns what it could read; a refused one throws
// the browser's own TypeError, which is all that a page ever learns.

const json = (value) => ({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) })

/** What was read of a fetched response, whatever its status. */
async function seen(response, ...headerNames) {
  const text = await response.text()
  const headers = headerNames.map((name) => `${name}: ${response.headers.get(name) ?? '(not exposed)'}`)
  return { ok: response.ok, status: response.status, text: [...headers, text.trim()].filter(Boolean).join('\n') }
}

/** Reads a body to its end and counts it, without keeping it. */
async function count(response) {
  let bytes = 0
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return { ok: response.ok, status: response.status, text: `${bytes} bytes` }
    bytes += value.length
  }
}

/** Listens to an event stream until it says that it is done. */
function listen(url) {
  return new Promise((resolve, reject) => {
    const source = new EventSource(url)
    const ids = []
    const end = (settle, value) => {
      source.close()
      settle(value)
    }
    source.onmessage = (event) => ids.push(event.lastEventId)
    source.addEventListener('done', () =>
      end(resolve, { ok: true, status: 200, text: `events ${ids.join(', ')}, then done` }),
    )
    source.onerror = () => end(reject, new TypeError('EventSource: error, without a reason'))
  })
}

/** Opens a WebSocket, says one word and waits to hear it back. */
function converse(url) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'))
    socket.onopen = () => socket.send('hello')
    socket.onmessage = (event) => {
      resolve({ ok: true, status: 101, text: `heard back: ${event.data}` })
      socket.close()
    }
    socket.onerror = () => reject(new TypeError('WebSocket: error, without a reason'))
  })
}

/**
 * All calls in the order of "Run all". `shown` is the request in one line, `about` what it is there for, `request` what `/why` is told
 * of it: the default is a GET. `edgeOnly` marks the one that no browser blocks at the API.
 */
export const calls = [
  {
    name: 'list',
    shown: 'GET /api/users',
    about: 'Needs no permission to be sent, only to be read.',
    run: async (api) => seen(await fetch(`${api}/api/users`)),
  },
  {
    name: 'create',
    shown: 'POST /api/users, Content-Type: application/json',
    about: 'JSON needs permission: the browser asks first, with a preflight.',
    request: { method: 'POST', headers: json({}).headers },
    run: async (api) =>
      seen(await fetch(`${api}/api/users`, { method: 'POST', ...json({ name: 'Katherine' }) }), 'Location'),
  },
  {
    name: 'create-text',
    shown: 'POST /api/users, a text body',
    about: 'Sent without asking. Straight to the API it creates a user, although the page may not read the answer.',
    request: { method: 'POST' },
    run: async (api) => seen(await fetch(`${api}/api/users`, { method: 'POST', body: 'Dorothy' })),
  },
  {
    name: 'replace',
    shown: 'PUT /api/users/2, Authorization, Content-Type: application/json',
    about: 'A method and two headers that need permission.',
    request: { method: 'PUT', headers: { ...json({}).headers, Authorization: 'Bearer t' } },
    run: async (api) => {
      const { headers, body } = json({ name: 'Grace Hopper' })
      return seen(
        await fetch(`${api}/api/users/2`, { method: 'PUT', headers: { ...headers, Authorization: 'Bearer t' }, body }),
      )
    },
  },
  {
    name: 'remove',
    shown: 'DELETE /api/users/2',
    about: 'A method that needs permission.',
    request: { method: 'DELETE' },
    run: async (api) => seen(await fetch(`${api}/api/users/2`, { method: 'DELETE' })),
  },
  {
    name: 'fail',
    shown: 'GET /api/fail',
    about: 'The API answers 500, and the page sees that it does.',
    run: async (api) => seen(await fetch(`${api}/api/fail`)),
  },
  {
    name: 'missing',
    shown: 'GET /api/nothing',
    about: 'The API answers 404, and the page sees that it does.',
    run: async (api) => seen(await fetch(`${api}/api/nothing`)),
  },
  {
    name: 'redirect',
    shown: 'GET /api/redirect',
    about: 'The API redirects to its own host; the edge brings that back to itself.',
    run: async (api) => {
      const response = await fetch(`${api}/api/redirect`)
      const { ok, status, text } = await seen(response)
      return {
        ok,
        status,
        text: `${response.redirected ? `redirected to ${response.url}` : 'not redirected'}\n${text}`,
      }
    },
  },
  {
    name: 'slow',
    shown: 'GET /api/slow?ms=1500',
    about: 'An answer that takes its time.',
    run: async (api) => seen(await fetch(`${api}/api/slow?ms=1500`)),
  },
  {
    name: 'events',
    shown: 'EventSource /api/events',
    about: 'Server-sent events, as they come.',
    request: { initiator: 'eventsource', path: '/api/events?count=3&every=150' },
    run: (api) => listen(`${api}/api/events?count=3&every=150`),
  },
  {
    name: 'download',
    shown: 'GET /api/download?bytes=20000000',
    about: 'Streamed through; no side keeps it.',
    run: async (api) => count(await fetch(`${api}/api/download?bytes=20000000`)),
  },
  {
    name: 'range',
    shown: 'GET /api/download, Range: bytes=100-199',
    about: 'A part of it, with the header that says which.',
    request: { headers: { Range: 'bytes=100-199' } },
    run: async (api) => {
      const response = await fetch(`${api}/api/download`, { headers: { Range: 'bytes=100-199' } })
      const { ok, status, text } = await count(response)
      return { ok, status, text: `Content-Range: ${response.headers.get('Content-Range') ?? '(not exposed)'}\n${text}` }
    },
  },
  {
    name: 'login',
    shown: 'POST /api/login, with credentials',
    about: 'Two cookies are set.',
    request: { method: 'POST', credentials: 'include' },
    run: async (api) => seen(await fetch(`${api}/api/login`, { method: 'POST', body: 'Ada', credentials: 'include' })),
  },
  {
    name: 'me',
    shown: 'GET /api/me, with credentials',
    about: 'The cookies come back, where the login was answered.',
    request: { credentials: 'include' },
    run: async (api) => seen(await fetch(`${api}/api/me`, { credentials: 'include' })),
  },
  {
    name: 'socket',
    shown: 'WebSocket /api/echo',
    about: 'CORS does not cover WebSockets: any page may open one to an API that does not look. The edge does.',
    request: null,
    edgeOnly: true,
    run: (api) => converse(`${api}/api/echo`),
  },
]
