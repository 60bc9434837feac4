import type { CorsPolicy } from '../policy/types.ts'
import { isWildcard } from '../policy/values.ts'
import { isSafelistedResponseHeaderName } from '../spec/names.ts'
import { isToken } from '../spec/tokens.ts'
import type { Can, Fitted } from './can.ts'
import { type Loss, lossOf, lossOfAge, lossOfPattern } from './losses.ts'
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
  const losses: Loss[] = []
  const lose = (loss: Loss): void => {
    if (!losses.some(({ what }) => what === loss.what)) losses.push(loss)
  }
  const credentials = policy.credentials === true
  if (credentials && can.credentials === 'never') lose(lossOf('credentials'))
  const isForced = !credentials && policy.origins !== '*' && can.credentials === 'always'
  if (isForced) lose(lossOf('credentials-always'))
  const origins = isForced ? [] : fitOrigins(policy.origins, can, lose)

  const anyMethod = isWildcard(policy.methods) && isSaid(can.anyMethod, credentials)
  if (isWildcard(policy.methods) && !anyMethod) lose(lossOf('method-any'))
  const methods = namesOf(policy.methods, can, 'method', lose)
  const common = isWildcard(policy.methods) && !anyMethod ? COMMON_METHODS : COMMON_METHODS.slice(0, 3)
  if (isWildcard(policy.methods) && !anyMethod)
    for (const name of common) if (!takesMethod(can, name)) lose(lossOf('method', name))
  const listed = [...new Set([...common.filter((name) => takesMethod(can, name)), ...methods])]

  const headers = namesOf(policy.requestHeaders, can, 'header', lose)
  const wantsAny =
    policy.requestHeaders === '*' || (Array.isArray(policy.requestHeaders) && policy.requestHeaders.includes('*'))
  const hasAuthorization = headers.some((name) => name.toLowerCase() === 'authorization')
  const anyHeader =
    wantsAny &&
    (can.anyHeader === 'all' || can.anyHeader === 'all-without-credentials'
      ? hasAuthorization && (can.anyHeader === 'all' || !credentials)
      : isSaid(can.anyHeader, credentials))
  if (wantsAny && !anyHeader)
    lose(lossOf('header-any', can.anyHeader.startsWith('all') && !hasAuthorization ? 'Authorization' : null))
  const prefixes = headers.filter(isPattern).map(toPrefix)
  if (!can.headerPatterns && !anyHeader) for (const prefix of prefixes) lose(lossOf('header-pattern', `${prefix}*`))

  const exposed = namesOf(policy.exposedHeaders, can, 'exposed', lose)
  const exposedPrefixes = exposed.filter(isPattern).map(toPrefix)
  if (!can.exposedPatterns) for (const prefix of exposedPrefixes) lose(lossOf('exposed-pattern', `${prefix}*`))

  const anyExposed = isWildcard(policy.exposedHeaders) && !credentials
  if (anyExposed && can.anyExposed === false) lose(lossOf('exposed-any'))
  if (policy.timingAllowOrigin === true && !can.timing) lose(lossOf('timing'))
  if (policy.refused === 'forbid') lose(lossOf('refused-forbid'))
  const status = policy.preflightStatus === 200 ? 200 : 204
  if (policy.preflightStatus !== undefined && (can.status ?? status) !== status)
    lose(lossOf('preflight-status', String(status)))
  const maxAge = typeof policy.maxAge === 'number' && Number.isInteger(policy.maxAge) ? policy.maxAge : null
  if (maxAge !== null && maxAge < (can.leastAge ?? 0)) lose(lossOfAge(maxAge, can.leastAge ?? 0))
  const inBoth = (
    names: readonly string[],
    others: readonly string[],
    isFree: (name: string) => boolean = () => false,
  ): readonly string[] => {
    if (can.oneList !== true) return names
    const known = new Set(others.map((name) => name.toLowerCase()))
    const kept = names.filter((name) => known.has(name.toLowerCase()) || isFree(name))
    for (const name of names) if (!kept.includes(name)) lose(lossOf('one-list', name))
    return kept
  }
  return {
    anyOrigin: policy.origins === '*',
    origins,
    credentials: credentials && can.credentials !== 'never',
    methods: listed,
    anyMethod,
    requestHeaders: most(
      inBoth(
        headers.filter((name) => !isPattern(name)),
        exposed,
        isSafelistedResponseHeaderName,
      ),
      can.mostNames,
      'headers-limit',
      lose,
    ),
    anyHeader,
    headerPrefixes: can.headerPatterns && !anyHeader ? prefixes : [],
    exposedHeaders: most(
      inBoth(
        exposed.filter((name) => !isPattern(name)),
        headers,
      ),
      can.mostNames,
      'exposed-limit',
      lose,
    ),
    exposedPrefixes: can.exposedPatterns ? exposedPrefixes : [],
    anyExposed: anyExposed && can.anyExposed !== false,
    maxAge: maxAge === null ? null : Math.max(maxAge, can.leastAge ?? 0),
    status,
    timing: policy.timingAllowOrigin === true && can.timing,
    losses,
  }
}

type Lose = (loss: Loss) => void

function fitOrigins(given: CorsPolicy['origins'], can: Can, lose: Lose): readonly Origin[] {
  if (given === '*') return []
  if (!Array.isArray(given)) {
    lose(lossOf('origin-predicate'))
    return []
  }
  const kept = (given as readonly string[]).flatMap((text) => {
    const origin = toOrigin(String(text))
    if (origin === null) return []
    if (!can.origins.includes(origin.kind)) {
      lose(lossOfPattern(text, WHY[origin.kind]))
      return []
    }
    if (can.quoting === 'plain' && !PLAIN_ORIGIN.test(origin.text.replaceAll('*', 'x'))) {
      lose(lossOf('origin-quoting', text))
      return []
    }
    if (can.strictHosts === true && !isStrictHost(text)) {
      lose(lossOf('origin-host', text))
      return []
    }
    if (origin.kind === 'any-host') lose(lossOf('origin-characters', text))
    return [origin]
  })
  return most(kept, can.mostOrigins, 'origins-limit', lose)
}

/** Returns whether each label of a host is a name, or the host is an address of IPv6. */
function isStrictHost(text: string): boolean {
  const host = text
    .slice(text.indexOf('://') + 3)
    .replace(/^\*\./, '')
    .replace(/:[^:\]]*$/, '')
  if (host.startsWith('[')) return true
  const isName = (label: string) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)
  // A label such as "xn--a" is no name in any script. The URL parser knows which are.
  const isEncoded = (label: string) => label.startsWith('xn--') && URL.canParse(`https://${label}.example`)
  return host.split('.').every((label) => isName(label) && (label.slice(2, 4) !== '--' || isEncoded(label)))
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

function namesOf(
  given: '*' | readonly string[] | undefined,
  can: Can,
  what: 'method' | 'header' | 'exposed',
  lose: Lose,
): readonly string[] {
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

function most<T>(
  list: readonly T[],
  limit: number | undefined,
  code: 'origins-limit' | 'headers-limit' | 'exposed-limit',
  lose: Lose,
): readonly T[] {
  if (limit === undefined || list.length <= limit) return list
  lose(lossOf(code, String(list.length - limit)))
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
