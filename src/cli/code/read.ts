import type { PeerMeaning, PeerOptions } from '../../migrate/meaning.ts'
import type { Peer } from '../../migrate/peer.ts'
import { STRANGER } from '../../migrate/scenarios.ts'
import { languageOf } from '../../migrate/source/calls.ts'
import type { OptionsPlace } from '../../migrate/source/place.ts'
import { diffPolicies } from '../../policy/data/diff.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { ALLOW_ORIGIN } from '../../spec/fields.ts'
import { entryOf } from '../../targets/readers/origins.ts'
import { type ConfigReading, type Read, type Spot, startReading } from '../../targets/readers/reading.ts'
import { readText } from '../files.ts'
import { type Doubt, flaskDoubts, hasConditions, NARROWEST, runsUnderCondition, settingsDoubts } from './doubts.ts'
import { placesIn } from './places.ts'

/**
 * Reads the policy that application code gives to a CORS library. The policy never allows more than
 * the library does with the code: what is not written out is listed, and counts as not allowed.
 *
 * @throws {UsageError} for a file of another kind
 */
export async function readCode(file: string, peer: Peer): Promise<Read> {
  const text = readText(file)
  const rows = text.split('\n')
  const spot = (line: number): Spot => ({ line: Math.max(1, line), text: rows[Math.max(1, line) - 1] ?? '' })
  const doubts = peer.name === 'django' ? settingsDoubts(text) : peer.name === 'flask' ? flaskDoubts(text) : []
  const places = await placesIn(file, peer)
  const left = places.flatMap(({ line, why }) => (why === null ? [] : [{ ...spot(line), why }]))
  const reads: Read[] = []
  for (const place of places) {
    if (place.options === null) continue
    if (isUncertain(text, file, peer, place)) {
      left.push({
        ...spot(place.line),
        why: 'this runs under a condition, or in a class of its own, which is not read',
      })
      continue
    }
    const options = withoutDoubts(place.options, peer, doubts, places, rows)
    const find: Find = (needle) => {
      const holds = (row: string) => needle !== '' && row.includes(needle)
      const behind = rows.findIndex((row, i) => i >= place.line - 1 && holds(row))
      return spot(1 + (behind >= 0 ? behind : rows.findIndex(holds)) || place.line)
    }
    for (const part of peer.parts?.(options) ?? [options]) reads.push(readOptions(part, peer, find))
  }
  if (places.some(({ options }) => options !== null))
    for (const doubt of doubts)
      if (isSaid(doubt, places) && !left.some(({ line }) => line === doubt.line))
        left.push({ ...spot(doubt.line), why: doubt.why })
  const notUnderstood = [...left, ...reads.flatMap((read) => read.notUnderstood)]
  const { policy, why } = narrowest(reads.flatMap((read) => (read.policy === null ? [] : [read.policy])))
  if (why !== null) notUnderstood.push({ ...spot(places[0]?.line ?? 1), why })
  return {
    policy,
    notUnderstood: notUnderstood.toSorted((a, b) => a.line - b.line),
    issues: reads.flatMap((read) => read.issues).toSorted((a, b) => a.line - b.line),
  }
}

/** Finds the line that spells a text; the line of the options where none does. */
type Find = (needle: string) => Spot

