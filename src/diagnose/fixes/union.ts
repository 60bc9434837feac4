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

/** The `maxAge` of proposed policies, in seconds. Every browser honors it. */
export const MAX_AGE_SECONDS = 600

/** What a server grants today, as far as its answers show. */
interface Granted {
  /** The policy of the server; `origins` is empty if no page may read. */
  readonly policy: CorsPolicy
  /** Sentences about choices for the owner to confirm. */
  readonly asks: readonly string[]
  /**
   * A sentence that lists the names in `policy` from the server's answers, and says if the server
   * may list more origins than it shows. Null without either.
   */
  readonly note: string | null
}

/** A limit on names that a person would check one by one. */
const MOST = 40

/** A limit. A server may list thousands of names, and each costs a check. */
const MOST_READ = 200

/**
 * Reads the server's present policy from its answers, so that a fix for one page takes nothing from
 * other pages. Names from the server are untrusted text: only those that the policy's own checks
 * accept are kept, and a note says that they came from the server.
 *
 * For example, the page sends PUT, and the server answers preflights with
 * `Access-Control-Allow-Methods: GET, PATCH`. The union has PUT, which the page needs, and PATCH,
 * which the server grants today. The note names PATCH.
 *
 * @param evidence The recorded exchange.
 * @returns The policy, the choices, and the note.
 */
export function grantedBy(evidence: Evidence): Granted {
  const { responses, preflights } = answersOf(evidence)
  const asks: string[] = []
  const { origins, credentials } = readersOf(evidence, asks)
  const draft: Draft = { origins, ...(credentials ? { credentials } : {}) }
  // The page's own names need no note.
  const needed = [evidence.call.method, ...evidence.call.headers.map(([name]) => name), ...evidence.call.reads]
  // Code that sets headers by hand sets these on every answer. Where no preflight was seen, they tell
  // what the pages with a preflight are granted.
  const declaring = preflights.length > 0 ? preflights : responses
  const lists = [
    ['methods', declaring, ALLOW_METHODS],
    ['requestHeaders', declaring, ALLOW_HEADERS],
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
        `The server sends * in ${name}, which with credentials is an ordinary name. The change lists the known names: add those that your other pages need.`,
      )
    }
    if (names.length > 0) draft[option] = names
    said.push(...phrase(WORDS[option], without(names, needed)))
    if (rest > 0)
      asks.push(`The server lists ${rest} more names in ${name}, too many to check: add those that are yours.`)
  }
  const seconds = declaring.map((each) => Number(field(each, MAX_AGE) ?? -1)).find((age) => age >= 0) ?? Number.NaN
  if (Number.isInteger(seconds)) draft.maxAge = Math.min(seconds, MAX_AGE_SECONDS)
  const notes = [
    ...(said.length > 0
      ? [`Kept because the server sends it today: ${said.join('; ')}. Remove names that are not yours.`]
      : []),
    ...(origins !== '*' && hasHiddenList(evidence) ? [HIDDEN] : []),
  ]
  return { policy: draft, asks, note: notes.length > 0 ? notes.join(' ') : null }
}

/** Many servers name a listed origin only to pages of that origin, so no probe finds the others. */
const HIDDEN = 'The server may allow more origins, and name each to its own pages only. Keep those in its list.'

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

/**
 * Returns whether a name may be repeated. A token may hold backticks, quotes and dollar signs,
 * which a shell or a template could run.
 */
function isSound(option: keyof typeof WORDS, name: string): boolean {
  if (!/^[\w.-]{1,64}$/.test(name)) return false
  if (option === 'methods' && (isSafelistedMethod(name) || name === 'OPTIONS')) return false
  return checkPolicy({ origins: ['https://a.example'], [option]: [name] }).length === 0
}

function without(names: readonly string[], some: readonly string[]): readonly string[] {
  const known = new Set(some.map((name) => name.toLowerCase()))
  return names.filter((name) => !known.has(name.toLowerCase()))
}
