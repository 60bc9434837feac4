import { FAILURE_CODES } from '../../browser/failures.ts'
import { ROWS } from '../findings/rows.ts'
import { ECHOES } from '../security/findings.ts'
import { FLAWS } from '../security/flaws.ts'

/** Tells whether a code is that of a failure or of a finding: an expectation of any other would never be met. */
export function isKnownCode(code: string): boolean {
  return (
    FAILURE_CODES.some((known) => known === code) || [...ROWS, ...FLAWS, ...ECHOES].some((row) => row.code === code)
  )
}
