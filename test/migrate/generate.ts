// Option sets of each library: generated ones, and ones as public projects write them, with their names replaced.
import fc from 'fast-check'
import { listingFunction } from '../../src/migrate/listing.ts'
import type { PeerOptions } from '../../src/migrate/meaning.ts'
import type { PeerName } from '../../src/migrate/peer.ts'

const origin = fc.constantFrom(
  ...['https://app.example.com', 'https://admin.example.com', 'http://localhost:3000', 'http://127.0.0.1:5173'],
  ...['https://example.com/', 'https://Example.com', 'http://app.example.com', 'https://app.example.com:8443'],
  ...['https://*.example.com', 'null', 'capacitor://localhost', 'example.com', 'https://a.b.example.co.uk'],
)
const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', '*')
const name = fc.constantFrom(
  'Content-Type',
  'Authorization',
  'X-Requested-With',
  'X-CSRF-Token',
  'Accept',
  'X-Api-Key',
  '*',
)
const exposed = fc.constantFrom('ETag', 'X-Total-Count', 'Content-Disposition', 'Link', 'Content-Length', '*')
const list = <T>(of: fc.Arbitrary<T>, maxLength = 4) => fc.uniqueArray(of, { maxLength })
const texts = (of: fc.Arbitrary<string>) =>
  fc.oneof(
    list(of),
    list(of).map((all) => all.join(',')),
  )
const age = fc.constantFrom(0, 5, 600, 7200, 86_400, 172_800, -1)

const expression = fc.constantFrom(
  ...[/\.example\.com$/, /^https:\/\/.*\.example\.com$/, /^https:\/\/[a-z0-9-]+\.example\.com$/, /example\.com/],
  ...[/^https?:\/\/localhost(:\d+)?$/, /^https:\/\/app-\w+\.vercel\.app$/, /https:\/\/(app|admin)\.example\.com$/i],
)
const python = fc.constantFrom(
  ...[
    String.raw`^https://\w+\.example\.com$`,
    String.raw`https://.*\.example\.com`,
    String.raw`^http://localhost:\d+$`,
  ],
  ...[String.raw`^https://(app|admin)\.example\.com$`, String.raw`https://[a-z0-9-]+\.example\.com`],
)

const listing = fc
  .tuple(list(origin), fc.boolean(), fc.boolean())
  .map(([origins, allowsNone, fails]) => listingFunction(origins, allowsNone, fails))

const javaScript = fc.oneof(
  listing,
  fc.constant('*'),
  fc.constant(true),
  fc.constant(false),
  origin,
  expression,
  list(fc.oneof({ weight: 4, arbitrary: origin as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: expression })),
)

/** Leaves options out at random, as people do. */
const some = (model: { [key in string]: fc.Arbitrary<unknown> }) =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<PeerOptions>

