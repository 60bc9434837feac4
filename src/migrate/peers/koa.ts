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
import { type AskedRequest, type GivenAnswer, REACHED } from '../wire.ts'

const DEFAULTS: PeerOptions = { allowMethods: 'GET,HEAD,PUT,POST,DELETE,PATCH' }

/** The middleware `@koa/cors`. */
export const koaPeer: Peer = {
  name: 'koa',
  title: '@koa/cors',
  version: '5.0.0',
  adapter: 'koa',
  options: [
    ...['origin', 'allowMethods', 'allowHeaders', 'exposeHeaders', 'credentials', 'maxAge'],
    ...['keepHeadersOnError', 'secureContext', 'privateNetworkAccess'],
  ],
  read,
  answerer: (options) => {
    const given = complete(options)
    return (request) => answer(given, request)
  },
}

/** Its functions get the whole context, which exists in a running server alone. */
function complete(options: PeerOptions): PeerOptions {
  for (const option of ['origin', 'credentials'])
    if (typeof options[option] === 'function')
      throw new TypeError(`${option}: a function of the context cannot be read: write its rule as a list of origins`)
  return { ...DEFAULTS, ...options }
}

function read(options: PeerOptions): PeerMeaning {
  const given = complete(options)
  const isAny = !given.origin || given.origin === '*'
  const names = listOf(given.allowHeaders)
  return {
    anyOrigin: isAny,
    origins: isAny ? [] : originsOf(given.origin),
    credentials: Boolean(given.credentials),
    methods: listOf(given.allowMethods),
    requestHeaders: names.length === 0 ? 'asked' : names,
    exposedHeaders: listOf(given.exposeHeaders),
    maxAge: given.maxAge ? secondsOf(given.maxAge) : null,
    preflightStatus: 204,
    notes: [],
  }
}

function answer(options: PeerOptions, request: AskedRequest): GivenAnswer {
  const headers: [string, string][] = [[VARY, ORIGIN]]
  const set = (name: string, value: unknown) => {
    const text = Array.isArray(value) ? value.join(',') : value
    if (text) headers.push([name, String(text)])
  }
  const isOptions = request.method === 'OPTIONS'
  if (isOptions && !request.asked) return { ...REACHED, headers }
  const credentials = Boolean(options.credentials)
  const named = options.origin || '*'
  // With credentials, `*` becomes the origin of the request: an empty value where there is none.
  headers.push([ALLOW_ORIGIN, credentials && named === '*' ? (request.origin ?? '') : String(named)])
  if (credentials) set(ALLOW_CREDENTIALS, 'true')
  if (!isOptions) {
    set(EXPOSE_HEADERS, options.exposeHeaders)
    return { ...REACHED, headers }
  }
  set(MAX_AGE, options.maxAge)
  set(ALLOW_METHODS, options.allowMethods)
  const names = Array.isArray(options.allowHeaders) ? options.allowHeaders.join(',') : options.allowHeaders
  set(ALLOW_HEADERS, names || request.names)
  return { status: 204, headers, isReached: false }
}
