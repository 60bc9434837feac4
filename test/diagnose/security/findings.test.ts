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

/** What is said of each mistake, and how grave it is without credentials. */
const SAID: readonly (readonly [flaw: Accepted['flaw'], message: string, without: 'security' | 'warning'])[] = [
  ['null-origin-allowed', 'null is let in: every sandboxed frame of every site sends it', 'security'],
  ['insecure-origin-allowed', `${O} is let in: an attacker on the network can put a script on an http page`, 'warning'],
  ['matches-prefix', `${O} is let in: only the beginning of the origin is compared`, 'security'],
  ['matches-suffix', `${O} is let in: only the end of the origin is compared, without the dot`, 'security'],
  ['matches-anywhere', `${O} is let in: the trusted host may stand anywhere in the origin`, 'security'],
  ['matches-unescaped-dot', `${O} is let in: a dot in the pattern matches any character`, 'security'],
  [
    'trusts-special-characters',
    `${O} is let in: browsers do send such hosts, and they belong to the owner of the end of the name`,
    'security',
  ],
  ['trusts-any-subdomain', `${O} is let in: one forgotten or hacked subdomain can read everything`, 'warning'],
  ['ignores-port', `${O} is let in: the port is not compared, so every service of the host is trusted`, 'warning'],
  ['trusts-loopback', `${O} is let in: every program on the user's computer is trusted, in production too`, 'warning'],
  ['matches-loopback-prefix', `${O} is let in: anyone can register a host that begins with localhost`, 'security'],
  ['trusts-shared-hosting', `${O} is let in: anyone can open an account there`, 'security'],
  ['trusts-public-suffix', `${O} is let in: the pattern ends at a public suffix`, 'security'],
  [
    'normalizes-origin',
    `${O} is treated as the trusted origin: the server rewrites the origin before it compares`,
    'security',
  ],
]

const findingsOf = (flaw: Accepted['flaw'], credentials: boolean, isEmittable: boolean) =>
  securityFindings({ ...NOTHING, accepted: [{ origin: O, flaw, credentials, isEmittable }] })

it.each(SAID)('says what lets a stranger in, and how grave it is: %s', (flaw, message, without) => {
  const said = (credentials: boolean, isEmittable: boolean) =>
    findingsOf(flaw, credentials, isEmittable).map((each) => [each.code, each.severity, each.message, each.actual])
  expect(said(true, true)).toEqual([[flaw, 'security', `${message} (with credentials)`, O]])
  expect(said(false, true)).toEqual([[flaw, without, message, O]])
  // No browser can send it, so no page can use it.
  expect(said(true, false)).toEqual([[flaw, 'warning', `${message} (with credentials)`, O]])
  expect(said(false, false)).toEqual([[flaw, 'warning', message, O]])
})

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
