import { checkExposedHeaders, checkMethods, checkRequestHeaders } from './check-names.ts'
import { checkOrigins } from './check-origins.ts'
import { issue } from './issue.ts'
import { checkKeys } from './keys.ts'
import { readPolicy, type Snapshot } from './snapshot.ts'
import type { PolicyIssue } from './types.ts'

/**
 * Checks a policy, or anything else, and names everything that is wrong with it. Never throws.
 *
 * `createCors` constructs exactly when no issue has the severity `error`.
 *
 * @example
 * ```ts
 * import { checkPolicy } from 'corsmith'
 *
 * for (const { path, message } of checkPolicy({ origins: ['https://app.example.com/'] })) {
 *   console.log(path, message) // ['origins', 0] 'an origin has no trailing slash: write "https://app.example.com"'
 * }
 * ```
 */
export function checkPolicy(policy: unknown): readonly PolicyIssue[] {
  return checkSnapshot(readPolicy(policy))
}

/** Checks what was read of a policy. */
export function checkSnapshot({ values, unknown, issues }: Snapshot): readonly PolicyIssue[] {
  if (issues.some(({ code }) => code === 'policy-not-an-object')) return issues
  const unreadable = new Set(issues.filter(({ path }) => path.length === 1).map(({ path }) => path[0]))
  const credentials = values.get('credentials') === true
  return [
    ...issues,
    ...(unreadable.has('origins')
      ? []
      : checkOrigins(values.get('origins'), {
          credentials,
          forbid: values.get('refused') === 'forbid',
          allowInsecure: values.get('dangerouslyAllowInsecureOrigins') === true,
          allowPublicSuffixes: values.get('dangerouslyAllowPublicSuffixes') === true,
        })),
    ...checkBoolean('credentials', values),
    ...checkMethods(values.get('methods')),
    ...checkRequestHeaders(values.get('requestHeaders')),
    ...checkExposedHeaders(values.get('exposedHeaders'), credentials),
    ...checkMaxAge(values.get('maxAge')),
    ...checkChoice('preflight-status', 'preflightStatus', values, [200, 204]),
    ...checkChoice('refused-value', 'refused', values, ['pass', 'forbid']),
    ...checkBoolean('timingAllowOrigin', values),
    ...checkBoolean('dangerouslyAllowInsecureOrigins', values),
    ...checkBoolean('dangerouslyAllowPublicSuffixes', values),
    ...checkKeys(unknown),
  ]
}

function checkBoolean(key: string, values: Snapshot['values']): PolicyIssue[] {
  const value = values.get(key)
  if (value === undefined || typeof value === 'boolean') return []
  return [issue('not-a-boolean', [key], value, value === 'true' ? true : value === 'false' ? false : undefined)]
}

function checkChoice(
  code: 'preflight-status' | 'refused-value',
  key: string,
  values: Snapshot['values'],
  choices: readonly unknown[],
): PolicyIssue[] {
  const value = values.get(key)
  return value === undefined || choices.includes(value) ? [] : [issue(code, [key], value)]
}

const LONGEST_MAX_AGE = 86_400
const WEBKIT_CAP = 600

function checkMaxAge(value: unknown): PolicyIssue[] {
  if (value === undefined) return []
  const path = ['maxAge']
  if (
    typeof value !== 'number' ||
    !Number.isInteger(value) ||
    value < 0 ||
    value > LONGEST_MAX_AGE ||
    Object.is(value, -0)
  ) {
    return [issue('max-age-not-whole-seconds', path, value, correctMaxAge(value))]
  }
  return value > WEBKIT_CAP ? [issue('max-age-above-caps', path, value)] : []
}

function correctMaxAge(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined
  return Math.min(Math.max(Math.trunc(number), 0), LONGEST_MAX_AGE) + 0
}
