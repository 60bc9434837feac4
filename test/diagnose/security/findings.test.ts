import { expect, it } from 'vitest'
import { securityFindings } from '../../../src/diagnose/security/findings.ts'
import type { Accepted, SecurityReport } from '../../../src/diagnose/security/report.ts'

const NOTHING: SecurityReport = {
  tried: 1,
  ownIsAccepted: true,
  reflectsAnyone: false,
  accepted: [],
  echoesHeaders: false,
  echoesMethods: false,
}
const O = 'https://o.test'

const findingsOf = (flaw: Accepted['flaw'], credentials: boolean, isEmittable: boolean) =>
  securityFindings({ ...NOTHING, accepted: [{ origin: O, flaw, credentials, isEmittable }] })

it('warns of what a preflight repeats', () => {
  const said = (report: Partial<SecurityReport>) =>
    securityFindings({ ...NOTHING, ...report }).map(({ code, severity, message, actual }) => [
      code,
      severity,
      message,
      actual,
    ])
  const headers = ['echoes-request-headers', 'warning', 'the server allows any request header; list the names', null]
  const methods = ['echoes-methods', 'warning', 'the server allows any method; list the methods', null]
  expect(said({})).toEqual([])
  expect(said({ echoesHeaders: true })).toEqual([headers])
  expect(said({ echoesMethods: true })).toEqual([methods])
  expect(said({ echoesHeaders: true, echoesMethods: true })).toEqual([headers, methods])
})

it('gives the whole finding: who repairs it, how, and where the standard says so', () => {
  expect(findingsOf('null-origin-allowed', true, true)).toEqual([
    {
      code: 'null-origin-allowed',
      severity: 'security',
      at: 'probe',
      message: 'null is let in: every sandboxed frame of every site sends it (with credentials)',
      header: 'Access-Control-Allow-Origin',
      actual: O,
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
      link: 'https://fetch.spec.whatwg.org/#cors-protocol-exceptions',
    },
  ])
})
