import type { Finding, Severity } from '../finding.ts'

/**
 * Returns the severity of a finding in a report. A check with the expected result holds no error:
 * its failure was expected, and the user did not ask to fail for strangers.
 */
export function severityOf({ severity }: Pick<Finding, 'severity'>, isFine: boolean): Severity {
  if (!isFine) return severity
  return severity === 'error' ? 'info' : severity === 'security' ? 'warning' : severity
}
