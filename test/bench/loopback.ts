/**
 * `npm run bench:loopback`: processor time per request of real servers over loopback, and what they do under sustained load.
 *
 * `-- --runtimes=node24,bun --rounds=9 --seconds=20` narrows it; `--seconds=0` leaves the load out.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startEdge } from '../support/edge.ts'
import { residentMemory } from '../support/resident.ts'
import { cpuTime } from './cpu.ts'
import { measure } from './driver.ts'
import { RUNTIMES, versionOf } from './runtimes.ts'
import { VARIANTS } from './servers/apps.ts'
import { Client, GET } from './servers/client.ts'
import { type Running, startServer } from './servers/running.ts'

const { values } = parseArgs({
  options: {
    runtimes: { type: 'string', default: RUNTIMES.join(',') },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '10' },
  },
})
const CONTROL = 'control'
const lines: string[] = []

/** Processor time per GET, all variants interleaved. */
async function cost(runtime: string, servers: ReadonlyMap<string, Running>): Promise<void> {
  const clients = new Map([...servers].map(([name, { port }]) => [name, new Client(port)] as const))
  const batch = async (name: string, count: number) => {
    const at = name === CONTROL ? 'bare' : name
    const pids = servers.get(at)?.pids ?? []
    const start = cpuTime(pids)
    await clients.get(at)?.ask(GET, (sent) => sent >= count)
    return cpuTime(pids) - start
  }
  const effort = { rounds: Number(values.rounds), batch: 60, warm: 500 }
  const { timings, control, isNoisy } = await measure(['bare', CONTROL, ...VARIANTS.slice(1)], batch, effort)
  const bare = (timings.bare?.ns ?? 0) / 1000
  const cells = VARIANTS.slice(1).map((name) => {
    const added = (timings[name]?.added ?? 0) / 1000
    return `+${added.toFixed(1)} (${((added / bare) * 100).toFixed(0)} %)`
  })
  const word = isNoisy ? ' noisy' : ''
  lines.push(`| ${runtime} | ${bare.toFixed(1)} | ${cells.join(' | ')} | ${(control * 100).toFixed(1)} %${word} |`)
  for (const client of clients.values()) client[Symbol.dispose]()
}

/** Sustained load on one server: answers per second, wrong ones, and memory after a first part and at the end. */
async function load(runtime: string, name: string, { port, pids }: Running, seconds: number): Promise<string> {
  using client = new Client(port)
  const memory = () => pids.reduce((sum, pid) => sum + residentMemory(pid), 0) / 2 ** 20
  const until = (end: number) => () => performance.now() >= end
  await client.ask(GET, until(performance.now() + seconds * 300))
  const warm = memory()
  const start = performance.now()
  const { right, wrong } = await client.ask(GET, until(start + seconds * 700))
  const rate = (right / (performance.now() - start)) * 1000
  return `| ${runtime} | ${name} | ${rate.toFixed(0)} | ${right} | ${wrong} | ${warm.toFixed(0)} | ${memory().toFixed(0)} |`
}

const loaded: string[] = []
for (const runtime of values.runtimes.split(',')) {
  await using started = new AsyncDisposableStack()
  const servers = new Map<string, Running>()
  for (const variant of VARIANTS) servers.set(variant, started.use(await startServer(runtime, variant)))
  await cost(runtime, servers)
  console.error(lines.at(-1))
  for (const [name, server] of Number(values.seconds) > 0 ? servers : []) {
    loaded.push(await load(runtime, name, server, Number(values.seconds)))
    console.error(loaded.at(-1))
  }
}
if (values.runtimes.includes('workerd') && Number(values.seconds) > 0) {
  // The worker of examples/edge-proxy, in front of the bare app.
  await using upstream = await startServer('node24', 'bare')
  await using edge = await startEdge({
    UPSTREAM: `http://127.0.0.1:${upstream.port}`,
    CORS_ORIGINS: 'https://*.example.com',
    CORS_CREDENTIALS: 'true',
  })
  loaded.push(await load('workerd', 'edge proxy', edge, Number(values.seconds)))
  console.error(loaded.at(-1))
}
const versions = values.runtimes.split(',').map((name) => `${name} (${versionOf(name)})`)
const text = [
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${versions.join(', ')}.`,
  '',
  'Processor time of the server per GET, in microseconds: the bare app, and what each adds.',
  '',
  '| | bare | hono/cors | middleware | wrap | control |',
  '|---|---:|---:|---:|---:|---:|',
  ...lines,
  '',
  'Sustained load on sixteen connections, one server at a time: answers per second, right and wrong ones, and resident memory in MiB after the first third and at the end.',
  '',
  '| | | per second | right | wrong | memory, early | memory, late |',
  '|---|---|---:|---:|---:|---:|---:|',
  ...loaded,
  '',
].join('\n')
writeFileSync(fileURLToPath(new URL('results/loopback.md', import.meta.url)), text)
console.log(text)
