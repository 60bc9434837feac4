import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  EXPOSE_HEADERS,
  MAX_AGE,
  ORIGIN,
  VARY,
} from '../../spec/fields.ts'
import { listOf, originsOf, type PeerMeaning, type PeerOptions, secondsOf } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, fieldsOf, type GivenAnswer, REACHED } from '../wire.ts'

const DEFAULTS: PeerOptions = {
  origin: true,
  methods: true,
  allowedHeaders: true,
  exposeHeaders: true,
  credentials: true,
  maxAge: 5,
  preflight: true,
}

/** The plugin `@elysiajs/cors`. */
export const elysiaPeer: Peer = {
  name: 'elysia',
  title: '@elysiajs/cors',
  version: '1.4.2',
  adapter: 'elysia',
  options: [...Object.keys(DEFAULTS), 'aot'],
  read,
  answerer: (options) => {
    const given = complete(options)
    return (request) => answer(given, request)
  },
}

/** Its functions get the request, which exists in a running server alone. */
function complete(options: PeerOptions): PeerOptions {
  if ([options.origin].flat().some((entry) => typeof entry === 'function'))
    throw new TypeError('origin: a function of the request cannot be read: write its rule as a list of origins')
  // Its defaults stand in a parameter, so `undefined` counts as absent.
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return { ...DEFAULTS, ...Object.fromEntries(given) }
}

/** The methods that need permission, in the place of a method that is repeated. */
const REPEATED: readonly string[] = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']

function entriesOf({ origin }: PeerOptions): readonly (string | RegExp)[] {
  return typeof origin === 'boolean' ? [] : originsOf(Array.isArray(origin) ? origin : [origin])
}

function read(options: PeerOptions): PeerMeaning {
  const given = complete(options)
  const entries = entriesOf(given)
  // An entry without a scheme allows both schemes of the web, and others.
  const named = entries.flatMap((entry) =>
    typeof entry === 'string' && entry !== '*' && !entry.includes('://')
      ? [`https://${entry}`, `http://${entry}`]
      : [entry],
  )
  const isAny = given.origin === true || entries.includes('*')
  const { methods } = given
  return {
    anyOrigin: isAny,
    origins: isAny ? [] : named,
    // `*` itself never goes with credentials in a browser.
    credentials: given.credentials === true && !(given.origin !== true && entries.includes('*')),
    methods: methods === true ? REPEATED : listOf(methods),
    requestHeaders: given.allowedHeaders === true ? 'asked' : listOf(given.allowedHeaders),
    // `true` repeats the names of the request's own headers, which exposes nothing on purpose.
    exposedHeaders: given.exposeHeaders === true ? [] : listOf(given.exposeHeaders),
    maxAge: given.maxAge ? secondsOf(given.maxAge) : null,
    preflightStatus: 204,
    notes: [],
  }
}

function answer(options: PeerOptions, request: AskedRequest): GivenAnswer {
  const { allowedHeaders, exposeHeaders, methods, credentials, preflight, maxAge } = options
  const headers: [string, string][] = originLines(options, request.origin)
  const set = (name: string, value: unknown) => {
    if (typeof value === 'string') headers.push([name, value])
  }
  if (credentials === true) set(ALLOW_CREDENTIALS, 'true')
  const isPreflight = preflight === true && request.method === 'OPTIONS'
  const method = isPreflight ? request.asked : request.method
  if (method !== null) set(ALLOW_METHODS, methodsOf(methods, method))
  const own = Object.keys(fieldsOf(request)).join(', ').toLowerCase()
  if (Array.isArray(allowedHeaders) || typeof allowedHeaders === 'string')
    set(ALLOW_HEADERS, Array.isArray(allowedHeaders) ? allowedHeaders.join(', ') : allowedHeaders)
  else if (allowedHeaders === true) set(ALLOW_HEADERS, isPreflight ? request.names : own)
  if (Array.isArray(exposeHeaders) || typeof exposeHeaders === 'string')
    set(EXPOSE_HEADERS, Array.isArray(exposeHeaders) ? exposeHeaders.join(', ') : exposeHeaders)
  else if (exposeHeaders === true) set(EXPOSE_HEADERS, own)
  if (!isPreflight) return { ...REACHED, headers }
  if (maxAge) set(MAX_AGE, String(maxAge))
  return { status: 204, headers, isReached: false }
}

function methodsOf(methods: unknown, method: string): string | null {
  if (methods === true) return method
  if (Array.isArray(methods)) return methods.length === 0 ? null : methods.join(', ')
  return typeof methods === 'string' && methods !== '' ? methods : null
}

function originLines(options: PeerOptions, origin: string | null): [string, string][] {
  if (options.origin === true)
    return [
      [VARY, '*'],
      [ALLOW_ORIGIN, origin || '*'],
    ]
  const entries = entriesOf(options)
  if (entries.includes('*'))
    return [
      [VARY, '*'],
      [ALLOW_ORIGIN, '*'],
    ]
  if (entries.length === 0) return []
  const given = origin ?? ''
  // An entry is compared with the origin, and else with the origin without its scheme.
  const bare = given.includes('://') ? given.slice(given.indexOf('://') + 3) : given
  const isAllowed = entries.some((entry) =>
    typeof entry === 'string'
      ? entry === given || entry === bare
      : new RegExp(entry.source, entry.flags.replace(/[gy]/g, '')).test(given),
  )
  return isAllowed
    ? [
        [VARY, ORIGIN],
        [ALLOW_ORIGIN, given || '*'],
      ]
    : [[VARY, ORIGIN]]
}
