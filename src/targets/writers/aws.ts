import type { Can, Fitted } from '../can.ts'
import { exposedNames, headerNames } from '../header-values.ts'
import { type ForeignTarget, foreign } from '../row.ts'
import { fileAnd } from './buckets.ts'

const AWS: Can = {
  origins: ['exact'],
  mostOrigins: 100,
  quoting: 'any',
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  anyMethod: 'without-credentials',
  anyHeader: 'all-without-credentials',
  headerPatterns: false,
  mostNames: 100,
  exposedPatterns: false,
  credentials: 'as-said',
  timing: false,
}

export const cloudfront: ForeignTarget<'cloudfront'> = foreign({
  name: 'cloudfront',
  title: 'CloudFront',
  kind: 'cloud',
  language: 'sh',
  where:
    'A response headers policy, attached to each behavior of the distribution. It answers no preflight: the allowed methods of the behavior have to include OPTIONS and what pages send, and the origin has to answer OPTIONS with a 2xx.',
  removes: 'Nothing behind it: OriginOverride replaces what the origin says. Remove CORS from CloudFront Functions.',
  proof: 'schema',
  can: { ...AWS, origins: ['exact', 'labels'] },
  data: headersPolicy,
  write: (policy) =>
    fileAnd(
      headersPolicy(policy),
      'aws cloudfront create-response-headers-policy --response-headers-policy-config file://cors.json',
    ),
})

function headersPolicy(policy: Fitted): object {
  const { anyOrigin, origins, credentials, methods, anyMethod, maxAge } = policy
  const items = (Items: readonly string[]) => ({ Quantity: Items.length, Items })
  const exposed = exposedNames(policy)
  const names = headerNames(policy)
  return {
    Name: 'cors',
    CorsConfig: {
      AccessControlAllowOrigins: items(anyOrigin ? ['*'] : origins.map(({ text }) => text)),
      AccessControlAllowMethods: items(anyMethod ? ['ALL'] : methods),
      // The list must not be empty. Accept needs no permission.
      AccessControlAllowHeaders: items(policy.anyHeader ? ['*'] : names.length > 0 ? names : ['Accept']),
      ...(exposed.length > 0 ? { AccessControlExposeHeaders: items(exposed) } : {}),
      AccessControlAllowCredentials: credentials,
      ...(maxAge === null ? {} : { AccessControlMaxAgeSec: maxAge }),
      OriginOverride: true,
    },
  }
}

export const apigateway: ForeignTarget<'apigateway'> = foreign({
  name: 'apigateway',
  title: 'API Gateway',
  kind: 'cloud',
  language: 'sh',
  where:
    'The CORS configuration of an HTTP API; it answers preflights before authorizers. A REST API has none: add an OPTIONS method with a mock integration to each resource.',
  removes:
    'Remove Access-Control-… from the integrations and Lambda functions, and an ANY or OPTIONS route of your own: API Gateway overwrites some and doubles others.',
  proof: 'schema',
  can: AWS,
  data: allowing,
  write: (policy) =>
    fileAnd(allowing(policy), 'aws apigatewayv2 update-api --api-id my-api --cors-configuration file://cors.json'),
})

export const lambdaUrl: ForeignTarget<'lambda-url'> = foreign({
  name: 'lambda-url',
  title: 'a Lambda function URL',
  kind: 'cloud',
  language: 'sh',
  where: 'The configuration of the function URL; it answers preflights before the function and before AWS_IAM.',
  removes: 'Remove Access-Control-… from what the function returns, and its branch for OPTIONS: both would be sent.',
  note: 'OPTIONS cannot be listed, and need not be.',
  proof: 'schema',
  can: AWS,
  data: allowing,
  write: (policy) =>
    fileAnd(
      allowing(policy),
      'aws lambda update-function-url-config --function-name my-function --cors file://cors.json',
    ),
})

function allowing(policy: Fitted): object {
  const { anyOrigin, origins, credentials, methods, anyMethod, anyHeader, requestHeaders, maxAge } = policy
  return {
    AllowOrigins: anyOrigin ? ['*'] : origins.map(({ text }) => text),
    AllowMethods: anyMethod ? ['*'] : methods,
    AllowHeaders: anyHeader ? ['*'] : requestHeaders,
    ExposeHeaders: exposedNames(policy),
    AllowCredentials: credentials,
    ...(maxAge === null ? {} : { MaxAge: maxAge }),
  }
}
