import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import expressCors from 'cors'
import express, { type Express, type RequestHandler } from 'express'
import { Hono } from 'hono'
import { cors as honoCors } from 'hono/cors'
import { describe, expect, it } from 'vitest'
import { listen } from '../../../src/cli/serve.ts'
import { snippet } from '../../../src/diagnose.ts'
import { ORIGIN, type Request, type Stage, stage } from '../stage.ts'
import { applied, ask } from './apply.ts'
import { freePort, hasNginx, nginx } from './nginx.ts'
import { hasPython, python } from './python.ts'

/** A real component with a real mistake. */
interface Row {
  readonly name: string
  readonly start: () => Promise<Stage>
  readonly path: string
  readonly request?: Request
  readonly finding: string
  readonly target: string
  /** Whether the fix is ours to apply. */
  readonly isOurs: boolean
}

const PUT = { method: 'PUT' } as const
const JSON_POST = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', send: true } as const
const ADD = `add_header Access-Control-Allow-Origin ${ORIGIN};`

async function hono(app: Hono): Promise<Stage> {
  const server = await listen((request) => app.fetch(request), 0)
  return { origin: server.url, close: server.close }
}

const NGINX: readonly Row[] = [
  {
    name: 'add_header without always',
    start: () => nginx(ADD),
    path: '/nothing',
    finding: 'nginx-without-always',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'a location whose own add_header cancels the others',
    start: () => nginx(`${ADD} location = / { return 200; } location /data.json { add_header X-Own 1; }`),
    path: '/data.json',
    finding: 'static-unmarked',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'OPTIONS at a static file',
    start: () => nginx(ADD),
    path: '/data.json',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-not-routed',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'add_header in the OPTIONS block alone',
    start: () =>
      nginx(
        `location / { if ($request_method = OPTIONS) { ${ADD} add_header Access-Control-Allow-Headers content-type; return 204; } return 200; }`,
      ),
    path: '/x',
    request: JSON_POST,
    finding: 'only-preflight-answered',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'auth_basic before OPTIONS',
    start: () => nginx('location / { auth_basic x; auth_basic_user_file none; }'),
    path: '/x',
    request: { headers: { Authorization: 'Basic eDp4' } },
    finding: 'preflight-needs-auth',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'a path that moved to another path',
    start: () => nginx('location = /old { return 301 http://$http_host/new; } location /new { return 200; }'),
    path: '/old',
    request: PUT,
    finding: 'preflight-redirect',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'http to https',
    start: () => nginx('return 301 https://$host$request_uri;'),
    path: '/x',
    request: PUT,
    finding: 'redirect-to-https',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'a body above client_max_body_size',
    start: () =>
      nginx(
        `client_max_body_size 4; ${ADD} location / { proxy_pass http://127.0.0.1:1; } location = /corsmith-no-such-path { return 200; }`,
      ),
    path: '/x',
    request: { method: 'POST', body: 'far too long', send: true },
    finding: 'body-too-large',
    target: 'nginx',
    isOurs: false,
  },
  {
    name: 'nothing behind proxy_pass',
    start: async () => nginx(`location / { proxy_pass http://127.0.0.1:${await freePort()}; }`),
    path: '/x',
    finding: 'gateway-error',
    target: 'gateway',
    isOurs: false,
  },
  {
    name: 'too many requests',
    start: () => nginx('location / { return 429; }'),
    path: '/x',
    finding: 'rate-limited',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'no CORS at all',
    start: () => nginx(''),
    path: '/data.json',
    finding: 'never-shared',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'a list in one header',
    start: () =>
      nginx('add_header Access-Control-Allow-Origin "https://app.example.com, https://b.example.com" always;'),
    path: '/data.json',
    finding: 'allow-origin-list',
    target: 'nginx',
    isOurs: true,
  },
]

const HONO: readonly Row[] = [
  {
    name: 'cors() on a route',
    start: () => hono(new Hono().get('/x', honoCors(), (c) => c.text('x'))),
    path: '/x',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-not-routed',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'authentication above cors()',
    start: () =>
      hono(
        new Hono()
          .use(async (c, next) => (c.req.header('Authorization') ? next() : c.text('no', 401)))
          .use(honoCors())
          .get('/x', (c) => c.text('x')),
      ),
    path: '/x',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'hono',
    isOurs: true,
  },
  {
    name: '* with credentials',
    start: () => hono(new Hono().use(honoCors({ origin: '*', credentials: true })).get('/x', (c) => c.text('x'))),
    path: '/x',
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'allowHeaders without authorization',
    start: () =>
      hono(new Hono().use(honoCors({ origin: ORIGIN, allowHeaders: ['content-type'] })).get('/x', (c) => c.text('x'))),
    path: '/x',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'header-not-listed',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'allowMethods without PUT',
    start: () =>
      hono(new Hono().use(honoCors({ origin: ORIGIN, allowMethods: ['GET'] })).put('/x', (c) => c.text('x'))),
    path: '/x',
    request: PUT,
    finding: 'method-not-listed',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'an origin with a trailing slash',
    start: () => hono(new Hono().use(honoCors({ origin: [`${ORIGIN}/`] })).get('/x', (c) => c.text('x'))),
    path: '/x',
    finding: 'origin-trailing-slash',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'a route above cors()',
    start: () => hono(new Hono().get('/x', (c) => c.text('x')).use(honoCors())),
    path: '/x',
    finding: 'route-not-covered',
    target: 'hono',
    isOurs: true,
  },
]