function isUncertain(text: string, file: string, peer: Peer, { line }: OptionsPlace): boolean {
  const language = languageOf(file)
  if (language === null || peer.name === 'django') return false
  const rows = text.split('\n')
  const row = rows[line - 1] ?? ''
  if (peer.name === 'spring' && /@(?:field:|get:)?CrossOrigin\b/.test(row)) return false
  if (runsUnderCondition(text, line, language)) return true
  if (peer.name !== 'spring') return false
  // A registration that is kept may change later, and a class of its own may answer in another way.
  const statement = `${rows[line - 2] ?? ''}\n${row}`
  if (/(?:=|\breturn\b|\()\s*(?:\w+\s*)?\.?addMapping\b/.test(statement)) return true
  return /\bCorsConfiguration\(\)/.test(row) && (/\(\)\s*\{/.test(row) || hasConditions(text, line))
}

/** A setting that a line sets. One that a line adds to keeps what is written out. */
const CHANGED = /^\s*(CORS_[A-Z_]+)(?!\s*(?:\+=|\.(?:append|extend|insert)\())\b/

/** Puts the least in the place of each option whose value is not known. */
function withoutDoubts(
  options: PeerOptions,
  peer: Peer,
  doubts: readonly Doubt[],
  places: readonly OptionsPlace[],
  rows: readonly string[],
): PeerOptions {
  const least = NARROWEST[peer.name] ?? {}
  if (peer.name === 'flask') return doubts.length > 0 ? { ...least, ...options } : options
  if (peer.name !== 'django') return options
  const unread = places.flatMap(({ line, why }) =>
    why === null ? [] : [CHANGED.exec(rows[line - 1] ?? '')?.[1] ?? ''],
  )
  const unknown = [...unread, ...doubts.flatMap((doubt) => doubt.options ?? [])]
  return { ...options, ...Object.fromEntries(Object.entries(least).filter(([name]) => unknown.includes(name))) }
}

/** A call of Flask-CORS that gives every option leaves nothing to the configuration. */
function isSaid({ options }: Doubt, places: readonly OptionsPlace[]): boolean {
  const names = Object.keys(NARROWEST.flask ?? {})
  return options !== null || places.some((place) => names.some((name) => !Object.hasOwn(place.options ?? {}, name)))
}

function readOptions(options: PeerOptions, peer: Peer, find: Find): Read {
  const reading = startReading()
  const spot = find('')
  try {
    const meaning = peer.read(options)
    sayOrigins(reading, meaning, peer, options, find)
    sayRest(reading, meaning, spot)
    for (const { option, why } of meaning.notes) reading.leaveOut(find(option), `${option}: ${why}`)
    for (const option of Object.keys(options).filter((key) => !peer.options.includes(key) && peer.name !== 'django'))
      reading.leaveOut(find(option), `${peer.title} has no option ${option}`)
    if (meaning.paths !== undefined && !/^\^?(?:\.|\/)\*\$?$/.test(meaning.paths))
      reading.leaveOut(
        find(meaning.paths),
        `it covers paths that match ${meaning.paths}, and a policy has no paths: write a route`,
      )
    const { policy, notUnderstood, issues } = reading.done()
    const isStopped = meaning.notes.some(({ option }) => option === 'allowedMethods')
    return { policy: isStopped ? null : policy, notUnderstood, issues }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { policy: null, notUnderstood: [{ ...spot, text: spot.text.trim(), why: error.message }], issues: [] }
  }
}

function sayOrigins(
  reading: ConfigReading,
  { anyOrigin, origins, credentials }: PeerMeaning,
  peer: Peer,
  options: PeerOptions,
  find: Find,
): void {
  const spot = find('')
  const answer = peer.answerer(options)
  const shares = (origin: string) => {
    const { headers } = answer({ method: 'GET', origin, asked: null, names: null })
    return headers.find(([name]) => name === ALLOW_ORIGIN)?.[1]
  }
  const isRepeated = anyOrigin && shares(STRANGER) === STRANGER
  if (anyOrigin) reading.anyOrigin(spot, isRepeated)
  if (credentials && anyOrigin && !isRepeated)
    reading.leaveOut(spot, 'credentials: a browser shares no answer with "*" and credentials')
  else reading.credentials(spot, credentials)
  for (const origin of origins) {
    if (origin instanceof RegExp) {
      const source = bare(origin.source.replaceAll('\\/', '/'))
      reading.expression(find(source), source)
      continue
    }
    // A library compares texts. One with a star or with a slash at the end may match no origin.
    const entry = entryOf(origin)
    if (entry !== null && (entry.includes('*') || shares(entry) !== entry))
      reading.leaveOut(
        find(origin),
        `${JSON.stringify(origin)}: ${peer.title} compares it as it is, and no browser sends it`,
      )
    else reading.origin(find(origin), origin)
  }
}

/** Takes off the group that stands for `re.match` of Python, where what is inside begins with `^` itself. */
function bare(source: string): string {
  const inner = /^\^\(\?:(\^.*)\)$/.exec(source)?.[1]
  if (inner === undefined) return source
  let depth = 0
  for (const letter of inner.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/g, '')) {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0
    if (letter === '|' && depth === 0) return source
  }
  return inner
}

function sayRest(reading: ConfigReading, meaning: PeerMeaning, spot: Spot): void {
  const { credentials, maxAge, requestHeaders, notes } = meaning
  // Next to credentials, browsers read `*` as an ordinary name.
  const literal = (names: readonly string[]) => names.filter((name) => !(credentials && name === '*')).join(', ')
  if (!notes.some(({ option }) => option === 'preflight')) {
    reading.methods(spot, literal(meaning.methods))
    if (requestHeaders === 'asked') reading.option(spot, { requestHeaders: ['*', 'Authorization'] })
    else reading.requestHeaders(spot, literal(requestHeaders))
  }
  reading.exposedHeaders(spot, literal(meaning.exposedHeaders))
  if (maxAge !== null) reading.option(spot, { maxAge: Math.min(86_400, Math.max(0, Math.floor(maxAge))) })
  if (meaning.preflightStatus === 200) reading.option(spot, { preflightStatus: 200 })
  if (meaning.stopsRefused && !meaning.anyOrigin) reading.option(spot, { refused: 'forbid' })
}

/** Of several calls, takes the policy that none of the others refuses anything of. */
function narrowest(policies: readonly CorsPolicy[]): {
  readonly policy: CorsPolicy | null
  readonly why: string | null
} {
  const [first] = policies
  if (first === undefined) return { policy: null, why: null }
  const isCovered = (policy: CorsPolicy) => policies.every((other) => diffPolicies(other, policy).allowed.length === 0)
  const policy = policies.find(isCovered) ?? null
  if (policy === null)
    return { policy, why: 'several calls allow different things, and a policy is one: migrate each call by itself' }
  const isSame = policies.every((other) => diffPolicies(policy, other).allowed.length === 0)
  return { policy, why: isSame ? null : 'several calls allow different things: this is the policy of the narrowest' }
}
