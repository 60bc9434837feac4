import { ALLOW_ORIGIN, MAX_AGE } from '../../spec/fields.ts'
import { admits, cameFromCache, field, fieldHas, hasAllowOrigin, statusOf, variesByOrigin } from '../evidence.ts'
import { FOREIGN_ORIGIN } from '../probes.ts'
import type { Observation } from '../recorder.ts'
import type { Row } from '../row.ts'
import { fetchSpec, mdnError, mdnHeader } from './links.ts'
import { failedAnswer, matchIf } from './signature.ts'

const VARY = fetchSpec('cors-protocol-and-http-caches')

/** Causes around caches and `Vary`. */
export const CACHES: readonly Row[] = [
  {
    code: 'cached-without-origin',
    severity: 'error',
    at: 'response',
    explains: ['allow-origin-missing'],
    weight: 85,
    header: 'Vary',
    when: (evidence, obstacle) =>
      matchIf(
        mayBeCached(failedAnswer(evidence, obstacle)) &&
          !hasAllowOrigin(failedAnswer(evidence, obstacle)) &&
          admits(evidence.probes.fresh, evidence.call.origin),
      ),
    says: 'a cache stored the answer to a request without Origin and gives it to the page; without the cache the server shares',
    remedy: {
      where: 'server',
      advice: 'Send Vary: Origin on every answer, also to requests without Origin, then purge the cache.',
      policy: true,
      by: {
        cloudfront: 'Include Origin in the cache policy, then invalidate.',
        cloudflare: 'Add a Cache Rule that respects Vary: Origin, then purge.',
        s3: 'Let the CDN in front of S3 send Origin on and keep one answer for each (in CloudFront: the cache policy), then invalidate.',
      },
    },
    link: VARY,
  },
  {
    code: 'cached-for-another-origin',
    severity: 'error',
    at: 'response',
    explains: ['allow-origin-mismatch'],
    weight: 88,
    header: 'Vary',
    when: (evidence, obstacle) =>
      matchIf(isGet(failedAnswer(evidence, obstacle)) && admits(evidence.probes.fresh, evidence.call.origin), {
        value: field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? '',
      }),
    says: 'a cache gives this page the answer for {value}; without the cache the server shares',
    remedy: { where: 'server', advice: 'Send Vary: Origin on every answer, then purge the cache.', policy: true },
    link: VARY,
  },
  {
    code: 'vary-missing',
    severity: 'warning',
    at: 'probe',
    weight: 70,
    header: 'Vary',
    when: (evidence) => {
      const value = field(evidence.actual, ALLOW_ORIGIN)
      const isOwn = value === evidence.call.origin && field(evidence.probes.foreign, ALLOW_ORIGIN) !== value
      return matchIf(isOwn && statusOf(evidence.probes.foreign) > 0 && !variesByOrigin(evidence.actual))
    },
    says: 'the answer depends on Origin, but Vary does not say so: a cache may give one site the answer for another',
    remedy: { where: 'server', advice: 'Send Vary: Origin on every answer, for every origin.', policy: true },
    link: VARY,
  },
  {
    code: 'vary-missing-for-others',
    severity: 'warning',
    at: 'probe',
    weight: 60,
    header: 'Vary',
    when: (evidence) =>
      matchIf(
        field(evidence.actual, ALLOW_ORIGIN) === evidence.call.origin &&
          variesByOrigin(evidence.actual) &&
          [evidence.probes.foreign, evidence.probes.noOrigin].some(
            (each) => statusOf(each) >= 200 && statusOf(each) < 300 && !hasAllowOrigin(each) && !variesByOrigin(each),
          ),
      ),
    says: 'Vary: Origin is missing from answers to a refused or missing origin: a cache stores such an answer and gives it to {origin}',
    remedy: {
      where: 'server',
      advice: 'Send Vary: Origin on refusals and to requests without Origin too.',
      policy: true,
    },
    link: VARY,
  },
  {
    code: 'foreign-answer-cached',
    severity: 'warning',
    at: 'probe',
    weight: 75,
    header: 'Vary',
    when: (evidence) =>
      matchIf(
        field(evidence.probes.foreign, ALLOW_ORIGIN) === evidence.call.origin &&
          cameFromCache(evidence.probes.foreign) &&
          evidence.call.origin !== FOREIGN_ORIGIN,
      ),
    says: "a stranger's page gets the answer that a cache stored for {origin}; an origin that you add later would be refused",
    remedy: { where: 'server', advice: 'Send Vary: Origin, and make Origin part of the cache key.', policy: true },
    link: VARY,
  },
  {
    code: 'max-age-absent',
    severity: 'info',
    at: 'preflight',
    weight: 20,
    header: MAX_AGE,
    when: (evidence) =>
      matchIf(admits(evidence.preflight, evidence.call.origin) && field(evidence.preflight, MAX_AGE) === null),
    says: 'the preflight has no Access-Control-Max-Age: browsers ask again after 5 seconds',
    remedy: { where: 'server', advice: 'Send Access-Control-Max-Age: 600.' },
    link: mdnHeader(MAX_AGE),
  },
  {
    code: 'max-age-unreadable',
    severity: 'warning',
    at: 'preflight',
    weight: 30,
    header: MAX_AGE,
    when: (evidence) => {
      const value = field(evidence.preflight, MAX_AGE)
      return matchIf(value !== null && !/^\d+$/.test(value), { value: value ?? '' })
    },
    says: 'Access-Control-Max-Age is "{value}", but it must be a number of seconds: browsers ask again after 5 seconds, or at once',
    remedy: { where: 'server', advice: 'Send digits alone, such as 600.' },
    link: mdnHeader(MAX_AGE),
  },
  {
    code: 'max-age-above-caps',
    severity: 'info',
    at: 'preflight',
    weight: 15,
    header: MAX_AGE,
    when: (evidence) => {
      const value = field(evidence.preflight, MAX_AGE) ?? ''
      return matchIf(/^\d+$/.test(value) && Number(value) > 7200, { value })
    },
    says: 'Access-Control-Max-Age is {value}: Chromium keeps a preflight for at most 7200 seconds, WebKit for 600; after a change of policy, browsers use the old one until then',
    remedy: { where: 'server', advice: 'Send 600, which every browser accepts. While you change a policy, send 5.' },
    link: mdnHeader(MAX_AGE),
  },
  {
    code: 'shared-by-luck',
    severity: 'info',
    at: 'response',
    weight: 10,
    header: 'Cache-Control',
    when: (evidence) =>
      matchIf(
        cameFromCache(evidence.actual) &&
          admits(evidence.actual, evidence.call.origin) &&
          evidence.actual !== null &&
          field(evidence.actual, ALLOW_ORIGIN) !== '*' &&
          variesByOrigin(evidence.actual),
      ),
    says: 'this answer came from a cache that keeps one copy per origin',
    link: mdnError('CORSMissingAllowOrigin'),
  },
]

/** Caches store answers to GET. An answer to a preflight is another matter. */
function isGet(observation: Observation | null): boolean {
  return observation?.request.method === 'GET'
}

/** Returns whether an answer came from a cache, or may have. Not every cache names itself. */
function mayBeCached(observation: Observation | null): boolean {
  const isStorable = fieldHas(observation, 'Cache-Control', /\bpublic\b(?!.*max-age=0)|max-?age=[1-9]/i)
  return isGet(observation) && (cameFromCache(observation) || isStorable)
}
