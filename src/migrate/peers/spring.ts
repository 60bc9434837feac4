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
import type { MigrationNote, PeerMeaning, PeerOptions } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { type AskedRequest, asksPreflight, type GivenAnswer, REACHED } from '../wire.ts'

/** What `applyPermitDefaultValues` adds. `@CrossOrigin` and `addMapping` do so by themselves. */
const PERMITTED: PeerOptions = {
  allowedOrigins: ['*'],
  allowedMethods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: ['*'],
  maxAge: 1800,
}

/** `CorsConfiguration` of Spring, whether it comes from a bean, an annotation, a registry or a file. */
export const springPeer: Peer = {
  name: 'spring',
  title: 'Spring CorsConfiguration',
  version: '6.2.12',
  adapter: null,
  options: [
    ...['allowedOrigins', 'allowedOriginPatterns', 'allowedMethods', 'allowedHeaders', 'exposedHeaders'],
    ...['allowCredentials', 'allowPrivateNetwork', 'maxAge', 'applyPermitDefaultValues', 'mapping'],
  ],
  read,
  answerer: (options) => {
    const ready = prepare(options)
    return (request) => answer(ready, request)
  },
}

interface Ready {
  readonly origins: readonly string[]
  readonly patterns: readonly string[]
  readonly expressions: readonly RegExp[]
  /** Null for every method. */
  readonly methods: readonly string[] | null
  readonly names: readonly string[]
  readonly exposed: readonly string[]
  readonly credentials: boolean
  readonly maxAge: number | null
  readonly mapping: string
}

function prepare(options: PeerOptions): Ready {
  const hasDefaults = options.applyPermitDefaultValues === true
  const hasPatterns = options.allowedOriginPatterns !== undefined
  const given = (option: string) =>
    options[option] ?? (hasDefaults && !(option === 'allowedOrigins' && hasPatterns) ? PERMITTED[option] : undefined)
  const list = (option: string): readonly string[] => {
    const value = given(option) ?? []
    return (Array.isArray(value) ? value : [value]).map(String)
  }
  const origins = list('allowedOrigins').flatMap(entriesOf)
  const patterns = list('allowedOriginPatterns').flatMap(entriesOf)
  const credentials = String(options.allowCredentials) === 'true'
  if (origins.includes('*') && (credentials || String(options.allowPrivateNetwork) === 'true'))
    throw new TypeError(
      'allowedOrigins: Spring throws for "*" with allowCredentials or allowPrivateNetwork: list the origins, or use allowedOriginPatterns',
    )
  const methods = list('allowedMethods')
  const age = given('maxAge')
  return {
    origins,
    patterns,
    expressions: patterns.map(expressionOf),
    methods: methods.includes('*') ? null : methods.length === 0 ? ['GET', 'HEAD'] : methods,
    names: list('allowedHeaders'),
    exposed: list('exposedHeaders'),
    credentials,
    maxAge: age === undefined ? null : Number(age),
    mapping: typeof options.mapping === 'string' ? options.mapping : '/**',
  }
}

/** Spring splits at commas outside brackets, and drops a slash at the end. */
function entriesOf(text: string): readonly string[] {
  const entries = text.includes(',') ? text.split(/,(?![^[]*\])/).map((entry) => entry.trim()) : [text]
  return entries.map((entry) => (entry.endsWith('/') ? entry.slice(0, -1) : entry))
}

/** A star stands for any text, and brackets at the end for a list of ports. */
function expressionOf(pattern: string): RegExp {
  const [, host = pattern, ports] = /^(.*):\[(\*|\d+(?:,\d+)*)\]$/.exec(pattern) ?? []
  const spelled = host.replaceAll(/[.*+?^${}()|[\]\\]/g, (letter) => (letter === '*' ? '.*' : `\\${letter}`))
  const end = ports === undefined ? '' : ports === '*' ? '(:\\d+)?' : `:(${ports.replaceAll(',', '|')})`
  return new RegExp(`^${spelled}${end}$`)
}

function read(options: PeerOptions): PeerMeaning {
  const ready = prepare(options)
  const isAny = ready.origins.includes('*') || ready.patterns.includes('*')
  const methods = ready.methods ?? ['*']
  const isStopped = !methods.includes('*') && !methods.includes('GET')
  const notes: MigrationNote[] = isStopped
    ? [
        {
          option: 'allowedMethods',
          why: 'Spring answers 403 to a GET of another origin where GET is not listed, and a policy never stops GET, HEAD or POST',
          keep: 'answer 405 to these methods in your handler',
        },
      ]
    : []
  const plain = ready.patterns.filter((pattern) => !/[*[]/.test(pattern))
  const expressions = ready.expressions.filter((_, i) => !plain.includes(ready.patterns[i] ?? ''))
  return {
    anyOrigin: isAny,
    origins: isAny ? [] : [...ready.origins, ...plain, ...expressions],
    credentials: ready.credentials,
    // With credentials, browsers would read `*` as a name; Spring repeats the method instead.
    methods: methods.includes('*') ? (ready.credentials ? REPEATED : ['*']) : methods,
    requestHeaders: ready.names.includes('*') ? 'asked' : ready.names,
    exposedHeaders: ready.exposed,
    maxAge: ready.maxAge,
    preflightStatus: 200,
    ...(ready.mapping === '/**' ? {} : { paths: ready.mapping.replaceAll('/**', '/*') }),
    stopsRefused: true,
    notes,
  }
}

/** The methods that need permission, in the place of a method that is repeated. */
const REPEATED: readonly string[] = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']

function answer(ready: Ready, request: AskedRequest): GivenAnswer {
  const headers: [string, string][] = [ORIGIN, REQUEST_METHOD, REQUEST_HEADERS].map((name) => [VARY, name])
  const { origin } = request
  if (origin === null) return { ...REACHED, headers }
  const rejected: GivenAnswer = { status: 403, headers, isReached: false }
  const allowed = allowedOrigin(ready, origin)
  if (allowed === null) return rejected
  const isPreflight = asksPreflight(request)
  const method = (isPreflight ? request.asked : request.method) ?? ''
  const methods = ready.methods ?? [method]
  // Spring compares the method of the request itself too.
  if (!methods.includes(method)) return rejected
  const asked = (request.names ?? '').split(',').filter((name) => name.trim() !== '')
  const names = asked
    .map((name) => name.trim())
    .filter((name) => ready.names.some((each) => each === '*' || each.toLowerCase() === name.toLowerCase()))
  if (isPreflight && asked.length > 0 && names.length === 0) return rejected
  headers.push([ALLOW_ORIGIN, allowed])
  if (isPreflight) headers.push([ALLOW_METHODS, methods.join(',')])
  if (isPreflight && names.length > 0) headers.push([ALLOW_HEADERS, names.join(', ')])
  if (ready.exposed.length > 0) headers.push([EXPOSE_HEADERS, ready.exposed.join(', ')])
  if (ready.credentials) headers.push([ALLOW_CREDENTIALS, 'true'])
  if (isPreflight && ready.maxAge !== null) headers.push([MAX_AGE, String(ready.maxAge)])
  return isPreflight ? { status: 200, headers, isReached: false } : { ...REACHED, headers }
}

function allowedOrigin({ origins, patterns, expressions }: Ready, origin: string): string | null {
  const compared = origin.endsWith('/') ? origin.slice(0, -1) : origin
  if (origins.includes('*')) return '*'
  const isAllowed =
    origins.some((entry) => entry.toLowerCase() === compared.toLowerCase()) ||
    patterns.includes('*') ||
    expressions.some((expression) => expression.test(compared))
  return isAllowed ? origin : null
}
