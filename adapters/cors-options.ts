import { type CorsPolicy, checkPolicy } from '../src/index.ts'

/** The options of the `cors` package, as far as they can be written down. */
export interface CorsPackageOptions {
  readonly origin?: unknown
  readonly methods?: string | readonly string[]
  readonly allowedHeaders?: string | readonly string[]
  readonly headers?: string | readonly string[]
  readonly exposedHeaders?: string | readonly string[]
  readonly credentials?: boolean
  readonly maxAge?: number | string
  readonly preflightContinue?: boolean
  readonly optionsSuccessStatus?: number
}

/**
 * Converts the options of the `cors` package to a policy that means the same, the package's defaults included.
 *
 * What has no meaning here, or a dangerous one, is not converted: every reason is named at once, with what to write.
 *
 * @throws {TypeError} with all the reasons, when the options cannot be converted.
 *
 * @example
 * ```ts
 * import { cors, fromCorsOptions } from 'corsmith/node'
 *
 * const policy = fromCorsOptions({ origin: ['https://app.example.com'], credentials: true, optionsSuccessStatus: 200 })
 * const middleware = cors(policy)
 * ```
 */
export function fromCorsOptions(options: CorsPackageOptions = {}): CorsPolicy {
  const reasons: string[] = []
  const refuse = (place: string, value: unknown, reason: string) =>
    reasons.push(`  ${place}: ${show(value)}\n    ${reason}`)
  if (typeof options !== 'object' || options === null) {
    refuse(
      'options',
      options,
      'a function that chooses options per request: write "cors((req) => …)", which gives a policy per request',
    )
    throw cannotConvert(reasons)
  }

  for (const key of Object.keys(options)) {
    if (!KEYS.has(key))
      refuse(
        key,
        options[key as keyof CorsPackageOptions],
        'the cors package has no such option and ignores it: leave it out',
      )
  }
  const { credentials, optionsSuccessStatus: status, preflightContinue, maxAge } = options
  const origins = readOrigins(options, refuse)
  if (preflightContinue)
    refuse(
      'preflightContinue',
      true,
      'a preflight never reaches a handler: answer a plain OPTIONS in a route of your own',
    )
  if (status !== undefined && status !== 200 && status !== 204)
    refuse('optionsSuccessStatus', status, 'a preflight is answered 200 or 204: write "204"')
  if (maxAge !== undefined && !/^\d+$/.test(String(maxAge)))
    refuse('maxAge', maxAge, 'a max-age is a number of whole seconds: write "600"')

  const policy: CorsPolicy = {
    origins,
    ...(credentials ? { credentials: true } : {}),
    methods: readMethods(options.methods),
    ...readRequestHeaders(options),
    ...(isGiven(options.exposedHeaders) ? { exposedHeaders: listOf(options.exposedHeaders) } : {}),
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    ...(status === 200 ? { preflightStatus: 200 as const } : {}),
  }
  // What was refused above would only be said twice.
  for (const { path, value, message, severity } of reasons.length > 0 ? [] : checkPolicy(policy)) {
    if (severity === 'error') refuse(path.join('.'), value, message)
  }
  if (reasons.length > 0) throw cannotConvert(reasons)
  return policy
}

const KEYS: ReadonlySet<string> = new Set([
  'origin',
  'methods',
  'allowedHeaders',
  'headers',
  'exposedHeaders',
  'credentials',
  'maxAge',
  'preflightContinue',
  'optionsSuccessStatus',
])

type Refuse = (place: string, value: unknown, reason: string) => void

function readOrigins(options: CorsPackageOptions, refuse: Refuse): '*' | string[] {
  const { origin } = options
  const any =
    'listed nowhere: with credentials the cors package lets every site read what a visitor sees: list the origins you trust'
  if (!('origin' in options) || origin === '*' || origin === true) {
    if (options.credentials) refuse('origin', origin, any)
    return '*'
  }
  if (origin === undefined || origin === '')
    refuse('origin', origin, 'often an unset environment variable: list the origins you trust')
  else if (origin === false || origin === null) refuse('origin', origin, 'turns CORS off: leave the middleware out')
  else if (typeof origin === 'function') {
    refuse(
      'origin',
      origin,
      'a callback: write "origins: (origin) => boolean", or perRequest() where it must wait or see the request',
    )
  } else {
    const origins = Array.isArray(origin) ? origin : [origin]
    for (const [i, entry] of origins.entries()) {
      const place = Array.isArray(origin) ? `origin[${i}]` : 'origin'
      if (entry instanceof RegExp)
        refuse(place, entry, 'a regular expression: write what it means, such as "https://*.example.com"')
      else if (entry === '*')
        refuse(place, entry, '"*" stands alone, and never matches in a list of the cors package: leave it out')
    }
    return origins
  }
  return []
}

/** Case matters in methods, and GET, HEAD and POST need no permission. */
function readMethods(methods: string | readonly string[] | undefined): '*' | string[] {
  const list = listOf(methods ?? 'PUT,PATCH,DELETE')
  if (list.includes('*')) return '*'
  return list.filter((method) => !['GET', 'HEAD', 'POST'].includes(method))
}

/** Where no names are given, the cors package permits whatever is asked for, `Authorization` included. */
function readRequestHeaders({ allowedHeaders, headers }: CorsPackageOptions): Partial<CorsPolicy> {
  const given = isGiven(allowedHeaders) ? allowedHeaders : headers
  if (!isGiven(given)) return { requestHeaders: ['*', 'Authorization'] }
  const list = listOf(given)
  return list.includes('*') && list.length === 1 ? { requestHeaders: '*' } : { requestHeaders: list }
}

function isGiven(value: string | readonly string[] | undefined): value is string | readonly string[] {
  return value !== undefined && value !== null && value !== ''
}

function listOf(value: string | readonly string[]): string[] {
  const list = typeof value === 'string' ? value.split(',') : [...value]
  return list.map((element) => element.trim()).filter((element) => element !== '')
}

function cannotConvert(reasons: readonly string[]): TypeError {
  const count = reasons.length === 1 ? '1 reason' : `${reasons.length} reasons`
  return new TypeError([`these options of the cors package cannot be converted, for ${count}`, ...reasons].join('\n'))
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  return value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? String(value))
}
