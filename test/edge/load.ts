/** One run: load and faults, a record of what went wrong, and at the end a strict look at every edit. */
import { Agent } from 'node:http'
import { ask } from './client.ts'
import { type Settings, STALE, TTL } from './edge.ts'
import { type Asked, createLedger } from './ledger.ts'
import { createRandom, oneOf } from './random.ts'
import type { Target } from './servers.ts'
import { startStore } from './store.ts'
import { startUpstream, UPSTREAM_FAULTS } from './upstream.ts'

export interface Plan {
  readonly seed: number
  readonly requests: number
  readonly tenants: number
  readonly concurrency: number
  /** How long the store and the API may take, in milliseconds. */
  readonly timeoutMs: number
  /** Starts the servers. */
  readonly start: (settings: Settings) => Promise<readonly Target[]>
  readonly plant?: string
  /** After how long an answer, or the effect of an edit, counts as one that never comes, in milliseconds. */
  readonly patienceMs?: number
}

export interface Outcome {
  readonly requests: number
  readonly faults: number
  readonly reads: number
  readonly edits: number
  /** Answers without the headers that they should carry. */
  readonly withoutHeaders: number
  /** Answers that allow what the tenant never allowed, or that are those of another request. */
  readonly ofAnother: number
  readonly hung: number
  readonly crashed: number
  /** Edits that a server does not know when their time is over. */
  readonly withoutEffect: number
  /** Seconds from an edit to its effect: the median and the longest. */
  readonly effect: readonly [number, number]
  /** Bytes per server: the medians of the second and of the last quarter, after each tenant was asked for. */
  readonly memory: readonly (readonly [name: string, early: number, late: number])[]
  readonly examples: readonly string[]
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export async function runLoad({
  seed,
  requests,
  tenants,
  concurrency,
  timeoutMs,
  patienceMs = 20_000,
  start,
  plant = '',
}: Plan): Promise<Outcome> {
  const random = createRandom(seed)
  const ledger = createLedger()
  const store = await startStore(ledger, createRandom(seed + 1), 0.3)
  const upstream = await startUpstream()
  const targets = await start({ store: store.url, upstream: upstream.url, tenants, timeoutMs, plant })
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * concurrency })
  const counts = { 'without headers': 0, 'of another': 0, hung: 0 }
  const examples: string[] = []
  const warm = new Set<string>()
  const effects: Promise<number | null>[] = []
  let asked = 0
  let refusedConnections = 0

  async function judge(target: Target, given: Omit<Asked, 'id'>, fault: string): Promise<string | null> {
    const one: Asked = { ...given, id: String(asked++) }
    const key = `${target.name} ${one.tenant}`
    const isWarm = warm.has(key)
    const heard = await ask(target.port, agent, one, fault, patienceMs)
    if (heard === null) {
      refusedConnections += 1
      return null
    }
    const wrong = heard === 'hung' ? 'hung' : ledger.judge(one, heard, isWarm)
    if (wrong !== null) {
      counts[wrong] += 1
      if (examples.length < 10) examples.push(`${target.name}: ${wrong}: ${fault} ${JSON.stringify([one, heard])}`)
      return null
    }
    const { allowOrigin } = heard as Exclude<typeof heard, string>
    if (allowOrigin !== null && one.isConstant) warm.add(key)
    return allowOrigin
  }

  /** Asks as one of the pages that a tenant has, has had, or has not. */
  async function askOnce(): Promise<void> {
    const target = oneOf(random, targets as [Target, ...Target[]])
    // Most requests are for few tenants, as they are in life.
    const tenant = Math.floor(tenants * random() ** 3)
    const kind = random()
    const stranger = (tenant + 1 + (random() < 0.5 ? 0 : Math.floor(random() * (tenants - 1)))) % tenants
    const origin =
      kind < 0.6
        ? ledger.constantOrigin(tenant)
        : kind < 0.8
          ? (ledger.latest(tenant) ?? 'https://v2.example')
          : ledger.constantOrigin(stranger)
    const fault = random() < 0.25 ? oneOf(random, UPSTREAM_FAULTS) : ''
    await judge(target, { tenant, origin, isConstant: kind < 0.6, isPreflight: random() < 0.3 }, fault)
  }

  /** Waits until a server allows what was added. The reads of the store fail meanwhile, and are repeated. */
  async function waitForEffect(target: Target, tenant: number, origin: string): Promise<number | null> {
    const since = performance.now()
    while (performance.now() - since < patienceMs) {
      if (ledger.latest(tenant) !== origin) return null
      if ((await judge(target, { tenant, origin, isConstant: false, isPreflight: false }, '')) === origin)
        return (performance.now() - since) / 1000
      await pause(50)
    }
    return patienceMs / 1000
  }

  async function eachEdited(look: (tenant: number) => Promise<void>): Promise<void> {
    const left = [...ledger.edited()]
    const next = async () => {
      for (let tenant = left.pop(); tenant !== undefined; tenant = left.pop()) await look(tenant)
    }
    await Promise.all(Array.from({ length: concurrency }, next))
  }

  const memoryOf = () => Promise.all(targets.map((target) => target.memory()))
  const samples: [number[][], number[][]] = [[], []]
  const points = new Map(
    [0.25, 0.32, 0.38, 0.44, 0.5, 0.75, 0.82, 0.88, 0.94, 1].map((at, i) => [Math.ceil(requests * at), i < 5 ? 0 : 1]),
  )
  let edits = 0
  let begun = 0
  async function worker(): Promise<void> {
    while (begun < requests) {
      begun += 1
      const n = begun
      const half = points.get(n)
      if (half !== undefined) samples[half as 0 | 1].push(await memoryOf())
      if (n % Math.max(1, Math.floor(requests / 4)) === 0) await store.restart(700)
      if (n % 50 === 0) {
        const tenant = Math.floor(tenants * random() ** 3)
        const origin = ledger.edit(tenant)
        edits += 1
        if (edits % 10 === 0)
          effects.push(waitForEffect(oneOf(random, targets as [Target, ...Target[]]), tenant, origin))
      }
      await askOnce()
    }
  }
  // Before memory is compared, each server holds what it may hold.
  let warmed = 0
  async function warmUp(): Promise<void> {
    while (warmed < tenants * targets.length) {
      const [target, tenant] = [targets[warmed % targets.length] as Target, Math.floor(warmed / targets.length)]
      warmed += 1
      await judge(target, { tenant, origin: ledger.constantOrigin(tenant), isConstant: true, isPreflight: true }, '')
    }
  }
  await Promise.all(Array.from({ length: concurrency }, warmUp))
  await Promise.all(Array.from({ length: concurrency }, worker))
  const times = (await Promise.all(effects)).filter((time) => time !== null).sort((a, b) => a - b)

  // From here on nothing fails, so there is one right answer to each request. A policy whose last read failed is read again behind the
  // first answer.
  store.heal()
  await pause((TTL + STALE + 1.5) * 1000)
  await eachEdited(async (tenant) => {
    for (const target of targets)
      await judge(target, { tenant, origin: ledger.constantOrigin(tenant), isConstant: true, isPreflight: true }, '')
  })
  await pause(500)
  let withoutEffect = 0
  async function lookStrictly(tenant: number): Promise<void> {
    for (const target of targets) {
      const asks = (origin: string | null) =>
        origin === null ? null : judge(target, { tenant, origin, isConstant: false, isPreflight: true }, '')
      const latest = ledger.latest(tenant)
      let isRight = false
      // On a busy machine the read behind the first answer takes its time.
      for (let left = plant === '' ? 10 : 1; left > 0 && !isRight; left--) {
        isRight = (await asks(latest)) === latest && (await asks(ledger.former(tenant).at(-1) ?? null)) === null
        if (!isRight) await pause(300)
      }
      if (!isRight) withoutEffect += 1
      if (!isRight && examples.length < 10) examples.push(`${target.name}: an edit of t${tenant} has no effect`)
    }
  }
  await eachEdited(lookStrictly)

  const crashes = targets.map((target) => target.crashed()).filter((why) => why !== null)
  for (const target of targets) await target.close()
  agent.destroy()
  store.close()
  upstream.close()
  return {
    requests: asked,
    faults: store.faults + upstream.faults,
    reads: store.reads,
    edits,
    withoutHeaders: counts['without headers'],
    ofAnother: counts['of another'],
    hung: counts.hung,
    crashed: crashes.length,
    withoutEffect,
    effect: [times[times.length >> 1] ?? 0, times.at(-1) ?? 0],
    memory: targets.map(({ name }, i) => [name, medianOf(samples[0], i), medianOf(samples[1], i)] as const),
    examples: [...crashes, ...examples, ...(refusedConnections > 0 ? [`${refusedConnections} connections broke`] : [])],
  }
}

function medianOf(samples: readonly (readonly number[])[], server: number): number {
  const sorted = samples.map((sample) => sample[server] ?? 0).sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
