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

/**
 * Marks options that GraphQL Yoga takes. It brings an older version of the library, which answers
 * `null` where a list does not have the origin.
 */
export const OF_YOGA: unique symbol = Symbol('graphql-yoga')

type WhatwgOptions = PeerOptions & { readonly [OF_YOGA]?: true }

/** `useCORS` of `@whatwg-node/server`, and the option `cors` of GraphQL Yoga. */
export const whatwgPeer: Peer = {
  name: 'whatwg',
  title: '@whatwg-node/server useCORS',
  version: '0.13.0',
  adapter: null,
  options: ['origin', 'methods', 'allowedHeaders', 'exposedHeaders', 'credentials', 'maxAge'],
  read,
  answerer: (options) => {
    check(options)
    return (request) => answer(options, request)
  },
}

/** The methods that need permission, in the place of a method that is repeated. */
const REPEATED: readonly string[] = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']

/** The library calls the methods of lists, and throws for anything else. */
function check(options: PeerOptions): void {
  const { origin } = options
  if (origin != null && typeof origin !== 'string' && !Array.isArray(origin))
    throw new TypeError('origin: @whatwg-node/server takes a text or a list of texts')
  for (const option of ['methods', 'allowedHeaders', 'exposedHeaders'])
    if (options[option] != null && options[option] !== '' && !Array.isArray(options[option]))
      throw new TypeError(`${option}: @whatwg-node/server takes a list`)
}

/** A text with a star anywhere in it stands for every origin, as a list with the entry `*` does. */
function isAnyOrigin({ origin }: PeerOptions): boolean {
  return origin == null || ((typeof origin === 'string' || Array.isArray(origin)) && hasAny(origin))
}

function hasAny(origin: string | readonly unknown[]): boolean {
  return origin.length === 0 || origin.includes('*')
}

function read(options: PeerOptions): PeerMeaning {
  check(options)
  const { origin } = options
  const isAny = isAnyOrigin(options)
  const methods = listOf(options.methods)
  const names = listOf(options.allowedHeaders)
  return {
    anyOrigin: isAny,
    origins: isAny ? [] : originsOf(origin).filter((entry) => typeof entry === 'string'),
    // Without the option, credentials are allowed.
    credentials: options.credentials == null || options.credentials === true,
    methods: methods.length === 0 ? REPEATED : methods,
    requestHeaders: names.length === 0 ? 'asked' : names,
    exposedHeaders: listOf(options.exposedHeaders),
    maxAge: options.maxAge ? secondsOf(options.maxAge) : null,
    preflightStatus: 204,
    notes:
      isAny && typeof origin === 'string' && origin.length > 1
        ? [
            {
              option: 'origin',
              why: `${JSON.stringify(origin)} contains a star, which this library takes for every origin`,
              keep: `write the origins, or the pattern ${JSON.stringify(origin)}, in "origins"`,
            },
          ]
        : [],
  }
}

function answer(options: WhatwgOptions, request: AskedRequest): GivenAnswer {
  const isOptions = request.method === 'OPTIONS'
  const base: GivenAnswer = isOptions ? { status: 204, headers: [], isReached: false } : REACHED
  const asked = request.origin
  if (asked === null) return base
  const { origin } = options
  const headers: [string, string][] = []
  const vary: string[] = []
  // One origin is sent to every page.
  const only = typeof origin === 'string' ? origin : Array.isArray(origin) && origin.length === 1 ? origin[0] : null
  if (isAnyOrigin(options)) {
    headers.push([ALLOW_ORIGIN, asked])
    vary.push(ORIGIN)
  } else if (only !== null) headers.push([ALLOW_ORIGIN, String(only)])
  else if (Array.isArray(origin) && origin.includes(asked)) {
    headers.push([ALLOW_ORIGIN, asked])
    vary.push(ORIGIN)
  } else if (options[OF_YOGA]) headers.push([ALLOW_ORIGIN, 'null'])
  else return base
  const methods = listed(options.methods)
  if (methods.length > 0) headers.push([ALLOW_METHODS, methods.join(', ')])
  else if (request.asked !== null) headers.push([ALLOW_METHODS, request.asked])
  const names = listed(options.allowedHeaders)
  if (names.length > 0) headers.push([ALLOW_HEADERS, names.join(', ')])
  else if (request.names !== null) {
    headers.push([ALLOW_HEADERS, request.names])
    vary.push(REQUEST_HEADERS)
  }
  if (options.credentials == null || options.credentials === true) headers.push([ALLOW_CREDENTIALS, 'true'])
  if (Array.isArray(options.exposedHeaders)) headers.push([EXPOSE_HEADERS, options.exposedHeaders.join(', ')])
  if (options.maxAge) headers.push([MAX_AGE, String(options.maxAge)])
  if (vary.length > 0) headers.push([VARY, vary.join(', ')])
  return { ...base, headers }
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
