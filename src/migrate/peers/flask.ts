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
import { listOf, type PeerMeaning, type PeerOptions, secondsOf } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, type GivenAnswer, REACHED } from '../wire.ts'
import { matchesText, type PythonPattern, pythonPattern, regExpOf } from './python-pattern.ts'

const DEFAULTS: PeerOptions = {
  origins: '*',
  methods: ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'],
  allow_headers: '*',
  supports_credentials: false,
  send_wildcard: false,
  automatic_options: true,
  vary_header: true,
  always_send: true,
}

/** Flask-CORS, the extension and its decorator. */
export const flaskPeer: Peer = {
  name: 'flask',
  title: 'Flask-CORS',
  version: '6.0.5',
  adapter: null,
  options: [
    ...Object.keys(DEFAULTS),
    ...['expose_headers', 'max_age', 'resources', 'intercept_exceptions', 'allow_private_network'],
  ],
  parts: resourcesOf,
  read,
  answerer: (options) => {
    const ready = prepare(options)
    return (request) => answer(ready, request)
  },
}

/** Takes `resources={path: options}` apart: the options of a path win over those around it. */
function resourcesOf(options: PeerOptions): readonly PeerOptions[] {
  const { resources, ...around } = options
  if (typeof resources !== 'object' || resources === null) return [options]
  if (Array.isArray(resources)) return resources.map((path) => ({ ...around, resources: String(path) }))
  return Object.entries(resources).map(([path, own]) => ({ ...around, ...(own as PeerOptions), resources: path }))
}

interface Ready {
  readonly origins: readonly PythonPattern[]
  readonly isAny: boolean
  readonly names: readonly PythonPattern[]
  readonly methods: string
  readonly exposed: string
  readonly given: PeerOptions
}

function prepare(options: PeerOptions): Ready {
  const given = { ...DEFAULTS, ...options }
  const each = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]).map(String)
  const fixed = (value: unknown) => each(value).map((text) => (text === '*' ? '.*' : text))
  const isAny = fixed(given.origins).includes('.*')
  if (isAny && given.supports_credentials && given.send_wildcard)
    throw new TypeError('Flask-CORS refuses these options: send_wildcard and supports_credentials with every origin')
  return {
    origins: fixed(given.origins).map(pythonPattern),
    isAny,
    names: fixed(given.allow_headers).map(pythonPattern),
    methods: texts(given.methods).toUpperCase(),
    exposed: texts(given.expose_headers),
    given,
  }
}

/** Flask-CORS sorts a list and joins it. */
function texts(value: unknown): string {
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.map(String).sort().join(', ') : String(value)
}

function read(options: PeerOptions): PeerMeaning {
  const { isAny, origins, names, methods, given } = prepare(options)
  const headers = names.some(({ text }) => text === '.*') ? 'asked' : names.map(({ text }) => text)
  return {
    anyOrigin: isAny,
    origins: isAny ? [] : origins.map((pattern) => regExpOf(pattern) ?? pattern.text),
    credentials: Boolean(given.supports_credentials),
    methods: listOf(methods),
    requestHeaders: headers,
    exposedHeaders: listOf(texts(given.expose_headers)),
    maxAge: secondsOf(given.max_age),
    preflightStatus: 200,
    ...(given.resources === undefined ? {} : { paths: String(given.resources) }),
    notes: [],
  }
}

function answer(ready: Ready, request: AskedRequest): GivenAnswer {
  const { given, origins } = ready
  const isOptions = request.method === 'OPTIONS'
  // Flask answers OPTIONS itself, and the headers are added afterwards.
  const base: GivenAnswer = isOptions ? { status: 200, headers: [], isReached: false } : REACHED
  const allowed = allowedOrigins(ready, request.origin)
  if (allowed.length === 0) return base
  // It means to send all of them, and sends the first.
  const headers: [string, string][] = allowed.slice(0, 1).map((origin) => [ALLOW_ORIGIN, origin])
  const set = (name: string, value: unknown) => {
    if (value) headers.push([name, String(value)])
  }
  set(EXPOSE_HEADERS, ready.exposed)
  if (given.supports_credentials) set(ALLOW_CREDENTIALS, 'true')
  const asked = request.asked?.toUpperCase() ?? ''
  if (isOptions && asked !== '' && ready.methods.includes(asked)) {
    const names = (request.names ?? '').split(',').map((name) => name.trim())
    const matching =
      request.names === null ? [] : names.filter((name) => ready.names.some((pattern) => matchesText(pattern, name)))
    set(ALLOW_HEADERS, matching.sort().join(', '))
    set(MAX_AGE, given.max_age)
    set(ALLOW_METHODS, ready.methods)
  }
  const mayVary = origins.length > 1 || allowed.length > 1 || origins.some((pattern) => pattern.expression !== null)
  if (given.vary_header && allowed[0] !== '*' && mayVary) set(VARY, ORIGIN)
  return { ...base, headers }
}

function allowedOrigins({ given, isAny, origins }: Ready, origin: string | null): readonly string[] {
  if (origin !== null && origin !== '') {
    if (isAny && given.send_wildcard) return ['*']
    return origins.some((pattern) => matchesText(pattern, origin)) ? [origin] : []
  }
  if (!given.always_send) return []
  if (isAny) return given.supports_credentials ? [] : ['*']
  return origins
    .filter(({ expression }) => expression === null)
    .map(({ text }) => text)
    .sort()
}
