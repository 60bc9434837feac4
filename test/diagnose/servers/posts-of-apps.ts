// What people posted from 2024 to 2026 about pages that are apps, extensions, tools on the own machine, and about what they call.
import type { Said } from '../stage.ts'
import type { Post } from './posts.ts'

type Line = readonly [string, string]

const ANY: Line = ['Access-Control-Allow-Origin', '*']
const VARY: Line = ['Vary', 'Origin']
const JSON_TYPE: Line = ['Content-Type', 'application/json']
const HTML: Line = ['Content-Type', 'text/html']
const JSON_POST = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', send: true } as const

const marked = (origin: string | undefined, ...lines: Line[]): readonly Line[] => [
  ...(origin === undefined ? [] : [['Access-Control-Allow-Origin', origin] as const]),
  VARY,
  ...lines,
]
const lists = (methods: string, headers: string): readonly Line[] => [
  ['Access-Control-Allow-Methods', methods],
  ['Access-Control-Allow-Headers', headers],
]
const permits = (origin: Line, methods: string, headers: string): Said => ({
  status: 204,
  headers: [origin, ...lists(methods, headers)],
})

export const POSTS_OF_APPS: readonly Post[] = [
  {
    post: 'pydantic/logfire-js (2026)',
    cause: 'a desktop app of Tauri has an origin of its own, and the collector shares with http and https alone',
    server: ({ origin, isPreflight }) => ({
      status: isPreflight ? 204 : 200,
      headers: origin?.startsWith('http') ? marked(origin, ...lists('POST', 'content-type')) : [VARY],
    }),
    request: { ...JSON_POST, origin: 'tauri://localhost' },
    finding: 'origin-app-scheme',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'koala73/worldmonitor (2026)',
    cause: 'the pattern of the local API allows https alone, and Tauri on Windows is http',
    server: ({ origin }) => ({
      headers: origin === 'https://tauri.localhost' ? marked(origin, JSON_TYPE) : [VARY, JSON_TYPE],
    }),
    request: { origin: 'http://tauri.localhost' },
    finding: 'origin-scheme',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'Cap-go/capacitor-fast-sql (2026)',
    cause: 'the HTTP server inside an app answers OPTIONS with 404',
    server: ({ method }) =>
      method === 'POST'
        ? { headers: [JSON_TYPE, ANY], body: '{}' }
        : { status: 404, headers: [['Content-Type', 'text/plain']], body: 'Not Found' },
    path: '/execute',
    request: { ...JSON_POST, origin: 'capacitor://localhost' },
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'FreiFahren/FreiFahren (2026)',
    cause: 'the app marks its requests with a header that the API does not list',
    server: ({ isPreflight, origin }) =>
      isPreflight
        ? { status: 204, headers: marked(origin, ...lists('GET,POST', 'Content-Type,Accept-Language')) }
        : { headers: marked(origin, JSON_TYPE) },
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, 'ff-platform': 'web' }, origin: 'capacitor://localhost' },
    finding: 'header-not-listed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'netdata/netdata (2026)',
    cause: 'the client of MCP sends its protocol version from the second request on, and the server does not list it',
    server: ({ isPreflight }) =>
      isPreflight
        ? permits(ANY, 'GET, POST, OPTIONS', 'x-requested-with, content-type')
        : { headers: [ANY, JSON_TYPE] },
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, 'Mcp-Protocol-Version': '2025-06-18' } },
    finding: 'header-not-listed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'ollama/ollama (2024, keys)',
    cause: 'clients of OpenAI send Authorization, and the list of the server lacks it',
    server: ({ isPreflight }) =>
      isPreflight
        ? permits(ANY, 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS', 'Origin,Content-Length,Content-Type')
        : { headers: [ANY, JSON_TYPE] },
    path: '/v1/chat/completions',
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, Authorization: 'Bearer x' } },
    finding: 'header-not-listed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'nosana-ci/pipeline-templates (2026)',
    cause: 'ComfyUI refuses every request that its browser calls cross-site',
    server: ({ headers }) =>
      headers['sec-fetch-site'] === 'cross-site'
        ? { status: 403 }
        : { headers: [JSON_TYPE, ['Server', 'Python/3.12 aiohttp/3.11.8']] },
    host: 'comfy.example.net',
    path: '/prompt',
    finding: 'cross-site-refused',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'module-federation/core (2025)',
    cause: 'webpack-dev-server refuses scripts of other sites; headers added in its configuration do not change that',
    server: ({ headers }) =>
      headers['sec-fetch-mode'] === 'no-cors' && headers['sec-fetch-site'] === 'cross-site'
        ? { status: 403, body: 'Cross-Origin request blocked' }
        : { headers: [ANY, ['Content-Type', 'text/javascript']] },
    host: 'remote.example.net',
    path: '/remoteEntry.js',
    request: { initiator: 'script', mode: 'no-cors' },
    finding: 'cross-site-refused',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'sdfxai/sdfx (2024)',
    cause: 'ComfyUI compares Host with Origin, and answers 403 where they differ',
    server: ({ origin, headers }) =>
      origin !== undefined && URL.parse(origin)?.host !== headers.host
        ? { status: 403 }
        : { headers: [JSON_TYPE, ['Server', 'Python/3.12 aiohttp/3.10.5']] },
    request: { origin: 'http://localhost:5173' },
    finding: 'origin-refused-with-error',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'home-assistant/core (2025)',
    cause: 'the page is not among cors_allowed_origins',
    server: ({ isPreflight, origin }) =>
      isPreflight
        ? {
            status: 403,
            headers: [['Content-Type', 'text/plain; charset=utf-8']],
            body: `CORS preflight request failed: origin '${origin}' is not allowed`,
          }
        : { status: 401, headers: [['Content-Type', 'text/plain; charset=utf-8']], body: '401: Unauthorized' },
    path: '/api/',
    request: { headers: { Authorization: 'Bearer x' }, origin: 'http://localhost' },
    finding: 'origin-refused-with-error',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'minio/minio (2024)',
    cause: 'the port is that of the console, which serves its page for every path and method',
    server: ({ method }) => ({
      headers: [['Server', 'MinIO Console'], HTML, ['Accept-Ranges', 'bytes']],
      body:
        method === 'HEAD'
          ? ''
          : '<!doctype html><html lang="en"><head><base href="/"/><title>MinIO Console</title></head><body><div id="root"></div></body></html>',
    }),
    path: '/testbucket/a.png?X-Amz-Signature=x',
    request: { method: 'PUT', headers: { 'Content-Type': 'image/png' } },
    finding: 'page-instead-of-api',
    target: 'client',
    isOurs: false,
  },
  {
    post: 'liutaigang/vscode-webview-extension-example (2026)',
    cause: 'a webview of VS Code has an origin of its own, and the dev server of Vite allows local ones alone',
    server: ({ origin }) => ({
      headers: /^https?:\/\/(?:(?:[^:]+\.)?localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin ?? '')
        ? marked(origin, ['Content-Type', 'text/javascript'], ['Cache-Control', 'no-cache'])
        : [VARY, ['Content-Type', 'text/javascript'], ['Cache-Control', 'no-cache']],
    }),
    path: '/@vite/client',
    request: { origin: 'vscode-webview://10kbrrqvl8foiqadlf2vq1l9snpjtar16g1350ud9j16se4j4bj9' },
    finding: 'product-cors-setting',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'bulwarkmail/webmail (2026)',
    cause: 'a sandboxed frame has the origin null, and its scripts are loaded with crossorigin',
    server: () => ({
      headers: [
        ['Content-Type', 'application/javascript; charset=UTF-8'],
        ['Cache-Control', 'public, max-age=31536000, immutable'],
      ],
    }),
    path: '/_next/static/chunks/main.js',
    request: { origin: 'null', initiator: 'script', mode: 'cors' },
    finding: 'origin-null',
    target: 'client',
    isOurs: false,
  },
  {
    post: 'module-federation/core (2024)',
    cause: 'the dev server of the remote sends no headers, and the manifest is fetched where the script was not',
    server: () => ({ headers: [['Content-Type', 'application/json; charset=utf-8']], body: '{"id":"remote"}' }),
    path: '/mf-manifest.json',
    request: { origin: 'http://localhost:3000' },
    finding: 'never-shared',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'microsoft/vscode (2025)',
    cause: 'the CDN of the editor allows its own site; a copy of the editor on another site is refused',
    server: () => ({
      headers: [
        ['Access-Control-Allow-Origin', 'https://vscode.example.dev'],
        ['Content-Type', 'text/javascript'],
        ['X-Cache', 'TCP_HIT'],
        ['x-azure-ref', '1'],
      ],
    }),
    host: 'cdn.example.net',
    path: '/nls/zh-cn/nls.messages.js',
    request: { origin: 'http://192.168.33.3:8000', initiator: 'script', mode: 'cors' },
    finding: 'allow-origin-fixed',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'Azure/azure-sdk-for-js (2024)',
    cause: 'Application Insights adds Request-Id to the calls of a page, and the API does not list it',
    server: ({ isPreflight, origin }) =>
      isPreflight
        ? {
            status: 204,
            headers: marked(origin, ...lists('GET', 'authorization,x-ms-client-request-id,x-ms-useragent')),
          }
        : { headers: marked(origin, JSON_TYPE) },
    request: { headers: { Authorization: 'x', 'Request-Id': '|a.b' } },
    finding: 'monitoring-header',
    target: 'client',
    isOurs: true,
  },
  {
    post: 'cloudflare/workers-sdk (2024)',
    cause: 'the gateway of a model names the origin on the preflight, and no header',
    server: ({ isPreflight }) => ({
      status: isPreflight ? 204 : 200,
      headers: [ANY, ['Server', 'cloudflare'], ['CF-Ray', '1-FRA']],
    }),
    host: 'gateway.example.net',
    request: JSON_POST,
    finding: 'header-not-listed',
    target: 'server',
    isOurs: false,
  },
]
