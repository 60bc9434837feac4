import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  EXPOSE_HEADERS,
  MAX_AGE,
  ORIGIN,
  REQUEST_HEADERS,
  VARY,
} from '../../spec/fields.ts'
import { listOf, originsOf, type PeerMeaning, type PeerOptions, secondsOf } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, type GivenAnswer, REACHED } from '../wire.ts'
import { matchesAny } from './origin-option.ts'

const DEFAULTS: PeerOptions = {
  origin: true,
  methods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'],
  allowedHeaders: [],
  exposedHeaders: [],
}

/** `cors` and `createCorsMiddleware` of remix-utils, for Remix and React Router. */
export const remixPeer: Peer = {
  name: 'remix',
  title: 'remix-utils cors',
  version: '10.0.0',
  adapter: 'react-router',
  options: ['origin', 'methods', 'allowedHeaders', 'exposedHeaders', 'credentials', 'maxAge'],
  read,
  answerer: (options) => (request) => answer({ ...DEFAULTS, ...options }, request),
}

function read(options: PeerOptions): PeerMeaning {
  const given = { ...DEFAULTS, ...options }
  const { origin } = given
  for (const option of ['methods', 'allowedHeaders', 'exposedHeaders'])
    if (given[option] !== undefined && given[option] !== null && !Array.isArray(given[option]))
      throw new TypeError(`${option}: remix-utils takes a list`)
  const isAny = origin === undefined || origin === '*' || origin === true
  const names = listOf(given.allowedHeaders)
  return {
    anyOrigin: isAny,
    origins: isAny || !origin ? [] : originsOf(origin),
    credentials: given.credentials === true,
    methods: listOf(given.methods),
    requestHeaders: names.length === 0 ? 'asked' : names,
    exposedHeaders: listOf(given.exposedHeaders),
    maxAge: typeof given.maxAge === 'number' ? secondsOf(given.maxAge) : null,
    preflightStatus: 204,
    notes:
      typeof origin === 'function'
        ? [
            {
              option: 'origin',
              why: 'a function cannot be read; its answers for the origins of the report were',
              keep: 'write its rule as a list, or as "origins: (origin) => boolean"',
            },
          ]
        : [],
  }
}

/** The library adds headers to the answer of a loader, also to the one for a preflight. */
function answer(options: PeerOptions, request: AskedRequest): GivenAnswer {
  const headers: [string, string][] = []
  const set = (name: string, value: unknown) => {
    if (typeof value === 'string') headers.push([name, value])
  }
  const joined = (value: unknown) => (Array.isArray(value) ? value.join(',') : undefined)
  const asked = request.origin
  const origin = typeof options.origin === 'function' ? options.origin(asked ?? '') : options.origin
  if (asked && origin !== false) {
    if (origin === undefined || origin === '*') set(ALLOW_ORIGIN, '*')
    // A text is sent to every page.
    else if (typeof origin === 'string' || matchesAny(origin, asked)) {
      set(ALLOW_ORIGIN, typeof origin === 'string' ? origin : asked)
      set(VARY, ORIGIN)
    }
  }
  if (options.credentials === true) set(ALLOW_CREDENTIALS, 'true')
  set(EXPOSE_HEADERS, joined(options.exposedHeaders) || undefined)
  if (request.method !== 'OPTIONS') return { ...REACHED, headers }
  set(ALLOW_METHODS, joined(options.methods))
  const names = joined(options.allowedHeaders)
  if (!names) set(VARY, REQUEST_HEADERS)
  set(ALLOW_HEADERS, (names || request.names) ?? undefined)
  if (typeof options.maxAge === 'number') set(MAX_AGE, String(options.maxAge))
  return { ...REACHED, headers }
}
