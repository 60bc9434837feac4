import type { Can, Fitted } from '../can.ts'
import { exposedNames, headerNames } from '../header-values.ts'
import { list } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

const BUCKET_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']

const BUCKET: Can = {
  // In S3 a "*" also matches dots, so a pattern inside a label would let other hosts in. Labels and
  // ports match as in a policy.
  origins: ['exact', 'app', 'labels', 'ports'],
  quoting: 'any',
  methods: BUCKET_METHODS,
  anyMethod: 'never',
  anyHeader: 'all',
  headerPatterns: true,
  exposedPatterns: false,
  credentials: 'as-said',
  timing: false,
}

/**
 * Writes a file inside a shell script, and the command that reads it. JSON itself cannot hold
 * comments.
 */
export function fileAnd(value: unknown, command: string): string {
  return `cat > cors.json <<'JSON'\n${JSON.stringify(value, null, 2)}\nJSON\n${command}`
}

/**
 * `http://localhost:*` becomes two entries, because a `*` there must match at least one character.
 */
function bucketOrigins(origins: readonly { readonly text: string; readonly kind: string }[]): readonly string[] {
  return origins.flatMap(({ text, kind }) => (kind === 'ports' ? [text.slice(0, -2), text] : [text]))
}

export const s3: ForeignTarget<'s3'> = foreign({
  name: 's3',
  title: 'Amazon S3',
  kind: 'cloud',
  language: 'sh',
  where:
    'The CORS configuration of the bucket; in the console (Permissions, Cross-origin resource sharing) paste the list inside CORSRules alone. Behind CloudFront the distribution has to forward Origin and the two Access-Control-Request-… headers.',
  removes: 'It replaces the rules of the bucket. Remove a CloudFront response headers policy that sets CORS as well.',
  note: 'S3 says Access-Control-Allow-Credentials: true to every origin that is listed, and nothing of credentials to "*". It says Vary only to an origin that a rule allows, so a cache in front has to keep Origin in its key. The tests run LocalStack in its place.',
  proof: 'run',
  can: { ...BUCKET, credentials: 'always', anyExposed: false },
  data: s3Rules,
  write: (policy) =>
    fileAnd(s3Rules(policy), 'aws s3api put-bucket-cors --bucket my-bucket --cors-configuration file://cors.json'),
})

function s3Rules(policy: Fitted): object {
  const { anyOrigin, origins, methods, headerPrefixes, maxAge } = policy
  const rule = {
    AllowedOrigins: anyOrigin ? ['*'] : bucketOrigins(origins),
    AllowedMethods: methods,
    AllowedHeaders: anyHeaders(policy, headerPrefixes),
    ExposeHeaders: policy.exposedHeaders,
    ...(maxAge === null ? {} : { MaxAgeSeconds: maxAge }),
  }
  return { CORSRules: [rule] }
}

function anyHeaders(
  { anyHeader, requestHeaders }: { readonly anyHeader: boolean; readonly requestHeaders: readonly string[] },
  prefixes: readonly string[],
): readonly string[] {
  return anyHeader ? ['*'] : [...requestHeaders, ...prefixes.map((name) => `${name}*`)]
}

export const r2: ForeignTarget<'r2'> = foreign({
  name: 'r2',
  title: 'Cloudflare R2',
  kind: 'cloud',
  language: 'sh',
  where:
    'The CORS policy of the bucket: it holds for the S3 API and presigned URLs, and for a custom domain or r2.dev. It takes up to 30 seconds, and a cached file keeps its old headers until it is purged.',
  removes:
    'It replaces the rules of the bucket. Remove transform rules of the custom domain that set Access-Control-….',
  note: 'R2 has no setting for credentials, and takes no "localhost:*".',
  proof: 'schema',
  can: { ...BUCKET, origins: ['exact'], headerPatterns: false, credentials: 'never', anyExposed: false },
  data: r2Rules,
  write: (policy) => fileAnd(r2Rules(policy), 'npx wrangler r2 bucket cors set my-bucket --file cors.json'),
})

function r2Rules(policy: Fitted): object {
  const { anyOrigin, origins, methods, maxAge } = policy
  const rule = {
    allowed: {
      origins: anyOrigin ? ['*'] : origins.map(({ text }) => text),
      methods,
      headers: anyHeaders(policy, []),
    },
    exposeHeaders: policy.exposedHeaders,
    ...(maxAge === null ? {} : { maxAgeSeconds: maxAge }),
  }
  return { rules: [rule] }
}

export const gcs: ForeignTarget<'gcs'> = foreign({
  name: 'gcs',
  title: 'Google Cloud Storage',
  kind: 'cloud',
  language: 'sh',
  where:
    'The CORS configuration of the bucket. It holds for storage.googleapis.com/BUCKET and for a host of your own, not for storage.cloud.google.com.',
  removes:
    'It replaces the configuration of the bucket. Remove custom response headers of a load balancer that set CORS.',
  note: 'One list, responseHeader, holds both what pages may send and what they may read. A name is written only if the policy allows both.',
  proof: 'schema',
  can: {
    ...BUCKET,
    origins: ['exact', 'app'],
    methods: [...BUCKET_METHODS, 'PATCH', 'OPTIONS'],
    anyHeader: 'never',
    headerPatterns: false,
    credentials: 'never',
    oneList: true,
    anyExposed: false,
  },
  data: gcsRules,
  write: (policy) => fileAnd(gcsRules(policy), 'gcloud storage buckets update gs://my-bucket --cors-file=cors.json'),
})

function gcsRules(policy: Fitted): object {
  const { anyOrigin, origins, methods, maxAge } = policy
  const rule = {
    origin: anyOrigin ? ['*'] : origins.map(({ text }) => text),
    method: methods,
    responseHeader: [...new Set([...headerNames(policy), ...policy.exposedHeaders])],
    ...(maxAge === null ? {} : { maxAgeSeconds: maxAge }),
  }
  return [rule]
}

export const azureBlob: ForeignTarget<'azure-blob'> = foreign({
  name: 'azure-blob',
  title: 'Azure Storage',
  kind: 'cloud',
  language: 'sh',
  where: 'The CORS rules of the Blob service, in the portal below Resource sharing (CORS).',
  removes: 'Run "az storage cors clear --services b" first: rules are added, and the first that matches answers.',
  note: 'Azure Storage says Access-Control-Allow-Credentials: true to every listed origin.',
  proof: 'schema',
  can: {
    ...BUCKET,
    origins: ['exact', 'app'],
    mostOrigins: 64,
    methods: [...BUCKET_METHODS, 'PATCH', 'MERGE', 'OPTIONS'],
    headerPatterns: false,
    mostNames: 64,
    credentials: 'always',
  },
  write: (policy) => {
    const { anyOrigin, origins, methods, maxAge } = policy
    const words = (values: readonly string[]) => list(values, shell).replaceAll(', ', ' ')
    const exposed = exposedNames(policy)
    return [
      'az storage cors add --services b',
      `--origins ${words(anyOrigin ? ['*'] : origins.map(({ text }) => text))}`,
      `--methods ${words(methods)}`,
      `--allowed-headers ${shell(anyHeaders(policy, []).join(','))}`,
      `--exposed-headers ${shell(exposed.join(','))}`,
      `--max-age ${maxAge ?? 5}`,
    ].join(' ')
  },
})

function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
