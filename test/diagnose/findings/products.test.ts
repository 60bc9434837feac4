import { describe } from 'vitest'
import { always, type Case, JSON_POST, MARK, PUT, right, run, two, VARY } from './case.ts'

const HTML = ['Content-Type', 'text/html'] as const
const SHELL = '<!doctype html><div id="root"></div><script type="module" src="/src/main.tsx"></script>'
const LOCAL = { origin: 'http://localhost:3000' } as const

const CASES: readonly Case[] = [
  {
    code: 'page-instead-of-api',
    server: always(200, [HTML], SHELL),
    // A server that renders a page of its own for each path is asked for one that is not there.
    miss: { server: ({ path }) => ({ headers: [HTML], body: `${SHELL}${path}` }) },
  },
  {
    code: 'login-page-instead-of-api',
    server: always(200, [HTML], '<form method="post"><input name="p" type="password"></form>'),
    miss: { server: always(200, [HTML], '<form><input name="q" type="search"></form>') },
  },
  {
    code: 'host-not-allowed',
    server: always(403, [], 'Blocked request. This host ("api.example.com") is not allowed.'),
    miss: { server: always(403, [], 'Blocked by a rule') },
  },
  {
    code: 'no-route',
    server: always(404, [], 'default backend - 404'),
    miss: { server: always(404, [], 'Not Found') },
  },
  {
    code: 'firewall-block',
    server: always(403, [['Server', 'awselb/2.0']], '<html>'),
    miss: { server: always(403, [['Server', 'nginx']], '<html>') },
  },
  {
    code: 'output-before-headers',
    server: always(
      200,
      [['X-Powered-By', 'PHP/8.4.1']],
      'Warning: headers already sent by (output started at /a.php:1) in /b.php',
    ),
    miss: { server: always(200, [['X-Powered-By', 'PHP/8.4.1']], '{}') },
  },
  {
    code: 'cross-site-refused',
    server: ({ headers }) => ({ status: headers['sec-fetch-site'] === undefined ? 200 : 403 }),
    // The same refusal of everybody is authentication.
    miss: { server: always(403) },
  },
  {
    code: 'product-cors-setting',
    server: always(200, [['X-Elastic-Product', 'Elasticsearch']], '{}'),
    miss: { server: always(200, [['X-Elastic-Product', 'Elasticsearch'], MARK], '{}') },
  },
  {
    code: 'rack-cors-miss',
    server: always(200, [['X-Rack-CORS', 'miss; no-origin']]),
    miss: { server: always(200, [['X-Rack-CORS', 'hit'], MARK, VARY]) },
  },
  {
    code: 'socket-io-cors',
    request: { url: 'https://api.example.com/socket.io/?EIO=4&transport=polling' },
    server: always(200, [['Content-Type', 'text/plain; charset=UTF-8']], '0{"sid":"x","upgrades":["websocket"]}'),
    miss: { request: { url: 'https://api.example.com/sockets/' } },
  },
  {
    code: 'apps-script',
    request: { ...JSON_POST, url: 'https://script.google.com/macros/s/AKf/exec' },
    server: two(
      { status: 405, headers: [HTML, ['Server', 'GSE']] },
      { headers: [['Access-Control-Allow-Origin', '*']] },
    ),
    miss: { request: { headers: { 'Content-Type': 'text/plain' }, send: true } },
  },
  {
    code: 'cloudfront-methods',
    request: JSON_POST,
    server: always(
      403,
      [['Server', 'CloudFront']],
      'This distribution is not configured to allow the HTTP request method that was used for this request.',
    ),
    miss: { server: always(403, [['Server', 'CloudFront']], 'Access denied') },
  },
  {
    code: 'azure-platform-cors',
    request: { ...PUT, url: 'https://shop.azurewebsites.net/items' },
    server: two({ status: 200 }, { headers: [MARK, VARY] }),
    miss: { request: { url: 'https://api.example.com/items' } },
  },
  {
    code: 'header-name-misspelt',
    server: always(200, [['Access-Control-Allow-Origins', '*']]),
    miss: {
      server: always(200, [
        ['Access-Control-Allow-Origin', '*'],
        ['Access-Control-Allow-Origins', '*'],
      ]),
    },
  },
  {
    code: 'header-name-unknown',
    server: always(200, [MARK, VARY, ['Access-Control-Allow-Header', 'x-a']]),
    miss: { server: right },
  },
  {
    code: 'origin-own-address',
    request: LOCAL,
    server: always(200, [['Access-Control-Allow-Origin', 'https://api.example.com']]),
    miss: { server: always(200, [['Access-Control-Allow-Origin', 'https://www.example.com']]) },
  },
  {
    code: 'allow-origin-variable',
    server: always(200, [['Access-Control-Allow-Origin', '[object Object]']]),
    miss: { server: always(200, [['Access-Control-Allow-Origin', 'https://undefined.example.com']]) },
  },
  {
    code: 'allow-origin-without-scheme',
    server: always(200, [['Access-Control-Allow-Origin', 'app.example.com']]),
    miss: { server: always(200, [['Access-Control-Allow-Origin', 'https:/app.example.com']]) },
  },
  {
    code: 'preflight-unanswered',
    request: PUT,
    server: two({ destroy: true }, { headers: [MARK, VARY] }),
    miss: { server: always(500) },
  },
]

describe('products and what answers instead', () => run(CASES))
