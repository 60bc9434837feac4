/** Real servers over loopback: processor time per request, and what they do under sustained load. */
import { bundle } from '../support/edge.ts'
import { residentMemory } from '../support/resident.ts'
import { cpuTimeOf } from './cpu.ts'
import { type Effort, sample } from './driver.ts'
import type { Timed } from './in-process.ts'
import { CONTROL } from './row.ts'
import { VARIANTS } from './servers/apps.ts'
import { Client, GET } from './servers/client.ts'
import { type Running, startServer } from './servers/running.ts'
import { serveWorkerd } from './servers/workerd.ts'

/** Processor time per GET of a fresh set of servers, all variants interleaved. */
export async function timeServers(runtime: string, effort: Effort): Promise<Timed> {
  await using started = new AsyncDisposableStack()
  const servers = await startAll(runtime, started)
  const clients = new Map([...servers].map(([name, { port }]) => [name, started.use(new Client(port))] as const))
  const batch = async (name: string, count: number) => {
    const at = name === CONTROL ? 'bare' : name
    const pids = servers.get(at)?.pids ?? []
    return await cpuTimeOf(pids, async () => {
      const answers = await clients.get(at)?.ask(GET, (sent) => sent >= count)
      if (answers?.wrong !== 0) throw new Error(`${runtime}, ${name}: ${answers?.wrong} wrong answers`)
    })
  }
  const samples = await sample(['bare', CONTROL, ...VARIANTS.slice(1)], batch, effort)
  return { id: 'loopback-get', title: 'GET allowed, 10 origins, over loopback', samples }
}

async function startAll(runtime: string, stack: AsyncDisposableStack): Promise<ReadonlyMap<string, Running>> {
  const servers = new Map<string, Running>()
  for (const variant of VARIANTS) servers.set(variant, stack.use(await startServer(runtime, variant)))
  return servers
}

/** A worker that passes every request on, and does nothing else. */
const PLAIN_PROXY = `export default {
  fetch(request, env) {
    const { pathname, search } = new URL(request.url)
    return fetch(new Request(env.UPSTREAM + pathname + search, request))
  },
}`

/** Sustained load, one server at a time; in workerd also on the worker of examples/edge-proxy and a plain one, in front of the bare app. */
export async function measureLoad(runtime: string, seconds: number): Promise<Record<string, number>> {
  await using started = new AsyncDisposableStack()
  const servers = new Map(await startAll(runtime, started))
  if (runtime === 'workerd') {
    const upstream = started.use(await startServer('node24', 'bare'))
    const vars = { UPSTREAM: `http://127.0.0.1:${upstream.port}`, CORS_ORIGINS: 'https://*.example.com' }
    servers.set('plain proxy', started.use(await serveWorkerd(PLAIN_PROXY, vars)))
    servers.set(
      'edge proxy',
      started.use(
        await serveWorkerd(await bundle('examples/edge-proxy/worker.ts'), { ...vars, CORS_CREDENTIALS: 'true' }),
      ),
    )
  }
  const figures: Record<string, number> = {}
  for (const [name, server] of servers) {
    for (const [what, value] of Object.entries(await load(server, seconds))) figures[`${name}, ${what}`] = value
  }
  return figures
}

/** Answers per second, wrong ones, and memory after a third of the time and at the end. */
async function load({ port, pids }: Running, seconds: number): Promise<Record<string, number>> {
  using client = new Client(port)
  const memory = () => pids.reduce((sum, pid) => sum + residentMemory(pid), 0) / 2 ** 20
  const until = (end: number) => () => performance.now() >= end
  await client.ask(GET, until(performance.now() + seconds * 333))
  const early = memory()
  const start = performance.now()
  const { right, wrong } = await client.ask(GET, until(start + seconds * 667))
  const rate = (right / (performance.now() - start)) * 1000
  return { 'answers per second': rate, 'wrong answers': wrong, 'MiB after a third': early, 'MiB at the end': memory() }
}
