import { isKnownPublicSuffix } from '../spec/suffixes.ts'
import { checkExposedHeaders, checkMethods, checkRequestHeaders } from './check-names.ts'
import { checkOrigins } from './check-origins.ts'
import { checkBoolean, checkMaxAge, checkPreflightStatus, checkRefused } from './check-values.ts'
import { issue, type Violation } from './issue.ts'
import { checkKeys } from './keys.ts'
import type { OriginContext } from './origin-meaning.ts'
import type { Snapshot } from './snapshot.ts'
import type { CorsPolicy, PolicyIssue } from './types.ts'

type Check = (value: unknown, context: OriginContext, option: string) => PolicyIssue[]

/** How each option is checked, in the documented order. Only `origins` have to be there. */
const CHECKS: { readonly [option in keyof CorsPolicy]-?: Check } = {
  origins: checkOrigins,
  credentials: single(checkBoolean),
  methods: checkMethods,
  requestHeaders: checkRequestHeaders,
  exposedHeaders: checkExposedHeaders,
  maxAge: single(checkMaxAge),
  preflightStatus: single(checkPreflightStatus),
  refused: single(checkRefused),
  timingAllowOrigin: single(checkBoolean),
  dangerouslyAllowInsecureOrigins: single(checkBoolean),
  dangerouslyAllowPublicSuffixes: single(checkBoolean),
}

function single(check: (value: unknown) => Violation | null): Check {
  return (value, _, option) => {
    const found = check(value)
    return found === null ? [] : [issue([option], value, ...found)]
  }
}

/**
 * Finds every defect of what was read of a policy, in the documented order of the options, and within a list in its order.
 * Whoever has the whole list of public suffixes passes a test of their own.
 */
export function findDefects(
  { input, values, unread, unknown }: Snapshot,
  isPublicSuffix: (host: string) => boolean = isKnownPublicSuffix,
): PolicyIssue[] {
  if (values === null) return [issue([], input, 'policy-not-an-object')]
  const context: OriginContext = { has: (option, value = true) => values.get(option) === value, isPublicSuffix }
  const found = Object.entries(CHECKS).flatMap(([option, check]) => {
    const value = values.get(option)
    const refused = unread.get(option)
    if (refused !== undefined) return [refused]
    return value === undefined && option !== 'origins' ? [] : check(value, context, option)
  })
  return [...found, ...checkKeys(unknown, [...values.keys(), ...unread.keys()])]
}
