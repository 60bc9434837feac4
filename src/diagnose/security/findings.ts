import type { Finding } from '../finding.ts'
import type { ScanCode } from '../findings/codes.ts'
import { fetchSpec } from '../findings/links.ts'
import { LOOSE_COMPARISONS } from './loose-comparisons.ts'
import type { SecurityReport } from './report.ts'

/** The headers that a server may repeat instead of listing its own values. */
export const ECHOES: readonly {
  readonly code: ScanCode
  readonly says: string
  readonly shows: (report: SecurityReport) => boolean
}[] = [
  {
    code: 'echoes-request-headers',
    says: 'the server allows any request header; list the names',
    shows: ({ echoesHeaders }) => echoesHeaders,
  },
  {
    code: 'echoes-methods',
    says: 'the server allows any method; list the methods',
    shows: ({ echoesMethods }) => echoesMethods,
  },
]

/**
 * Turns the result of a scan into findings. A case that no browser can send, or that risks no
 * cookie, is only a warning.
 */
export function securityFindings(report: SecurityReport): readonly Finding[] {
  const found = LOOSE_COMPARISONS.flatMap(({ code, says, isMildWithoutCredentials = false }) =>
    report.accepted
      .filter(({ flaw }) => flaw === code)
      .map(({ origin, credentials, isEmittable }) => {
        const isGrave = isEmittable && (credentials || !isMildWithoutCredentials)
        const suffix = credentials ? ' (with credentials)' : ''
        const message = `${says.replaceAll('{accepted}', origin)}${suffix}`
        return finding(code, isGrave ? 'security' : 'warning', message, origin)
      }),
  )
  const echoes = ECHOES.filter(({ shows }) => shows(report))
  return [...found, ...echoes.map(({ code, says }) => finding(code, 'warning', says, null))]
}

function finding(code: ScanCode, severity: Finding['severity'], message: string, actual: string | null): Finding {
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
      target: 'server',
      advice: 'Compare whole origins with a list, byte by byte. Let patterns match whole labels only.',
      snippet: null,
      policy: null,
      alternative: null,
      note: null,
      asks: [],
      proof: null,
      request: null,
      requestProof: null,
    },
    link: fetchSpec('cors-protocol-exceptions'),
  }
}
