import type { Evidence } from '../evidence.ts'
import { hasAllowOrigin, statusOf } from '../evidence.ts'
import { isLogin } from '../login.ts'
import type { Obstacle } from '../obstacles.ts'
import type { Observation } from '../recorder.ts'
import type { Row, SlotValues } from '../row.ts'
import { mdnError } from './links.ts'
import { failedAnswer, locationOf, matchIf, urlOf } from './signature.ts'

const LINK = mdnError('CORSExternalRedirectNotAllowed')

/**
 * Shared values of rows about a redirect that fails: one of the preflight, or one without headers.
 */
export const REDIRECT: Pick<Row, 'severity' | 'at' | 'link'> & Required<Pick<Row, 'explains'>> = {
  severity: 'error',
  at: 'response',
  explains: ['preflight-redirect', 'preflight-status', 'allow-origin-missing', 'allow-origin-mismatch'],
  link: LINK,
}

type Test = (from: URL, to: URL) => boolean

function redirected(evidence: Evidence, obstacle: Obstacle | null, test: Test): SlotValues | null {
  const observation = failedAnswer(evidence, obstacle)
  const status = statusOf(observation)
  const to = locationOf(observation)
  if (status < 300 || status > 399 || to === null || !isCallable(to)) return null
  return test(urlOf(observation, evidence), to) ? { location: to.href } : null
}