const ARBITRARIES: { readonly [name in PeerName]?: fc.Arbitrary<PeerOptions> } = {
  express: some({
    origin: javaScript,
    methods: texts(methods),
    allowedHeaders: texts(name),
    exposedHeaders: texts(exposed),
    credentials: fc.boolean(),
    maxAge: fc.oneof(age, fc.constantFrom('600', '86400')),
    preflightContinue: fc.constantFrom(false, false, false, true),
    optionsSuccessStatus: fc.constantFrom(200, 204, 204),
  }),
  hono: some({
    origin: fc.oneof(fc.constant('*'), origin, list(origin)),
    allowMethods: list(methods),
    allowHeaders: list(name),
    exposeHeaders: list(exposed),
    credentials: fc.boolean(),
    maxAge: age,
  }),
  fastify: some({
    origin: javaScript,
    methods: texts(methods).filter((value) => value.length > 0),
    allowedHeaders: texts(name),
    exposedHeaders: texts(exposed),
    credentials: fc.boolean(),
    maxAge: age,
    preflight: fc.constantFrom(true, true, true, false),
    strictPreflight: fc.constantFrom(true, true, false),
    optionsSuccessStatus: fc.constantFrom(200, 204, 204),
  }),
  koa: some({
    origin: fc.oneof(fc.constant('*'), origin, fc.constant('')),
    allowMethods: texts(methods),
    allowHeaders: texts(name),
    exposeHeaders: texts(exposed),
    credentials: fc.boolean(),
    maxAge: fc.oneof(age, fc.constantFrom('600')),
  }),
  h3: some({
    origin: fc.oneof(fc.constant('*'), origin, list(fc.oneof(origin as fc.Arbitrary<unknown>, expression))),
    methods: fc.oneof(fc.constant('*'), list(methods)),
    allowHeaders: fc.oneof(fc.constant('*'), list(name)),
    exposeHeaders: fc.oneof(fc.constant('*'), list(exposed)),
    credentials: fc.boolean(),
    maxAge: fc.constantFrom('600', '86400'),
    preflight: fc.constantFrom({ statusCode: 200 }, { statusCode: 204 }),
  }),
  elysia: some({
    origin: fc.oneof(
      fc.boolean(),
      fc.constant('*'),
      origin,
      list(fc.oneof(origin as fc.Arbitrary<unknown>, expression)),
    ),
    methods: fc.oneof(fc.boolean(), list(methods), fc.constantFrom('*', 'GET, PUT')),
    allowedHeaders: fc.oneof(fc.constant(true), list(name), name),
    exposeHeaders: fc.oneof(fc.constant(true), list(exposed), exposed),
    credentials: fc.boolean(),
    maxAge: age.filter((seconds) => seconds >= 0),
    preflight: fc.constantFrom(true, true, true, false),
  }),
  flask: some({
    origins: fc.oneof(
      fc.constant('*'),
      origin,
      python,
      list(fc.oneof(origin, origin, python)).filter((all) => all.length > 0),
    ),
    methods: fc.oneof(list(methods), fc.constant('GET,POST')),
    allow_headers: fc.oneof(fc.constant('*'), list(name), name),
    expose_headers: fc.oneof(list(exposed), exposed),
    supports_credentials: fc.boolean(),
    max_age: age,
    send_wildcard: fc.constantFrom(false, false, true),
    vary_header: fc.constantFrom(true, true, false),
    always_send: fc.constantFrom(true, true, false),
  }).filter(({ origins = '*', supports_credentials, send_wildcard }) => {
    const isAny = [origins].flat().some((entry) => entry === '*' || entry === '.*')
    return !(isAny && supports_credentials && send_wildcard)
  }),
  django: some({
    CORS_ALLOWED_ORIGINS: list(origin.filter((entry) => entry !== 'example.com')),
    CORS_ALLOWED_ORIGIN_REGEXES: list(python, 2),
    CORS_ALLOW_ALL_ORIGINS: fc.constantFrom(false, false, false, true),
    CORS_ALLOW_CREDENTIALS: fc.boolean(),
    CORS_ALLOW_METHODS: list(methods),
    CORS_ALLOW_HEADERS: list(name),
    CORS_EXPOSE_HEADERS: list(exposed),
    CORS_PREFLIGHT_MAX_AGE: age.filter((seconds) => seconds >= 0),
  }),
  next: some({
    'Access-Control-Allow-Origin': fc.oneof(fc.constant('*'), origin),
    'Access-Control-Allow-Credentials': fc.constantFrom('true', 'true', 'false'),
    'Access-Control-Allow-Methods': list(methods)
      .map((all) => all.join(', '))
      .filter((text) => text !== ''),
    'Access-Control-Allow-Headers': list(name)
      .map((all) => all.join(', '))
      .filter((text) => text !== ''),
    'Access-Control-Expose-Headers': list(exposed)
      .map((all) => all.join(', '))
      .filter((text) => text !== ''),
    'Access-Control-Max-Age': age.map(String),
  }),
  itty: some({
    origin: fc.oneof(
      fc.constantFrom<unknown>('*', true, false),
      origin,
      expression,
      list(fc.oneof({ weight: 4, arbitrary: origin as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: expression })),
    ),
    allowMethods: texts(methods),
    allowHeaders: texts(name),
    exposeHeaders: texts(exposed),
    credentials: fc.boolean(),
    maxAge: age,
  }),
  remix: some({
    origin: fc.oneof(
      fc.constantFrom<unknown>('*', true, false),
      origin,
      expression,
      list(fc.oneof({ weight: 4, arbitrary: origin as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: expression })),
    ),
    methods: list(methods),
    allowedHeaders: list(name),
    exposedHeaders: list(exposed),
    credentials: fc.boolean(),
    maxAge: age,
  }),
  whatwg: some({
    origin: fc.oneof(fc.constant('*'), origin, list(origin)),
    methods: list(methods),
    allowedHeaders: list(name),
    exposedHeaders: list(exposed),
    credentials: fc.boolean(),
    maxAge: age,
  }),
  spring: some({
    allowedOrigins: fc.oneof(
      list(origin),
      list(origin, 2).map((all) => [all.join(',')]),
      fc.constant(['*']),
    ),
    allowedOriginPatterns: list(
      fc.constantFrom(
        ...['https://*.example.com', '*', 'https://app.example.com', 'https://*.example.com:[8080,8443]'],
        ...['http://localhost:[*]', 'https://app-*.example.com', '*.example.com'],
      ),
      2,
    ),
    allowedMethods: list(methods),
    allowedHeaders: list(name),
    exposedHeaders: list(exposed),
    allowCredentials: fc.boolean(),
    maxAge: age,
    applyPermitDefaultValues: fc.boolean(),
  }).filter(({ allowedOrigins, allowedOriginPatterns, applyPermitDefaultValues, allowCredentials }) => {
    const isDefault = applyPermitDefaultValues && allowedOrigins === undefined && allowedOriginPatterns === undefined
    return !(allowCredentials && (isDefault || (Array.isArray(allowedOrigins) && allowedOrigins.includes('*'))))
  }),
}

