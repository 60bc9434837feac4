import { admits, bodyHas, field, fieldHas, statusOf, variesByOrigin } from '../evidence.ts'
import { isPreflight, type Observation } from '../recorder.ts'
import type { Row } from '../row.ts'
import { failedAnswer, matchIf } from './signature.ts'

/**
 * Shared values of rows for products that answer before the application. Their texts change, so the
 * patterns are loose.
 */
export const PLATFORM: Pick<Row, 'severity' | 'at' | 'weight'> & Required<Pick<Row, 'explains'>> = {
  severity: 'error',
  at: 'response',
  explains: ['allow-origin-missing', 'preflight-status', 'preflight-redirect'],
  weight: 90,
}

/** The words of S3, and of R2. Buckets with the API of S3 repeat those of S3. */
const BUCKET_REFUSAL = /CORSResponse|CORS not configured for this bucket|This CORS request is not allowed/

/** Returns whether a bucket with the API of S3 refused a preflight: with XML, and with its id. */
function isBucketPreflight(at: Observation | null): boolean {
  return (
    at !== null &&
    isPreflight(at.request) &&
    [400, 403].includes(statusOf(at)) &&
    bodyHas(at, /<Error>\s*<Code>/) &&
    at.response?.headers.some(([name]) => /^x-(?:amz|oss|cos|obs|tos|bz)-(?:request-)?id/i.test(name)) === true
  )
}

