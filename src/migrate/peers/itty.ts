import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  EXPOSE_HEADERS,
  MAX_AGE,
} from '../../spec/fields.ts'
import { listOf, type MigrationNote, originsOf, type PeerMeaning, type PeerOptions, secondsOf } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, type GivenAnswer, REACHED } from '../wire.ts'

const DEFAULTS: PeerOptions = { origin: '*', credentials: false, allowMethods: '*' }

/** `cors` of itty-router 5, as `before: [preflight]` and `finally: [corsify]`. */
export const ittyPeer: Peer = {
  name: 'itty',
  title: 'itty-router cors',
  version: '5.0.24',
  adapter: 'workers',
  options: ['origin', 'credentials', 'allowMethods', 'allowHeaders', 'exposeHeaders', 'maxAge'],
  read,
  answerer: (options) => {
    const given = complete(options)
    return (request) => answer(given, request)
  },
}

/** Its defaults stand in a parameter, so `undefined` counts as absent. */
function complete(options: PeerOptions): PeerOptions {
  return { ...DEFAULTS, ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) }
}

function read(options: PeerOptions): PeerMeaning {
  const given = complete(options)
  const { origin, exposeHeaders } = given
  const exposed = listOf(exposeHeaders)
  const isAny = origin === '*' || origin === true
  const ignored = Array.isArray(origin) ? origin.filter((entry) => typeof entry !== 'string') : []
  const notes: MigrationNote[] = [
    ...(exposed.length > 0
      ? [
          {
            option: 'exposeHeaders',
            why: 'itty-router sends it with preflights alone, where browsers do not read it, so pages read none of these',
            keep: `add "exposedHeaders": ${JSON.stringify(exposed)} if pages are to read them`,
          },
        ]
      : []),
    ...ignored.map((entry) => ({
      option: 'origin',
      why: `itty-router compares a list with texts alone, so ${String(entry)} in it never matches`,
      keep: 'add the origins that you meant to "origins"',
    })),
    ...(typeof origin === 'function'
      ? [
          {
            option: 'origin',
            why: 'a function cannot be read; its answers for the origins of the report were',
            keep: 'write its rule as a list, or as "origins: (origin) => boolean"',
          },
        ]
      : []),
  ]
  return {
    anyOrigin: isAny,
    origins: isAny ? [] : originsOf(origin).filter((entry) => typeof entry === 'string' || !Array.isArray(origin)),
    credentials: Boolean(given.credentials),
    methods: listOf(given.allowMethods),
    requestHeaders:
      given.allowHeaders === undefined || given.allowHeaders === null ? 'asked' : listOf(given.allowHeaders),
    exposedHeaders: [],
    maxAge: given.maxAge ? secondsOf(given.maxAge) : null,
    preflightStatus: 204,
    notes,
  }
}

function answer(options: PeerOptions, request: AskedRequest): GivenAnswer {
  const headers: [string, string][] = []
  const set = (name: string, value: unknown) => {
    if (value) headers.push([name, String(value)])
  }
  const joined = (value: unknown) => (Array.isArray(value) ? value.join(',') : value)
  const origin = allowedOrigin(options, request.origin)
  set(ALLOW_ORIGIN, origin)
  set(ALLOW_CREDENTIALS, options.credentials)
  if (request.method !== 'OPTIONS') return { ...REACHED, headers }
  // `corsify` runs on this answer too, and adds the credentials again where no origin was set.
  if (!origin && options.credentials) headers[0] = [ALLOW_CREDENTIALS, `${options.credentials}, ${options.credentials}`]
  set(ALLOW_METHODS, joined(options.allowMethods))
  set(EXPOSE_HEADERS, joined(options.exposeHeaders))
  set(ALLOW_HEADERS, joined(options.allowHeaders) ?? request.names)
  set(MAX_AGE, options.maxAge)
  return { status: 204, headers, isReached: false }
}

/** A list and an expression compare; a text is sent to every page. */
function allowedOrigin({ origin, credentials }: PeerOptions, asked: string | null): unknown {
  if (origin === true) return asked
  if (origin instanceof RegExp)
    return new RegExp(origin.source, origin.flags.replace(/[gy]/g, '')).test(String(asked)) ? asked : undefined
  if (Array.isArray(origin)) return origin.includes(asked) ? asked : undefined
  if (typeof origin === 'function') return origin(asked)
  return origin === '*' && credentials ? asked : origin
}
