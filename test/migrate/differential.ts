// Runs a library and corsmith on the same requests, and compares what differs with what the report names.
import fc from 'fast-check'
import { type Change, compare } from '../../src/migrate/compare.ts'
import type { PeerOptions } from '../../src/migrate/meaning.ts'
import { peerNamed } from '../../src/migrate/migrate.ts'
import type { Peer, PeerName } from '../../src/migrate/peer.ts'
import { policyOf } from '../../src/migrate/policy.ts'
import { type Scenarios, STRANGER, scenariosOf } from '../../src/migrate/scenarios.ts'
import { type Answerer, type AskedRequest, answererOf, type GivenAnswer, REACHED } from '../../src/migrate/wire.ts'
import { optionSets } from './generate.ts'
import type { Real } from './real.ts'

export interface Tally {
  readonly peer: string
  readonly sets: number
  readonly requests: number
  readonly differences: number
  /** Differences that were found by running, and that the report does not name. */
  readonly missed: readonly string[]
  /** Differences that the report names, and that running does not find. */
  readonly invented: readonly string[]
}

interface Case {
  readonly options: PeerOptions
  readonly named: readonly Change[]
  readonly ours: Answerer
  /** What the report asks, and what is asked at random. */
  readonly scenarios: readonly Scenarios[]
  readonly known: Map<string, GivenAnswer>
  refusal: string | null
}

const keyOf = (request: AskedRequest) => JSON.stringify(request)

/** Compares so many option sets of a library. */
export async function differ(name: PeerName, real: Real, count: number, seed: number): Promise<Tally> {
  const peer = peerNamed(name) as Peer
  const cases = optionSets(name, count, seed).map((options, i) => caseOf(peer, options, seed + i))
  // Which requests are asked depends on the answers, so they are asked in rounds.
  for (let round = 0; round < 6; round++) {
    const missing = cases.map((each) => (each.refusal === null ? missingOf(each) : []))
    if (missing.every((requests) => requests.length === 0)) break
    const batch = cases.map(({ options }, i) => ({ options, requests: missing[i] ?? [] }))
    const answers = await real.askAll(batch)
    for (const [i, each] of cases.entries()) {
      const given = answers[i]
      if (typeof given === 'string') each.refusal = given
      else
        for (const [j, request] of (missing[i] ?? []).entries())
          each.known.set(keyOf(request), given?.[j] as GivenAnswer)
    }
  }
  const missed: string[] = []
  const invented: string[] = []
  let differences = 0
  for (const each of cases.filter(({ refusal }) => refusal === null)) {
    const [own, random] = each.scenarios.map((scenarios) => compare(recorded(each), each.ours, scenarios)) as [
      Change[],
      Change[],
    ]
    differences += own.length + random.length
    const say = (change: Change) =>
      `${JSON.stringify(each.options, (_, v) => (v instanceof RegExp ? String(v) : v))}: ${textOf(change)}`
    const named = new Set(each.named.map(textOf))
    const found = new Set(own.map(textOf))
    missed.push(...own.filter((change) => !named.has(textOf(change))).map(say))
    missed.push(...random.filter((change) => !isCovered(change, each.named)).map(say))
    invented.push(...each.named.filter((change) => !found.has(textOf(change))).map(say))
  }
  const requests = cases.reduce((sum, { known }) => sum + known.size, 0)
  return {
    peer: `${peer.title} ${peer.version}`,
    sets: cases.filter(({ refusal }) => refusal === null).length,
    requests,
    differences,
    missed,
    invented,
  }
}

function textOf({ kind, subject, before, after, direction }: Change): string {
  return `${kind} ${subject}: ${before} → ${after} (${direction})`
}

/** Tells whether the report names a difference, by its subject or by what stands for all others. */
function isCovered({ kind, subject, before, after }: Change, named: readonly Change[]): boolean {
  const others: readonly string[] = [STRANGER, 'http://stranger.example', 'X-ANY', 'x-any']
  return named.some(
    (change) =>
      change.kind === kind &&
      (change.subject === subject || others.includes(change.subject)) &&
      (kind !== 'wire' || (change.before === before && change.after === after)),
  )
}

function caseOf(peer: Peer, options: PeerOptions, seed: number): Case {
  const meaning = peer.read(options)
  const { policy } = policyOf(meaning)
  const scenarios = scenariosOf(meaning, policy)
  const ours = answererOf(policy)
  const named = compare(peer.answerer(options), ours, scenarios)
  return { options, named, ours, scenarios: [scenarios, randomOf(scenarios, seed)], known: new Map(), refusal: null }
}

/** Requests that the report did not think of. */
function randomOf({ origins, methods, names, exposed }: Scenarios, seed: number): Scenarios {
  const sample = (of: fc.Arbitrary<string>, numRuns: number) => fc.sample(of, { numRuns, seed })
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
  const random = fc
    .tuple(fc.constantFrom('https', 'http'), label, fc.constantFrom('.test', '.example', '.example.net'))
    .map(([scheme, host, end]) => `${scheme}://${host}${end}`)
  return {
    origins: [...sample(random, 4), ...sample(fc.constantFrom(...origins), 4)],
    methods: [...sample(fc.constantFrom(...methods), 3), 'X-ANY'],
    names: [
      ...sample(fc.constantFrom(...names), 3),
      ...sample(
        label.map((text) => `x-${text}`),
        2,
      ),
    ],
    exposed: [
      ...sample(fc.constantFrom(...exposed), 2),
      ...sample(
        label.map((text) => `x-${text}`),
        2,
      ),
    ],
  }
}

function recorded({ known }: Case): Answerer {
  return (request) => known.get(keyOf(request)) ?? REACHED
}

function missingOf(each: Case): readonly AskedRequest[] {
  const missing = new Map<string, AskedRequest>()
  const answer: Answerer = (request) => {
    const found = each.known.get(keyOf(request))
    if (found === undefined) missing.set(keyOf(request), request)
    return found ?? REACHED
  }
  for (const scenarios of each.scenarios) compare(answer, each.ours, scenarios)
  return [...missing.values()]
}
