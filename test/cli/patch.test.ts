// --patch on a real nginx: its configuration is patched with `patch`, nginx runs with it, and a second check passes.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchNginx } from '../../src/cli/patch/nginx.ts'
import { readNginx } from '../../src/cli/patch/nginx-tree.ts'
import { unifiedDiff } from '../../src/cli/patch/unified-diff.ts'
import { snippet } from '../../src/diagnose.ts'
import { answers, freePort } from '../diagnose/servers/nginx.ts'
import { ORIGIN, stage } from '../diagnose/stage.ts'
import { describeWith } from '../support/component.ts'
import { findNginx } from '../support/programs.ts'
import { holds } from '../support/property.ts'
import { corsmith, file } from './run.ts'

const program = await findNginx()

/** Applies a diff to a text, with the program that people use. */
function patched(before: string, diff: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-patch-'))
  try {
    const path = join(folder, 'file')
    writeFileSync(path, before)
    execFileSync('patch', ['--quiet', '--fuzz=0', path], { input: `${diff}\n` })
    return readFileSync(path, 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs nginx with a whole configuration. */
async function run(config: string, port: number): Promise<() => Promise<void>> {
  const path = file('nginx.conf', config)
  const folder = join(path, '..')
  execFileSync('nginx', ['-t', '-p', folder, '-c', path, '-e', join(folder, 'error.log')], { stdio: 'ignore' })
  const child = spawn('nginx', ['-p', folder, '-c', path, '-e', join(folder, 'error.log')], { stdio: 'ignore' })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await answers(`http://127.0.0.1:${port}/`)
  return async () => {
    child.kill('SIGTERM')
    await closed
  }
}

/** A configuration as people have it, with comments and a second server. */
const config = (port: number, upstream: string, server: string, http = ''): string => `# The proxy of the API.
daemon off; master_process off; pid nginx.pid;
events { worker_connections 64; }

http {
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    ${http}
    # The API.
    server {
        listen 127.0.0.1:${port};
        server_name api.example.com;
        add_header X-Frame-Options DENY always; # for everything
        ${server.replaceAll('UPSTREAM', upstream)}
    }

    server {
        listen 127.0.0.1:${port};
        server_name other.example.com;
        location / { return 404; }
    }
}
`

const PASS = 'proxy_pass UPSTREAM;'
const PUT = ['-X', 'PUT', '-H', 'X-Own: 1', '--send'] as const

const MISTAKES: readonly (readonly [name: string, server: string, args: readonly string[]])[] = [
  ['no CORS at all', `location /api/ { ${PASS} }`, PUT],
  ['an answer by return', "location /api/ {\n            return 404 '{}';\n        }", PUT],
  [
    'the gist that everybody copies',
    `location /api/ {
            if ($request_method = 'OPTIONS') {
                add_header 'Access-Control-Allow-Origin' '*';
                add_header 'Access-Control-Allow-Methods' 'GET, POST, OPTIONS';
                return 204;
            }
            add_header 'Access-Control-Allow-Origin' '*'; # for all
            ${PASS}
        }`,
    PUT,
  ],
  [
    'an if for each method, and none for PUT',
    `location /api/ {
            if ($request_method = 'OPTIONS') { add_header 'Access-Control-Allow-Origin' '*'; add_header 'Access-Control-Allow-Methods' 'GET, POST, OPTIONS'; add_header 'Content-Length' 0; return 204; }
            if ($request_method = 'POST') { add_header 'Access-Control-Allow-Origin' '*'; }
            if ($request_method = 'GET') { add_header 'Access-Control-Allow-Origin' '*'; }
            ${PASS}
        }`,
    PUT,
  ],
  [
    'an if for the origin',
    `location /api/ {
            if ($http_origin ~* "^https?://(www|other)[.]example[.]net$") {
                add_header Access-Control-Allow-Origin $http_origin;
            }
            ${PASS}
        }`,
    [],
  ],
  [
    '* and credentials',
    `location /api/ {\n            add_header Access-Control-Allow-Origin *;\n            ${PASS}\n        }`,
    ['--credentials', 'include'],
  ],
  [
    'headers of the server',
    `add_header Access-Control-Allow-Origin https://other.example;\n        location /api/ { ${PASS} }`,
    [],
  ],
  [
    'a location inside a location',
    `location /api/ {\n            location ~ ^/api/v\\d+/ { ${PASS} }\n            return 404;\n        }`,
    PUT,
  ],
]

const frameOptions = async (url: string) =>
  (await fetch(url, { headers: { Origin: ORIGIN } })).headers.get('X-Frame-Options')

describeWith([program], 'corsmith check --patch on nginx', () => {
  it.each(MISTAKES)('ends %s', async (_name, server, args) => {
    const upstream = await stage(() => ({ headers: [['Content-Type', 'application/json']], body: '{}' }))
    const port = await freePort()
    const before = config(port, upstream.origin, server)
    const url = `http://127.0.0.1:${port}/api/v1/x`
    const argv = ['check', url, '--origin', ORIGIN, ...args]
    let stop = await run(before, port)
    try {
      const had = await frameOptions(url)
      expect((await corsmith(argv)).code).toBe(1)
      const path = file('nginx.conf', before.replaceAll('api.example.com', '127.0.0.1'))
      const { code, out, err } = await corsmith([...argv, '--patch', '--config', path])
      expect([code, err.includes('Apply it with: patch')]).toEqual([1, true])
      const after = patched(readFileSync(path, 'utf8'), out)
      expect(after.match(/# .*/g)).toEqual(
        expect.arrayContaining(['# The proxy of the API.', '# The API.', '# for everything']),
      )
      await stop()
      stop = await run(after, port)
      expect((await corsmith(argv)).code).toBe(0)
      // What the location had of the server's headers, it has still.
      expect([null, await frameOptions(url)]).toContain(had)
      expect((await corsmith([...argv, '--patch', '--config', file('nginx.conf', after)])).out).toBe('')
    } finally {
      await stop()
      await upstream.close()
    }
  })
})

const FIX = snippet('nginx', { origins: [ORIGIN] }) ?? ''
const URL_OF = new URL('http://api.example.com/api/x')

describe('patchNginx()', () => {
  const refused: readonly (readonly [why: RegExp, config: string])[] = [
    [/holds no server/, 'events {}'],
    [/2 servers may answer/, 'http { server { listen 80; location / { return 200; } } server { listen 80; } }'],
    [/includes other files/, 'server { include sites/*.conf; }'],
    [/does something else as well/, 'server { location / { if ($request_method = OPTIONS) { rewrite ^ /x; } } }'],
    [/holds another language/, 'server { location / { content_by_lua_block { ngx.say("}") } } }'],
    [/line 2: a quotation mark is not closed/, 'server {\n add_header X "y; }'],
    [
      /is used by another block/,
      `map $http_origin $cors_origin { default ""; }\nserver { location / { return 200; } location /b { add_header X $cors_origin; } }`,
    ],
    [
      /an outer block answers OPTIONS/,
      'server { if ($request_method = OPTIONS) { return 204; } location / { add_header X y; } }',
    ],
  ]
  it.each(refused)('refuses what it does not understand: %s', (why, text) => {
    expect(() => patchNginx(text, FIX, URL_OF)).toThrow(why)
  })

  it('chooses the location as nginx does', () => {
    const text =
      'server {\nlocation /api/ {\n}\nlocation ~ \\.json$ {\n}\nlocation = /api/x {\n}\nlocation ^~ /static/ {\n}\n}\n'
    const changed = (path: string) =>
      unifiedDiff('f', text, patchNginx(text, FIX, new URL(path, URL_OF)))
        .split('\n')
        .findLast(
          (line, i, all) =>
            line.startsWith(' location') && all.slice(i).some((each) => each.startsWith('+    add_header')),
        )
    expect(['/api/x', '/api/y', '/api/y.json', '/static/y.json'].map(changed)).toEqual([
      ' location = /api/x {',
      ' location /api/ {',
      ' location ~ \\.json$ {',
      ' location ^~ /static/ {',
    ])
  })

  it('changes nothing but its own lines', () => {
    const text = 'server {\n  set $a \'{;}\'; # {\n  location / {\n    root "/w w";\n  }\n}\n'
    expect(patchNginx(text, FIX, URL_OF).split('\n')).toEqual(expect.arrayContaining(text.trim().split('\n')))
    expect(() => readNginx(patchNginx(text, FIX, URL_OF))).not.toThrow()
  })
})

describe('unifiedDiff()', () => {
  const line = fc.constantFrom('a', 'b', '', '  c', '}', '\\ x', '-- d')
  const text = fc
    .tuple(fc.array(line, { maxLength: 24 }), fc.boolean())
    .map(([lines, ends]) => lines.join('\n') + (ends ? '\n' : ''))

  it('is what patch(1) understands', () => {
    holds(
      fc.property(text, text, (before, after) => {
        // patch(1) removes a file that becomes empty.
        fc.pre(before !== '' && after !== '' && before !== after)
        expect(patched(before, unifiedDiff('file', before, after))).toBe(after)
      }),
      { numRuns: 60 },
    )
  })

  it('is empty for equal texts', () => expect(unifiedDiff('f', 'a\n', 'a\n')).toBe(''))
})

describe('corsmith check --patch', () => {
  const silent = () => stage(() => ({ headers: [['Server', 'Caddy']] }))

  it('prints the text to paste, and says why, where no patch is written', async () => {
    const server = await silent()
    const bare = await corsmith(['check', server.origin, '-o', ORIGIN, '--patch'])
    const other = await corsmith([
      'check',
      server.origin,
      '-o',
      ORIGIN,
      '--patch',
      '--config',
      file('Caddyfile', 'example.com {\n}\n'),
    ])
    const odd = await corsmith([
      'check',
      server.origin,
      '-o',
      ORIGIN,
      '--patch',
      '--for',
      'nginx',
      '--config',
      file('x.conf', '}'),
    ])
    await server.close()
    expect(bare.err).toContain(
      'No patch: no configuration file was given (--config nginx.conf). This is the text to paste:',
    )
    expect(other.err).toContain(
      'patches are written for nginx, Envoy and HTTPRoutes of the Gateway API, and this fix is for Caddy',
    )
    expect(odd.err).toContain('No patch: the configuration cannot be read: line 1: "}" closes no block')
    expect([bare.code, bare.out === other.out, odd.out.includes('add_header')]).toEqual([1, true, true])
  })

  it('says so where nothing is to be changed', async () => {
    const server = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const { code, out, err } = await corsmith(['check', server.origin, '-o', ORIGIN, '--patch'])
    await server.close()
    expect([code, out, err.includes('No patch: there is nothing to change')]).toEqual([0, '', true])
  })

  it.each([
    [['--config', 'x'], '--config needs --patch'],
    [['--patch', '--json'], '--patch cannot be used with'],
    [['--patch', '--config', '/does/not/exist'], 'exist'],
  ])('refuses %j', async (argv, said) => {
    const { code, err } = await corsmith(['check', 'http://127.0.0.1:1/', '-o', ORIGIN, ...argv])
    expect([code, err.includes(said)]).toEqual([64, true])
  })
})