/** As public projects write them. */
const WRITTEN: { readonly [name in PeerName]?: readonly PeerOptions[] } = {
  express: [
    {},
    { origin: 'http://localhost:3000' },
    { origin: 'http://localhost:3000', credentials: true },
    { origin: true, credentials: true },
    { credentials: true },
    { origin: ['http://localhost:3000', 'https://www.example.com'], methods: ['GET', 'POST'], credentials: true },
    { origin: '*', methods: 'GET,HEAD,PUT,PATCH,POST,DELETE', preflightContinue: false, optionsSuccessStatus: 204 },
    { origin: 'https://example.com', optionsSuccessStatus: 200 },
    { origin: 'https://example.com', methods: 'GET,POST', allowedHeaders: 'Content-Type,Authorization' },
    { origin: '', credentials: true },
    { origin: [/\.example\.com$/, 'https://example.org'], credentials: true, maxAge: 3600 },
    { origin: false },
  ],
  hono: [
    {},
    {
      origin: 'http://example.com',
      allowHeaders: ['X-Custom-Header', 'Upgrade-Insecure-Requests'],
      allowMethods: ['POST', 'GET', 'OPTIONS'],
      exposeHeaders: ['Content-Length', 'X-Kuma-Revision'],
      maxAge: 600,
      credentials: true,
    },
    { origin: ['https://example.com', 'https://example.org'] },
    { origin: '*', credentials: true },
    { origin: 'http://localhost:5173', credentials: true, allowMethods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'] },
  ],
  fastify: [
    {},
    { origin: true },
    { origin: true, credentials: true },
    { origin: ['http://localhost:3000'], methods: ['GET', 'POST', 'PUT', 'DELETE'] },
    { origin: '*', methods: 'GET,PUT,POST,DELETE' },
    { origin: /localhost:\d+$/, credentials: true },
  ],
  koa: [{}, { credentials: true }, { origin: '*' }, { origin: 'http://localhost:3000', credentials: true }],
  h3: [
    {},
    { origin: ['http://localhost:3000'], credentials: true, methods: '*' },
    { origin: '*', preflight: { statusCode: 204 } },
  ],
  elysia: [
    {},
    { origin: 'localhost:3000' },
    { origin: ['https://app.example.com'], credentials: true },
    { origin: '*' },
  ],
  flask: [
    {},
    { origins: 'http://localhost:3000' },
    { origins: 'http://localhost:3000', supports_credentials: true },
    { supports_credentials: true },
    { origins: ['https://example.com', 'https://www.example.com'], methods: ['GET', 'POST'] },
    { origins: '*', allow_headers: '*', expose_headers: '*' },
    {
      origins: ['http://localhost:3000'],
      allow_headers: ['Content-Type', 'Authorization'],
      supports_credentials: true,
      max_age: 600,
    },
  ],
  django: [
    {},
    { CORS_ALLOW_ALL_ORIGINS: true },
    { CORS_ALLOW_ALL_ORIGINS: true, CORS_ALLOW_CREDENTIALS: true },
    {
      CORS_ALLOWED_ORIGINS: [
        'https://example.com',
        'https://sub.example.com',
        'http://localhost:8080',
        'http://127.0.0.1:9000',
      ],
    },
    { CORS_ALLOWED_ORIGIN_REGEXES: [String.raw`^https://\w+\.example\.com$`] },
    { CORS_ORIGIN_WHITELIST: ['http://localhost:3000'], CORS_ALLOW_CREDENTIALS: true },
    {
      CORS_ALLOWED_ORIGINS: ['https://example.com'],
      CORS_ALLOW_HEADERS: [
        'accept',
        'authorization',
        'content-type',
        'user-agent',
        'x-csrftoken',
        'x-requested-with',
        'my-custom-header',
      ],
    },
  ],
  next: [
    {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
      'Access-Control-Allow-Headers': 'Content-Type, Authorization',
    },
    {
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET,OPTIONS,PATCH,DELETE,POST,PUT',
      'Access-Control-Allow-Headers': 'X-CSRF-Token, X-Requested-With, Accept, Content-Type, X-Api-Version',
    },
    { 'Access-Control-Allow-Origin': 'https://app.example.com', 'Access-Control-Allow-Credentials': 'true' },
    { 'Access-Control-Allow-Origin': 'https://app.example.com, https://example.org' },
  ],
  itty: [
    {},
    { origin: '*', credentials: true },
    { origin: ['http://localhost:3000', 'https://app.example.com'], credentials: true, allowMethods: ['GET', 'PUT'] },
    { origin: 'https://app.example.com', allowMethods: 'GET, POST, DELETE', exposeHeaders: 'X-Total-Count' },
    { origin: /^https:\/\/[a-z]+\.example\.com$/ },
  ],
  remix: [
    {},
    { origin: 'https://app.example.com', credentials: true },
    { origin: ['https://app.example.com', /\.example\.org$/], methods: ['GET', 'POST'], maxAge: 600 },
  ],
  whatwg: [
    {},
    { origin: 'http://localhost:4000', credentials: true, allowedHeaders: ['X-Custom-Header'], methods: ['POST'] },
    { origin: ['https://app.example.com', 'https://example.org'], credentials: true },
    { origin: 'https://*.example.com' },
  ],
  spring: [
    {},
    { applyPermitDefaultValues: true },
    { applyPermitDefaultValues: true, allowedOrigins: ['http://localhost:4200'], allowCredentials: true },
    { allowedOrigins: ['http://localhost:4200'], allowedMethods: ['GET', 'POST', 'PUT'], allowedHeaders: ['*'] },
    { allowedOriginPatterns: ['*'], allowedMethods: ['*'], allowedHeaders: ['*'], allowCredentials: true },
    { allowedOrigins: ['*'], allowedMethods: ['*'], allowedHeaders: ['*'], exposedHeaders: ['*'] },
    { allowedOrigins: ['https://app.example.com'], allowedMethods: ['POST'] },
  ],
}

/** Gives so many option sets of a library, the same for the same seed. */
export function optionSets(peer: PeerName, count: number, seed: number): readonly PeerOptions[] {
  const written = WRITTEN[peer] ?? []
  const arbitrary = ARBITRARIES[peer]
  const generated =
    arbitrary === undefined ? [] : fc.sample(arbitrary, { numRuns: Math.max(0, count - written.length), seed })
  return [...written, ...generated]
}
