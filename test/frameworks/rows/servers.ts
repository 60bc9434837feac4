/** Servers: one file, and a command that runs it. */
import type { Framework } from '../framework.ts'
import { NEST_STARTER } from '../starters/nest.ts'

const NODE = ['node', 'server.ts'] as const
const BUN = ['bun', 'run', 'server.ts'] as const
const DENO = [
  'deno',
  'run',
  '--no-prompt',
  '--no-check',
  '--node-modules-dir=manual',
  '--allow-all',
  'server.ts',
] as const
const WRANGLER = { wrangler: '4.156.2' } as const
const HONO = { hono: '4.13.19' } as const
const ROUTE = 'The middleware stands before `/api` alone, and no page of another origin is meant to read the rest.'

/** `wrangler dev` reads the variables of wrangler.toml; those of the command line come first. */
const wrangler = {
  start: ['wrangler', 'dev', '--ip', '127.0.0.1', '--port', '{port}', '--inspector-port', '0'],
  variables: (origins: string | null) => ['--var', `CORS_ORIGINS:${origins ?? ''}`],
  unset: 'start',
} as const

export const SERVERS: readonly Framework[] = [
  {
    name: 'Hono on Node',
    section: 'Hono on Node',
    packages: { ...HONO, '@hono/node-server': '2.1.8' },
    start: NODE,
    unset: 'start',
  },
  { name: 'Hono on Workers', section: 'Hono on Workers', packages: { ...HONO, ...WRANGLER }, ...wrangler },
  { name: 'Hono on Bun', section: 'Hono on Bun', packages: { ...HONO, bun: '1.4.5' }, start: BUN, unset: 'start' },
  { name: 'Hono on Deno', section: 'Hono on Deno', packages: { ...HONO, deno: '2.9.6' }, start: DENO, unset: 'start' },
  { name: 'Workers', section: 'Workers', packages: WRANGLER, ...wrangler },
  { name: 'Deno', section: 'Deno', packages: { deno: '2.9.6' }, start: DENO, unset: 'start' },
  {
    name: 'Deno Deploy, as deno serve',
    section: 'Deno Deploy',
    packages: { deno: '2.9.6' },
    start: ['deno', 'serve', ...DENO.slice(2, -1), '--port', '{port}', 'main.ts'],
    unset: 'start',
  },
  { name: 'Bun', section: 'Bun', packages: { bun: '1.4.5' }, start: BUN, unset: 'start' },
  { name: 'Express 5', section: 'Express', packages: { express: '5.3.0' }, start: NODE, unset: 'start' },
  { name: 'Express 4', section: 'Express', packages: { express: '4.22.3' }, start: NODE, unset: 'start' },
  {
    name: 'Express 5, CommonJS',
    section: 'Express with CommonJS',
    packages: { express: '5.3.0' },
    type: 'commonjs',
    start: ['node', 'server.js'],
    unset: 'start',
  },
  {
    name: 'Express 4, CommonJS',
    section: 'Express with CommonJS',
    packages: { express: '4.22.3' },
    type: 'commonjs',
    start: ['node', 'server.js'],
    unset: 'start',
  },
  {
    name: 'Express 5, one route',
    section: 'Express, one route',
    packages: { express: '5.3.0' },
    start: NODE,
    unset: 'start',
    limits: { missing: ROUTE },
  },
  { name: 'Fastify 5', section: 'Fastify', packages: { fastify: '5.12.8' }, start: NODE, unset: 'start' },
  { name: 'Fastify 4', section: 'Fastify', packages: { fastify: '4.29.1' }, start: NODE, unset: 'start' },
  {
    name: 'Koa 3',
    section: 'Koa',
    packages: { koa: '3.3.0', '@koa/bodyparser': '6.1.0', '@koa/router': '15.7.0' },
    start: NODE,
    unset: 'start',
  },
  {
    name: 'NestJS',
    section: 'NestJS',
    packages: {
      '@nestjs/core': '12.5.1',
      '@nestjs/common': '12.5.1',
      '@nestjs/platform-express': '12.5.1',
      'reflect-metadata': '0.2.2',
      rxjs: '7.8.2',
      typescript: '5.9.3',
      '@types/node': '24.19.2',
    },
    type: 'commonjs',
    files: NEST_STARTER,
    build: ['tsc', '-p', 'tsconfig.json'],
    start: ['node', 'dist/main.js'],
    unset: 'start',
  },
  { name: 'h3 2', section: 'h3', packages: { h3: '2.0.8' }, start: NODE, unset: 'start' },
  { name: 'h3 1', section: 'h3 1', packages: { h3: '1.15.4' }, start: NODE, unset: 'start' },
  { name: 'Elysia', section: 'Elysia', packages: { elysia: '1.4.30', bun: '1.4.5' }, start: BUN, unset: 'start' },
]
