import { FAILURE_CODES } from '../../browser/failures.ts'
import { ROW_CODES, SCAN_CODES } from '../findings/codes.ts'

export const KNOWN_CODES: ReadonlySet<string> = new Set([...FAILURE_CODES, ...ROW_CODES, ...SCAN_CODES])

/**
 * Returns whether a code is one of a failure or a finding. An expectation of any other code would
 * never be met.
 */
export function isKnownCode(code: string): boolean {
  return KNOWN_CODES.has(code)
}
