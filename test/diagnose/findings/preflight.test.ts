import { describe } from 'vitest'
import { always, type Case, JSON_POST, MARK, PUT, right, run, two, VARY } from './case.ts'

const shared = { status: 200, headers: [MARK, VARY] }
const AUTH = ['WWW-Authenticate', 'Bearer'] as const

const CASES: readonly Case[] = [
  {
    code: 'preflight-needs-auth',
    request: PUT,
    server: two({ status: 401, headers: [AUTH] }, { status: 401, headers: [AUTH] }),
    miss: {
      server: two(
        { status: 204, headers: [MARK, VARY, ['Access-Control-Allow-Methods', 'PUT']] },
        { status: 401, headers: [AUTH, MARK] },
      ),
    },
  },
  {
    code: 'options-not-routed',
    request: PUT,
    server: two({ status: 405, headers: [['Allow', 'GET']] }, shared),
    miss: { server: two({ status: 500 }, shared) },
  },
  {
    code: 'iis-options-handler',
    request: PUT,
    server: two({ status: 405, headers: [['Server', 'Microsoft-IIS/10.0']] }, shared),
    miss: { server: two({ status: 405, headers: [['Server', 'Kestrel']] }, shared) },
  },
  {
    code: 'preflight-forbidden',
    request: PUT,
    server: two({ status: 403 }, shared),
    miss: { server: two({ status: 403, headers: [VARY] }, { status: 200, headers: [VARY] }) },
  },
  {
    code: 'preflight-server-error',
    request: PUT,
    server: two({ status: 500 }, shared),
    miss: { server: two({ status: 502 }, shared) },
  },
  {
    code: 'preflight-bad-request',
    request: JSON_POST,
    server: two({ status: 415 }, shared),
    miss: { server: two({ status: 400, headers: [VARY, ['Access-Control-Allow-Methods', 'GET']] }, shared) },
  },
  {
    code: 'preflight-refused-by-list',
    request: PUT,
    server: two({ status: 400, headers: [MARK, ['Access-Control-Allow-Methods', 'GET']] }, shared),
    miss: { server: two({ status: 400, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT']] }, shared) },
  },
  {
    code: 'options-answered-by-router',
    request: PUT,
    server: two({ status: 200, headers: [['Allow', 'GET, HEAD']] }, shared),
    miss: { server: two({ status: 200 }, shared) },
  },
  {
    code: 'preflight-unmarked',
    request: PUT,
    server: two({ status: 204 }, shared),
    miss: { server: two({ status: 204 }, { status: 200 }) },
  },
  {
    code: 'preflight-by-another-policy',
    request: PUT,
    server: two({ status: 204, headers: [['Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE']] }, shared),
    miss: { server: two({ status: 204 }, shared) },
  },
  {
    code: 'preflight-status',
    request: PUT,
    server: two({ status: 418, headers: [MARK] }, shared),
    miss: { server: two({ status: 299, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT']] }, shared) },
  },
  {
    code: 'preflight-not-modified',
    request: PUT,
    server: two({ status: 304, headers: [MARK] }, shared),
    miss: { server: two({ status: 403, headers: [MARK] }, shared) },
  },
  {
    code: 'upload-preflight',
    request: { method: 'POST', initiator: 'xhr', uploadListener: true, body: 'x' },
    server: two({ status: 404 }, shared),
    miss: { request: { uploadListener: false, send: true } },
  },
  {
    code: 'needless-preflight',
    request: { headers: { 'Content-Type': 'application/json' } },
    server: two({ status: 404 }, shared),
    miss: { request: { headers: { 'X-Tenant': '1' } } },
  },
  {
    code: 'only-preflight-answered',
    request: { ...JSON_POST, send: true },
    server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Headers', 'content-type']] }, { status: 200 }),
    miss: { server: always(200), request: { send: true } },
  },
  {
    code: 'route-not-covered',
    server: ({ path }) => (path === '/items' ? {} : { headers: [MARK, VARY] }),
    miss: { server: ({ path }) => (path === '/items' ? { status: 500 } : { headers: [MARK, VARY] }) },
  },
  {
    code: 'preflight-by-another-layer',
    request: { ...PUT, send: true },
    server: two(
      { status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT'], ['Server', 'gateway']] },
      { status: 200, headers: [['Server', 'app/2']] },
    ),
    miss: {
      server: two(
        { status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT'], ['Server', 'app/1']] },
        { status: 200, headers: [['Server', 'app/2']] },
      ),
    },
  },
  {
    code: 'method-not-listed',
    request: PUT,
    server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'GET, POST']] }, shared),
    miss: { server: right },
  },
  {
    code: 'method-case',
    request: { method: 'patch' },
    server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PATCH']] }, shared),
    miss: { request: { method: 'PATCH' } },
  },
  {
    code: 'header-not-listed',
    request: { headers: { Authorization: 'Bearer x' } },
    server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Headers', 'content-type']] }, shared),
    miss: { server: right },
  },
  {
    code: 'monitoring-header',
    request: { headers: { 'sentry-trace': 'x' } },
    server: two({ status: 204, headers: [MARK] }, shared),
    miss: { request: { headers: { 'X-Trace': 'x' } } },
  },
  {
    code: 'grpc-web-header',
    request: { method: 'POST', headers: { 'X-Grpc-Web': '1' } },
    server: two({ status: 204, headers: [MARK] }, shared),
    miss: { request: { headers: { 'X-Grpc': '1' } } },
  },
  {
    code: 'tunnel-header',
    request: { headers: { 'ngrok-skip-browser-warning': '1' } },
    server: two({ status: 204, headers: [MARK] }, shared),
    miss: { request: { headers: { 'X-Skip': '1' } } },
  },
  {
    code: 'response-header-on-request',
    request: { headers: { 'Access-Control-Allow-Origin': '*' } },
    server: two({ status: 204, headers: [MARK] }, shared),
    miss: { request: { headers: { 'X-Allow-Origin': '*' } } },
  },
  {
    code: 'list-malformed',
    request: PUT,
    server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT; POST']] }, shared),
    miss: { server: right },
  },
  {
    code: 'headers-wildcard-with-credentials',
    request: { credentials: 'include', headers: { 'X-A': '1' } },
    server: two(
      {
        status: 204,
        headers: [MARK, ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Headers', '*']],
      },
      shared,
    ),
    miss: { request: { credentials: 'omit' } },
  },
  {
    code: 'methods-wildcard-with-credentials',
    request: { credentials: 'include', method: 'PUT' },
    server: two(
      {
        status: 204,
        headers: [MARK, ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Methods', '*']],
      },
      shared,
    ),
    miss: { request: { credentials: 'omit' } },
  },
  {
    code: 'authorization-by-wildcard',
    request: { headers: { Authorization: 'Bearer x' } },
    server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Headers', '*']] }, shared),
    miss: {
      server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Headers', '*, authorization']] }, shared),
    },
  },
  {
    code: 'max-age-absent',
    request: PUT,
    server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT']] }, shared),
    miss: { server: right },
  },
  {
    code: 'max-age-unreadable',
    request: PUT,
    server: two(
      { status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT'], ['Access-Control-Max-Age', '1h']] },
      shared,
    ),
    miss: { server: right },
  },
  {
    code: 'max-age-above-caps',
    request: PUT,
    server: two(
      { status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT'], ['Access-Control-Max-Age', '86400']] },
      shared,
    ),
    miss: { server: right },
  },
  {
    code: 'unsent-perhaps-unmarked',
    request: PUT,
    server: two({ status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT']] }, { status: 200 }),
    miss: { server: right },
  },
]

describe('findings of the preflight', () => run(CASES))
