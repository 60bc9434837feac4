import { type CorsPolicy, checkPolicy } from '../src/index.ts'

/**
 * The options of the `cors` package. See its documentation for their meaning.
 *
 * @see https://github.com/expressjs/cors#configuration-options
 */
export interface CorsPackageOptions {
  /**
   * Which origins are allowed. Converted are `'*'`, `true`, an origin, and a list of origins.
   *
   * @default '*'
   */
  readonly origin?: unknown
  /** @default 'GET,HEAD,PUT,PATCH,POST,DELETE' */
  readonly methods?: string | readonly string[]
  /** @default undefined, which permits every name that a preflight asks for */
  readonly allowedHeaders?: string | readonly string[]
  /** Another name of `allowedHeaders`. */
  readonly headers?: string | readonly string[]
  readonly exposedHeaders?: string | readonly string[]
  /** @default false */
  readonly credentials?: boolean
  /** Seconds. */
  readonly maxAge?: number | string
  /** Not converted: a preflight never reaches a handler. */
  readonly preflightContinue?: boolean
  /**
   * 200 or 204.
   *
   * @default 204
   */
  readonly optionsSuccessStatus?: number
}

/**
 * Converts the options of the `cors` package to a policy. The policy allows the same, including the
 * defaults of the package, and never more.
 *
 * Options without a meaning here, or with a dangerous one, are not converted.
 *
 * @param options the options, as they were passed to `cors()`
 * @returns a policy for `cors` of this package, or for `createCors`
 * @throws {TypeError} when the options cannot be converted. The message lists every reason, and
 *   what to write.
 *
 * @example
 * ```ts
 * import { cors, fromCorsOptions } from 'corsmith/node'
 *
 * const policy = fromCorsOptions({ origin: ['https://app.example.com'], credentials: true })
 * const middleware = cors(policy)
 * ```
 */
export function fromCorsOptions(options: CorsPackageOptions = {}): CorsPolicy {
  const reasons: string[] = []
  const refuse: Refuse = (place, value, reason) => {
    reasons.push(`  ${place}: ${show(value)}\n    ${reason}`)
  }
  if (typeof options !== 'object' || options === null) {
    const reason =
      typeof options === 'function'
        ? 'a function that chooses options per request: write "cors((req) => …)", which gives a policy per request'
        : 'options are an object: leave them out for the defaults of the cors package'
    refuse('options', options, reason)
    throw cannotConvert(reasons)
  }

  // The package copies own properties, so `undefined` replaces a default there too.
  const given: Given = { ...DEFAULTS, ...options }
  for (const key of Object.keys(given)) {
    if (!KEYS.has(key)) refuse(key, given[key], 'the cors package has no such option and ignores it: leave it out')
  }
  const credentials = readCredentials(given, refuse)
  const origins = readOrigins(given, credentials, refuse)
  const { optionsSuccessStatus: status, preflightContinue, maxAge } = given
  if (preflightContinue) {
    const reason = 'a preflight never reaches a handler: answer a plain OPTIONS in a route of your own'
    refuse('preflightContinue', preflightContinue, reason)
  }
  if (status !== 200 && status !== 204)
    refuse('optionsSuccessStatus', status, 'a preflight is answered 200 or 204: write "204"')
  if (maxAge !== undefined && !/^\d+$/.test(String(maxAge)))
    refuse('maxAge', maxAge, 'a max-age is a number of whole seconds: write "600"')
  const policy: CorsPolicy = {
    origins,
    ...(credentials ? { credentials } : {}),
    methods: readMethods(given.methods, credentials, refuse),
    ...readRequestHeaders(given, credentials, refuse),
    ...(given.exposedHeaders
      ? { exposedHeaders: readNames('exposedHeaders', given.exposedHeaders, false, refuse) }
      : {}),
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    ...(status === 200 ? { preflightStatus: 200 as const } : {}),
  }
  // List defects only if there was no reason above, because a reason often causes a defect.
  if (reasons.length === 0) {
    for (const { path, value, message, severity } of checkPolicy(policy))
      if (severity === 'error') refuse(path.join('.'), value, message)
  }
  if (reasons.length > 0) throw cannotConvert(reasons)
  return policy
}

/**
 * Options as they were passed. Their values are not typed, because JavaScript may pass anything.
 */
type Given = Readonly<Record<string, unknown>>

type Refuse = (place: string, value: unknown, reason: string) => void

const DEFAULTS: Given = { origin: '*', methods: 'GET,HEAD,PUT,PATCH,POST,DELETE', optionsSuccessStatus: 204 }

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

/**
 * The package compares with `true`, so a text or a number has no effect there. It is probably a
 * mistake.
 */
function readCredentials({ credentials }: Given, refuse: Refuse): boolean {
  const isNone = credentials === undefined || credentials === null || typeof credentials === 'boolean'
  if (!isNone)
    refuse('credentials', credentials, 'the cors package sends credentials only for true: write true or false')
  return credentials === true
}

