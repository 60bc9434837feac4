import { issue } from './issue.ts'
import type { Snapshot } from './snapshot.ts'
import type { PolicyIssue } from './types.ts'

/** Checks an option that is true or false. */
export function checkBoolean(key: string, values: Snapshot['values']): PolicyIssue[] {
  const value = values.get(key)
  if (value === undefined || typeof value === 'boolean') return []
  if (value === null) return [issue('not-a-boolean', [key], value, null)]
  const text = typeof value === 'string' ? value.trim().toLowerCase() : value
  if (text === 'false' || text === 0) return [issue('not-a-boolean', [key], value, false)]
  if (text === 'true' || text === 1) return [issue('not-a-boolean', [key], value, true, { review: true })]
  return [issue('not-a-boolean', [key], value)]
}

const LONGEST_MAX_AGE = 86_400
const WEBKIT_CAP = 600

/** Checks `maxAge`. */
export function checkMaxAge(value: unknown): PolicyIssue[] {
  if (value === undefined) return []
  const path = ['maxAge']
  const isWhole = typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0)
  if (!isWhole || value < 0 || value > LONGEST_MAX_AGE) {
    return [issue('max-age-not-whole-seconds', path, value, correctMaxAge(value))]
  }
  return value > WEBKIT_CAP ? [issue('max-age-above-caps', path, value)] : []
}

function correctMaxAge(value: unknown): number | null | undefined {
  if (value === null) return null
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined
  return Math.min(Math.max(Math.trunc(number), 0), LONGEST_MAX_AGE) + 0
}

/** Checks `preflightStatus`. */
export function checkPreflightStatus(value: unknown): PolicyIssue[] {
  if (value === undefined || value === 200 || value === 204) return []
  return [issue('preflight-status', ['preflightStatus'], value, value === '200' ? 200 : 204)]
}

/** Checks `refused`. */
export function checkRefused(value: unknown): PolicyIssue[] {
  if (value === undefined || value === 'pass' || value === 'forbid') return []
  const text = typeof value === 'string' ? value.trim().toLowerCase() : ''
  const suggestion = value === null ? null : text === 'pass' ? 'pass' : 'forbid'
  return [
    issue(
      'refused-value',
      ['refused'],
      value,
      suggestion,
      suggestion === 'forbid' && text !== 'forbid' ? { review: true } : undefined,
    ),
  ]
}
