import { ALLOW_ORIGIN } from '../../spec/fields.ts'
import { admits, type Evidence, field, hasAllowOrigin, statusOf, variesByOrigin } from '../evidence.ts'
import { FOREIGN_ORIGIN } from '../probes.ts'
import { everSpoke, knowsPage, refusesOrigins } from '../proven.ts'
import type { Row } from '../row.ts'
import { fetchSpec, MDN_CORS, mdnError } from './links.ts'
import { LIST_IT, ORIGIN_ROW, REFUSED } from './origin-row.ts'
import { productOf } from './products.ts'
import { refusedBy } from './refusals.ts'
import { failedAnswer, matchIf } from './signature.ts'

/**
 * Some servers send the origin that they trust to a request without `Origin`, and no header to
 * other origins.
 */
function namesAnother({ call, probes }: Evidence): boolean {
  const value = field(probes.noOrigin, ALLOW_ORIGIN)
  return value !== null && value !== '*' && value !== call.origin
}

/** Causes around which origins the server knows. */
export const ORIGINS: readonly Row[] = [
  {
    ...ORIGIN_ROW,
    code: 'origin-null',
    explains: ['allow-origin-missing', 'allow-origin-mismatch', 'preflight-status', 'allow-origin-wildcard'],
    weight: 85,
    when: (evidence) =>
      matchIf(evidence.call.origin === 'null', {
        // For the script of a sandboxed frame, another origin alone would not help.
        files: everSpoke(evidence)
          ? ''
          : ' This server shares with no page at all yet: public files also need Access-Control-Allow-Origin: *, which covers null.',
      }),
    says: 'the page has no origin (Origin: null): a file: URL, a sandboxed frame or a data: URL',
    remedy: {
      where: 'client',
      target: 'client',
      advice:
        'Serve the page from http://localhost, or give the frame sandbox="allow-same-origin". Never allow null on the server, because every sandboxed frame of every site sends it.{files}',
      request: () => ({ origin: 'http://localhost' }),
    },
    link: mdnError('CORSRequestNotHttp'),
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-app-scheme',
    explains: REFUSED,
    weight: 79,
    when: (evidence, obstacle) => {
      // A value that is not an origin at all is the nearer cause.
      const isOrigin = /^(\*|null|[a-z][a-z0-9+.-]*:\/\/[^\s,]*)?$/i.test(
        field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? '',
      )
      const isApp = evidence.call.origin !== 'null' && !/^https?:/.test(evidence.call.origin)
      // A server that never spoke CORS compares no origins, so the scheme is not the cause.
      return matchIf(isOrigin && isApp && (everSpoke(evidence) || refusesOrigins(evidence)))
    },
    says: 'the page is {origin}, an app or an extension, and the server does not allow this origin',
    remedy: {
      where: 'server',
      advice: 'List "{origin}" exactly. An extension can instead list the host in host_permissions.',
      policy: true,
    },
    link: MDN_CORS,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-refused-with-error',
    covers: ['product-cors-setting', 'never-shared'],
    explains: ['allow-origin-missing', 'preflight-status'],
    weight: 87,
    when: (evidence, obstacle) => {
      const at = failedAnswer(evidence, obstacle)
      const isSaid = refusedBy(at, evidence) === 'page' && !admits(at, evidence.call.origin)
      const product = productOf(evidence)
      return matchIf(statusOf(at) >= 400 && (isSaid || refusesOrigins(evidence)), {
        proof: refusesOrigins(evidence)
          ? `; without Origin, the same URL answers ${statusOf(evidence.probes.noOrigin)}`
          : '',
        where: product === null ? '' : `, in ${product.setting}`,
      })
    },
    says: 'the CORS policy of the server does not list {origin} and answers with an error ({status}){proof}',
    remedy: {
      where: 'server',
      advice:
        'List "{origin}" exactly as browsers write it{where}. A refused origin needs no error: an answer without CORS headers is enough.',
      by: {
        express:
          'List "{origin}" exactly as browsers write it; and refuse with callback(null, false), because an Error becomes a 500 for every other origin.',
      },
      policy: true,
    },
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-not-listed',
    explains: ['allow-origin-missing', 'preflight-status'],
    weight: 45,
    isGeneral: true,
    when: (evidence, obstacle) => {
      const observation = failedAnswer(evidence, obstacle)
      const speaks = [
        'Access-Control-Allow-Methods',
        'Access-Control-Allow-Credentials',
        'Access-Control-Allow-Headers',
      ].some((name) => field(observation, name) !== null)
      return matchIf(
        !hasAllowOrigin(observation) &&
          !knowsPage(evidence) &&
          (variesByOrigin(observation) ||
            speaks ||
            namesAnother(evidence) ||
            evidence.probes.variants.some((each) => each.isShared)),
      )
    },
    says: 'the policy does not list {origin}: the answer has signs of a CORS policy (Vary: Origin, another CORS header, or another origin), but does not allow this page',
    remedy: LIST_IT,
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    ...ORIGIN_ROW,
    code: 'never-shared',
    explains: ['allow-origin-missing'],
    weight: 35,
    isGeneral: true,
    when: (evidence, obstacle) =>
      matchIf(
        !everSpoke(evidence) &&
          statusOf(evidence.probes.foreign) > 0 &&
          statusOf(failedAnswer(evidence, obstacle)) < 500,
      ),
    says: 'the server has no CORS policy: no answer has Access-Control-Allow-Origin, for any origin or path that was tried',
    remedy: {
      where: 'server',
      advice:
        'If the server is yours, give it a policy. If it is not, call it from your own backend: an API without CORS is not meant for pages, and a page must not contain its key.',
      policy: true,
    },
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-missing',
    explains: ['allow-origin-missing'],
    weight: 10,
    isFallback: true,
    when: (evidence, obstacle) => matchIf(statusOf(failedAnswer(evidence, obstacle)) > 0),
    says: 'the response ({status}) carries no Access-Control-Allow-Origin',
    remedy: LIST_IT,
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    code: 'reflects-any-origin',
    severity: 'security',
    at: 'probe',
    weight: 90,
    header: ALLOW_ORIGIN,
    when: (evidence) =>
      matchIf(
        field(evidence.probes.foreign, ALLOW_ORIGIN) === FOREIGN_ORIGIN &&
          field(evidence.probes.foreign, 'Access-Control-Allow-Credentials') === 'true',
      ),
    says: 'every origin is reflected, with credentials: any site that a user visits can read their data here',
    remedy: { where: 'server', advice: 'List the origins you trust.', policy: true },
    link: fetchSpec('cors-protocol-and-credentials'),
  },
  {
    code: 'reflects-without-credentials',
    severity: 'warning',
    at: 'probe',
    weight: 40,
    header: ALLOW_ORIGIN,
    when: (evidence) =>
      matchIf(
        field(evidence.probes.foreign, ALLOW_ORIGIN) === FOREIGN_ORIGIN &&
          field(evidence.probes.foreign, 'Access-Control-Allow-Credentials') !== 'true',
      ),
    says: 'every origin is reflected: this allows the same as *, but caches cannot reuse the answers',
    remedy: { where: 'server', advice: 'Send * for public data, and list the origins for everything else.' },
    link: MDN_CORS,
  },
  {
    code: 'strangers-told',
    severity: 'info',
    at: 'probe',
    weight: 20,
    header: ALLOW_ORIGIN,
    when: (evidence) => {
      const value = field(evidence.probes.foreign, ALLOW_ORIGIN)
      return matchIf(value !== null && !value.includes(',') && !admits(evidence.probes.foreign, FOREIGN_ORIGIN), {
        value: value ?? '',
      })
    },
    says: 'answers to other origins reveal the trusted origin: "{value}"',
    remedy: { where: 'server', advice: 'Send no Access-Control-* headers to a refused origin.', policy: true },
    link: MDN_CORS,
  },
]
