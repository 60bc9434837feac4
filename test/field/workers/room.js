// A Worker as people write it: an application of Hono in front of a Durable Object, a service binding and the cache.
import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers'
import { cors } from 'corsmith/hono'
import { withCors } from 'corsmith/workers'
import { Hono } from 'hono'

const policy = { origins: ['https://app.example'], credentials: true, methods: ['PUT'] }

export class Room extends DurableObject {
  fetch(request) {
    if (request.headers.get('Upgrade') !== 'websocket') {
      return new Response('room', { headers: { 'Access-Control-Allow-Origin': '*', Vary: 'X-Room' } })
    }
    const [client, server] = Object.values(new WebSocketPair())
    this.ctx.acceptWebSocket(server)
    return new Response(null, { status: 101, webSocket: client })
  }

  webSocketMessage(socket, message) {
    socket.send(`echo ${message}`)
  }
}

export const Api = withCors(
  policy,
  class Api extends WorkerEntrypoint {
    fetch(request) {
      return new Response(new URL(request.url).pathname)
    }

    greet(name) {
      return `hello ${name}`
    }
  },
)

const app = new Hono().use(cors(policy))
app.all('/room', (c) => c.env.ROOM.get(c.env.ROOM.idFromName('a')).fetch(c.req.raw))
app.all('/service', (c) => c.env.API.fetch(c.req.raw))
app.get('/rpc', async (c) => c.text(await c.env.API.greet('you')))
app.get('/rewritten', () =>
  new HTMLRewriter()
    .on('p', { element: (element) => element.setInnerContent('new') })
    .transform(new Response('<p>old</p>', { headers: { 'Content-Type': 'text/html' } })),
)
app.get('/cached', async () => {
  const key = new Request('https://cache.example/x')
  const known = await caches.default.match(key)
  if (known) return known
  const made = new Response('cached', { headers: { 'Cache-Control': 'max-age=60' } })
  await caches.default.put(key, made.clone())
  return made
})

let ticks = 0
app.get('/ticks', (c) => c.text(String(ticks)))

export default withCors(policy, {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  scheduled() {
    ticks += 1
  },
})
