import type { Violation } from './issue.ts'

const LONGEST_MAX_AGE = 86_400

/** Checks an option that is true or false. */
export function checkBoolean(value: unknown): Violation | null {
  if (typeof value === 'boolean') return null
  const word = wordOf(value)
  if (word === null) return ['not-a-boolean', null]
  if (word === 'false' || word === 0) return ['not-a-boolean', false]
  return word === 'true' || word === 1 ? ['not-a-boolean', true, { review: true }] : ['not-a-boolean']
}

/** Checks `maxAge`. */
export function checkMaxAge(value: unknown): Violation | null {
  const corrected = correctMaxAge(value)
  return Object.is(corrected, value) && value !== null ? null : ['max-age-not-whole-seconds', corrected]
}

function correctMaxAge(value: unknown): number | null | undefined {
  if (value === null) return null
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined
  // Adding 0 makes 0 of -0.
  return Math.min(Math.max(Math.trunc(number), 0), LONGEST_MAX_AGE) + 0
}

/** Checks `preflightStatus`. */
export function checkPreflightStatus(value: unknown): Violation | null {
  return value === 200 || value === 204 ? null : ['preflight-status', value === '200' ? 200 : 204]
}

/** Checks `refused`. */
export function checkRefused(value: unknown): Violation | null {
  if (value === 'pass' || value === 'forbid') return null
  const word = wordOf(value)
  if (word === null || word === 'pass' || word === 'forbid') return ['refused-value', word]
  return ['refused-value', 'forbid', { review: true }]
}

/** A text without case and the white space around it; anything else as it is. */
function wordOf(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value
}
