import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stage } from '../stage.ts'
import { answers, freePort } from './nginx.ts'

/** Where Debian keeps the modules of Apache. */
const MODULES = '/usr/lib/apache2/modules'

async function daemon(file: string, argv: (folder: string, port: number) => readonly string[]): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-daemon-'))
  const port = await freePort()
  const child = spawn(file, argv(folder, port), { stdio: 'ignore' })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await answers(`http://127.0.0.1:${port}/`)
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      child.kill('SIGTERM')
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs a real Apache with what stands in its one virtual host. */
export function apache(host: string): Promise<Stage> {
  return daemon('/usr/sbin/apache2', (folder, port) => {
    mkdirSync(join(folder, 'www'))
    writeFileSync(join(folder, 'www', 'data.json'), '{}')
    writeFileSync(join(folder, 'users'), 'x:{SHA}Et6pb+wgWTVmq3VpLJlJWWgzrck=\n')
    const modules = [
      'mpm_event',
      'authz_core',
      'authz_user',
      'authn_core',
      'authn_file',
      'auth_basic',
      'headers',
      'proxy',
    ]
      .concat([
        'proxy_http',
        'rewrite',
        'setenvif',
        'dir',
        'alias',
        'mime',
        'dav',
        'dav_fs',
        'dav_lock',
        'allowmethods',
      ])
      .map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`)
    writeFileSync(
      join(folder, 'apache.conf'),
      `ServerName localhost
ServerRoot ${folder}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
Mutex file:${folder} default
Listen 127.0.0.1:${port}
${modules.join('\n')}
TypesConfig /dev/null
DavLockDB ${folder}/dav
DocumentRoot ${folder}/www
<Directory ${folder}/www>
Require all granted
</Directory>
<VirtualHost 127.0.0.1:${port}>
${host.replaceAll('{folder}', folder)}
</VirtualHost>
`,
    )
    return ['-X', '-f', join(folder, 'apache.conf')]
  })
}

/** Runs a real HAProxy with what stands in its front end, in front of a server. */
export function haproxy(frontend: string, upstream: string, backend = ''): Promise<Stage> {
  return daemon('/usr/sbin/haproxy', (folder, port) => {
    writeFileSync(
      join(folder, 'haproxy.cfg'),
      `defaults
  mode http
  timeout connect 1s
  timeout client 5s
  timeout server 5s
userlist people
  user x insecure-password x
frontend in
  bind 127.0.0.1:${port}
  ${frontend}
  default_backend out
backend out
  ${backend}
  server one ${new URL(upstream).host}
`,
    )
    return ['-db', '-f', join(folder, 'haproxy.cfg')]
  })
}

/** Runs a real Varnish in front of a server, with what stands in its VCL. */
export function varnish(vcl: string, upstream: string): Promise<Stage> {
  return daemon('/usr/sbin/varnishd', (folder, port) => {
    const { hostname, port: there } = new URL(upstream)
    writeFileSync(
      join(folder, 'site.vcl'),
      `vcl 4.1;\nbackend default { .host = "${hostname}"; .port = "${there}"; }\n${vcl}\n`,
    )
    return [
      '-j',
      'none',
      '-F',
      '-a',
      `127.0.0.1:${port}`,
      '-f',
      join(folder, 'site.vcl'),
      '-n',
      join(folder, 'work'),
      '-s',
      'malloc,8m',
    ]
  })
}
