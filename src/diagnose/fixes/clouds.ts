import { shellQuote } from '../report/replay.ts'
import type { Plain } from './source.ts'
import type { Target } from './targets.ts'

type Write = (policy: Plain) => string

function json(value: unknown): string {
  return JSON.stringify(value, null, 2)
}

function originsOf(policy: Plain): readonly string[] {
  return policy.anyOrigin ? ['*'] : policy.origins
}

/** Storage, gateways and hosting whose CORS is configuration. */
export const CLOUDS: Partial<Record<Target, Write>> = {
  s3: (p) =>
    json([
      {
        AllowedOrigins: originsOf(p),
        AllowedMethods: p.methods.filter((method) => ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].includes(method)),
        AllowedHeaders: p.requestHeaders,
        ExposeHeaders: p.exposedHeaders,
        MaxAgeSeconds: p.maxAge,
      },
    ]),
  gcs: (p) =>
    json([
      {
        origin: originsOf(p),
        method: p.methods,
        responseHeader: [...p.requestHeaders, ...p.exposedHeaders],
        maxAgeSeconds: p.maxAge,
      },
    ]),
  'azure-blob': (p) =>
    [
      'az storage cors add --services b',
      `--origins ${originsOf(p).map(shellQuote).join(' ')}`,
      `--methods ${p.methods.map(shellQuote).join(' ')}`,
      `--allowed-headers ${shellQuote(p.requestHeaders.join(','))}`,
      `--exposed-headers ${shellQuote(p.exposedHeaders.join(','))}`,
      `--max-age ${p.maxAge}`,
    ].join(' '),
  cloudfront: (p) =>
    json({
      ResponseHeadersPolicyConfig: {
        Name: 'cors',
        CorsConfig: {
          AccessControlAllowOrigins: { Quantity: originsOf(p).length, Items: originsOf(p) },
          AccessControlAllowMethods: { Quantity: p.methods.length, Items: p.methods },
          AccessControlAllowHeaders: { Quantity: p.requestHeaders.length, Items: p.requestHeaders },
          AccessControlExposeHeaders: { Quantity: p.exposedHeaders.length, Items: p.exposedHeaders },
          AccessControlAllowCredentials: p.credentials,
          AccessControlMaxAgeSec: p.maxAge,
          OriginOverride: true,
        },
      },
    }),
  apigateway: (p) =>
    json({
      CorsConfiguration: {
        AllowOrigins: originsOf(p),
        AllowMethods: p.methods,
        AllowHeaders: p.requestHeaders,
        ExposeHeaders: p.exposedHeaders,
        AllowCredentials: p.credentials,
        MaxAge: p.maxAge,
      },
    }),
  vercel: (p) => json({ headers: [{ source: '/api/(.*)', headers: fixedHeaders(p) }] }),
  netlify: (p) =>
    `/api/*\n${fixedHeaders(p)
      .map(({ key, value }) => `  ${key}: ${value}`)
      .join('\n')}`,
}

/** Static configuration names one origin: it cannot look at the request. */
function fixedHeaders(p: Plain): readonly { key: string; value: string }[] {
  const pairs: [string, string][] = [
    ['Access-Control-Allow-Origin', originsOf(p)[0] ?? '*'],
    ...(p.credentials ? ([['Access-Control-Allow-Credentials', 'true']] as [string, string][]) : []),
    ['Access-Control-Allow-Methods', p.methods.join(', ')],
    ...(p.requestHeaders.length > 0
      ? ([['Access-Control-Allow-Headers', p.requestHeaders.join(', ')]] as [string, string][])
      : []),
    ...(p.exposedHeaders.length > 0
      ? ([['Access-Control-Expose-Headers', p.exposedHeaders.join(', ')]] as [string, string][])
      : []),
    ['Access-Control-Max-Age', String(p.maxAge)],
  ]
  return pairs.map(([key, value]) => ({ key, value }))
}
