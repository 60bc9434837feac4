import { isOption, OPTIONS } from '../policy/options.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { isWildcard } from '../policy/values.ts'
import { isSafelistedResponseHeaderName } from '../spec/names.ts'
import { isToken } from '../spec/tokens.ts'
import type { Can, Fitted } from './can.ts'
import { fitOrigins, most } from './fit-origins.ts'
import { type Lose, type Loss, lossOf, lossOfAge } from './losses.ts'

/** The methods of RFC 9110 and RFC 5789 that pages use. */
const COMMON_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const PLAIN_NAME = /^[\w.-]+$/

/**
 * Reduces a policy to what a target can express, and names everything that was left out. An option
 * that is not fitted here is a loss of every target.
 *
 * @param policy The policy.
 * @param can What the target can express.
 * @returns The lists for the target, and the losses.
 */
export function fitTo(policy: CorsPolicy, can: Can): Fitted {
  const losses: Loss[] = []
  const lose = (loss: Loss): void => {
    if (!losses.some(({ what }) => what === loss.what)) losses.push(loss)
  }
  const {
    origins,
    credentials: given,
    methods,
    requestHeaders,
    exposedHeaders,
    maxAge,
    preflightStatus,
    refused,
    timingAllowOrigin,
    // These two change no answer. They only let more policies construct.
    dangerouslyAllowInsecureOrigins: _insecure,
    dangerouslyAllowPublicSuffixes: _suffixes,
    ...others
  } = policy
  const credentials = given === true
  if (credentials && can.credentials === 'never') lose(lossOf('credentials'))
  const isForced = !credentials && origins !== '*' && can.credentials === 'always'
  if (isForced) lose(lossOf('credentials-always'))
  const kept = isForced ? [] : fitOrigins(origins, can, lose)
  const permitted = fitMethods(methods, can, credentials, lose)
  const sent = namesOf(requestHeaders, can, 'header', lose)
  const anySent = fitAnyHeader(requestHeaders, sent, can, credentials, lose)
  const read = namesOf(exposedHeaders, can, 'exposed', lose)
  const anyRead = fitAnyExposed(exposedHeaders, read, can, credentials, lose)
  if (timingAllowOrigin === true && !can.timing) lose(lossOf('timing'))
  if (refused === 'forbid') lose(lossOf('refused-forbid'))
  for (const option of changed(others)) lose(lossOf('option', option))
  return {
    anyOrigin: origins === '*',
    origins: kept,
    credentials: credentials && can.credentials !== 'never',
    ...permitted,
    ...anySent,
    ...anyRead,
    status: fitStatus(preflightStatus, can, lose),
    maxAge: fitAge(maxAge, can, lose),
    requestHeaders: most(
      inBoth(sent, read, isSafelistedResponseHeaderName, can, lose),
      can.mostNames,
      'headers-limit',
      lose,
    ),
    exposedHeaders: most(
      inBoth(read, sent, () => false, can, lose),
      can.mostNames,
      'exposed-limit',
      lose,
    ),
    timing: timingAllowOrigin === true && can.timing,
    losses,
  }
}

type Names = '*' | readonly string[] | undefined

function fitMethods(given: Names, can: Can, credentials: boolean, lose: Lose): Pick<Fitted, 'methods' | 'anyMethod'> {
  const anyMethod = isWildcard(given) && isSaid(can.anyMethod, credentials)
  const isCut = isWildcard(given) && !anyMethod
  if (isCut) lose(lossOf('method-any'))
  const names = namesOf(given, can, 'method', lose)
  // GET, HEAD and POST need no permission. Some targets refuse them all the same unless they are listed.
  const common = COMMON_METHODS.slice(0, isCut ? undefined : 3)
  if (isCut) for (const name of common) if (!takesMethod(can, name)) lose(lossOf('method', name))
  return { methods: [...new Set([...common.filter((name) => takesMethod(can, name)), ...names])], anyMethod }
}

