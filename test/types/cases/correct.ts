// What must compile, and construct: ../correct.test.ts runs it.
import { cors } from '../../../adapters/hono.ts'
import { withCors } from '../../../adapters/workers.ts'
import { jsonApi, mcp, sse, tus, withPresets } from '../../../src/presets.ts'
import { type CorsPolicy, checkPolicy, createCors, perRequest, policyFromEnv } from '../../../src/index.ts'

const known = new Set(['https://a.com'])
const runtimeOrigin: string = 'https://a.com'
const runtimeOrigins: string[] = ['https://a.com', 'https://b.com']
const tenant: string = 'tenant'
const declared: CorsPolicy = { origins: ['https://a.com'], credentials: true, maxAge: 600 }
const open: CorsPolicy = { origins: '*', exposedHeaders: '*' }
const satisfied = { origins: ['https://a.com'], methods: ['PUT'] } satisfies CorsPolicy
const frozen = { origins: ['https://a.com', 'https://*.a.com'], exposedHeaders: ['ETag'] } as const
const parsed = JSON.parse('{ "origins": ["https://a.com"] }')
const isProduction: boolean = known.size > 0
const seconds: number = 60
const chosen = perRequest(() => createCors({ origins: ['https://a.com'] }))
const optional: { maxAge?: number; methods?: string[] } = {}

function wrapped(policy: CorsPolicy): unknown {
  return createCors({ ...policy, timingAllowOrigin: true })
}

