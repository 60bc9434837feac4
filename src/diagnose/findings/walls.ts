import { bodyHas, field, fieldHas, statusOf } from '../evidence.ts'
import type { Row } from '../row.ts'
import { PLATFORM } from './platforms.ts'
import { failedAnswer, matchIf } from './signature.ts'

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
]
