import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  EXPOSE_HEADERS,
  MAX_AGE,
  ORIGIN,
  REQUEST_HEADERS,
  REQUEST_METHOD,
  VARY,
} from '../../spec/fields.ts'
import { listOf, originsOf, type PeerMeaning, type PeerOptions, secondsOf } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, asksPreflight, type GivenAnswer, REACHED } from '../wire.ts'

const DEFAULTS: PeerOptions = {
  origin: '*',
  methods: '*',
  allowHeaders: '*',
  exposeHeaders: '*',
  credentials: false,
  maxAge: false,
}

/** `handleCors` of h3 2. */
export const h3Peer: Peer = {
  name: 'h3',
  title: 'h3 handleCors',
  version: '2.0.8',
  adapter: 'h3',
  options: [...Object.keys(DEFAULTS), 'preflight'],
  read,
  answerer: (options) => (request) => answer({ ...DEFAULTS, ...options }, request),
}

function statusOf({ preflight }: PeerOptions): number {
  const status = (preflight as { statusCode?: unknown } | undefined)?.statusCode
  return typeof status === 'number' ? status : 204
}

function read(options: PeerOptions): PeerMeaning {
  const given = { ...DEFAULTS, ...options }
  const isAny = !given.origin || given.origin === '*'
  const credentials = Boolean(given.credentials)
  const names = given.allowHeaders === '*' ? [] : listOf(given.allowHeaders)
  // With credentials it repeats the method that was asked for, and exposes nothing for `*`.
  const methods = given.methods === '*' && credentials ? REPEATED : listOf(given.methods)
  return {
    anyOrigin: isAny,
    origins: isAny ? [] : originsOf(Array.isArray(given.origin) ? given.origin : [given.origin]),
    credentials,
    methods,
    requestHeaders: names.length === 0 ? 'asked' : names,
    exposedHeaders: given.exposeHeaders === '*' && credentials ? [] : listOf(given.exposeHeaders),
    maxAge: given.maxAge ? secondsOf(given.maxAge) : null,
    preflightStatus: statusOf(given) === 200 ? 200 : 204,
    notes:
      typeof given.origin === 'function'
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

/** The methods of the Fetch Standard that need permission, in the place of every method. */
const REPEATED: readonly string[] = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']

function answer(options: PeerOptions, request: AskedRequest): GivenAnswer {
  const headers: [string, string][] = []
  const vary: string[] = []
  const set = (name: string, value: unknown) => {
    if (value) headers.push([name, Array.isArray(value) ? value.join(',') : String(value)])
  }
  const { origin, methods, credentials, exposeHeaders, allowHeaders } = options
  if (!origin || origin === '*') set(ALLOW_ORIGIN, '*')
  else {
    vary.push(ORIGIN)
    if (request.origin && isAllowed(origin, request.origin)) set(ALLOW_ORIGIN, request.origin)
  }
  if (credentials) set(ALLOW_CREDENTIALS, 'true')
  const done = (status: number, isReached: boolean): GivenAnswer => ({
    status,
    headers: vary.length > 0 ? [...headers, [VARY, vary.join(', ')]] : headers,
    isReached,
  })
  if (!asksPreflight(request)) {
    if (exposeHeaders === '*') set(EXPOSE_HEADERS, credentials ? null : '*')
    else if (exposeHeaders) headers.push([EXPOSE_HEADERS, listOf(exposeHeaders).join(',')])
    return done(REACHED.status, true)
  }
  if (methods === '*' && credentials) {
    set(ALLOW_METHODS, request.asked)
    vary.push(REQUEST_METHOD)
  } else if (methods === '*' || (Array.isArray(methods) && methods.length > 0)) set(ALLOW_METHODS, methods)
  vary.push(REQUEST_HEADERS)
  const isRepeated = !allowHeaders || allowHeaders === '*' || (allowHeaders as readonly string[]).length === 0
  set(ALLOW_HEADERS, isRepeated ? request.names : allowHeaders)
  set(MAX_AGE, options.maxAge)
  return done(statusOf(options), false)
}

function isAllowed(option: unknown, origin: string): boolean {
  if (typeof option === 'function') return option(origin) === true
  if (Array.isArray(option))
    return option.some((entry) => (entry instanceof RegExp ? origin.search(entry) !== -1 : entry === origin))
  return option === origin
}
