import { expect, it } from 'vitest'
import { describeWith } from '../../support/component.ts'
import { findDaemon } from '../../support/programs.ts'
import { type Handler, ORIGIN, type Request, type Stage, stage } from '../stage.ts'
import { applied, ask } from './apply.ts'
import { apache, haproxy, varnish } from './daemon.ts'

const [apacheProgram, haproxyProgram, varnishProgram] = await Promise.all([
  findDaemon('apache2'),
  findDaemon('haproxy'),
  findDaemon('varnishd'),
])

/** A real server in front of an application, and a mistake in one of the two. */
interface Row {
  /** The mistake; where it was posted about, the tracker and the year as well. */
  readonly name: string
  readonly app?: Handler
  readonly config: string
  readonly path?: string
  readonly request?: Request
  readonly finding: string
  readonly target: string
  readonly isOurs: boolean
  /** Asked before, by somebody else. */
  readonly before?: Readonly<Record<string, string>>
}

const MARK = ['Access-Control-Allow-Origin', ORIGIN] as const
const _ANY = ['Access-Control-Allow-Origin', '*'] as const
const PUT = { method: 'PUT' } as const
const shares: Handler = () => ({ headers: [MARK, ['Vary', 'Origin']] })
const reflects: Handler = ({ origin }) => ({
  headers: origin === undefined ? [] : [['Access-Control-Allow-Origin', origin]],
})
const knowsGet: Handler = ({ method }) =>
  method === 'GET' ? { headers: [MARK] } : { status: 405, headers: [['Allow', 'GET']] }

async function names(start: (config: string, upstream: string) => Promise<Stage>, row: Row): Promise<void> {
  const { app = () => ({}), config, path = '/x', request = {}, finding, target, isOurs, before } = row
  const behind = await stage(app)
  const front = await start(config.replaceAll('{app}', `${behind.origin}/`), behind.origin)
  try {
    if (before !== undefined) await fetch(`${front.origin}${path}`, { headers: before })
    const diagnosis = await ask(front.origin, path, request)
    const [first] = diagnosis.findings
    expect([diagnosis.conclusion, first?.code, first?.fix?.target]).toEqual(['blocked', finding, target])
    if (!isOurs || first?.fix == null) return
    expect((await applied(first.fix, front, path, request))?.conclusion).toBe('allowed')
  } finally {
    await front.close()
    await behind.close()
  }
}

const APACHE: readonly Row[] = [
  { name: 'no CORS at all', config: '', path: '/data.json', finding: 'never-shared', target: 'apache', isOurs: true },
  {
    name: 'phpipam/phpipam (2022): Header always set on top of an application that sets its own',
    app: shares,
    config: 'Header always set Access-Control-Allow-Origin "*"\nProxyPass / {app}',
    finding: 'allow-origin-doubled',
    target: 'apache',
    isOurs: true,
  },
  {
    name: 'Header add on top of an application that sets its own',
    app: shares,
    config: `Header add Access-Control-Allow-Origin "${ORIGIN}"\nProxyPass / {app}`,
    finding: 'allow-origin-doubled',
    target: 'apache',
    isOurs: true,
  },
  {
    name: 'Header set without always, and a 404',
    config: `Header set Access-Control-Allow-Origin "${ORIGIN}"`,
    path: '/data.txt',
    finding: 'not-found-unmarked',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'basic authentication before OPTIONS',
    config:
      '<Location />\nAuthType Basic\nAuthName x\nAuthUserFile {folder}/users\nRequire valid-user\n</Location>\nHeader set Access-Control-Allow-Origin "*"',
    path: '/data.json',
    request: { headers: { Authorization: 'Basic eDp4' } },
    finding: 'preflight-needs-auth',
    target: 'apache',
    isOurs: false,
  },
  {
    name: 'OPTIONS of a static file, answered with Allow',
    config: '',
    path: '/data.json',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-answered-by-router',
    target: 'apache',
    isOurs: true,
  },
  {
    name: 'Header set without Allow-Headers',
    config: `Header always set Access-Control-Allow-Origin "${ORIGIN}"`,
    path: '/data.json',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'header-not-listed',
    target: 'apache',
    isOurs: true,
  },
  {
    name: 'a variable that no SetEnvIf filled',
    config: 'Header always set Access-Control-Allow-Origin "%{ORIGIN_OF_PAGE}e"',
    path: '/data.json',
    finding: 'allow-origin-variable',
    target: 'apache',
    isOurs: true,
  },
  {
    name: 'a list of origins in one header',
    config: `Header always set Access-Control-Allow-Origin "${ORIGIN} https://b.example.com"`,
    path: '/data.json',
    finding: 'allow-origin-list',
    target: 'apache',
    isOurs: true,
  },
  {
    name: 'the origin with a trailing slash',
    config: `Header always set Access-Control-Allow-Origin "${ORIGIN}/"`,
    path: '/data.json',
    finding: 'origin-trailing-slash',
    target: 'apache',
    isOurs: true,
  },
  {
    name: 'methods that Limit refuses',
    config: '<Location />\nAllowMethods GET POST\n</Location>\nHeader always set Access-Control-Allow-Origin "*"',
    path: '/data.json',
    request: PUT,
    finding: 'options-not-routed',
    target: 'apache',
    isOurs: true,
  },
  {
    name: 'nothing behind ProxyPass',
    config: 'ProxyPass / http://127.0.0.1:1/',
    finding: 'gateway-error',
    target: 'gateway',
    isOurs: false,
  },
]

