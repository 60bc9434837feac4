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
import { type PeerMeaning, type PeerOptions, secondsOf } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, type GivenAnswer, REACHED } from '../wire.ts'
import { pythonExpression } from './python-pattern.ts'

/** What django-cors-headers takes where a setting is absent. */
export const DJANGO_DEFAULTS: PeerOptions = {
  CORS_ALLOW_HEADERS: ['accept', 'authorization', 'content-type', 'user-agent', 'x-csrftoken', 'x-requested-with'],
  CORS_ALLOW_METHODS: ['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  CORS_PREFLIGHT_MAX_AGE: 86_400,
}

/** The settings of django-cors-headers. */
export const djangoPeer: Peer = {
  name: 'django',
  title: 'django-cors-headers',
  version: '4.9.0',
  adapter: null,
  options: [
    ...Object.keys(DJANGO_DEFAULTS),
    ...['CORS_ALLOWED_ORIGINS', 'CORS_ALLOWED_ORIGIN_REGEXES', 'CORS_ALLOW_ALL_ORIGINS', 'CORS_ALLOW_CREDENTIALS'],
    ...['CORS_EXPOSE_HEADERS', 'CORS_URLS_REGEX', 'CORS_ALLOW_PRIVATE_NETWORK'],
    ...['CORS_ORIGIN_WHITELIST', 'CORS_ORIGIN_REGEX_WHITELIST', 'CORS_ORIGIN_ALLOW_ALL'],
  ],
  read,
  answerer: (options) => {
    const ready = prepare(options)
    return (request) => answer(ready, request)
  },
}

interface Ready {
  readonly isAny: boolean
  readonly origins: readonly string[]
  readonly expressions: readonly RegExp[]
  readonly credentials: boolean
  readonly exposed: readonly string[]
  readonly methods: readonly string[]
  readonly names: readonly string[]
  readonly maxAge: unknown
  readonly paths: unknown
}

function prepare(options: PeerOptions): Ready {
  const given = { ...DJANGO_DEFAULTS, ...options }
  // The older names of three settings still count.
  const setting = (name: string, older: string) => (name in given ? given[name] : given[older])
  const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
  return {
    isAny: Boolean(setting('CORS_ALLOW_ALL_ORIGINS', 'CORS_ORIGIN_ALLOW_ALL')),
    origins: list(setting('CORS_ALLOWED_ORIGINS', 'CORS_ORIGIN_WHITELIST')),
    expressions: list(setting('CORS_ALLOWED_ORIGIN_REGEXES', 'CORS_ORIGIN_REGEX_WHITELIST')).map((text) =>
      pythonExpression(text),
    ),
    credentials: Boolean(given.CORS_ALLOW_CREDENTIALS),
    exposed: list(given.CORS_EXPOSE_HEADERS),
    methods: list(given.CORS_ALLOW_METHODS),
    names: list(given.CORS_ALLOW_HEADERS),
    maxAge: given.CORS_PREFLIGHT_MAX_AGE,
    paths: given.CORS_URLS_REGEX,
  }
}

function read(options: PeerOptions): PeerMeaning {
  const ready = prepare(options)
  return {
    anyOrigin: ready.isAny,
    origins: ready.isAny ? [] : [...ready.origins, ...ready.expressions],
    credentials: ready.credentials,
    methods: ready.methods,
    requestHeaders: ready.names,
    exposedHeaders: ready.exposed,
    maxAge: ready.maxAge ? secondsOf(ready.maxAge) : null,
    preflightStatus: 200,
    ...(ready.paths === undefined ? {} : { paths: String(ready.paths) }),
    notes: [],
  }
}

function answer(ready: Ready, request: AskedRequest): GivenAnswer {
  const { origin } = request
  const isOptions = request.method === 'OPTIONS'
  const isAnswered = isOptions && request.asked !== null
  const headers: [string, string][] = [[VARY, ORIGIN.toLowerCase()]]
  const given: GivenAnswer = { ...REACHED, headers, isReached: !isAnswered }
  if (origin === null || origin === '' || !(ready.isAny || isAllowed(ready, origin))) return given
  headers.push([ALLOW_ORIGIN, ready.isAny && !ready.credentials ? '*' : origin])
  if (ready.credentials) headers.push([ALLOW_CREDENTIALS, 'true'])
  if (ready.exposed.length > 0) headers.push([EXPOSE_HEADERS, ready.exposed.join(', ')])
  if (isOptions) {
    headers.push([ALLOW_HEADERS, ready.names.join(', ')], [ALLOW_METHODS, ready.methods.join(', ')])
    if (ready.maxAge) headers.push([MAX_AGE, String(ready.maxAge)])
  }
  return given
}

/** Django compares scheme and authority, each as Python splits a URL. */
function isAllowed({ origins, expressions }: Ready, origin: string): boolean {
  if (origin === 'null' && origins.includes('null')) return true
  const [scheme, authority] = split(origin)
  const isListed = origins.some((entry) => {
    const [otherScheme, otherAuthority] = split(entry)
    return scheme === otherScheme && authority === otherAuthority
  })
  return isListed || expressions.some((expression) => expression.test(origin))
}

function split(url: string): readonly [scheme: string, authority: string] {
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(.*)$/is.exec(url) ?? []
  const authority = rest.startsWith('//') ? (/^[^/?#]*/.exec(rest.slice(2))?.[0] ?? '') : ''
  return [scheme.toLowerCase(), authority]
}
