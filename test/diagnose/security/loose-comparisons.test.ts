import { describe, expect, it } from 'vitest'
import { securityFindings } from '../../../src/diagnose/security/findings.ts'
import { instantiate, LOOSE_COMPARISONS } from '../../../src/diagnose/security/loose-comparisons.ts'
import type { Accepted } from '../../../src/diagnose/security/report.ts'
import { EACH, TRIED } from './origins.ts'

describe('the origins of a scan', () => {
  it('are those of every mistake in a comparison, for the host of the page', () => {
    const all = LOOSE_COMPARISONS.map(({ code, probes, raw = [] }) => [
      code,
      probes.map((template) => instantiate(template, 'app.example.com')),
      raw.map((template) => instantiate(template, 'app.example.com')),
    ])
    expect(all).toEqual(Object.entries(TRIED).map(([code, { sent, raw = [] }]) => [code, sent, raw]))
  })

  it('that browsers send are origins that URLs have; the others are not', () => {
    for (const { origin, isEmittable } of EACH)
      expect([origin, origin === 'null' || URL.parse(origin)?.origin === origin]).toEqual([origin, isEmittable])
  })

  it('take the page’s host whole where it has no subdomain', () => {
    expect(instantiate('{L}|{R}|{H}|{TLD}|{H^}', 'example.com')).toBe('|example.com|example.com|com|EXAMPLE.COM')
    expect(instantiate('{L}|{R}|{TLD}|{A}', 'a.b.example.org')).toBe('a|b.example.org|org|attacker.test')
    expect(instantiate('{H} {H} {R} {R} {L} {L} {A} {A} {TLD} {TLD}', 'localhost')).toBe(
      'localhost localhost localhost localhost   attacker.test attacker.test localhost localhost',
    )
  })
})

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
  securityFindings({
    tried: 1,
    ownIsAccepted: true,
    reflectsAnyone: false,
    accepted: [{ origin: O, flaw, credentials, isEmittable }],
    echoesHeaders: false,
    echoesMethods: false,
  })

it.each(SAID)('says what lets a stranger in, and how grave it is: %s', (flaw, message, without) => {
  const said = (credentials: boolean, isEmittable: boolean) =>
    findingsOf(flaw, credentials, isEmittable).map((each) => [each.code, each.severity, each.message, each.actual])
  expect(said(true, true)).toEqual([[flaw, 'security', `${message} (with credentials)`, O]])
  expect(said(false, true)).toEqual([[flaw, without, message, O]])
  // No browser can send it, so no page can use it.
  expect(said(true, false)).toEqual([[flaw, 'warning', `${message} (with credentials)`, O]])
  expect(said(false, false)).toEqual([[flaw, 'warning', message, O]])
})
