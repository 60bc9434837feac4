import type { CorsPolicy } from '../../policy/types.ts'
import { isWildcard } from '../../policy/values.ts'
import { isToken } from '../../spec/tokens.ts'
import type { Can, Fitted } from './can.ts'
import { type Origin, type OriginKind, toOrigin } from './origin-regex.ts'

/** The methods of RFC 9110 and RFC 5789 that pages use. */
const COMMON_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const PLAIN_NAME = /^[\w.-]+$/
const PLAIN_ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[\w.~[\]:-]+$/

/**
 * Reduces a policy to what a target can express, and names everything that was left out.
 *
 * @param policy The policy.
 * @param can What the target can express.
 * @returns The lists for the target, and the losses.
 */
export function fitTo(policy: CorsPolicy, can: Can): Fitted {
  const losses: string[] = []
  const lose = (sentence: string): void => {
    if (!losses.includes(sentence)) losses.push(sentence)
  }
  const credentials = policy.credentials === true
  if (credentials && !can.credentials) lose('this target cannot allow credentials: pages get the answer without them')
  const origins = fitOrigins(policy.origins, can, lose)

  const anyMethod = isWildcard(policy.methods) && isSaid(can.anyMethod, credentials)
  if (isWildcard(policy.methods) && !anyMethod)
    lose('this target cannot express "*" for methods: the common ones are listed')
  const methods = namesOf(policy.methods, can, 'method', lose)
  const common = isWildcard(policy.methods) && !anyMethod ? COMMON_METHODS : COMMON_METHODS.slice(0, 3)
  const listed = [...new Set([...common.filter((name) => takesMethod(can, name)), ...methods])]

  const headers = namesOf(policy.requestHeaders, can, 'request header', lose)
  const wantsAny =
    policy.requestHeaders === '*' || (Array.isArray(policy.requestHeaders) && policy.requestHeaders.includes('*'))
  const hasAuthorization = headers.some((name) => name.toLowerCase() === 'authorization')
  const anyHeader =
    wantsAny &&
    (can.anyHeader === 'all' || can.anyHeader === 'all-without-credentials'
      ? hasAuthorization && (can.anyHeader === 'all' || !credentials)
      : isSaid(can.anyHeader, credentials))
  if (wantsAny && !anyHeader)
    lose(
      can.anyHeader.startsWith('all') && !hasAuthorization
        ? '"*" for request headers would allow Authorization too, so it is left out: list the names, or Authorization beside "*"'
        : 'this target cannot express "*" for request headers: list the names',
    )
  const prefixes = headers.filter(isPattern).map(toPrefix)
  if (prefixes.length > 0 && !can.headerPatterns && !anyHeader)
    lose(
      `this target cannot express patterns of request headers (${prefixes.map((name) => `${name}*`).join(', ')}): list the names`,
    )

  const exposed = namesOf(policy.exposedHeaders, can, 'exposed header', lose)
  const exposedPrefixes = exposed.filter(isPattern).map(toPrefix)
  if (exposedPrefixes.length > 0 && !can.exposedPatterns)
    lose(
      `this target cannot express patterns of exposed headers (${exposedPrefixes.map((name) => `${name}*`).join(', ')}): list the names`,
    )

  if (policy.timingAllowOrigin === true && !can.timing) lose('this target cannot send Timing-Allow-Origin')
  if (policy.refused === 'forbid')
    lose(
      'this target cannot express refused: "forbid": requests of strangers still reach the API, which must refuse them itself',
    )
  const maxAge = typeof policy.maxAge === 'number' && Number.isInteger(policy.maxAge) ? policy.maxAge : null
  if (maxAge !== null && maxAge < (can.leastAge ?? 0)) lose(`browsers keep a preflight for at least ${can.leastAge} s`)
  return {
    anyOrigin: policy.origins === '*',
    origins,
    credentials: credentials && can.credentials,
    methods: listed,
    anyMethod,
    requestHeaders: most(
      headers.filter((name) => !isPattern(name)),
      can.mostNames,
      'request headers',
      lose,
    ),
    anyHeader,
    headerPrefixes: can.headerPatterns && !anyHeader ? prefixes : [],
    exposedHeaders: most(
      exposed.filter((name) => !isPattern(name)),
      can.mostNames,
      'exposed headers',
      lose,
    ),
    exposedPrefixes: can.exposedPatterns ? exposedPrefixes : [],
    anyExposed: isWildcard(policy.exposedHeaders) && !credentials,
    maxAge: maxAge === null ? null : Math.max(maxAge, can.leastAge ?? 0),
    status: policy.preflightStatus === 200 ? 200 : 204,
    timing: policy.timingAllowOrigin === true && can.timing,
    losses,
  }
}

type Lose = (sentence: string) => void

function fitOrigins(given: CorsPolicy['origins'], can: Can, lose: Lose): readonly Origin[] {
  if (given === '*') return []
  if (!Array.isArray(given)) {
    lose('origins is a function, which needs JavaScript: list the origins')
    return []
  }
  const kept = (given as readonly string[]).flatMap((text) => {
    const origin = toOrigin(String(text))
    if (origin === null) return []
    if (!can.origins.includes(origin.kind)) {
      lose(`${text} is left out, because this target cannot match ${WHY[origin.kind]} exactly: list the origins`)
      return []
    }
    if (can.quoting === 'plain' && !PLAIN_ORIGIN.test(origin.text.replace('*', ''))) {
      lose(`${JSON.stringify(text)} is left out: this target cannot quote it`)
      return []
    }
    return [origin]
  })
  return most(kept, can.mostOrigins, 'origins', lose)
}

const WHY: Readonly<Record<OriginKind, string>> = {
  exact: 'an origin',
  app: 'an origin of an app',
  labels: 'a pattern of labels',
  part: 'a pattern within a label',
  ports: 'any port',
  'labels-ports': 'any label with any port',
  'any-host': 'any host of a scheme',
}

function namesOf(given: '*' | readonly string[] | undefined, can: Can, what: string, lose: Lose): readonly string[] {
  if (given === undefined || given === '*') return []
  return [...new Set(given.map(String))].filter((name) => {
    if (name === '*' || !isToken(name)) return false
    if (can.quoting === 'plain' && !PLAIN_NAME.test(name.replace(/\*$/, ''))) {
      lose(`the ${what} ${JSON.stringify(name)} is left out: this target cannot quote it`)
      return false
    }
    if (what === 'method' && !takesMethod(can, name)) {
      lose(`the method ${JSON.stringify(name)} is left out: this target does not know it`)
      return false
    }
    return true
  })
}

function takesMethod({ methods = 'any' }: Can, name: string): boolean {
  if (methods === 'any') return true
  return methods === 'upper-case' ? name === name.toUpperCase() : methods.includes(name)
}

function most<T>(list: readonly T[], limit: number | undefined, what: string, lose: Lose): readonly T[] {
  if (limit === undefined || list.length <= limit) return list
  lose(`${list.length - limit} of the ${what} are left out: this target takes at most ${limit}`)
  return list.slice(0, limit)
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
