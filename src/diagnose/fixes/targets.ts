/** What a fix can be written for, and what people call it. */
export const TARGETS = {
  fetch: 'any Fetch handler',
  hono: 'Hono',
  workers: 'Cloudflare Workers',
  next: 'Next.js',
  deno: 'Deno',
  bun: 'Bun',
  express: 'Express',
  node: 'node:http',
  proxy: 'the edge proxy in front of the API',
  sveltekit: 'SvelteKit',
  astro: 'Astro',
  h3: 'h3 and Nitro',
  elysia: 'Elysia',
  'react-router': 'React Router',
  nginx: 'nginx',
  apache: 'Apache',
  caddy: 'Caddy',
  iis: 'IIS',
  flask: 'Flask',
  django: 'Django',
  fastapi: 'FastAPI',
  spring: 'Spring',
  rails: 'Rails',
  aspnet: 'ASP.NET Core',
  laravel: 'Laravel',
  go: 'Go',
  s3: 'Amazon S3',
  cloudfront: 'CloudFront',
  apigateway: 'API Gateway',
  gcs: 'Google Cloud Storage',
  'azure-blob': 'Azure Storage',
  azure: 'Azure App Service',
  cloudrun: 'Cloud Run',
  vercel: 'Vercel',
  netlify: 'Netlify',
  cloudflare: 'Cloudflare',
  codespaces: 'Codespaces or Gitpod',
  waf: 'the firewall',
  tunnel: 'the tunnel',
  gateway: 'the gateway',
  server: 'the server',
  network: 'the network',
  client: 'the page',
} as const

/** A key of {@link TARGETS}. */
export type Target = keyof typeof TARGETS

/** Targets that `--for` takes: those that have a snippet. */
export const CHOOSABLE: readonly Target[] = [
  'fetch',
  'hono',
  'workers',
  'next',
  'deno',
  'bun',
  'express',
  'node',
  'sveltekit',
  'astro',
  'h3',
  'elysia',
  'react-router',
  'proxy',
  'nginx',
  'apache',
  'caddy',
  'iis',
  'flask',
  'django',
  'fastapi',
  'spring',
  'rails',
  'aspnet',
  'laravel',
  'go',
  's3',
  'cloudfront',
  'apigateway',
  'gcs',
  'azure-blob',
  'vercel',
  'netlify',
]

/**
 * Tells whether a text names a target that can be chosen.
 *
 * @example
 * isTarget('nginx') // true
 */
export function isTarget(name: string): name is Target {
  return (CHOOSABLE as readonly string[]).includes(name)
}
