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
  if (credentials && !can.credentials) lose('credentials cannot be allowed here: pages get the answer without them')
  const origins = fitOrigins(policy.origins, can, lose)

  const anyMethod = isWildcard(policy.methods) && isSaid(can.anyMethod, credentials)
  if (isWildcard(policy.methods) && !anyMethod) lose('"*" for methods cannot be said here: the common ones are listed')
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
        : '"*" for request headers cannot be said here: list the names',
    )
  const prefixes = headers.filter(isPattern).map(toPrefix)
  if (prefixes.length > 0 && !can.headerPatterns && !anyHeader)
    lose(
      `patterns of request headers cannot be said here (${prefixes.map((name) => `${name}*`).join(', ')}): list the names`,
    )

  const exposed = namesOf(policy.exposedHeaders, can, 'exposed header', lose)
  const exposedPrefixes = exposed.filter(isPattern).map(toPrefix)
  if (exposedPrefixes.length > 0 && !can.exposedPatterns)
    lose(
      `patterns of exposed headers cannot be said here (${exposedPrefixes.map((name) => `${name}*`).join(', ')}): list the names`,
    )

  if (policy.timingAllowOrigin === true && !can.timing) lose('Timing-Allow-Origin cannot be said here')
  if (policy.refused === 'forbid')
    lose(
      'refused: "forbid" cannot be said here: requests of strangers still reach the API, which must refuse them itself',
    )
  const maxAge = typeof policy.maxAge === 'number' && Number.isInteger(policy.maxAge) ? policy.maxAge : null
  if (maxAge !== null && maxAge < (can.leastAge ?? 0)) lose(`a preflight is remembered for ${can.leastAge} s at least`)
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
    lose('origins is a function, which runs in JavaScript alone: list the origins')
    return []
  }
  const kept = (given as readonly string[]).flatMap((text) => {
    const origin = toOrigin(String(text))
    if (origin === null) return []
    if (!can.origins.includes(origin.kind)) {
      lose(`${text} is left out, since ${WHY[origin.kind]} cannot be matched exactly here: list the origins`)
      return []
    }
    if (can.quoting === 'plain' && !PLAIN_ORIGIN.test(origin.text.replace('*', ''))) {
      lose(`${JSON.stringify(text)} is left out: it cannot be quoted here`)
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
      lose(`the ${what} ${JSON.stringify(name)} is left out: it cannot be quoted here`)
      return false
    }
    if (what === 'method' && !takesMethod(can, name)) {
      lose(`the method ${JSON.stringify(name)} is left out: it is not known here`)
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
  lose(`${list.length - limit} of the ${what} are left out: no more than ${limit} fit here`)
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
