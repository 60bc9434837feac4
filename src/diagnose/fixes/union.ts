import { checkPolicy } from '../../policy/check.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, EXPOSE_HEADERS, MAX_AGE } from '../../spec/fields.ts'
import { isSafelistedMethod } from '../../spec/methods.ts'
import { splitList } from '../../spec/tokens.ts'
import { type Evidence, field, linesOf, variesByOrigin } from '../evidence.ts'
import { refusesOrigins } from '../proven.ts'
import type { Observation } from '../recorder.ts'
import { type Draft, unique } from './drafts.ts'
import { answersOf, readersOf } from './readers.ts'

/** How long the policies that are proposed let a preflight hold: what every browser honors. */
export const MAX_AGE_SECONDS = 600

/** What a server grants today, as far as its answers show. */
export interface Granted {
  /** Its policy; `origins` is an empty list where no page may read. */
  readonly policy: CorsPolicy
  /** What the owner has to decide about it. */
  readonly asks: readonly string[]
  /** The names of the server's own in `policy`, and whether its list of origins is hidden; null where neither is so. */
  readonly note: string | null
}

/** More names than anybody checks one by one. */
const MOST = 40

/** A server may list thousands: each costs a check. */
const MOST_READ = 200

/**
 * Reads the policy that a server has today out of its answers, so that a fix for one page takes nothing from the others. What the server
 * says is another's word: it is kept only where the policy's own checks have nothing against it, and named as the server's.
 */
export function grantedBy(evidence: Evidence): Granted {
  const { responses, preflights } = answersOf(evidence)
  const asks: string[] = []
  const { origins, credentials } = readersOf(evidence, asks)
  const draft: Draft = { origins, ...(credentials ? { credentials } : {}) }
  // What the page needs is the page's own word.
  const needed = [evidence.call.method, ...evidence.call.headers.map(([name]) => name), ...evidence.call.reads]
  const lists = [
    ['methods', preflights, ALLOW_METHODS],
    ['requestHeaders', preflights, ALLOW_HEADERS],
    ['exposedHeaders', responses, EXPOSE_HEADERS],
  ] as const
  const said: string[] = origins === '*' ? [] : phrase('origins', without(origins, [evidence.call.origin]))
  const isCredentialed = credentials || (evidence.call.credentials === 'include' && origins !== '*')
  for (const [option, from, name] of lists) {
    const { names, hasStar, rest } = namesIn(option, from, name)
    if (hasStar && !isCredentialed) {
      const beside = option === 'requestHeaders' ? names.filter((each) => each.toLowerCase() === 'authorization') : []
      draft[option] = beside.length > 0 ? ['*', ...beside] : '*'
      continue
    }
    if (hasStar) {
      asks.push(
        `The server says * in ${name}; next to credentials browsers read that as a name. The change lists what is known: add what your other pages need.`,
      )
    }
    if (names.length > 0) draft[option] = names
    said.push(...phrase(WORDS[option], without(names, needed)))
    if (rest > 0)
      asks.push(`The server lists ${rest} more names in ${name}, too many to check: add those that are yours.`)
  }
  const seconds = preflights.map((each) => Number(field(each, MAX_AGE) ?? Number.NaN)).find((age) => age >= 0)
  if (seconds !== undefined && Number.isInteger(seconds)) draft.maxAge = Math.min(seconds, MAX_AGE_SECONDS)
  const notes = [
    ...(said.length > 0
      ? [`Kept because the server says it today: ${said.join('; ')}. Delete what is not yours.`]
      : []),
    ...(origins !== '*' && hasHiddenList(evidence) ? [HIDDEN] : []),
  ]
  return { policy: draft, asks, note: notes.length > 0 ? notes.join(' ') : null }
}

/** A server names a listed origin to that origin alone, so no probe finds the others. */
const HIDDEN = 'The server may list more origins, which it names to their own pages alone: keep those in its list.'

/** Tells whether the server compares origins with a list that its answers do not show. */
function hasHiddenList(evidence: Evidence): boolean {
  const { observations, probes } = evidence
  const names = (each: Observation | null) => linesOf(each, ALLOW_ORIGIN).length > 0
  if (names(probes.foreign)) return false
  return refusesOrigins(evidence) || observations.some((each) => names(each) || variesByOrigin(each))
}

const WORDS = { methods: 'methods', requestHeaders: 'request headers', exposedHeaders: 'exposed headers' } as const

function phrase(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what} ${names.join(', ')}`]
}

function namesIn(option: keyof typeof WORDS, from: readonly Observation[], header: string) {
  const all = from.flatMap((each) => linesOf(each, header)).flatMap(splitList)
  const isCased = option === 'methods'
  const sound = (isCased ? [...new Set(all)] : unique(all)).slice(0, MOST_READ).filter((name) => isSound(option, name))
  return { names: sound.slice(0, MOST), hasStar: all.includes('*'), rest: Math.max(sound.length - MOST, 0) }
}

/** Tells whether a name may be repeated: a token may hold backticks, quotes and dollar signs. */
function isSound(option: keyof typeof WORDS, name: string): boolean {
  if (!/^[\w.-]{1,64}$/.test(name)) return false
  if (option === 'methods' && (isSafelistedMethod(name) || name === 'OPTIONS')) return false
  return checkPolicy({ origins: ['https://a.example'], [option]: [name] }).length === 0
}

function without(names: readonly string[], some: readonly string[]): readonly string[] {
  const known = new Set(some.map((name) => name.toLowerCase()))
  return names.filter((name) => !known.has(name.toLowerCase()))
}
