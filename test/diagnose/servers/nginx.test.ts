import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { snippet } from '../../../src/diagnose.ts'
import { describeWith } from '../../support/component.ts'
import { findNginx } from '../../support/programs.ts'
import { ORIGIN, stage } from '../stage.ts'
import { applied, ask } from './apply.ts'
import { freePort, nginx } from './nginx.ts'
import { JSON_POST, PUT, proves, type Row } from './row.ts'

const program = await findNginx()

const ADD = `add_header Access-Control-Allow-Origin ${ORIGIN};`
const EVERYBODY = 'add_header Access-Control-Allow-Origin *;'

const folder = mkdtempSync(join(tmpdir(), 'corsmith-nginx-tls-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Makes a certificate, and writes where it is. */
function certificate(): string {
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
  const argv = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=x', '-keyout', key, '-out', cert]
  execFileSync('openssl', argv, { stdio: 'ignore' })
  return `ssl_certificate ${cert}; ssl_certificate_key ${key};`
}

/** Puts what was printed where it says: maps into `http`, the rest into each location, where `add_header` is taken out. */
function pasted(server: (rules: string) => string): NonNullable<Row['pasted']> {
  return (text) => {
    const [maps, rules] = text.split('# in every location')
    return nginx(server(`#${rules}\n`), maps)
  }
}

const NGINX: readonly Row[] = [
  {
    name: 'add_header without always',
    pasted: pasted((rules) => `location / { ${rules} }`),
    start: () => nginx(ADD),
    path: '/nothing',
    finding: 'nginx-without-always',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'a location whose own add_header cancels the others',
    pasted: pasted(
      (rules) => `location = / { ${rules} return 200; } location /data.json { ${rules} add_header X-Own 1; }`,
    ),
    start: () => nginx(`${ADD} location = / { return 200; } location /data.json { add_header X-Own 1; }`),
    path: '/data.json',
    finding: 'static-unmarked',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'OPTIONS at a static file',
    pasted: pasted((rules) => `location / { ${rules} }`),
    start: () => nginx(ADD),
    path: '/data.json',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-not-routed',
    target: 'nginx',
    isOurs: true,
  },
  {
    // Posted at nginx/nginx-gateway-fabric, 2026.
    name: 'a rewrite with break, after which the block for OPTIONS is not looked at',
    pasted: pasted((rules) => `location /api/ { ${rules} rewrite ^/api(/.*)$ $1 break; }`),
    start: () =>
      nginx(
        `location /api/ { rewrite ^/api(/.*)$ $1 break; add_header Access-Control-Allow-Origin ${ORIGIN} always; add_header Access-Control-Allow-Headers x-tenant always; if ($request_method = OPTIONS) { return 200; } }`,
      ),
    path: '/api/data.json',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-not-routed',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'add_header in the OPTIONS block alone',
    pasted: pasted((rules) => `location / { ${rules} return 200; }`),
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
    pasted: pasted((rules) => `location / { ${rules} auth_basic x; auth_basic_user_file none; }`),
    start: () => nginx('location / { auth_basic x; auth_basic_user_file none; }'),
    path: '/x',
    request: { headers: { Authorization: 'Basic eDp4' } },
    finding: 'preflight-needs-auth',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'a path that moved to another path',
    start: () =>
      nginx(
        `location = /old { return 301 http://$http_host/new; } location /new { ${ADD} add_header Access-Control-Allow-Methods PUT; if ($request_method = OPTIONS) { ${ADD} add_header Access-Control-Allow-Methods PUT; return 204; } return 200; }`,
      ),
    path: '/old',
    request: PUT,
    finding: 'preflight-redirect',
    target: 'client',
    isOurs: true,
  },
  {
    name: 'http to https',
    start: async () => {
      const secure = await freePort()
      const marks = `${ADD} add_header Access-Control-Allow-Methods PUT;`
      return nginx(
        `return 301 https://$host:${secure}$request_uri;`,
        `server { listen 127.0.0.1:${secure} ssl; ${certificate()} location / { ${marks} if ($request_method = OPTIONS) { ${marks} return 204; } return 200; } }`,
      )
    },
    path: '/x',
    request: PUT,
    finding: 'redirect-to-https',
    target: 'client',
    isOurs: true,
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
    pasted: pasted((rules) => `location / { ${rules} return 429; }`),
    start: () => nginx('location / { return 429; }'),
    path: '/x',
    finding: 'rate-limited',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'no CORS at all',
    pasted: pasted((rules) => `location / { ${rules} }`),
    start: () => nginx(''),
    path: '/data.json',
    finding: 'never-shared',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'the location that guides show, without PUT and Authorization',
    pasted: pasted((rules) => `location / { ${rules} return 200; }`),
    start: () =>
      nginx(`location / { if ($request_method = OPTIONS) { ${EVERYBODY} add_header Access-Control-Allow-Methods "GET, POST, OPTIONS";
        add_header Access-Control-Allow-Headers "DNT,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range";
        add_header Access-Control-Max-Age 1728000; return 204; } ${EVERYBODY} return 200; }`),
    path: '/x',
    request: { method: 'PUT', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer x' } },
    finding: 'method-not-listed',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'one origin for all',
    pasted: pasted((rules) => `location / { ${rules} return 200; }`),
    start: () => nginx('add_header Access-Control-Allow-Origin https://b.example.com always;'),
    path: '/data.json',
    finding: 'allow-origin-fixed',
    target: 'nginx',
    isOurs: true,
  },
  {
    name: 'a list in one header',
    pasted: pasted((rules) => `location / { ${rules} }`),
    start: () =>
      nginx('add_header Access-Control-Allow-Origin "https://app.example.com, https://b.example.com" always;'),
    path: '/data.json',
    finding: 'allow-origin-list',
    target: 'nginx',
    isOurs: true,
  },
]

describeWith([program], 'corsmith check in front of nginx', () => {
  it.each(NGINX)('$name → $finding', proves)

  it.each([
    {
      name: 'bluerobotics/BlueOS (2025): nginx and the service behind it',
      app: '*',
      rules: ADD,
      finding: 'allow-origin-doubled',
    },
    {
      name: 'RubaXa/nginx-cors (2020): the same value twice',
      app: ORIGIN,
      rules: ADD,
      finding: 'allow-origin-doubled',
    },
    {
      name: 'nginxinc/nginx-wiki (2020): * and the domain',
      app: ORIGIN,
      rules: 'add_header Access-Control-Allow-Origin *;',
      finding: 'allow-origin-doubled',
    },
    {
      name: 'NginxProxyManager/nginx-proxy-manager (2022): a line for each site',
      app: null,
      rules: `${ADD} add_header Access-Control-Allow-Origin https://b.example.com;`,
      finding: 'allow-origin-list',
    },
    {
      name: 'prooph/docker-files (2019): a 202 goes without headers that lack always',
      app: null,
      status: 202,
      rules: ADD,
      finding: 'nginx-without-always',
    },
  ])('$name → $finding', async ({ app, rules, finding, status = 200 }) => {
    const behind = await stage(({ path }) => ({
      status: path === '/x' ? status : 200,
      headers: app === null ? [] : [['Access-Control-Allow-Origin', app]],
    }))
    const front = await nginx(`location / { proxy_pass ${behind.origin}; ${rules} }`)
    try {
      const { findings } = await ask(front.origin, '/x', {})
      const fix = findings[0]?.fix
      const after = fix == null ? null : await applied(fix, front, '/x', {})
      expect([findings[0]?.code, fix?.target, after?.conclusion]).toEqual([finding, 'nginx', 'allowed'])
    } finally {
      await front.close()
      await behind.close()
    }
  })

  it('phpipam/phpipam (2019): headers in the block for OPTIONS alone → only-preflight-answered', async () => {
    const marks = `${ADD} add_header Access-Control-Allow-Headers '*';`
    const front = await nginx(`location / { if ($request_method = OPTIONS) { ${marks} return 200; } return 200; }`)
    const { findings } = await ask(front.origin, '/api/x', { headers: { 'X-Tenant': '1' } })
    await front.close()
    expect([findings[0]?.code, findings[0]?.fix?.target]).toEqual(['only-preflight-answered', 'nginx'])
  })

  it('add_header on top of an application that has its own → allow-origin-doubled', async () => {
    const app = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const front = await nginx(`location / { proxy_pass ${app.origin}; ${ADD} }`)
    const { findings } = await ask(front.origin, '/x', {})
    const fix = findings[0]?.fix
    const after = fix == null ? null : await applied(fix, front, '/x', {})
    await front.close()
    await app.close()
    expect([findings[0]?.code, fix?.target, after?.conclusion]).toEqual(['allow-origin-doubled', 'nginx', 'allowed'])
  })

  it('a cache that ignores Vary → cached-for-another-origin', async () => {
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

  it('shares once the printed configuration of nginx is pasted', async () => {
    const policy = {
      origins: [ORIGIN],
      credentials: true,
      methods: ['PUT'],
      requestHeaders: ['X-Tenant'],
      exposedHeaders: ['ETag'],
    }
    const [maps, rules] = (snippet('nginx', policy) ?? '').split('# in every location')
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
})
