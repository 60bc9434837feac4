import { everMarked, field, fieldHas, hasAllowOrigin, passedCdn, statusOf } from '../evidence.ts'
import type { Row } from '../row.ts'
import { MDN_CORS, mdnError } from './links.ts'
import { PLATFORM } from './platforms.ts'
import { failedAnswer, matchIf } from './signature.ts'

/** Causes around files, fonts and streams, and around CDNs. */
export const ASSETS: readonly Row[] = [
  {
    ...PLATFORM,
    code: 'cdn-drops-origin',
    weight: 55,
    explains: ['allow-origin-missing'],
    when: (evidence, obstacle) =>
      matchIf(
        passedCdn(failedAnswer(evidence, obstacle)) &&
          statusOf(failedAnswer(evidence, obstacle)) < 400 &&
          !everMarked(evidence),
        {
          via:
            field(failedAnswer(evidence, obstacle), 'Via') ??
            field(failedAnswer(evidence, obstacle), 'Server') ??
            'a CDN',
        },
      ),
    says: 'a CDN stands in front ({via}) and no answer through it carries Access-Control-Allow-Origin: either it does not forward Origin, or the server has no policy',
    remedy: {
      where: 'platform',
      advice:
        'Ask the server behind the CDN directly. If its answer is right, forward Origin and Access-Control-Request-* and make them part of the cache key, or let the CDN add the headers.',
      policy: true,
      by: {
        cloudfront:
          'Use a response headers policy with CORS, or the origin request policy CORS-S3Origin or AllViewer and a cache policy that includes Origin.',
      },
    },
    link: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/header-caching.html#header-caching-web-cors',
  },
  {
    ...PLATFORM,
    code: 'stream-unmarked',
    weight: 64,
    explains: ['allow-origin-missing'],
    when: (evidence, obstacle) =>
      matchIf(
        fieldHas(failedAnswer(evidence, obstacle), 'Content-Type', /^text\/event-stream/i) &&
          !hasAllowOrigin(failedAnswer(evidence, obstacle)),
      ),
    says: 'the event stream has no CORS headers: it is flushed before the middleware adds them',
    remedy: { where: 'server', advice: 'Set the headers before the stream is opened.', policy: true },
    link: MDN_CORS,
  },
  {
    ...PLATFORM,
    code: 'font-unmarked',
    weight: 67,
    explains: ['allow-origin-missing'],
    when: (evidence, obstacle) =>
      matchIf(
        evidence.call.initiator === 'font' ||
          fieldHas(
            failedAnswer(evidence, obstacle),
            'Content-Type',
            /^(font\/|application\/(x-)?font|application\/vnd\.ms-fontobject)/i,
          ),
      ),
    says: 'browsers always fetch fonts with CORS, and this one has no Access-Control-Allow-Origin',
    remedy: { where: 'server', advice: 'Send Access-Control-Allow-Origin: * with static assets.', policy: true },
    link: 'https://drafts.csswg.org/css-fonts/#font-fetching-requirements',
  },
  {
    ...PLATFORM,
    code: 'static-unmarked',
    weight: 58,
    explains: ['allow-origin-missing'],
    when: (evidence, obstacle) => {
      const at = failedAnswer(evidence, obstacle)
      const isFile =
        field(at, 'Last-Modified') !== null && field(at, 'ETag') !== null && field(at, 'Accept-Ranges') !== null
      return matchIf(isFile && statusOf(at) < 300 && everMarked(evidence))
    },
    says: 'the file server answers before the CORS middleware: other paths have the headers, but this file does not',
    remedy: {
      where: 'server',
      advice: 'Put the CORS middleware above the static files.',
      policy: true,
      by: {
        express: 'Write app.use(cors(…)) above app.use(express.static(…)).',
        django: 'Put CorsMiddleware above WhiteNoiseMiddleware.',
      },
    },
    link: mdnError('CORSMissingAllowOrigin'),
  },
]