async function expressApp(use: (app: Express) => void): Promise<Stage> {
  const app = express()
  use(app)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const answer: RequestHandler = (_, response) => {
  response.send('x')
}
const authenticate: RequestHandler = (request, response, next) => {
  if (request.headers.authorization === undefined) response.status(401).send('no')
  else next()
}

const EXPRESS: readonly Row[] = [
  {
    name: 'cors() below the routes',
    start: () => expressApp((app) => void app.get('/x', answer).use(expressCors())),
    path: '/x',
    finding: 'route-not-covered',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'cors() on one route',
    start: () => expressApp((app) => void app.get('/x', expressCors(), answer)),
    path: '/x',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-answered-by-router',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'authentication above cors()',
    start: () => expressApp((app) => void app.use(authenticate, expressCors()).get('/x', answer)),
    path: '/x',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'the default * with credentials',
    start: () => expressApp((app) => void app.use(expressCors()).get('/x', answer)),
    path: '/x',
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'an origin with a trailing slash',
    start: () => expressApp((app) => void app.use(expressCors({ origin: `${ORIGIN}/` })).get('/x', answer)),
    path: '/x',
    finding: 'origin-trailing-slash',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'allowedHeaders without X-Tenant',
    start: () =>
      expressApp(
        (app) => void app.use(expressCors({ origin: ORIGIN, allowedHeaders: ['Content-Type'] })).get('/x', answer),
      ),
    path: '/x',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'header-not-listed',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'a list without this origin',
    start: () =>
      expressApp((app) => void app.use(expressCors({ origin: ['https://other.example.com'] })).get('/x', answer)),
    path: '/x',
    finding: 'origin-not-listed',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'a handler that throws above cors()',
    start: () =>
      expressApp(
        (app) =>
          void app
            .get('/x', () => {
              throw new Error('no')
            })
            .use(expressCors())
            .get('/', answer),
      ),
    path: '/x',
    finding: 'handler-threw',
    target: 'express',
    isOurs: true,
  },
]

const FLASK: readonly Row[] = [
  {
    name: 'OPTIONS answered by the router',
    start: () => python('flask_app.py'),
    path: '/plain',
    request: PUT,
    finding: 'options-answered-by-router',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'strict slashes',
    start: () => python('flask_app.py'),
    path: '/slash',
    request: PUT,
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: false,
  },
  {
    name: '* with credentials',
    start: () => python('flask_app.py'),
    path: '/wildcard',
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'an exception',
    start: () => python('flask_app.py'),
    path: '/throws',
    finding: 'handler-threw',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'the True of Python',
    start: () => python('flask_app.py'),
    path: '/true',
    request: { credentials: 'include' },
    finding: 'allow-credentials-value',
    target: 'flask',
    isOurs: true,
  },
]

const DJANGO: readonly Row[] = [
  {
    name: 'no CORS at all',
    start: () => python('django_app.py', 'bare'),
    path: '/items',
    finding: 'never-shared',
    target: 'django',
    isOurs: true,
  },
  {
    name: 'APPEND_SLASH',
    start: () => python('django_app.py', 'bare'),
    path: '/slash',
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'the CSRF check',
    start: () => python('django_app.py', 'bare'),
    path: '/items',
    request: { method: 'POST', body: 'x', send: true },
    finding: 'csrf-rejected',
    target: 'django',
    isOurs: true,
  },
]

const CORSHEADERS: readonly Row[] = [
  {
    name: 'CorsMiddleware below authentication',
    start: () => python('django_app.py', 'misordered'),
    path: '/items',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'django',
    isOurs: true,
  },
  {
    name: 'an origin that is not listed',
    start: () => python('django_app.py', 'unlisted'),
    path: '/items',
    finding: 'origin-not-listed',
    target: 'django',
    isOurs: true,
  },
]

async function proves({ start, path, request = {}, finding, target, isOurs }: Row): Promise<void> {
  const staged = await start()
  try {
    const diagnosis = await ask(staged.origin, path, request)
    const [first] = diagnosis.findings
    expect([diagnosis.conclusion, first?.code, first?.fix?.target]).toEqual(['blocked', finding, target])
    const after = first?.fix == null ? null : await applied(first.fix, staged, path, request)
    if (isOurs) expect(after?.conclusion).toMatch(/^allowed/)
  } finally {
    await staged.close()
  }
}

describe('corsmith check names the right cause of a real component first', () => {
  it.runIf(process.env.CI)('with every component there, where nothing may be skipped', () => {
    const missing = ['flask', 'django', 'corsheaders'].filter((module) => !hasPython(module))
    expect([...missing, ...(hasNginx ? [] : ['nginx'])]).toEqual([])
  })

  it.skipIf(!hasNginx).each(NGINX)('nginx: $name → $finding', proves)
  it.each(HONO)('hono/cors: $name → $finding', proves)
  it.each(EXPRESS)('Express and its cors: $name → $finding', proves)
  it.skipIf(!hasPython('flask')).each(FLASK)('Flask: $name → $finding', proves)
  it.skipIf(!hasPython('django')).each(DJANGO)('Django: $name → $finding', proves)
  it.skipIf(!hasPython('corsheaders')).each(CORSHEADERS)('django-cors-headers: $name → $finding', proves)

  it.skipIf(!hasNginx)(
    'nginx: add_header on top of an application that has its own → allow-origin-doubled',
    async () => {
      const app = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
      const front = await nginx(`location / { proxy_pass ${app.origin}; ${ADD} }`)
      const { findings } = await ask(front.origin, '/x', {})
      const fix = findings[0]?.fix
      const after = fix == null ? null : await applied(fix, front, '/x', {})
      await front.close()
      await app.close()
      expect([findings[0]?.code, fix?.target, after?.conclusion]).toEqual(['allow-origin-doubled', 'nginx', 'allowed'])
    },
  )

  it.skipIf(!hasNginx)('nginx: a cache that ignores Vary → cached-for-another-origin', async () => {
    const app = await stage(({ origin }) => ({
      headers: [
        ['Cache-Control', 'max-age=60'],
        ['Vary', 'Origin'],
        ...(origin === undefined ? [] : ([['Access-Control-Allow-Origin', origin]] as const)),
      ],
    }))
    const front = await nginx(
      `location / { proxy_pass ${app.origin}; proxy_cache zone; proxy_ignore_headers Vary; add_header X-Cache-Status $upstream_cache_status always; }`,
    )
    await fetch(`${front.origin}/x`, { headers: { Origin: 'https://other.example.com' } })
    const { findings } = await ask(front.origin, '/x', {})
    await fetch(`${front.origin}/y`)
    const second = await ask(front.origin, '/y', {})
    await front.close()
    await app.close()
    expect([findings[0]?.code, second.findings[0]?.code]).toEqual([
      'cached-for-another-origin',
      'cached-without-origin',
    ])
  })

  it.skipIf(!hasNginx)('shares once the printed configuration of nginx is pasted', async () => {
    const policy = {
      origins: [ORIGIN],
      credentials: true,
      methods: ['PUT'],
      requestHeaders: ['X-Tenant'],
      exposedHeaders: ['ETag'],
    }
    const [maps, rules] = (snippet('nginx', policy) ?? '').split('# in server')
    const app = await stage(() => ({
      headers: [
        ['Access-Control-Allow-Origin', '*'],
        ['ETag', '"1"'],
      ],
    }))
    const front = await nginx(`location / { #${rules}\n proxy_pass ${app.origin}; }`, maps)
    const request = {
      credentials: 'include',
      method: 'PUT',
      headers: { 'X-Tenant': '1' },
      send: true,
      reads: ['ETag'],
    } as const
    const own = await ask(front.origin, '/x', request)
    const stranger = await ask(front.origin, '/x', { ...request, origin: 'https://stranger.example' })
    await front.close()
    await app.close()
    expect([own.conclusion, own.findings.filter(({ severity }) => severity !== 'info')]).toEqual(['allowed', []])
    expect(stranger.conclusion).toBe('blocked')
  })

  it.skipIf(!hasPython('corsheaders'))('shares once the printed settings of Django are pasted', async () => {
    const policy = { origins: [ORIGIN], credentials: true, methods: ['PUT'], requestHeaders: ['X-Tenant'], maxAge: 600 }
    const staged = await python('django_app.py', JSON.stringify(snippet('django', policy)))
    const { conclusion } = await ask(staged.origin, '/items', { credentials: 'include', headers: { 'X-Tenant': '1' } })
    await staged.close()
    expect(conclusion).toBe('allowed')
  })
})
