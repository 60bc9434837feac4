import { describe } from 'vitest'
import { type Handler, ORIGIN } from '../stage.ts'
import { always, type Case, MARK, right, run, two, VARY } from './case.ts'

const says = (...values: string[]): Handler =>
  always(
    200,
    values.map((value) => ['Access-Control-Allow-Origin', value] as const),
  )
/** A server that compares Origin with what its list holds, and says nothing to others. */
const lists =
  (...known: string[]): Handler =>
  ({ origin = '' }) => ({ headers: known.includes(origin) ? [['Access-Control-Allow-Origin', origin], VARY] : [] })
const DEV = { origin: 'http://localhost:3000' }

const CASES: readonly Case[] = [
  {
    code: 'allow-origin-mismatch',
    server: says('https://b.example.com https://b.example.com'),
    miss: { server: says('https://b.example.com') },
  },
  {
    code: 'allow-origin-doubled',
    server: says('*', ORIGIN),
    miss: { server: says(`${ORIGIN}, https://b.example.com`) },
  },
  { code: 'allow-origin-list', server: says(`${ORIGIN}, https://b.example.com`), miss: { server: says('*', ORIGIN) } },
  { code: 'allow-origin-pattern', server: says('https://*.example.com'), miss: { server: says('*') } },
  { code: 'allow-origin-quoted', server: says(`"${ORIGIN}"`), miss: { server: says('http://[::1]') } },
  { code: 'origin-trailing-slash', server: says(`${ORIGIN}/`), miss: { server: says(`${ORIGIN}s`) } },
  { code: 'origin-trailing-slash', server: lists(`${ORIGIN}/`), miss: { server: lists('https://b.example.com') } },
  { code: 'origin-quoted', server: lists(`"${ORIGIN}"`), miss: { server: lists(`${ORIGIN}/`) } },
  { code: 'origin-scheme', server: says('http://app.example.com'), miss: { server: says('http://b.example.com') } },
  { code: 'origin-scheme', server: lists('http://app.example.com'), miss: { server: lists('http://b.example.com') } },
  {
    code: 'origin-port',
    request: DEV,
    server: says('http://localhost:5173'),
    miss: { server: says('http://127.0.0.1:3000') },
  },
  {
    code: 'origin-port',
    request: DEV,
    server: lists('http://localhost:5173'),
    miss: { server: lists('http://localhost:9999') },
  },
  {
    code: 'origin-loopback-name',
    request: DEV,
    server: lists('http://127.0.0.1:3000'),
    miss: { server: lists('http://10.0.0.1:3000') },
  },
  {
    code: 'origin-www',
    server: lists('https://www.app.example.com'),
    miss: { server: lists('https://web.app.example.com') },
  },
  { code: 'origin-case', server: says('https://App.Example.com'), miss: { server: says('https://Other.Example.com') } },
  {
    code: 'forwarded-port-origin',
    request: { url: 'https://x-3000.app.github.dev/' },
    server: says('http://localhost:3000'),
    miss: { request: { url: 'https://api.example.com/' } },
  },
  { code: 'allow-origin-null', server: says('null'), miss: { server: says('nil') } },
  {
    code: 'origin-null',
    request: { origin: 'null' },
    server: says(ORIGIN),
    miss: { request: { origin: 'https://b.example.com' } },
  },
  {
    code: 'origin-app-scheme',
    request: { origin: 'capacitor://localhost' },
    server: always(200, [VARY]),
    miss: { server: says('*') },
  },
  {
    code: 'origin-refused-with-error',
    server: () => ({ status: 403, headers: [VARY], body: 'Invalid CORS request' }),
    miss: { server: () => ({ status: 403, headers: [VARY], body: 'Invalid request' }) },
  },
  {
    code: 'origin-not-listed',
    server: always(200, [VARY]),
    miss: { server: always(200, [['Vary', 'Accept-Encoding']]) },
  },
  {
    code: 'allow-origin-fixed',
    server: says('https://partner.example.org'),
    miss: { server: says('https://*.example.org') },
  },
  { code: 'never-shared', server: always(200), miss: { server: always(200, [VARY]) } },
  {
    code: 'allow-origin-malformed',
    server: says('https//app.example.com'),
    miss: { server: says('https://b.example.com') },
  },
  {
    code: 'origin-not-listed',
    server: ({ origin }) =>
      origin === undefined ? { headers: [['Access-Control-Allow-Origin', 'https://b.com']] } : {},
    miss: { server: ({ origin }) => (origin === undefined ? { headers: [['Access-Control-Allow-Origin', '*']] } : {}) },
  },
  {
    code: 'allow-origin-missing',
    server: ({ origin }) => (origin === undefined ? { headers: [MARK] } : {}),
    miss: { server: right },
  },
  {
    code: 'reflects-any-origin',
    server: ({ origin }) => ({
      headers: [['Access-Control-Allow-Origin', origin ?? '*'], VARY, ['Access-Control-Allow-Credentials', 'true']],
    }),
    miss: { server: right },
  },
  {
    code: 'reflects-without-credentials',
    server: ({ origin }) => ({ headers: [['Access-Control-Allow-Origin', origin ?? '*'], VARY] }),
    miss: { server: says('*') },
  },
  { code: 'strangers-told', server: says(ORIGIN), miss: { server: right } },
  {
    code: 'wildcard-with-credentials',
    request: { credentials: 'include' },
    server: says('*'),
    miss: { request: { credentials: 'omit' } },
  },
  {
    code: 'allow-credentials-missing',
    request: { credentials: 'include' },
    server: always(200, [MARK, VARY]),
    miss: { server: right },
  },
  {
    code: 'allow-credentials-value',
    request: { credentials: 'include' },
    server: always(200, [MARK, VARY, ['Access-Control-Allow-Credentials', 'True']]),
    miss: { server: right },
  },
  {
    code: 'exposed-wildcard-with-credentials',
    request: { credentials: 'include' },
    server: always(200, [
      MARK,
      VARY,
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Expose-Headers', '*'],
    ]),
    miss: { request: { credentials: 'omit' } },
  },
  {
    code: 'cookie-not-cross-site',
    request: { credentials: 'include', url: 'https://api.elsewhere.org/' },
    server: always(200, [MARK, ['Access-Control-Allow-Credentials', 'true'], ['Set-Cookie', 'sid=1; HttpOnly']]),
    miss: {
      server: always(200, [
        MARK,
        ['Access-Control-Allow-Credentials', 'true'],
        ['Set-Cookie', 'sid=1; Secure; SameSite=None'],
      ]),
    },
  },
  {
    // Two customers of one host are two sites.
    code: 'cookie-not-cross-site',
    request: { credentials: 'include', origin: 'https://a.github.io', url: 'https://b.github.io/' },
    server: always(200, [
      ['Access-Control-Allow-Origin', 'https://a.github.io'],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Set-Cookie', 'sid=1; HttpOnly'],
    ]),
    miss: { request: { credentials: 'include', origin: 'https://a.github.io', url: 'https://api.a.github.io/' } },
  },
  {
    code: 'credentials-not-sent',
    server: always(401, [MARK, ['Access-Control-Allow-Credentials', 'true']]),
    miss: { request: { credentials: 'include' } },
  },
  {
    code: 'vary-missing',
    server: ({ origin }) => ({ headers: origin === ORIGIN ? [MARK] : [] }),
    miss: { server: right },
  },
  {
    code: 'vary-missing-for-others',
    server: ({ origin }) => ({ headers: origin === ORIGIN ? [MARK, VARY] : [] }),
    miss: { server: right },
  },
  {
    code: 'header-not-exposed',
    request: { reads: ['X-Total-Count'] },
    server: always(200, [MARK, ['X-Total-Count', '7']]),
    miss: { server: always(200, [MARK, ['X-Total-Count', '7'], ['Access-Control-Expose-Headers', 'X-Total-Count']]) },
  },
  {
    code: 'header-perhaps-not-exposed',
    server: always(200, [MARK, ['ETag', '"1"']]),
    miss: { server: always(200, [MARK, ['ETag', '"1"'], ['Access-Control-Expose-Headers', 'etag']]) },
  },
  {
    code: 'grpc-status-not-exposed',
    server: always(200, [MARK, ['Content-Type', 'application/grpc-web+proto']]),
    miss: {
      server: always(200, [
        MARK,
        ['Content-Type', 'application/grpc-web+proto'],
        ['Access-Control-Expose-Headers', 'grpc-status, grpc-message'],
      ]),
    },
  },
  {
    code: 'preflight-forbidden',
    request: { method: 'PUT' },
    server: two({ status: 403 }, {}),
    miss: { server: two({ status: 204, headers: [MARK] }, {}) },
  },
]

describe('findings about origins and credentials', () => run(CASES))
