import { bodyHas, field, fieldHas, hasAllowOrigin, statusOf } from '../evidence.ts'
import { isSuccess } from '../proven.ts'
import type { Row } from '../row.ts'
import { mdnHeader } from './links.ts'
import { PLATFORM } from './platforms.ts'
import { productOf } from './products.ts'
import { failedAnswer, matchIf } from './signature.ts'

/** The words of checks that read Fetch metadata. Go's and those of dev servers say what they did. */
const CROSS_SITE = /cross-origin request (?:detected|blocked)|\bsec-fetch-(?:site|mode)\b/i

/** Challenges and protections of platforms, which answer before the application. */
export const WALLS: readonly Row[] = [
  {
    ...PLATFORM,
    code: 'bot-challenge',
    covers: ['firewall-block', 'html-instead-of-data'],
    isInstead: true,
    when: (evidence, obstacle) => {
      const at = failedAnswer(evidence, obstacle)
      const who =
        fieldHas(at, 'cf-mitigated', /challenge/i) || bodyHas(at, /<title>Just a moment\.\.\.<|cf-browser-verification/)
          ? 'Cloudflare'
          : fieldHas(at, 'x-amzn-waf-action', /challenge|captcha/i)
            ? 'AWS WAF'
            : fieldHas(at, 'Server', /akamaighost/i) && statusOf(at) === 403
              ? 'Akamai'
              : field(at, 'X-Iinfo') !== null && statusOf(at) >= 400
                ? 'Imperva'
                : fieldHas(at, 'X-DataDome', /./) && statusOf(at) === 403
                  ? 'DataDome'
                  : null
      return matchIf(who !== null, { who: who ?? '' })
    },
    says: '{who} treats the request as a bot and answers {status}; a fetch cannot solve a challenge',
    remedy: { where: 'platform', target: 'waf', advice: 'Exempt the API paths and OPTIONS from challenges in {who}.' },
    link: 'https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/',
  },
  {
    ...PLATFORM,
    code: 'vercel-protection',
    isInstead: true,
    when: (evidence, obstacle) =>
      matchIf(
        statusOf(failedAnswer(evidence, obstacle)) === 401 &&
          (fieldHas(failedAnswer(evidence, obstacle), 'Set-Cookie', /_vercel_sso_nonce/) ||
            (fieldHas(failedAnswer(evidence, obstacle), 'Server', /vercel/i) &&
              bodyHas(failedAnswer(evidence, obstacle), /authentication required|vercel/i))),
      ),
    says: 'Vercel Deployment Protection answers 401 before the function runs',
    remedy: {
      where: 'platform',
      target: 'vercel',
      advice: 'Add the path to the OPTIONS Allowlist of Deployment Protection, or call the production domain.',
    },
    link: 'https://vercel.com/docs/deployment-protection/methods-to-bypass-deployment-protection/options-allowlist',
  },
  {
    ...PLATFORM,
    code: 'cloud-run-private',
    isInstead: true,
    when: (evidence, obstacle) =>
      matchIf(
        [401, 403].includes(statusOf(failedAnswer(evidence, obstacle))) &&
          fieldHas(failedAnswer(evidence, obstacle), 'Server', /google frontend/i) &&
          bodyHas(failedAnswer(evidence, obstacle), /client does not have permission|not authorized/i),
      ),
    says: 'Cloud Run wants an identity token ({status}), but a preflight cannot carry one',
    remedy: {
      where: 'platform',
      target: 'cloudrun',
      advice:
        'Allow unauthenticated invocations and check the token in the application, or put an API gateway or IAP with CORS in front.',
    },
    link: 'https://cloud.google.com/run/docs/authenticating/end-users',
  },
  {
    // It has no `explains`: a script without CORS is refused as well, and no browser reports CORS then.
    code: 'cross-site-refused',
    severity: 'error',
    at: 'response',
    covers: [
      'allow-origin-missing',
      'auth-unmarked',
      'csrf-rejected',
      'error-unmarked',
      'never-shared',
      'not-found-unmarked',
      'options-not-routed',
      'preflight-bad-request',
      'preflight-forbidden',
      'preflight-needs-auth',
      'product-cors-setting',
    ],
    weight: 88,
    when: (evidence) => {
      const at = evidence.final ?? evidence.preflight
      const { withoutMetadata } = evidence.probes
      const isProven = isSuccess(withoutMetadata) && withoutMetadata?.request.method === at?.request.method
      const isSaid = statusOf(at) >= 400 && statusOf(at) < 500 && bodyHas(at, CROSS_SITE)
      const product = productOf(evidence)
      return matchIf(evidence.isCrossOrigin && !hasAllowOrigin(at) && (isProven || isSaid), {
        status: String(statusOf(at)),
        site: at?.request.headers.find(([name]) => name === 'Sec-Fetch-Site')?.[1] ?? 'cross-site',
        proof: isProven ? `; without Sec-Fetch-…, the same request gets ${statusOf(withoutMetadata)}` : '',
        where: product === null ? '' : ` In ${product.product}: ${product.setting}.`,
      })
    },
    says: 'the server refuses what browsers call {site} (Sec-Fetch-Site) with {status}, before any CORS policy runs{proof}',
    remedy: {
      where: 'server',
      advice: 'Let this check trust {origin}, or let the CORS policy answer before it.{where}',
      policy: ({ call }) => call.mode !== 'no-cors',
      by: {
        go: 'Call AddTrustedOrigin("{origin}") on the http.CrossOriginProtection, and put the CORS handler around it.',
        next: "Add the host of {origin} to allowedDevOrigins in next.config: the dev server refuses other sites' requests for its files.",
      },
    },
    link: mdnHeader('Sec-Fetch-Site'),
  },
]
