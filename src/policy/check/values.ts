import { type Check, issue, type Violation } from '../issue.ts'
import { LONGEST_MAX_AGE } from '../limits.ts'

/** Makes the check of an option that has one value. */
const single =
  (violationOf: (value: unknown) => Violation | null): Check =>
  (value, _, option) => {
    const found = violationOf(value)
    return found === null ? [] : [issue([option], value, ...found)]
  }

/** Checks an option that is true or false. */
export const checkBoolean: Check = single((value) => {
  if (typeof value === 'boolean') return null
  const word = wordOf(value)
  if (word === null) return ['not-a-boolean', null]
  if (word === 'false' || word === 0) return ['not-a-boolean', false]
  return word === 'true' || word === 1 ? ['not-a-boolean', true, { review: true }] : ['not-a-boolean']
})

/** Checks `maxAge`. */
export const checkMaxAge: Check = single((value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number))
    return ['max-age-not-whole-seconds', value === null ? null : undefined]
  // Of -0 and 0, Math.max() returns 0.
  const corrected = Math.min(Math.max(Math.trunc(number), 0), LONGEST_MAX_AGE)
  return Object.is(corrected, value) ? null : ['max-age-not-whole-seconds', corrected]
})

/** Checks `preflightStatus`. */
export const checkPreflightStatus: Check = single((value) => {
  return value === 200 || value === 204 ? null : ['preflight-status', value === '200' ? 200 : 204]
})

/** Checks `refused`. */
export const checkRefused: Check = single((value) => {
  if (value === 'pass' || value === 'forbid') return null
  const word = wordOf(value)
  if (word === null || word === 'pass' || word === 'forbid') return ['refused-value', word]
  return ['refused-value', 'forbid', { review: true }]
})

/** Returns a string in lower case without white space around it, and any other value as it is. */
function wordOf(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value
}
