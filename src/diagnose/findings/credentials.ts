import { ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, EXPOSE_HEADERS } from '../../spec/fields.ts'
import { isSameSite } from '../../spec/sites.ts'
import { splitList } from '../../spec/tokens.ts'
import { field, linesOf } from '../evidence.ts'
import type { Row } from '../row.ts'
import { fetchSpec, mdnError, mdnHeader } from './links.ts'
import { failedAnswer, matchIf } from './signature.ts'

/** Causes around credentials. */
export const CREDENTIALS: readonly Row[] = [
  {
    code: 'wildcard-with-credentials',
    severity: 'error',
    at: 'response',
    explains: ['allow-origin-wildcard'],
    weight: 60,
    header: ALLOW_ORIGIN,
    when: () => ({}),
    says: 'the page sends credentials, and Access-Control-Allow-Origin is *: with credentials it must be {origin}',
    remedy: {
      where: 'server',
      advice:
        'Name the origin and send Access-Control-Allow-Credentials: true; or remove credentials: "include" (withCredentials) from the page if it needs no cookie.',
      policy: true,
    },
    link: mdnError('CORSNotSupportingCredentials'),
  },
  {
    code: 'allow-credentials-missing',
    isGeneral: true,
    severity: 'error',
    at: 'response',
    explains: ['allow-credentials'],
    weight: 60,
    header: ALLOW_CREDENTIALS,
    when: (evidence, obstacle) => matchIf((field(failedAnswer(evidence, obstacle), ALLOW_CREDENTIALS) ?? '') === ''),
    says: 'the page sends credentials, and Access-Control-Allow-Credentials: true is missing',
    remedy: {
      where: 'server',
      advice: 'Send Access-Control-Allow-Credentials: true, on the preflight and on the response.',
      policy: true,
    },
    link: mdnError('CORSMissingAllowCredentials'),
  },
  {
    code: 'allow-credentials-value',
    severity: 'error',
    at: 'response',
    explains: ['allow-credentials'],
    weight: 65,
    header: ALLOW_CREDENTIALS,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), ALLOW_CREDENTIALS) ?? ''
      return matchIf(value !== '', { value })
    },
    says: 'Access-Control-Allow-Credentials is "{value}"; the only value is true, in lower case, once',
    remedy: { where: 'server', advice: 'Send exactly: Access-Control-Allow-Credentials: true', policy: true },
    link: mdnError('CORSMissingAllowCredentials'),
  },
  {
    code: 'headers-wildcard-with-credentials',
    severity: 'error',
    at: 'preflight',
    explains: ['header-not-allowed'],
    weight: 75,
    header: ALLOW_HEADERS,
    when: (evidence, obstacle) =>
      matchIf(
        evidence.call.credentials === 'include' &&
          listed(linesOf(failedAnswer(evidence, obstacle), ALLOW_HEADERS)).includes('*'),
        {
          name: obstacle?.failure.value ?? '',
        },
      ),
    says: 'with credentials, * in Access-Control-Allow-Headers means a header with the name "*", so it does not cover {name}',
    remedy: { where: 'server', advice: 'List the names.', policy: true },
    link: fetchSpec('cors-protocol-and-credentials'),
  },
  {
    code: 'methods-wildcard-with-credentials',
    severity: 'error',
    at: 'preflight',
    explains: ['method-not-allowed'],
    weight: 75,
    header: ALLOW_METHODS,
    when: (evidence, obstacle) =>
      matchIf(
        evidence.call.credentials === 'include' &&
          listed(linesOf(failedAnswer(evidence, obstacle), ALLOW_METHODS)).includes('*'),
      ),
    says: 'with credentials, * in Access-Control-Allow-Methods means a method with the name "*", so it does not cover {method}',
    remedy: { where: 'server', advice: 'List the methods.', policy: true },
    link: fetchSpec('cors-protocol-and-credentials'),
  },
  {
    code: 'exposed-wildcard-with-credentials',
    severity: 'warning',
    at: 'response',
    weight: 50,
    header: EXPOSE_HEADERS,
    when: (evidence) =>
      matchIf(
        evidence.call.credentials === 'include' && listed(linesOf(evidence.actual, EXPOSE_HEADERS)).includes('*'),
      ),
    says: 'with credentials, * in Access-Control-Expose-Headers exposes only a header with the name "*"',
    remedy: { where: 'server', advice: 'List the names that pages read.', policy: true },
    link: mdnHeader('Access-Control-Expose-Headers'),
  },
  {
    code: 'cookie-not-cross-site',
    severity: 'warning',
    at: 'response',
    weight: 60,
    header: 'Set-Cookie',
    when: (evidence) => {
      const cookie = linesOf(evidence.actual, 'Set-Cookie').find(
        (line) => !/;\s*samesite\s*=\s*none/i.test(line) || !/;\s*secure/i.test(line),
      )
      const name = cookie?.split('=')[0] ?? ''
      return matchIf(
        evidence.isCrossOrigin &&
          evidence.call.credentials === 'include' &&
          cookie !== undefined &&
          !isOneSite(evidence.call.origin, evidence.call.url),
        { name },
      )
    },
    says: 'the cookie {name} lacks SameSite=None; Secure: the browser does not send it to another site, so the next request arrives without it',
    remedy: {
      where: 'server',
      advice:
        'Set SameSite=None; Secure (and Partitioned, where third-party cookies are blocked), or serve page and API from one site.',
      by: {
        django: "Set SESSION_COOKIE_SAMESITE = 'None' and SESSION_COOKIE_SECURE = True.",
        flask: "Set SESSION_COOKIE_SAMESITE='None' and SESSION_COOKIE_SECURE=True.",
        express: "Give the session cookie { sameSite: 'none', secure: true }.",
      },
    },
    link: mdnHeader('Set-Cookie'),
  },
  {
    code: 'credentials-not-sent',
    severity: 'info',
    at: 'response',
    weight: 20,
    header: ALLOW_CREDENTIALS,
    when: (evidence) =>
      matchIf(
        evidence.isCrossOrigin &&
          evidence.call.credentials !== 'include' &&
          [401, 403].includes(evidence.actual?.response?.status ?? 0) &&
          field(evidence.actual, ALLOW_CREDENTIALS) === 'true',
      ),
    says: 'the server allows credentials and answers {actualStatus}, but the page sends none: fetch() sends no cookies to other origins by default',
    remedy: { where: 'client', advice: 'Write credentials: "include".', request: () => ({ credentials: 'include' }) },
    link: 'https://developer.mozilla.org/docs/Web/API/RequestInit#credentials',
  },
]

function listed(lines: readonly string[]): readonly string[] {
  return lines.flatMap(splitList)
}

/** Returns whether a page and a URL are same-site, so that the browser sends every cookie. */
function isOneSite(origin: string, url: URL): boolean {
  const page = URL.parse(origin)
  return page !== null && isSameSite(page, url)
}