const HAPROXY: readonly Row[] = [
  {
    name: 'haproxytech/kubernetes-ingress (2021): preflights are passed to an application without OPTIONS',
    app: knowsGet,
    config: '',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'haproxytech/kubernetes-ingress (2026): basic authentication before OPTIONS',
    app: shares,
    config: 'http-request auth unless { http_auth(people) }',
    request: { headers: { Authorization: 'Basic eDp4' } },
    finding: 'preflight-needs-auth',
    target: 'haproxy',
    isOurs: true,
  },
  {
    name: 'jcmoraisjr/haproxy-ingress (2019): the same, and headers on every response',
    app: shares,
    config:
      'http-request auth unless { http_auth(people) }\n  http-response set-header Access-Control-Allow-Origin "*"',
    request: { method: 'PUT', headers: { Authorization: 'Basic eDp4' } },
    finding: 'preflight-needs-auth',
    target: 'haproxy',
    isOurs: true,
  },
  {
    name: 'add-header on top of an application that sets its own',
    app: shares,
    config: 'http-response add-header Access-Control-Allow-Origin "*"',
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'a rule that denies OPTIONS',
    app: shares,
    config: 'http-request deny if METH_OPTIONS',
    request: PUT,
    finding: 'preflight-forbidden',
    target: 'haproxy',
    isOurs: true,
  },
  {
    name: 'no server behind it',
    app: () => ({ destroy: true }),
    config: '',
    finding: 'gateway-error',
    target: 'gateway',
    isOurs: false,
  },
  {
    name: 'a redirect to https',
    app: shares,
    config: 'http-request redirect scheme https',
    request: PUT,
    finding: 'redirect-to-https',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'too many requests',
    app: shares,
    config: 'http-request deny deny_status 429',
    finding: 'rate-limited',
    target: 'haproxy',
    isOurs: true,
  },
]

const VARNISH: readonly Row[] = [
  {
    name: 'expressjs/cors (2021): one site gets what was kept for another',
    app: reflects,
    config: 'sub vcl_backend_response { set beresp.ttl = 60s; }',
    before: { Origin: 'https://first.example.com' },
    finding: 'cached-for-another-origin',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'apache/trafficserver (2018): an answer to a request without Origin was kept',
    app: reflects,
    config: 'sub vcl_backend_response { set beresp.ttl = 60s; }',
    before: { Accept: '*/*' },
    finding: 'cached-without-origin',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'methods that the VCL does not know',
    app: shares,
    config: 'sub vcl_recv { if (req.method != "GET") { return (synth(405)); } }',
    request: PUT,
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'Origin is taken out of the request',
    app: ({ origin }) => ({ headers: origin === undefined ? [] : [MARK] }),
    config: 'sub vcl_recv { unset req.http.Origin; }',
    finding: 'cdn-drops-origin',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'no server behind it',
    app: () => ({ destroy: true }),
    config: '',
    finding: 'gateway-error',
    target: 'gateway',
    isOurs: false,
  },
  {
    name: 'a header on top of an application that sets its own',
    app: shares,
    config:
      'import std;\nsub vcl_deliver { set resp.http.Access-Control-Allow-Origin = resp.http.Access-Control-Allow-Origin + ", *"; }',
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
]

describeWith([apacheProgram], 'corsmith check in front of Apache', () => {
  it.each(APACHE)('$name → $finding', (row) => names(apache, row))
})

describeWith([haproxyProgram], 'corsmith check in front of HAProxy', () => {
  it.each(HAPROXY)('$name → $finding', (row) => names(haproxy, row))
})

describeWith([varnishProgram], 'corsmith check in front of Varnish', () => {
  it.each(VARNISH)('$name → $finding', (row) => names(varnish, row))
})