/** Causes that belong to one product. */
export const PLATFORMS: readonly Row[] = [
  {
    ...PLATFORM,
    code: 'api-gateway-error',
    isInstead: true,
    when: (evidence, obstacle) => {
      const type = field(failedAnswer(evidence, obstacle), 'x-amzn-ErrorType') ?? ''
      const isGateway =
        type !== '' ||
        field(failedAnswer(evidence, obstacle), 'x-amz-apigw-id') !== null ||
        field(failedAnswer(evidence, obstacle), 'apigw-requestid') !== null
      return matchIf(isGateway && statusOf(failedAnswer(evidence, obstacle)) >= 400, {
        type: type.split(':')[0] || 'an error',
      })
    },
    says: 'API Gateway itself answers {status} ({type}) before the integration runs, and its own answers carry no CORS headers',
    remedy: {
      where: 'platform',
      target: 'apigateway',
      advice:
        'Add Access-Control-Allow-Origin to the gateway responses DEFAULT_4XX and DEFAULT_5XX. Then find the reason for the {status}: a wrong path causes "Missing Authentication Token".',
    },
    link: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
  },
  {
    ...PLATFORM,
    code: 's3-cors-missing',
    covers: ['preflight-needs-auth', 'preflight-forbidden'],
    when: (evidence, obstacle) =>
      matchIf(
        // If the bucket shares past the cache, the cache is at fault.
        !admits(evidence.probes.fresh, evidence.call.origin) &&
          (bodyHas(failedAnswer(evidence, obstacle), BUCKET_REFUSAL) ||
            isBucketPreflight(failedAnswer(evidence, obstacle)) ||
            (fieldHas(failedAnswer(evidence, obstacle), 'Server', /amazons3/i) &&
              !variesByOrigin(failedAnswer(evidence, obstacle)))),
      ),
    says: 'the bucket has no CORS rule for {origin} and {method} ({status})',
    remedy: {
      where: 'platform',
      target: (recognized) => (recognized === 'r2' ? 'r2' : 's3'),
      advice: 'Give the bucket this CORS configuration; AllowedOrigins have no trailing slash.',
      policy: true,
    },
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html',
  },
  {
    ...PLATFORM,
    code: 's3-region-redirect',
    weight: 95,
    explains: ['preflight-redirect', 'preflight-status', 'allow-origin-missing', 'allow-origin-mismatch'],
    when: (evidence, obstacle) =>
      matchIf(
        statusOf(failedAnswer(evidence, obstacle)) >= 300 &&
          statusOf(failedAnswer(evidence, obstacle)) < 400 &&
          // It becomes a part of the host that the page is told to call.
          fieldHas(failedAnswer(evidence, obstacle), 'x-amz-bucket-region', /^[a-z0-9-]+$/),
        { region: field(failedAnswer(evidence, obstacle), 'x-amz-bucket-region') ?? '' },
      ),
    says: 'the bucket is in {region}, and S3 redirects to the endpoint of that region',
    remedy: {
      where: 'client',
      target: 's3',
      advice: 'Use the endpoint of {region} in the URL.',
      request: (evidence, { region }) => ({
        url: evidence.call.url.href.replace(/s3(?:[.-][a-z0-9-]+)?\.amazonaws/, `s3.${region}.amazonaws`),
      }),
    },
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html',
  },
  {
    ...PLATFORM,
    code: 'azure-blob-cors',
    when: (evidence, obstacle) =>
      matchIf(
        !admits(evidence.probes.fresh, evidence.call.origin) &&
          (fieldHas(failedAnswer(evidence, obstacle), 'Server', /windows-azure-(blob|table|queue|file)/i) ||
            fieldHas(failedAnswer(evidence, obstacle), 'x-ms-error-code', /cors/i)),
      ),
    says: 'the storage account has no CORS rule for {origin} and {method} ({status})',
    remedy: {
      where: 'platform',
      target: 'azure-blob',
      advice: 'Add a CORS rule to this service of the storage account: origin, methods, allowed and exposed headers.',
      policy: true,
    },
    link: 'https://learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services',
  },
  {
    ...PLATFORM,
    code: 'gcs-cors',
    when: (evidence, obstacle) =>
      matchIf(
        !admits(evidence.probes.fresh, evidence.call.origin) &&
          (fieldHas(failedAnswer(evidence, obstacle), 'Server', /uploadserver/i) ||
            field(failedAnswer(evidence, obstacle), 'x-guploader-uploadid') !== null),
      ),
    says: 'the bucket of Google Cloud Storage has no CORS rule for {origin} and {method}',
    remedy: {
      where: 'platform',
      target: 'gcs',
      advice:
        'Set the CORS configuration of the bucket; authenticated browser downloads (storage.cloud.google.com) never send CORS headers.',
      policy: true,
    },
    link: 'https://cloud.google.com/storage/docs/cross-origin',
  },
  {
    ...PLATFORM,
    code: 'airplay-receiver',
    isInstead: true,
    weight: 95,
    when: (evidence, obstacle) => matchIf(fieldHas(failedAnswer(evidence, obstacle), 'Server', /airtunes/i)),
    says: 'macOS AirPlay Receiver listens on port {port} and answers {status}: the request did not reach your server',
    remedy: {
      where: 'network',
      target: 'client',
      advice: 'Move the server to another port, or switch AirPlay Receiver off.',
    },
    link: 'https://support.apple.com/guide/mac-help/mchl15c9e4b5/mac',
  },
  {
    ...PLATFORM,
    code: 'tunnel-interstitial',
    covers: ['html-instead-of-data'],
    isInstead: true,
    when: (evidence, obstacle) =>
      matchIf(
        fieldHas(failedAnswer(evidence, obstacle), 'ngrok-error-code', /6024/) ||
          bodyHas(failedAnswer(evidence, obstacle), /ERR_NGROK_6024|bypass-tunnel-reminder|loca\.lt/i),
      ),
    says: 'the tunnel answers browsers with its own page instead of forwarding the request ({status})',
    remedy: {
      where: 'client',
      target: 'tunnel',
      advice:
        'Send ngrok-skip-browser-warning (or bypass-tunnel-reminder), and allow that header on the server, because it causes a preflight.',
    },
    link: 'https://ngrok.com/docs/errors/err_ngrok_6024',
  },
  {
    ...PLATFORM,
    code: 'workers-assets',
    when: (evidence, obstacle) =>
      matchIf(
        statusOf(failedAnswer(evidence, obstacle)) === 405 &&
          fieldHas(failedAnswer(evidence, obstacle), 'Server', /cloudflare/i) &&
          field(failedAnswer(evidence, obstacle), 'CF-Cache-Status') === null &&
          statusOf(evidence.probes.standIn) === 200 &&
          field(evidence.probes.standIn, 'ETag') !== null,
      ),
    says: 'static assets of Workers answer OPTIONS with 405 before the Worker runs',
    remedy: {
      where: 'platform',
      target: 'workers',
      advice: 'Set run_worker_first for these paths in wrangler.toml, so that the Worker answers the preflight.',
      policy: true,
    },
    link: 'https://developers.cloudflare.com/workers/static-assets/routing/worker-script/',
  },
]
