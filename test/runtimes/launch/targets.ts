// The columns of the matrix, and how each is started.

import type { Target } from '../target.ts'
import { astro } from './astro.ts'
import { nextStart } from './next.ts'
import { bun, deno, node, workerd } from './runtimes.ts'
import { sveltekit } from './sveltekit.ts'

export const TARGETS: readonly Target[] = [
  node('node:http', 'node-http.ts'),
  { ...node('node:http2', 'node-http.ts', 'http2'), http2: true },
  node('connect', 'express.ts', 'connect'),
  node('express 4', 'express.ts', 'express4'),
  node('express 5', 'express.ts', 'express'),
  choosing(node('fastify', 'fastify.ts')),
  node('koa', 'koa.ts'),
  node('nest on express', 'nest.ts', 'express'),
  node('nest on fastify', 'nest.ts', 'fastify'),
  node('hono on node', 'hono-node.ts'),
  workerd('hono on workerd', 'hono-workers.ts'),
  bun('hono on bun', 'hono-bun.ts'),
  deno('hono on deno', 'hono-deno.ts'),
  workerd('workers', 'workers.ts'),
  deno('Deno.serve', 'deno.ts'),
  deno('deno serve', 'deno.ts', 'serve'),
  bun('bun fetch', 'bun.ts'),
  choosing(bun('bun routes', 'bun.ts', 'routes')),
  choosing(node('h3', 'h3.ts')),
  choosing(bun('elysia', 'elysia.ts')),
  choosing(sveltekit),
  choosing(astro('astro fetch', 'fetch')),
  choosing(astro('astro middleware', 'middleware')),
  choosing(node('react-router', 'react-router.ts')),
  choosing(node('react-router middleware', 'react-router.ts', 'middleware')),
  nextStart('next proxy', 'proxy'),
  choosing(nextStart('next route', 'proxy', '/route')),
  nextStart('next middleware', 'middleware'),
]

/** The same applications with compiled policies, one or more for each runtime. */
export const COMPILED: readonly Target[] = [
  node('node:http, compiled', 'compiled/node-http.ts'),
  node('koa, compiled', 'compiled/koa.ts'),
  node('hono on node, compiled', 'compiled/hono-node.ts'),
  workerd('hono on workerd, compiled', 'compiled/hono-workers.ts'),
  workerd('workers, compiled', 'compiled/workers.ts'),
  deno('Deno.serve, compiled', 'compiled/deno.ts'),
  bun('bun fetch, compiled', 'compiled/bun.ts'),
]

/** The two of them that stand before all that Next answers. */
export const NEXT: readonly Target[] = [nextStart('next proxy', 'proxy'), nextStart('next middleware', 'middleware')]

/** The one that Bun's own router answers. */
export const BUN: readonly Target[] = [bun('bun routes', 'bun.ts', 'routes')]

/** The one whose files Bun sends. */
export const ELYSIA: readonly Target[] = [bun('elysia', 'elysia.ts')]

/** Its application gives the adapter a function of the request. */
function choosing(target: Target): Target {
  return { ...target, chooses: true }
}