export const correct: readonly (() => unknown)[] = [
  () => createCors({ origins: '*' }),
  () => createCors({ origins: ['*'] }),
  () => createCors({ origins: ['https://a.com'] }),
  () => createCors({ origins: ['https://a.com', 'https://b.com'] }),
  () => createCors({ origins: ['https://a.com:8443', 'http://b.com:8080', 'https://c.com:65535', 'http://d.com:1'] }),
  () => createCors({ origins: ['http://a.com'] }),
  () => createCors({ origins: ['https://*.a.com'] }),
  () => createCors({ origins: ['https://*.a.com:8443'] }),
  () => createCors({ origins: ['https://app-*.a.com', 'https://*-app.a.com', 'https://a-*-b.a.com'] }),
  () => createCors({ origins: ['https://*.a.co.uk', 'https://*.team.vercel.app'] }),
  () => createCors({ origins: ['http://localhost:3000', 'http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'] }),
  () => createCors({ origins: ['http://localhost:3000', 'http://app.localhost'], credentials: true }),
  () => createCors({ origins: ['http://127.0.0.1:8080', 'https://192.168.0.10', 'http://[2001:db8::1]'] }),
  () => createCors({ origins: ['app://.', 'app://-', 'moz-extension://*', 'http://*.localhost:3000', 'http://*.localhost:*'] }),
  () => createCors({ origins: ['http://-a.example.test', 'http://a-.example.test', 'https://*.my_app.example.com'] }),
  () => createCors({ origins: ['moz-extension://*'], credentials: true, dangerouslyAllowPublicSuffixes: true }),
  () => createCors({ origins: ['capacitor://localhost', 'ionic://localhost', 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'] }),
  () => createCors({ origins: ['https://my_app.a.com', 'https://xn--mnchen-3ya.de', 'https://a--b.com', 'https://1a.com'] }),
  () => createCors({ origins: ['https://github.io', 'https://me.github.io'] }),
  () => createCors({ origins: ['https://*.github.io'], dangerouslyAllowPublicSuffixes: true }),
  () => createCors({ origins: ['http://a.com'], credentials: true, dangerouslyAllowInsecureOrigins: true }),
  () => createCors({ origins: ['https://a.com'], credentials: true }),
  () => createCors({ origins: ['https://a.com'], credentials: isProduction }),
  () => createCors({ origins: (origin) => known.has(origin) }),
  () => createCors({ origins: (origin) => origin === 'https://a.com', credentials: true }),
  () => createCors({ origins: (origin: string) => origin.endsWith('.a.com') }),
  () => createCors({ origins: runtimeOrigins }),
  () => createCors({ origins: [runtimeOrigin] }),
  () => createCors({ origins: ['https://a.com', runtimeOrigin, ...runtimeOrigins] }),
  () => createCors({ origins: [`https://${tenant}.a.com`] }),
  () => createCors({ origins: isProduction ? ['https://a.com'] : ['http://localhost:3000'] }),
  () => createCors({ origins: isProduction ? '*' : ['https://a.com'] }),
  () => createCors(declared),
  () => createCors(satisfied),
  () => createCors(frozen),
  () => createCors(parsed),
  () => createCors({ ...declared, maxAge: 60 }),
  () => createCors({ ...declared, refused: 'forbid' }),
  () => createCors({ ...declared, credentials: true }),
  () => createCors({ ...open, credentials: false, exposedHeaders: ['ETag'] }),
  () => createCors({ ...satisfied, ...optional }),
  () => createCors({ origins: ['https://a.com'], maxAge: undefined, methods: isProduction ? ['PUT'] : undefined }),
  () => wrapped({ origins: ['https://a.com'] }),
  () => createCors(policyFromEnv({ CORS_ORIGINS: 'https://a.com' })),
  () => createCors({ origins: ['https://a.com'], methods: ['PUT', 'PATCH', 'DELETE', 'HEAD', 'PURGE', 'x-custom'] }),
  () => createCors({ origins: ['https://a.com'], methods: '*' }),
  () => createCors({ origins: ['https://a.com'], methods: ['*'] }),
  () => createCors({ origins: ['https://a.com'], methods: [] }),
  () => createCors({ origins: ['https://a.com'], methods: ['GET', 'POST'] }),
  () => createCors({ origins: ['https://a.com'], requestHeaders: ['Content-Type', 'authorization', 'X-Stainless-*'] }),
  () => createCors({ origins: ['https://a.com'], requestHeaders: '*', credentials: true }),
  () => createCors({ origins: ['https://a.com'], requestHeaders: ['*', 'Authorization'] }),
  () => createCors({ origins: ['https://a.com'], requestHeaders: ['Accept', 'Range', "X-!#$%&'+-.^_`|~"] }),
  () => createCors({ origins: ['https://a.com'], exposedHeaders: ['ETag', 'X-RateLimit-*'] }),
  () => createCors({ origins: ['https://a.com'], exposedHeaders: '*' }),
  () => createCors({ origins: ['https://a.com'], exposedHeaders: ['Content-Type'] }),
  () => createCors({ origins: ['https://a.com'], maxAge: 0 }),
  () => createCors({ origins: ['https://a.com'], maxAge: 5 }),
  () => createCors({ origins: ['https://a.com'], maxAge: 7200 }),
  () => createCors({ origins: ['https://a.com'], maxAge: 86400 }),
  () => createCors({ origins: ['https://a.com'], maxAge: seconds }),
  () => createCors({ origins: ['https://a.com'], preflightStatus: 200 }),
  () => createCors({ origins: ['https://a.com'], preflightStatus: 204, refused: 'pass', timingAllowOrigin: true }),
  () => createCors({ origins: ['https://a.com'], refused: 'forbid', credentials: false }),
  () => createCors({ origins: ['https://a.com', 'https://a.com'] }),
  () => createCors<CorsPolicy>({ origins: ['https://a.com'] }),
  () => cors({ origins: ['https://a.com'], methods: ['PUT'], maxAge: 600 }),
  () => cors({ origins: (origin) => origin === 'https://a.com' }),
  () => cors(declared),
  () => cors(createCors({ origins: ['https://a.com'] })),
  () => cors(chosen),
  () => cors((c) => createCors({ origins: [c.req.path] })),
  () => cors<{ origins: string[] }, { Bindings: { ORIGIN: string } }>((c) => ({ origins: [c.env.ORIGIN] })),
  () => withCors({ origins: ['https://a.com'] }, () => new Response()),
  () => withCors((env: { ORIGIN: string }) => ({ origins: [env.ORIGIN] }), { fetch: () => new Response() }),
  () => checkPolicy({ orgin: 1 }),
  () => createCors(withPresets({ origins: ['https://a.com'], credentials: true, exposedHeaders: ['X-A'] }, jsonApi, tus)),
  () => createCors(withPresets({ origins: '*', methods: '*', requestHeaders: '*', exposedHeaders: '*' }, tus)),
  () => createCors(withPresets({ origins: ['https://a.com'], refused: 'forbid', maxAge: 600 }, mcp, sse)),
  () => createCors(withPresets(withPresets(declared, sse), jsonApi)),
  () => cors(withPresets({ origins: (origin) => origin === 'https://a.com' }, sse)),
  () => withCors(withPresets({ origins: ['https://a.com'] }, sse), () => new Response()),
]
