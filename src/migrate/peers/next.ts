import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  EXPOSE_HEADERS,
  MAX_AGE,
  VARY,
} from '../../spec/fields.ts'
import { listOf, type PeerMeaning, type PeerOptions, secondsOf } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, asksPreflight, type GivenAnswer, REACHED } from '../wire.ts'

/**
 * Fixed header lines, as `headers()` of a Next.js configuration and hand-written objects hold them:
 * an object of names and values, or the entry `{ source, headers: [{ key, value }] }`.
 */
export const nextPeer: Peer = {
  name: 'next',
  title: 'headers() of Next.js',
  version: '16.4.6',
  adapter: 'next',
  options: [
    ...[ALLOW_ORIGIN, ALLOW_CREDENTIALS, ALLOW_METHODS, ALLOW_HEADERS, EXPOSE_HEADERS, MAX_AGE, VARY],
    ...['source', 'headers', 'has', 'missing', 'basePath', 'locale'],
  ],
  read,
  answerer: (options) => {
    const lines = linesOf(options)
    return (request) => answer(lines, request)
  },
}

type Lines = readonly (readonly [name: string, value: string])[]

/** Reads the lines. Of one name, the last counts. */
function linesOf(options: PeerOptions): Lines {
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(options.headers)
    ? options.headers.map((entry: { key?: unknown; value?: unknown } | null) => [entry?.key, entry?.value])
    : Object.entries(options).filter(([name]) => name !== 'source')
  const known = [ALLOW_ORIGIN, ALLOW_CREDENTIALS, ALLOW_METHODS, ALLOW_HEADERS, EXPOSE_HEADERS, MAX_AGE, VARY]
  const last = new Map<string, string>()
  for (const [name, value] of pairs) {
    const field = known.find((each) => each.toLowerCase() === String(name).toLowerCase())
    if (field !== undefined) last.set(field, String(value))
  }
  return [...last]
}

function read(options: PeerOptions): PeerMeaning {
  for (const option of ['has', 'missing'])
    if (options[option] !== undefined)
      throw new TypeError(
        `${option}: a condition on requests cannot be read: write one route or list of origins instead`,
      )
  const lines = linesOf(options)
  const lineOf = (name: string) => lines.find(([other]) => other === name)?.[1]
  const origin = lineOf(ALLOW_ORIGIN)
  const { source } = options
  const isEverywhere = source === undefined || /^\/(?::\w+\*|\(\.\*\))$/.test(String(source))
  const several = origin?.includes(',') ?? false
  return {
    anyOrigin: origin === '*',
    origins: origin === undefined || origin === '*' ? [] : listOf(origin),
    credentials: lineOf(ALLOW_CREDENTIALS) === 'true' && origin !== '*',
    methods: listOf(lineOf(ALLOW_METHODS)),
    requestHeaders: listOf(lineOf(ALLOW_HEADERS)),
    exposedHeaders: listOf(lineOf(EXPOSE_HEADERS)),
    maxAge: secondsOf(lineOf(MAX_AGE)),
    preflightStatus: 204,
    ...(isEverywhere ? {} : { paths: String(source) }),
    notes: several
      ? [
          {
            option: ALLOW_ORIGIN,
            why: 'browsers refuse an answer that lists several origins; the policy allows each of them',
            keep: 'remove from "origins" what you do not mean',
          },
        ]
      : [],
  }
}

/**
 * A route handler has no `OPTIONS` as a rule, so Next.js answers it, with the lines of all answers.
 * One that is no preflight it answers with a policy too, so that counts as the handler.
 */
function answer(lines: Lines, request: AskedRequest): GivenAnswer {
  return asksPreflight(request) ? { status: 204, headers: lines, isReached: false } : { ...REACHED, headers: lines }
}
