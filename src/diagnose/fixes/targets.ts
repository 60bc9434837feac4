import type { PlaceTarget, TargetRow } from './target.ts'
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
import { PLACES } from './targets/places.ts'
import { django, fastapi, flask } from './targets/python.ts'

/** The table of targets, in the order in which they are listed to users. Everything else about targets derives from it. */
const ROWS = [
  corsmith.fetchHandler,
  corsmith.hono,
  corsmith.workers,
  corsmith.next,
  corsmith.deno,
  corsmith.bun,
  express,
  fastify,
  koa,
  nestjs,
  socketio,
  node,
  corsmith.sveltekit,
  corsmith.astro,
  corsmith.h3,
  corsmith.elysia,
  corsmith.reactRouter,
  hosting.edgeProxy,
  nginx,
  apache,
  caddy,
  haproxy,
  envoy,
  traefik,
  gatewayApi,
  ingressNginx,
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
  azureBlob,
  cloudfront,
  apigateway,
  lambdaUrl,
  hosting.vercel,
  hosting.netlify,
  hosting.supabase,
  ...PLACES,
] as const

/** The name of a target: what `--for` takes, and the places where a fault can be beside them. */
export type Target = (typeof ROWS)[number]['name']

const BY_NAME: ReadonlyMap<string, TargetRow> = new Map(ROWS.map((row) => [row.name, row]))

/** What a fix can be written for, and what people call it. */
export const TARGETS = Object.fromEntries(ROWS.map(({ name, title }) => [name, title])) as Readonly<
  Record<Target, string>
>

/** Targets that `--for` takes: those that have a snippet. */
export const CHOOSABLE: readonly Target[] = ROWS.filter(({ kind }) => kind !== 'place').map(({ name }) => name)

/**
 * Tells whether a text names a target that can be chosen.
 *
 * @example
 * isTarget('nginx') // true
 */
export function isTarget(name: string): name is Target {
  return (CHOOSABLE as readonly string[]).includes(name)
}

/** What stands in the table about a target that can be chosen; null for a place. */
export function rowOf(name: Target): Exclude<TargetRow, PlaceTarget> | null {
  const row = BY_NAME.get(name)
  return row === undefined || row.kind === 'place' ? null : row
}
