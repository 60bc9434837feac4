import type { Finding } from '../finding.ts'
import { fetchSpec } from '../findings/links.ts'
import { FLAWS } from './flaws.ts'
import type { SecurityReport } from './report.ts'

/** Turns a scan into findings. What no browser can send, and what puts no cookie at stake, is a warning. */
export function securityFindings(report: SecurityReport): readonly Finding[] {
  const found = report.accepted.map(({ origin, flaw, credentials, isEmittable }) => {
    const row = FLAWS.find(({ code }) => code === flaw)
    const isGrave = isEmittable && (credentials || row?.isMildWithoutCredentials !== true)
    const suffix = credentials ? ' (with credentials)' : ''
    return finding(
      flaw,
      isGrave ? 'security' : 'warning',
      `${(row?.says ?? '{accepted} is let in').replaceAll('{accepted}', origin)}${suffix}`,
      origin,
    )
  })
  if (report.echoesHeaders) {
    found.push(
      finding('echoes-request-headers', 'warning', 'whatever header a page asks for is allowed; list the names', null),
    )
  }
  if (report.echoesMethods) {
    found.push(
      finding('echoes-methods', 'warning', 'whatever method a page asks for is allowed; list the methods', null),
    )
  }
  return found
}

function finding(code: string, severity: Finding['severity'], message: string, actual: string | null): Finding {
  return {
    code,
    severity,
    at: 'probe',
    message,
    header: 'Access-Control-Allow-Origin',
    actual,
    expected: null,
    explains: null,
    fix: {
      where: 'server',
      target: 'fetch',
      advice: 'Compare whole origins with a list, byte by byte; patterns stand for whole labels.',
      snippet: null,
      policy: null,
      request: null,
    },
    link: fetchSpec('cors-protocol-exceptions'),
  }
}
