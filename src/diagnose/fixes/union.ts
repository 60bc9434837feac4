import { checkPolicy } from '../../policy/check.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  EXPOSE_HEADERS,
  MAX_AGE,
  ORIGIN,
} from '../../spec/fields.ts'
import { isSafelistedMethod } from '../../spec/methods.ts'
import { splitList } from '../../spec/tokens.ts'
import { type Evidence, field, linesOf } from '../evidence.ts'
import { FOREIGN_ORIGIN } from '../probes.ts'
import { isPreflight, type Observation } from '../recorder.ts'
import { type Draft, unique } from './least-change.ts'

/** How long the policies that are proposed let a preflight hold: what every browser honors. */
export const MAX_AGE_SECONDS = 600

/** What a server grants today, as far as its answers show. */
export interface Granted {
  /** Its policy; `origins` is an empty list where no page may read. */
  readonly policy: CorsPolicy
  /** What the owner has to decide about it. */
  readonly asks: readonly string[]
  /** The names of the server's own in `policy`, in a sentence that says so; null where there are none. */
  readonly note: string | null
}

/** More names than anybody checks one by one. */
const MOST = 40

/** Answers of the page's own URL: what other paths say may be another policy. The strangers of a scan are not looked at. */
export function answersOf({ observations, call }: Evidence): readonly Observation[] {
  const isHere = (text: string) => {
    const url = URL.parse(text)
    return url?.origin === call.url.origin && url.pathname === call.url.pathname
  }
  return observations.filter(
    ({ purpose, response, request }) => response !== null && purpose !== 'security' && isHere(request.url),
  )
}

/**
 * Reads the policy that a server has today out of its answers, so that a fix for one page takes nothing from the others. What the server
 * says is another's word: it is kept only where the policy's own checks have nothing against it, and named as the server's.
 */
export function grantedBy(evidence: Evidence): Granted {
  const answers = answersOf(evidence)
  const responses = answers.filter(({ request }) => !isPreflight(request))
  const preflights = answers.filter(({ request }) => isPreflight(request))
  const asks: string[] = []
  const { origins, credentials } = readers(evidence, responses, preflights, asks)
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
  const note =
    said.length === 0 ? null : `Kept because the server says it today: ${said.join('; ')}. Delete what is not yours.`
  return { policy: draft, asks, note }
}

const WORDS = { methods: 'methods', requestHeaders: 'request headers', exposedHeaders: 'exposed headers' } as const

function phrase(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what} ${names.join(', ')}`]
}

/** Who may read today, and whether with credentials. */
function readers(
  { call, probes }: Evidence,
  responses: readonly Observation[],
  preflights: readonly Observation[],
  asks: string[],
): { origins: '*' | readonly string[]; credentials: boolean } {
  const wants = call.credentials === 'include'
  const isTrue = (observation: Observation) => field(observation, ALLOW_CREDENTIALS) === 'true'
  const values = (observation: Observation) =>
    linesOf(observation, ALLOW_ORIGIN).flatMap((line) => line.split(/[\s,]+/))
  // Where the request itself is not seen, what its preflight says is all that is known of it.
  const isUnseen = responses.every(
    ({ request, response }) => request.method !== call.method && (response?.status ?? 0) >= 400,
  )
  const witnesses = isUnseen ? [...responses, ...preflights] : responses
  const isForPages = (observation: Observation) => observation.request.headers.some(([name]) => name === ORIGIN)
  const isOpen = witnesses.some((each) => isForPages(each) && only(values(each)) === '*')
  const foreign = probes.foreign
  const isEcho = foreign !== null && only(values(foreign)) === FOREIGN_ORIGIN
  const named = unique([...responses, ...preflights].flatMap(values)).filter(
    (value) => value !== FOREIGN_ORIGIN && isOrigin(value) && value !== call.origin,
  )
  const own = [...responses, ...preflights].filter((each) => values(each).includes(call.origin))
  const credentials = own.some((each) => witnesses.includes(each) && isTrue(each))
  const isInsecure = (origin: string) =>
    (wants || credentials) &&
    checkPolicy({ origins: [origin], credentials: true }).some(({ code }) => code === 'origin-insecure')
  const list = [
    ...(own.length > 0 ? [call.origin] : []),
    ...named.filter((origin) => !isInsecure(origin)).slice(0, MOST),
  ]
  for (const origin of named.filter(isInsecure).slice(0, 3)) {
    asks.push(
      `The server lets ${origin} in. Over http, everybody who controls the network could read with credentials, so the change leaves it out.`,
    )
  }
  if (isOpen && !credentials) return { origins: '*', credentials: false }
  if (isEcho && !credentials && !wants && !(foreign !== null && isTrue(foreign))) {
    asks.push(
      'The server lets every origin in by repeating it. The change says the same as "*": list the origins if it is not public.',
    )
    return { origins: '*', credentials: false }
  }
  if (isEcho || isOpen) {
    asks.push(
      `The server lets every origin in${isEcho && foreign !== null && isTrue(foreign) ? ', with credentials' : ''}. The change names ${call.origin} alone: add the origins of your other pages.`,
    )
  } else if ([...responses, ...preflights].some((each) => values(each).some((value) => value.includes('*')))) {
    asks.push(
      'A "*" stands in Access-Control-Allow-Origin where it lets nobody read. The change names origins one by one: add those of your other pages.',
    )
  }
  return { origins: list, credentials }
}

/** A value that stands alone: two lines, or a list, let nobody read. */
function only(values: readonly string[]): string | null {
  return values.length === 1 ? (values[0] ?? null) : null
}

function namesIn(option: keyof typeof WORDS, from: readonly Observation[], header: string) {
  const all = from.flatMap((each) => linesOf(each, header)).flatMap(splitList)
  const isCased = option === 'methods'
  const sound = (isCased ? [...new Set(all)] : unique(all)).filter((name) => isSound(option, name))
  return { names: sound.slice(0, MOST), hasStar: all.includes('*'), rest: Math.max(sound.length - MOST, 0) }
}

/** Tells whether a name may be repeated: a token may hold backticks, quotes and dollar signs. */
function isSound(option: keyof typeof WORDS, name: string): boolean {
  if (!/^[\w.-]{1,64}$/.test(name)) return false
  if (option === 'methods' && (isSafelistedMethod(name) || name === 'OPTIONS')) return false
  return checkPolicy({ origins: ['https://a.example'], [option]: [name] }).length === 0
}

function isOrigin(value: string): boolean {
  return (
    /^[a-z][a-z\d+.-]{0,40}:\/\/[a-z\d.:[\]_-]{1,253}$/.test(value) && checkPolicy({ origins: [value] }).length === 0
  )
}

function without(names: readonly string[], some: readonly string[]): readonly string[] {
  const known = new Set(some.map((name) => name.toLowerCase()))
  return names.filter((name) => !known.has(name.toLowerCase()))
}
