/** What a request takes with many tenants kept, beside one policy: in one process over loopback, in turns. */
import { Agent, createServer, request as open, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cors } from '../../adapters/node.ts'
import { type AsyncCors, createCors, perRequest } from '../../src/index.ts'
import { byHost, createTenants, memoryStore } from '../../src/tenants.ts'

const ROUNDS = 21
const BATCH = 240
const ORIGIN = 'https://app.example'

async function serve(policy: AsyncCors | ReturnType<typeof createCors>): Promise<Server> {
  const middleware = cors(policy)
  const server = createServer((request, response) => middleware(request, response, () => response.end('hello')))
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}

/** The time of a request with tenants, as a multiple: of one policy, and of one policy that is chosen per request. */
export interface Ratios {
  readonly ofOne: number
  readonly ofChosen: number
}

/** Gives the medians of the rounds. */
export async function measureRatios(tenants: number): Promise<Ratios> {
  const policy = { origins: [ORIGIN], credentials: true } as const
  const hosts = Array.from({ length: tenants }, (_, i) => `t${i}.example`)
  const store = memoryStore(Object.fromEntries(hosts.map((host) => [host, policy])))
  const many = createTenants({ identify: byHost(), store, ttl: 86_400, maxEntries: tenants })
  for (const host of hosts) await many.decide(new Request(`http://${host}/`, { headers: { Origin: ORIGIN } }))
  const one = createCors(policy)
  const servers = [await serve(one), await serve(perRequest<Request>(() => one)), await serve(many)]
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  let next = 0

  async function time(server: Server): Promise<number> {
    const { port } = server.address() as AddressInfo
    const started = performance.now()
    for (let i = 0; i < BATCH; i += 8) await Promise.all(Array.from({ length: 8 }, () => send(port)))
    return performance.now() - started
  }

  function send(port: number): Promise<void> {
    next = (next + 7919) % tenants
    const headers = { Host: hosts[next] ?? '', Origin: ORIGIN }
    return new Promise((resolve, reject) => {
      const request = open({ host: '127.0.0.1', port, agent, headers }, (response) => {
        if (response.headers['access-control-allow-origin'] !== ORIGIN) reject(new Error('refused'))
        response.resume().once('end', resolve)
      })
      request.once('error', reject).end()
    })
  }

  const rounds: number[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = []
    // The order changes, so that none is always the one after a collection.
    for (let i = 0; i < servers.length; i++) {
      const at = (i + round) % servers.length
      times[at] = await time(servers[at] as Server)
    }
    rounds.push(times)
  }
  agent.destroy()
  for (const server of servers) server.close()
  const median = (base: number) => {
    const ratios = rounds.map((times) => (times[2] ?? 0) / (times[base] ?? 1)).sort((a, b) => a - b)
    return ratios[ROUNDS >> 1] ?? 0
  }
  return { ofOne: median(0), ofChosen: median(1) }
}