/** Returns whether a page can request a URL itself. */
function isCallable({ protocol, username, password }: URL): boolean {
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

/**
 * Returns the `Location` of a redirect that no page can request itself; null for every other
 * answer.
 */
export function uncallableOf(observation: Observation | null): URL | null {
  const to = locationOf(observation)
  const status = statusOf(observation)
  return status >= 300 && status <= 399 && to !== null && !isCallable(to) ? to : null
}

/** The change on the page: it requests the final URL itself. */
const FINAL_URL = {
  where: 'client',
  advice: 'Call {location} directly: browsers never follow a redirect of a preflight.',
  request: (_: Evidence, { location }: SlotValues) => ({ url: location ?? '' }),
} as const

/** Causes in redirects, most often of the preflight. */
export const REDIRECTS: readonly Row[] = [
  {
    ...REDIRECT,
    code: 'redirect-to-https',
    covers: ['redirect-unmarked'],
    weight: 80,
    when: (evidence, obstacle) =>
      redirected(
        evidence,
        obstacle,
        (from, to) =>
          from.protocol === 'http:' &&
          to.protocol === 'https:' &&
          from.hostname === to.hostname &&
          from.pathname === to.pathname,
      ),
    says: 'the server redirects http to https ({status} to {location})',
    remedy: FINAL_URL,
  },
  {
    ...REDIRECT,
    code: 'redirect-trailing-slash',
    covers: ['redirect-unmarked'],
    weight: 80,
    when: (evidence, obstacle) =>
      redirected(
        evidence,
        obstacle,
        (from, to) =>
          from.host === to.host && from.pathname !== to.pathname && trimSlash(from.pathname) === trimSlash(to.pathname),
      ),
    says: 'the server redirects for a trailing slash ({status} to {location})',
    remedy: {
      ...FINAL_URL,
      by: {
        django: 'Call {location} itself, or set APPEND_SLASH = False.',
        fastapi: 'Call {location} itself, or FastAPI(redirect_slashes=False).',
        next: 'Call {location} itself, or set skipTrailingSlashRedirect: true in next.config.',
        flask: 'Call {location} directly, or set strict_slashes=False on the route.',
      },
    },
  },
  {
    ...REDIRECT,
    code: 'redirect-www',
    covers: ['redirect-unmarked'],
    weight: 80,
    when: (evidence, obstacle) =>
      redirected(
        evidence,
        obstacle,
        (from, to) =>
          from.hostname !== to.hostname && from.hostname.replace(/^www\./, '') === to.hostname.replace(/^www\./, ''),
      ),
    says: 'the server redirects to its other name ({status} to {location})',
    remedy: FINAL_URL,
  },
  {
    ...REDIRECT,
    code: 'redirect-double-slash',
    covers: ['redirect-unmarked'],
    weight: 85,
    when: (evidence, obstacle) =>
      redirected(
        evidence,
        obstacle,
        (from, to) => from.pathname.includes('//') && from.pathname.replace(/\/{2,}/g, '/') === to.pathname,
      ),
    says: 'the path has two slashes in a row, and the server redirects to the path with one ({location})',
    remedy: { ...FINAL_URL, advice: 'Join the base URL and the path with one slash: {location}' },
  },
  {
    ...REDIRECT,
    code: 'redirect-locale',
    covers: ['redirect-unmarked'],
    weight: 78,
    when: (evidence, obstacle) =>
      redirected(
        evidence,
        obstacle,
        (from, to) =>
          from.host === to.host &&
          /^\/[a-z]{2}(-[A-Za-z]{2})?\//.test(to.pathname) &&
          to.pathname.endsWith(from.pathname),
      ),
    says: 'the server redirects to a language ({status} to {location})',
    remedy: { ...FINAL_URL, advice: 'Call {location} directly, and exclude the API from the language redirect.' },
  },
  {
    ...REDIRECT,
    code: 'cloudflare-access',
    isInstead: true,
    weight: 95,
    when: (evidence, obstacle) =>
      redirected(
        evidence,
        obstacle,
        (_, to) => /(^|\.)cloudflareaccess\.com$/.test(to.hostname) || to.pathname.startsWith('/cdn-cgi/access/'),
      ),
    says: 'Cloudflare Access sends the request to its login page: a preflight carries no cookie, so it has no session',
    remedy: {
      where: 'platform',
      target: 'cloudflare',
      advice:
        'In the Access application, turn on "Bypass options requests to origin", or fill in its CORS settings; call with credentials: "include".',
    },
    link: 'https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/cors/',
  },
  {
    ...REDIRECT,
    code: 'forwarded-port-private',
    isInstead: true,
    weight: 95,
    when: (evidence, obstacle) =>
      redirected(evidence, obstacle, (_, to) => to.hostname === 'github.dev' || to.pathname.startsWith('/pf-signin')) ??
      matchIf(
        statusOf(failedAnswer(evidence, obstacle)) === 401 &&
          /(^|\.)(gitpod\.io|app\.github\.dev)$/.test(evidence.call.url.hostname),
        {
          location: 'a sign-in',
        },
      ),
    says: 'this port of a Codespace or Gitpod workspace is private: the request is sent to {location}',
    remedy: { where: 'platform', target: 'codespaces', advice: 'Make the port public in the Ports view.' },
    link: 'https://docs.github.com/codespaces/developing-in-a-codespace/forwarding-ports-in-your-codespace',
  },
  {
    ...REDIRECT,
    code: 'redirect-login',
    isInstead: true,
    weight: 85,
    when: (evidence, obstacle) => redirected(evidence, obstacle, (_, to) => isLogin(to)),
    says: 'the server redirects to a login page ({location}), and a fetch cannot log in there',
    remedy: {
      where: 'server',
      advice:
        'Answer API requests with 401 and the CORS headers instead of a redirect, let OPTIONS through, and let the page navigate to the login.',
      policy: true,
    },
  },
  {
    ...REDIRECT,
    code: 'redirect-unmarked',
    weight: 40,
    isGeneral: true,
    during: 'response',
    explains: ['allow-origin-missing'],
    when: (evidence, obstacle) =>
      hasAllowOrigin(failedAnswer(evidence, obstacle)) ? null : redirected(evidence, obstacle, () => true),
    says: 'a redirect also needs CORS headers, and this one ({status} to {location}) has no Access-Control-Allow-Origin',
    remedy: { ...FINAL_URL, advice: 'Call {location} directly, or send the headers with redirects too.' },
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    ...REDIRECT,
    code: 'preflight-redirect',
    covers: ['redirect-unmarked'],
    weight: 10,
    isFallback: true,
    during: 'preflight',
    explains: ['preflight-redirect', 'preflight-status'],
    when: (evidence, obstacle) => redirected(evidence, obstacle, () => true),
    says: 'the preflight is redirected ({status} to {location}), which no browser follows',
    remedy: FINAL_URL,
  },
]

function trimSlash(path: string): string {
  return path.replace(/\/+$/, '')
}