/** Fits `*` and the patterns of `requestHeaders`. `names` is the list without `*`. */
function fitAnyHeader(
  given: Names,
  names: readonly string[],
  can: Can,
  credentials: boolean,
  lose: Lose,
): Pick<Fitted, 'anyHeader' | 'headerPrefixes'> {
  const wantsAny = given?.includes('*') === true
  const hasAuthorization = names.some((name) => name.toLowerCase() === 'authorization')
  const isAll = can.anyHeader.startsWith('all')
  const isSayable = isAll
    ? hasAuthorization && (can.anyHeader === 'all' || !credentials)
    : isSaid(can.anyHeader, credentials)
  const anyHeader = wantsAny && isSayable
  if (wantsAny && !anyHeader) lose(lossOf('header-any', isAll && !hasAuthorization ? 'Authorization' : null))
  const prefixes = anyHeader ? [] : names.filter(isPattern).map(toPrefix)
  if (can.headerPatterns) return { anyHeader, headerPrefixes: prefixes }
  for (const prefix of prefixes) lose(lossOf('header-pattern', `${prefix}*`))
  return { anyHeader, headerPrefixes: [] }
}

/** Fits `*` and the patterns of `exposedHeaders`. `names` is the list without `*`. */
function fitAnyExposed(
  given: Names,
  names: readonly string[],
  can: Can,
  credentials: boolean,
  lose: Lose,
): Pick<Fitted, 'anyExposed' | 'exposedPrefixes'> {
  const prefixes = names.filter(isPattern).map(toPrefix)
  if (!can.exposedPatterns) for (const prefix of prefixes) lose(lossOf('exposed-pattern', `${prefix}*`))
  const anyExposed = isWildcard(given) && !credentials
  if (anyExposed && can.anyExposed === false) lose(lossOf('exposed-any'))
  return {
    anyExposed: anyExposed && can.anyExposed !== false,
    exposedPrefixes: can.exposedPatterns ? prefixes : [],
  }
}

function fitStatus(given: CorsPolicy['preflightStatus'], can: Can, lose: Lose): 200 | 204 {
  const status = given === 200 ? 200 : 204
  if (given !== undefined && (can.status ?? status) !== status) lose(lossOf('preflight-status', String(status)))
  return status
}

function fitAge(given: number | undefined, can: Can, lose: Lose): number | null {
  if (typeof given !== 'number' || !Number.isInteger(given)) return null
  const least = can.leastAge ?? 0
  if (given < least) lose(lossOfAge(given, least))
  return Math.max(given, least)
}

/** The options that do not have their default. */
function changed(options: object): string[] {
  return Object.entries(options).flatMap(([option, value]) => {
    const standard: unknown = isOption(option) ? OPTIONS[option].default : undefined
    return JSON.stringify(value) === JSON.stringify(standard) ? [] : [option]
  })
}

/**
 * Returns the whole names of a list. A target with one list for both directions takes only names
 * that stand in both lists of the policy, or are `isFree`.
 */
function inBoth(
  names: readonly string[],
  others: readonly string[],
  isFree: (name: string) => boolean,
  can: Can,
  lose: Lose,
): readonly string[] {
  const whole = names.filter((name) => !isPattern(name))
  if (can.oneList !== true) return whole
  const known = new Set(others.map((name) => name.toLowerCase()))
  const kept = whole.filter((name) => known.has(name.toLowerCase()) || isFree(name))
  for (const name of whole) if (!kept.includes(name)) lose(lossOf('one-list', name))
  return kept
}

function namesOf(given: Names, can: Can, what: 'method' | 'header' | 'exposed', lose: Lose): readonly string[] {
  if (given === undefined || given === '*') return []
  return [...new Set(given.map(String))].filter((name) => {
    if (name === '*' || !isToken(name)) return false
    const isSayable =
      (can.quoting === 'any' || PLAIN_NAME.test(name.replace(/\*$/, ''))) &&
      (what !== 'method' || takesMethod(can, name))
    if (!isSayable) lose(lossOf(what, name))
    return isSayable
  })
}

function takesMethod({ methods = 'any' }: Can, name: string): boolean {
  if (methods === 'any') return true
  return methods === 'upper-case' ? name === name.toUpperCase() : methods.includes(name)
}

function isSaid(
  when: 'always' | 'without-credentials' | 'never' | 'all' | 'all-without-credentials',
  credentials: boolean,
): boolean {
  return when === 'always' || (when === 'without-credentials' && !credentials)
}

function isPattern(name: string): boolean {
  return name.length > 1 && name.endsWith('*')
}

function toPrefix(name: string): string {
  return name.slice(0, -1)
}
