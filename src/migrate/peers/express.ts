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
  methods: 'GET,HEAD,PUT,PATCH,POST,DELETE',
  preflightContinue: false,
  optionsSuccessStatus: 204,
}

/** The `cors` package of Express, which NestJS uses too. */
export const expressPeer: Peer = {
  name: 'express',
  title: 'cors',
  version: '2.8.6',
  adapter: 'node',
  options: [
    ...['origin', 'methods', 'allowedHeaders', 'headers', 'exposedHeaders', 'credentials', 'maxAge'],
    ...['preflightContinue', 'optionsSuccessStatus'],
  ],
  read,
  answerer: (options) => (request) => answer({ ...DEFAULTS, ...options }, request),
}

/** NestJS on Express: `app.enableCors(options)` passes its options to the `cors` package. */
export const nestPeer: Peer = { ...expressPeer, name: 'nest' }

function read(options: PeerOptions): PeerMeaning {
  const given = { ...DEFAULTS, ...options }
  const { origin } = given
  const list = listOf(given.allowedHeaders || given.headers)
  const isAny = origin === '*' || origin === true || (Array.isArray(origin) && origin.flat(Infinity).some(isTruth))
  const status = Number(given.optionsSuccessStatus)
  const notes: MigrationNote[] = [
    ...(given.preflightContinue
      ? [
          {
            option: 'preflightContinue',
            why: 'a preflight never reaches a handler',
            keep: 'answer a plain OPTIONS in a route of your own',
          },
        ]
      : []),
    ...(typeof origin === 'function' && !isListing(origin)
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
    origins: isAny || !origin ? [] : originsOf(isListing(origin) ? [...origin.lists] : origin),
    credentials: given.credentials === true,
    methods: listOf(given.methods),
    requestHeaders: given.allowedHeaders || given.headers ? list : 'asked',
    exposedHeaders: listOf(given.exposedHeaders),
    maxAge: secondsOf(given.maxAge),
    preflightStatus: status === 200 ? 200 : 204,
    stopsRefused: isListing(origin) && origin.fails,
    notes,
  }
}

/** The package reads any value that is neither a text nor an expression as every origin. */
function isTruth(entry: unknown): boolean {
  return Boolean(entry) && typeof entry !== 'string' && !(entry instanceof RegExp)
}

function answer(options: PeerOptions, request: AskedRequest): GivenAnswer {
  const origin = chosenBy(options.origin, request.origin ?? undefined)
  if (origin === FAILED) return { status: 500, headers: [], isReached: false }
  // Without an origin the middleware steps aside.
  if (!origin) return REACHED
  const headers: [string, string][] = []
  const vary: string[] = []
  const set = (name: string, value: unknown) => {
    const text = value ? (Array.isArray(value) ? value.join(',') : String(value)) : ''
    if (text !== '') headers.push([name, text])
  }
  if (origin === '*') set(ALLOW_ORIGIN, '*')
  else {
    vary.push(ORIGIN)
    if (typeof origin === 'string') set(ALLOW_ORIGIN, origin)
    else if (matchesAny(origin, request.origin ?? undefined)) set(ALLOW_ORIGIN, request.origin)
  }
  if (options.credentials === true) set(ALLOW_CREDENTIALS, 'true')
  const isOptions = request.method === 'OPTIONS'
  if (isOptions) {
    set(ALLOW_METHODS, options.methods)
    const names = options.allowedHeaders || options.headers
    if (!names) vary.push(REQUEST_HEADERS)
    set(ALLOW_HEADERS, names || request.names)
    const { maxAge } = options
    set(MAX_AGE, typeof maxAge === 'number' || maxAge ? String(maxAge) : null)
  }
  set(EXPOSE_HEADERS, options.exposedHeaders)
  if (vary.length > 0) headers.push([VARY, vary.join(', ')])
  const isAnswered = isOptions && !options.preflightContinue
  return { status: isAnswered ? Number(options.optionsSuccessStatus) : 200, headers, isReached: !isAnswered }
}
