/**
 * What a request takes with many tenants kept, beside one policy: in one process over loopback, in turns. It is processor
 * time, so that other programs on the machine have less of a say.
 */
import { Agent, createServer, request as open, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cors } from '../../adapters/node.ts'
import { type AsyncCors, createCors, perRequest } from '../../src/index.ts'
import { byHost, createTenants, memoryStore } from '../../src/tenants.ts'

const ROUNDS = 61
const BATCH = 240
const WARM_UPS = 5
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
  const kept = createTenants({ identify: byHost(), store, ttl: 86_400, maxEntries: tenants })
  for (const host of hosts) await kept.decide(new Request(`http://${host}/`, { headers: { Origin: ORIGIN } }))
  const single = createCors(policy)
  const [one, chosen, many] = [await serve(single), await serve(perRequest<Request>(() => single)), await serve(kept)]
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  let next = 0

  async function time(server: Server): Promise<number> {
    const { port } = server.address() as AddressInfo
    const started = process.cpuUsage()
    for (let i = 0; i < BATCH; i += 8) await Promise.all(Array.from({ length: 8 }, () => send(port)))
    const { user, system } = process.cpuUsage(started)
    return user + system
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

  /**
   * Compares two servers in turns, A B B A, so that neither pays for the garbage of the other more often. Each has been
   * asked before.
   */
  async function compare(server: Server, base: Server): Promise<number> {
    for (let i = 0; i < WARM_UPS; i++) for (const one of [server, base]) await time(one)
    const ratios: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const [first, second, third, fourth] = [
        await time(base),
        await time(server),
        await time(server),
        await time(base),
      ]
      ratios.push((second + third) / (first + fourth))
    }
    return ratios.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0
  }

  const ratios = { ofOne: await compare(many, one), ofChosen: await compare(many, chosen) }
  agent.destroy()
  for (const server of [one, chosen, many]) server.close()
  return ratios
}
