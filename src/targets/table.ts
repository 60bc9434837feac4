import type { TargetName, TargetRow } from './row.ts'
import { apache } from './writers/apache.ts'
import { apigateway, cloudfront, lambdaUrl } from './writers/aws.ts'
import { azureBlob, gcs, r2, s3 } from './writers/buckets.ts'
import { caddy } from './writers/caddy.ts'
import * as corsmith from './writers/corsmith.ts'
import { aspnet, laravel, rails, spring } from './writers/frameworks.ts'
import { envoy, kong, traefik } from './writers/gateways.ts'
import { go } from './writers/go.ts'
import { gin, rsCors } from './writers/go-packages.ts'
import { haproxy } from './writers/haproxy.ts'
import * as hosting from './writers/hosting.ts'
import { iis } from './writers/iis.ts'
import { gatewayApi, ingressNginx } from './writers/kubernetes.ts'
import { nginx } from './writers/nginx.ts'
import { express, fastify, koa, nestjs, node, socketio } from './writers/node.ts'
import { expressCors, fastifyCors } from './writers/node-packages.ts'
import { php } from './writers/php.ts'
import { django, fastapi, flask } from './writers/python.ts'
import { varnish } from './writers/varnish.ts'

export type { TargetName } from './row.ts'

/**
 * The table of targets, in the order of lists for users. Everything else about targets follows from
 * it.
 */
const ROWS: { readonly [N in TargetName]: TargetRow<N> } = {
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
  varnish,
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
  'express-cors': expressCors,
  'fastify-cors': fastifyCors,
  spring,
  rails,
  aspnet,
  laravel,
  go,
  'rs-cors': rsCors,
  gin,
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
}

/** Every row, in the order of the table. */
export const ALL_ROWS: readonly TargetRow<TargetName>[] = Object.values(ROWS)

/** The names of all targets. */
export const TARGET_NAMES: readonly TargetName[] = ALL_ROWS.map(({ name }) => name)

/**
 * Returns whether a text is the name of a target.
 *
 * @param name The text.
 * @returns True for a word of `corsmith compile`, `init` and `--for`.
 *
 * @example
 * ```ts
 * import { isTarget } from 'corsmith/targets'
 *
 * isTarget('nginx') // true
 * ```
 */
export function isTarget(name: string): name is TargetName {
  return (TARGET_NAMES as readonly string[]).includes(name)
}

/**
 * Returns the row of a target.
 *
 * @throws {TypeError} for a name that is not in the table
 */
export function rowOf(name: TargetName): TargetRow<TargetName> {
  const row = Object.hasOwn(ROWS, name) ? ROWS[name] : undefined
  if (row === undefined) throw new TypeError(`${JSON.stringify(name)} is not a target: see targets of corsmith/targets`)
  return row
}
