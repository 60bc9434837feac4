import { type PlaceTarget, place, type Target, type TargetRow } from './target.ts'
import { apache } from './targets/apache.ts'
import { apigateway, cloudfront, lambdaUrl } from './targets/aws.ts'
import { azureBlob, gcs, r2, s3 } from './targets/buckets.ts'
import { caddy } from './targets/caddy.ts'
import * as corsmith from './targets/corsmith.ts'
import { aspnet, laravel, rails, spring } from './targets/frameworks.ts'
import { envoy, kong, traefik } from './targets/gateways.ts'
import { go } from './targets/go.ts'
import { haproxy } from './targets/haproxy.ts'
import * as hosting from './targets/hosting.ts'
import { iis } from './targets/iis.ts'
import { gatewayApi, ingressNginx } from './targets/kubernetes.ts'
import { nginx } from './targets/nginx.ts'
import { express, fastify, koa, nestjs, node, socketio } from './targets/node.ts'
import { php } from './targets/php.ts'
import { django, fastapi, flask } from './targets/python.ts'

export type { Target } from './target.ts'

/**
 * The table of targets, in the order of lists for users. Everything else about targets follows from
 * it.
 */
const ROWS: { readonly [N in Target]: TargetRow<N> } = {
  fetch: corsmith.fetchHandler,
  hono: corsmith.hono,
  workers: corsmith.workers,
  next: corsmith.next,
  deno: corsmith.deno,
  bun: corsmith.bun,
  express,
  fastify,
  koa,
  nestjs,
  socketio,
  node,
  sveltekit: corsmith.sveltekit,
  astro: corsmith.astro,
  h3: corsmith.h3,
  elysia: corsmith.elysia,
  'react-router': corsmith.reactRouter,
  proxy: hosting.edgeProxy,
  nginx,
  apache,
  caddy,
  haproxy,
  envoy,
  traefik,
  'gateway-api': gatewayApi,
  'ingress-nginx': ingressNginx,
  kong,
  iis,
  php,
  flask,
  django,
  fastapi,
  spring,
  rails,
  aspnet,
  laravel,
  go,
  s3,
  r2,
  gcs,
  'azure-blob': azureBlob,
  cloudfront,
  apigateway,
  'lambda-url': lambdaUrl,
  vercel: hosting.vercel,
  netlify: hosting.netlify,
  supabase: hosting.supabase,
  azure: place('azure', 'Azure App Service'),
  cloudrun: place('cloudrun', 'Cloud Run'),
  cloudflare: place('cloudflare', 'Cloudflare'),
  codespaces: place('codespaces', 'Codespaces or Gitpod'),
  waf: place('waf', 'the firewall'),
  tunnel: place('tunnel', 'the tunnel'),
  gateway: place('gateway', 'the gateway'),
  server: place('server', 'the server'),
  network: place('network', 'the network'),
  client: place('client', 'the page'),
}

const LISTED: readonly TargetRow<Target>[] = Object.values(ROWS)

/** Every target, with the name of its product. */
export const TARGETS = Object.fromEntries(LISTED.map(({ name, title }) => [name, title])) as Readonly<
  Record<Target, string>
>

/** The targets of `--for`: those with a configuration. */
export const CHOOSABLE: readonly Target[] = LISTED.filter(({ kind }) => kind !== 'place').map(({ name }) => name)

/**
 * Returns whether a text is the name of a target with a configuration.
 *
 * @param name The text.
 * @returns True for a value of `--for`.
 *
 * @example
 * ```ts
 * import { isTarget } from 'corsmith/diagnose'
 *
 * isTarget('nginx') // true
 * ```
 */
export function isTarget(name: string): name is Target {
  return (CHOOSABLE as readonly string[]).includes(name)
}

/** Returns the row of a target; null for a place. */
export function rowOf(name: Target): Exclude<TargetRow, PlaceTarget> | null {
  const row = LISTED.find((each) => each.name === name)
  return row === undefined || row.kind === 'place' ? null : row
}
