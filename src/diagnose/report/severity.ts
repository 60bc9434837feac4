import type { Finding, Severity } from '../finding.ts'

/**
 * Gives the severity of a finding in a report. Nothing in a check that came out as wanted is an error: what blocks was expected, and
 * what lets the wrong pages in was not asked to fail.
 */
export function severityOf({ severity }: Pick<Finding, 'severity'>, isFine: boolean): Severity {
  if (!isFine) return severity
  return severity === 'error' ? 'info' : severity === 'security' ? 'warning' : severity
}
