// What people posted in 2025 and 2026 about middleware of frameworks and edge workers.
import type { Said } from '../stage.ts'
import type { Post } from './posts.ts'

type Line = readonly [string, string]

const ANY: Line = ['Access-Control-Allow-Origin', '*']
const CREDENTIALS: Line = ['Access-Control-Allow-Credentials', 'true']
const JSON_TYPE: Line = ['Content-Type', 'application/json']
const JSON_POST = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', send: true } as const
/** What a client of MCP sends once it has a session. */
const MCP_POST = {
  ...JSON_POST,
  headers: { 'Content-Type': 'application/json', 'MCP-Protocol-Version': '2025-11-25', 'Mcp-Session-Id': '1' },
} as const

const named = (origin: string | undefined): readonly Line[] => [
  ...(origin === undefined ? [] : [['Access-Control-Allow-Origin', origin] as const]),
  ['Vary', 'Origin'],
]
const permits = (methods: string, headers: string, ...lines: readonly Line[]): Said => ({
  status: 204,
  headers: [...lines, ['Access-Control-Allow-Methods', methods], ['Access-Control-Allow-Headers', headers]],
})

export const POSTS_OF_MIDDLEWARE: readonly Post[] = [
  {
    post: 'koala73/worldmonitor (2026)',
    cause: 'a Worker in front answers OPTIONS without credentials, and the API behind it is never asked',
    server: ({ isPreflight, headers: { origin } }) =>
      isPreflight
        ? permits('GET, POST, OPTIONS', 'Content-Type', ['Server', 'cloudflare'], ...named(origin))
        : { headers: [['Server', 'cloudflare'], ...named(origin), CREDENTIALS, JSON_TYPE] },
    request: { ...JSON_POST, credentials: 'include' },
    finding: 'allow-credentials-missing',
    target: 'server',
    isOurs: true,
  },
  {
    post: '0xPolygon/static (2026)',
    cause: 'the page asks for static files with a Content-Type, and their layer answers 405 to OPTIONS',
    server: ({ method }) =>
      method === 'GET' || method === 'HEAD'
        ? { headers: [['Server', 'cloudflare'], ANY, JSON_TYPE], body: '{}' }
        : { status: 405, headers: [['Server', 'cloudflare']] },
    request: { headers: { 'Content-Type': 'application/json' } },
    finding: 'needless-preflight',
    target: 'client',
    isOurs: false,
  },
  {
    post: 'safe-global/safe-client-gateway (2026)',
    cause: 'the plugin of Fastify permits three methods where that of Express permitted six',
    server: ({ isPreflight, headers: { origin } }) =>
      isPreflight
        ? permits('GET,HEAD,POST', 'content-type', ...named(origin), CREDENTIALS)
        : { headers: [...named(origin), CREDENTIALS, JSON_TYPE] },
    request: { ...JSON_POST, method: 'PATCH', credentials: 'include' },
    finding: 'method-not-listed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'fastify/fastify-cors (2025)',
    cause: 'a new version of the plugin no longer permits PUT by itself',
    server: ({ isPreflight }) =>
      isPreflight ? permits('GET,HEAD,POST', 'content-type', ANY) : { headers: [ANY, JSON_TYPE] },
    request: { ...JSON_POST, method: 'PUT' },
    finding: 'method-not-listed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'php-mcp/server (2026)',
    cause: 'a client of MCP sends the version of the protocol, and the list of the server is older',
    server: ({ isPreflight }) =>
      isPreflight
        ? permits('GET, POST, DELETE', 'Content-Type, Mcp-Session-Id, Last-Event-ID, Authorization', ANY)
        : { headers: [ANY, JSON_TYPE], body: '{}' },
    request: MCP_POST,
    finding: 'header-not-listed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'perplexityai/modelcontextprotocol (2026)',
    cause: 'the header stands in the list of exposed headers, and not in that of request headers',
    server: ({ isPreflight, headers: { origin } }) => {
      const exposed: Line = ['Access-Control-Expose-Headers', 'mcp-session-id,mcp-protocol-version']
      return isPreflight
        ? permits('GET,POST,DELETE', 'Content-Type,mcp-session-id', ...named(origin), exposed, [
            'X-Powered-By',
            'Express',
          ])
        : { headers: [...named(origin), exposed, JSON_TYPE, ['X-Powered-By', 'Express']], body: '{}' }
    },
    request: MCP_POST,
    finding: 'header-not-listed',
    target: 'express',
    isOurs: true,
  },
  {
    post: 'envoyproxy/ai-gateway (2026)',
    cause: 'the gateway asks OPTIONS for the token, with CORS headers on the 401',
    server: ({ headers: { authorization } }) => ({
      status: authorization === undefined ? 401 : 200,
      headers: [
        ANY,
        ['Access-Control-Allow-Methods', 'GET'],
        ['Access-Control-Allow-Headers', 'mcp-protocol-version'],
        ...(authorization === undefined ? ([['WWW-Authenticate', 'Bearer error="invalid_token"']] as const) : []),
      ],
    }),
    request: { ...MCP_POST, headers: { ...MCP_POST.headers, Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'elysiajs/elysia-cors (2025)',
    cause: 'a handler replaces the object of headers, with what the plugin has set there',
    server: ({ isPreflight, headers: { origin } }) =>
      isPreflight ? permits('POST', 'content-type', ...named(origin)) : { headers: [JSON_TYPE], body: '{}' },
    request: JSON_POST,
    finding: 'only-preflight-answered',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'elysiajs/elysia-cors (2025, twice)',
    cause: 'the plugin is used twice, and the value becomes "true, true"',
    server: ({ isPreflight, headers: { origin } }) => {
      const twice: Line = ['Access-Control-Allow-Credentials', 'true, true']
      return isPreflight
        ? permits('POST', 'content-type', ...named(origin), twice)
        : { headers: [...named(origin), twice, JSON_TYPE], body: '{}' }
    },
    request: { ...JSON_POST, credentials: 'include' },
    finding: 'allow-credentials-value',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'honojs/hono (2026)',
    cause: 'the middleware sends * with credentials, as it was told to',
    server: ({ isPreflight }) =>
      isPreflight
        ? permits('GET,HEAD,PUT,POST,DELETE,PATCH', 'content-type', ANY, CREDENTIALS)
        : { headers: [ANY, CREDENTIALS, JSON_TYPE], body: '{}' },
    request: { ...JSON_POST, credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'FastEndpoints/FastEndpoints (2026)',
    cause: 'the policy of ASP.NET names no method, so a preflight for DELETE permits none',
    server: ({ isPreflight, headers: { origin } }) =>
      isPreflight
        ? {
            status: 204,
            headers: [['Server', 'Kestrel'], ...named(origin), ['Access-Control-Allow-Headers', 'content-type']],
          }
        : { headers: [['Server', 'Kestrel'], ...named(origin), JSON_TYPE], body: '{}' },
    request: { method: 'DELETE' },
    finding: 'method-not-listed',
    target: 'aspnet',
    isOurs: true,
  },
]
