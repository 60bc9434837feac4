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
import { isListing } from '../listing.ts'
import { listOf, type MigrationNote, originsOf, type PeerMeaning, type PeerOptions, secondsOf } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, type GivenAnswer, REACHED } from '../wire.ts'
import { chosenBy, FAILED, matchesAny } from './origin-option.ts'

const DEFAULTS: PeerOptions = {
  origin: '*',
  methods: 'GET,HEAD,POST',
  preflightContinue: false,
  optionsSuccessStatus: 204,
  credentials: false,
  exposedHeaders: null,
  allowedHeaders: null,
  maxAge: null,
  preflight: true,
  strictPreflight: true,
}

/** The plugin `@fastify/cors`. */
export const fastifyPeer: Peer = {
  name: 'fastify',
  title: '@fastify/cors',
  version: '11.4.1',
  adapter: 'fastify',
  options: [...Object.keys(DEFAULTS), 'hook', 'cacheControl', 'hideOptionsRoute', 'logLevel', 'delegator'],
  read,
  answerer: (options) => (request) => answer(complete(options), request),
}

function complete(options: PeerOptions): PeerOptions {
  const hasStar = Array.isArray(options.origin) && options.origin.includes('*')
  return { ...DEFAULTS, ...options, ...(hasStar ? { origin: '*' } : {}) }
}

const NOTES: readonly (readonly [option: string, applies: (value: unknown) => boolean, why: string, keep: string])[] = [
  [
    'preflightContinue',
    Boolean,
    'a preflight never reaches a handler',
    'answer a plain OPTIONS in a route of your own',
  ],
  [
    'preflight',
    (value) => value !== true,
    'preflights are always answered',
    'leave the middleware out where you answer them',
  ],
  [
    'origin',
    (value) => typeof value === 'function' && !isListing(value),
    'a function cannot be read; its answers for the origins of the report were',
    'write its rule as a list, or as "origins: (origin) => boolean"',
  ],
  [
    'delegator',
    Boolean,
    'a function that chooses options is not read',
    'pass a function of the request that gives a policy',
  ],
  ['cacheControl', (value) => value !== undefined, 'a policy sets no Cache-Control', 'set it in a hook of your own'],
]

function read(options: PeerOptions): PeerMeaning {
  const given = complete(options)
  const { origin } = given
  const isAny = origin === '*' || origin === true || (Array.isArray(origin) && origin.flat(Infinity).some(isTruth))
  const notes: MigrationNote[] = NOTES.filter(([option, applies]) => applies(given[option])).map(
    ([option, , why, keep]) => ({
      option,
      why,
      keep,
    }),
  )
  return {
    anyOrigin: isAny,
    origins: isAny || !origin ? [] : originsOf(isListing(origin) ? [...origin.lists] : origin),
    credentials: Boolean(given.credentials),
    methods: listOf(given.methods),
    requestHeaders: given.allowedHeaders === null ? 'asked' : listOf(given.allowedHeaders),
    exposedHeaders: listOf(given.exposedHeaders),
    maxAge: secondsOf(given.maxAge),
    preflightStatus: Number(given.optionsSuccessStatus) === 200 ? 200 : 204,
    stopsRefused: isListing(origin) && origin.fails,
    notes,
  }
}

function isTruth(entry: unknown): boolean {
  return Boolean(entry) && typeof entry !== 'string' && !(entry instanceof RegExp)
}

function answer(options: PeerOptions, request: AskedRequest): GivenAnswer {
  const vary = typeof options.origin !== 'string' && options.origin !== false ? [ORIGIN] : []
  const origin = chosenBy(options.origin, request.origin ?? undefined)
  const isOptions = request.method === 'OPTIONS'
  const headers: [string, string][] = []
  const done = (status: number, isReached: boolean): GivenAnswer => ({
    status,
    headers: vary.length > 0 ? [...headers, [VARY, vary.join(', ')]] : headers,
    isReached,
  })
  if (origin === FAILED) return done(500, false)
  // The plugin steps aside, and its own route for OPTIONS says that there is none.
  if (origin === false) return isOptions ? done(404, false) : done(200, true)
  if (!origin) return done(500, false)
  if (typeof origin === 'string') headers.push([ALLOW_ORIGIN, origin])
  else if (matchesAny(origin, request.origin ?? undefined) && request.origin !== null)
    headers.push([ALLOW_ORIGIN, request.origin])
  if (options.credentials) headers.push([ALLOW_CREDENTIALS, 'true'])
  if (options.exposedHeaders !== null) headers.push([EXPOSE_HEADERS, joined(options.exposedHeaders)])
  if (!isOptions) return done(REACHED.status, true)
  if (options.preflight !== true) return done(404, false)
  if (options.strictPreflight === true && (!request.origin || !request.asked)) return done(400, false)
  headers.push([ALLOW_METHODS, joined(options.methods)])
  if (options.allowedHeaders === null) {
    vary.push(REQUEST_HEADERS)
    if (request.names !== null) headers.push([ALLOW_HEADERS, request.names])
  } else headers.push([ALLOW_HEADERS, joined(options.allowedHeaders)])
  if (options.maxAge !== null) headers.push([MAX_AGE, String(options.maxAge)])
  return done(options.preflightContinue ? 200 : Number(options.optionsSuccessStatus), false)
}

function joined(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}
