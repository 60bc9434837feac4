import { describe } from 'vitest'
import type { Handler } from '../stage.ts'
import { always, type Case, MARK, PUT, right, run, two, VARY } from './case.ts'

const API = 'https://api.example.com'
const to = (location: string, headers: readonly (readonly [string, string])[] = []) =>
  always(301, [['Location', location], ...headers])
const ok = { status: 200, headers: [MARK, VARY] }
const elsewhere: Handler = to('https://elsewhere.example.net/x')

const CASES: readonly Case[] = [
  {
    code: 'redirect-to-https',
    request: { ...PUT, url: 'http://api.example.com/items', origin: 'http://app.example.com' },
    server: to('https://api.example.com/items'),
    miss: { server: elsewhere },
  },
  { code: 'redirect-trailing-slash', request: PUT, server: to('/items/'), miss: { server: to('/things') } },
  { code: 'redirect-www', request: PUT, server: to('https://www.api.example.com/items'), miss: { server: elsewhere } },
  {
    code: 'redirect-double-slash',
    request: { ...PUT, url: `${API}//items` },
    server: to('/items'),
    miss: { server: to('/other') },
  },
  { code: 'redirect-locale', request: PUT, server: to('/en/items'), miss: { server: to('/v2/items') } },
  {
    code: 'cloudflare-access',
    request: PUT,
    server: to('https://team.cloudflareaccess.com/cdn-cgi/access/login/x'),
    miss: { server: to('https://cloudflareaccess.com.example/x') },
  },
  {
    code: 'forwarded-port-private',
    request: { url: 'https://x-3000.app.github.dev/' },
    server: to('https://github.dev/pf-signin?x'),
    miss: { server: elsewhere },
  },
  {
    code: 'redirect-login',
    request: PUT,
    server: to('https://login.microsoftonline.com/x'),
    miss: { server: to('https://api.example.com/logins-are-fun/x') },
  },
  {
    code: 's3-region-redirect',
    request: { ...PUT, url: 'https://b.s3.amazonaws.com/k' },
    server: to('https://b.s3.eu-west-1.amazonaws.com/k', [['x-amz-bucket-region', 'eu-west-1']]),
    miss: { server: elsewhere },
  },
  {
    code: 'redirect-chain-null-origin',
    server: ({ path, origin }) =>
      path === '/items'
        ? {
            status: 302,
            headers: [
              ['Location', 'https://b.example.org/two'],
              ['Access-Control-Allow-Origin', origin ?? '*'],
            ],
          }
        : path === '/two'
          ? {
              status: 302,
              headers: [
                ['Location', 'https://c.example.net/three'],
                ['Access-Control-Allow-Origin', '*'],
              ],
            }
          : ok,
    miss: {
      server: ({ path, origin }) =>
        path === '/items'
          ? {
              status: 302,
              headers: [
                ['Location', '/three'],
                ['Access-Control-Allow-Origin', origin ?? '*'],
              ],
            }
          : ok,
    },
  },
  {
    code: 'redirect-unmarked',
    server: ({ path }) =>
      path === '/items' ? { status: 302, headers: [['Location', 'https://other.example.net/x']] } : ok,
    miss: {
      server: ({ path }) =>
        path === '/items'
          ? { status: 302, headers: [['Location', 'https://other.example.net/x'], MARK] }
          : { status: 200, headers: [['Access-Control-Allow-Origin', '*']] },
    },
  },
  {
    code: 'preflight-redirect',
    request: PUT,
    server: two({ status: 302, headers: [['Location', 'https://elsewhere.example.net/x']] }, ok),
    miss: { server: right },
  },
  {
    code: 'redirect-credentials',
    server: ({ path }) =>
      path === '/items' ? { status: 302, headers: [['Location', 'https://user:pass@other.example.net/x'], MARK] } : ok,
    miss: { server: ({ path }) => (path === '/items' ? { status: 302, headers: [['Location', '/y'], MARK] } : ok) },
  },
  {
    code: 'redirect-limit',
    server: () => ({
      status: 302,
      headers: [
        ['Location', '/items'],
        ['Access-Control-Allow-Origin', '*'],
      ],
    }),
    miss: { server: ({ path }) => (path === '/items' ? { status: 302, headers: [['Location', '/y'], MARK] } : ok) },
  },
  {
    code: 'redirect-location',
    server: ({ path }) => (path === '/items' ? { status: 302, headers: [['Location', 'ftp://x.example/'], MARK] } : ok),
    miss: { server: ({ path }) => (path === '/items' ? { status: 302, headers: [['Location', '/y'], MARK] } : ok) },
  },
  {
    code: 'location-breaks-response',
    server: always(200, [
      ['Location', '/a'],
      ['Location', '/b'],
    ]),
    miss: { server: always(200, [['Location', '/a']]) },
  },
]

describe('findings about redirects', () => run(CASES))
