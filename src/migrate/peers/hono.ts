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

const DEFAULTS: PeerOptions = {
  origin: '*',
  allowMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'QUERY'],
  allowHeaders: [],
  exposeHeaders: [],
}

/** The middleware `hono/cors`. */
export const honoPeer: Peer = {
  name: 'hono',
  title: 'hono/cors',
  version: '4.13.19',
  adapter: 'hono',
  options: ['origin', 'allowMethods', 'allowHeaders', 'exposeHeaders', 'credentials', 'maxAge'],
  read,
  answerer: (options) => (request) => answer({ ...DEFAULTS, ...options }, request),
}

function read(options: PeerOptions): PeerMeaning {
  const given = { ...DEFAULTS, ...options }
  const { origin } = given
  const headers = listOf(given.allowHeaders)
  return {
    anyOrigin: origin === '*',
    origins: origin === '*' ? [] : originsOf(origin).filter((entry) => typeof entry === 'string'),
    credentials: Boolean(given.credentials),
    methods: listOf(given.allowMethods),
    requestHeaders: headers.length === 0 ? 'asked' : headers,
    exposedHeaders: listOf(given.exposeHeaders),
    maxAge: secondsOf(given.maxAge),
    preflightStatus: 204,
    notes:
      typeof origin === 'function' || typeof given.allowMethods === 'function'
        ? [
            {
              option: typeof origin === 'function' ? 'origin' : 'allowMethods',
              why: 'a function cannot be read; its answers for the origins of the report were',
              keep: 'write its rule as a list, or pass a function of the context that gives a policy',
            },
          ]
        : [],
  }
}

function answer(options: PeerOptions, request: AskedRequest): GivenAnswer {
  const headers: [string, string][] = []
  const set = (name: string, value: unknown) => {
    if (value) headers.push([name, String(value)])
  }
  const own = request.origin ?? ''
  const { origin } = options
  set(ALLOW_ORIGIN, allowedOrigin(origin, own))
  if (options.credentials) set(ALLOW_CREDENTIALS, 'true')
  set(EXPOSE_HEADERS, joined(options.exposeHeaders))
  const vary = origin === '*' ? [] : [ORIGIN]
  if (request.method !== 'OPTIONS')
    return { ...REACHED, headers: [...headers, ...vary.map((name) => [VARY, name] as const)] }
  if (options.maxAge !== undefined && options.maxAge !== null) headers.push([MAX_AGE, String(options.maxAge)])
  const { allowMethods } = options
  set(ALLOW_METHODS, typeof allowMethods === 'function' ? joined(allowMethods(own)) : joined(allowMethods))
  const asked = request.names?.split(',').map((name) => name.trim())
  const names = joined(options.allowHeaders) || asked?.join(',')
  set(ALLOW_HEADERS, names)
  if (names) vary.push(REQUEST_HEADERS)
  if (vary.length > 0) headers.push([VARY, vary.join(', ')])
  return { status: 204, headers, isReached: false }
}

/** An option that is a list allows a member, one that is a text allows itself. */
function allowedOrigin(option: unknown, origin: string): unknown {
  if (option === '*') return '*'
  if (typeof option === 'function') return option(origin)
  if (typeof option === 'string') return option === origin ? origin : null
  return Array.isArray(option) && option.includes(origin) ? origin : null
}

function joined(list: unknown): string {
  return Array.isArray(list) ? list.join(',') : ''
}
