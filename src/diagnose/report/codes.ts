import { FAILURE_CODES } from '../../browser/failures.ts'
import { ROW_CODES, SCAN_CODES } from '../findings/codes.ts'

const KNOWN: ReadonlySet<string> = new Set([...FAILURE_CODES, ...ROW_CODES, ...SCAN_CODES])

/** Tells whether a code is that of a failure or of a finding: an expectation of any other would never be met. */
export function isKnownCode(code: string): boolean {
  return KNOWN.has(code)
}
