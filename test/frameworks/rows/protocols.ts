/** Protocols with calls of their own, and functions that a platform calls. */
import { type Calls, type Framework, json } from '../framework.ts'
import { LAMBDA, VERCEL } from '../starters/platforms.ts'

const PLATFORM = 'The platform answers a path that has no function.'
const NODE = ['node', 'server.ts'] as const
const ACCEPT = 'application/json, text/event-stream'
const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'page', version: '1' } },
})

const mcp = (body: string) => {
  const call = json('POST', '/mcp', body)
  return { ...call, headers: { ...call.headers, Accept: ACCEPT } }
}

const TRPC: Partial<Calls> = {
  get: { path: '/items' },
  put: json('POST', '/save', '{"name":"lamp"}'),
  error: json('POST', '/save', '{"name":'),
}

const GRAPHQL: Partial<Calls> = {
  get: { path: '/graphql?query={items}' },
  put: json('POST', '/graphql', '{"query":"{items}"}'),
  error: json('POST', '/graphql', '{"query":'),
}

const AUTH: Partial<Calls> = {
  get: { path: '/api/auth/ok' },
  put: json('POST', '/api/auth/sign-out', '{}'),
  error: json('POST', '/api/auth/sign-in/email', '{"email":"a@example.com","password":"wrong"}'),
}

const POLLING = '/socket.io/?EIO=4&transport=polling'
const SOCKET: Partial<Calls> = {
  get: { path: POLLING },
  put: { path: POLLING, headers: { Authorization: 'Bearer 1' } },
  error: { path: '/socket.io/?EIO=4&transport=none' },
}

export const PROTOCOLS: readonly Framework[] = [
  {
    name: 'tRPC',
    section: 'tRPC',
    packages: { '@trpc/server': '11.25.2', typescript: '5.9.3' },
    start: NODE,
    calls: TRPC,
    unset: 'start',
  },
  {
    name: 'GraphQL Yoga',
    section: 'GraphQL Yoga',
    packages: { 'graphql-yoga': '5.24.1', graphql: '16.14.2' },
    start: NODE,
    calls: GRAPHQL,
    unset: 'start',
  },
  {
    name: 'Better Auth',
    section: 'Better Auth',
    packages: { 'better-auth': '1.7.25' },
    start: [
      'env',
      'BETTER_AUTH_SECRET=a-secret-of-more-than-32-characters',
      'BETTER_AUTH_URL=http://localhost:{port}',
      ...NODE,
    ],
    calls: AUTH,
    unset: 'start',
  },
  {
    name: 'Socket.IO',
    section: 'Socket.IO',
    packages: { 'socket.io': '4.8.4' },
    start: NODE,
    calls: SOCKET,
    unset: 'start',
  },
  {
    name: 'MCP server',
    section: 'MCP server',
    packages: { '@modelcontextprotocol/sdk': '1.32.2', express: '5.3.0' },
    start: NODE,
    calls: { get: { path: '/health' }, put: mcp(INITIALIZE), error: mcp('{') },
    unset: 'start',
  },
  {
    name: 'AWS Lambda, Hono',
    section: 'AWS Lambda with Hono',
    packages: { hono: '4.13.19' },
    files: LAMBDA,
    start: ['node', 'lambda.js'],
    unset: 'start',
  },
  {
    name: 'AWS Lambda, bare',
    section: 'AWS Lambda',
    packages: {},
    files: LAMBDA,
    start: ['node', 'lambda.js'],
    unset: 'start',
  },
  {
    name: 'Vercel Functions',
    section: 'Vercel Functions',
    packages: { '@hono/node-server': '2.1.8' },
    files: VERCEL,
    start: ['node', 'vercel.js'],
    unset: 'start',
    limits: { missing: PLATFORM },
  },
  {
    name: 'Supabase Edge Functions',
    section: 'Supabase Edge Functions',
    packages: { deno: '2.9.6' },
    start: [
      'env',
      'DENO_SERVE_ADDRESS=tcp:127.0.0.1:{port}',
      ...['deno', 'run', '--no-prompt', '--no-check', '--cached-only', '--node-modules-dir=manual', '--allow-all'],
      'supabase/functions/items/index.ts',
    ],
    unset: 'start',
    limits: { missing: PLATFORM },
  },
]