function readOrigins({ origin }: Given, credentials: boolean, refuse: Refuse): '*' | string[] {
  if (origin === '*' || origin === true) {
    const reason =
      'listed nowhere: with credentials the cors package lets every site read what a visitor sees: list the origins you trust'
    if (credentials) refuse('origin', origin, reason)
    return '*'
  }
  if (origin === undefined || origin === '')
    refuse('origin', origin, 'often an unset environment variable: list the origins you trust')
  else if (origin === false || origin === null) refuse('origin', origin, 'turns CORS off: leave the middleware out')
  else if (typeof origin === 'function') {
    const reason =
      'a callback: write "origins: (origin) => boolean", or perRequest() where it must wait or see the request'
    refuse('origin', origin, reason)
  } else {
    const list: unknown[] = Array.isArray(origin) ? origin : [origin]
    for (const [i, entry] of list.entries()) {
      const reason = reasonAgainst(entry, credentials)
      if (reason !== null) refuse(Array.isArray(origin) ? `origin[${i}]` : 'origin', entry, reason)
    }
    // An entry that is not a string has a reason by now, so the result is not used.
    return list as string[]
  }
  return []
}

/**
 * Gives the reason why an entry cannot be converted; null leaves the entry to the check of the
 * policy.
 */
function reasonAgainst(entry: unknown, credentials: boolean): string | null {
  if (entry instanceof RegExp) return reasonAgainstRegExp(entry, credentials)
  if (entry === '*') return '"*" stands alone, and never matches in a list of the cors package: leave it out'
  if (typeof entry !== 'string') {
    return entry
      ? 'the cors package takes this for every origin: list the origins you trust'
      : 'it matches nothing: leave it out'
  }
  if (!entry.includes('*')) return null
  return 'the cors package compares it as a text, which no browser sends: leave it out, or write it in "origins", where it is a pattern'
}

/**
 * Gives a reason that proposes an entry with the meaning of the expression, or else a predicate.
 */
function reasonAgainstRegExp(expression: RegExp, credentials: boolean): string {
  const [issue] = checkPolicy({ origins: [expression], credentials })
  if (typeof issue?.suggestion === 'string')
    return `a regular expression: write what it seems to mean, ${JSON.stringify(issue.suggestion)}, and look whether it is that`
  const { source } = expression
  const isWhole = source.startsWith('^') && source.endsWith('$')
  const whole = isWhole ? source : `^(?:${source.replace(/^\^|\$$/g, '')})$`
  const flags = expression.flags.replace(/[gy]/g, '')
  return `a regular expression that no entry can replace: write what it means, origin by origin, or "origins: (origin) => /${whole}/${flags}.test(origin)"`
}

/** Reads methods. GET, HEAD and POST need no permission, so they are left out. */
function readMethods(methods: unknown, credentials: boolean, refuse: Refuse): '*' | string[] {
  const list = readNames('methods', methods, credentials, refuse)
  return list === '*' ? list : list.filter((method) => !['GET', 'HEAD', 'POST'].includes(method))
}

/**
 * Reads request headers. Without names, the cors package permits every header, `Authorization`
 * included.
 */
function readRequestHeaders(
  { allowedHeaders, headers }: Given,
  credentials: boolean,
  refuse: Refuse,
): Partial<CorsPolicy> {
  const place = allowedHeaders ? 'allowedHeaders' : 'headers'
  const names = allowedHeaders || headers
  return { requestHeaders: names ? readNames(place, names, credentials, refuse) : ['*', 'Authorization'] }
}

/**
 * Reads names as the package sends them: joined by commas. A `*` within a name is not a pattern
 * there, and with credentials `*` is an ordinary name.
 */
function readNames(place: string, value: unknown, credentials: boolean, refuse: Refuse): '*' | string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const wrong = list.findIndex((element) => typeof element !== 'string')
  if (wrong >= 0) {
    refuse(place, list[wrong], 'names are texts, in a list or joined by commas')
    return []
  }
  const names = list
    .flatMap((element) => String(element).split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.some((name) => name.includes('*') && name !== '*'))
    refuse(
      place,
      value,
      'browsers compare a name with "*" in it as a text: leave it out, or write it in the policy, where it is a pattern',
    )
  if (!names.includes('*')) return names
  if (credentials) refuse(place, value, 'with credentials browsers read "*" as a name: list the names')
  return names.length === 1 || place === 'methods' ? '*' : names
}

function cannotConvert(reasons: readonly string[]): TypeError {
  const count = reasons.length === 1 ? '1 reason' : `${reasons.length} reasons`
  return new TypeError([`these options of the cors package cannot be converted, for ${count}`, ...reasons].join('\n'))
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  return value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? String(value))
}
