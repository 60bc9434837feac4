// What only Next.js answers: pages, files, redirects and rewrites of its configuration.
import { A } from './policies.ts'
import type { Expectation, Row } from './row.ts'

const STD = { origin: A, credentials: true, expose: ['X-Req-Id'], vary: ['Origin'] } satisfies Expectation
const PREFLIGHT = {
  status: 204,
  origin: A,
  credentials: true,
  methods: ['PUT'],
  requestHeaders: ['content-type', 'x-ok'],
  maxAge: '600',
  vary: ['Origin'],
} satisfies Expectation

function get(id: string, title: string, path: string, expect: Expectation): Row {
  return { id, title, policy: 'std', request: { method: 'GET', path, headers: [['Origin', A]] }, expect }
}

function preflight(id: string, title: string, path: string): Row {
  const headers = [
    ['Origin', A],
    ['Access-Control-Request-Method', 'PUT'],
  ] as const
  return { id, title, policy: 'std', request: { method: 'OPTIONS', path, headers }, expect: PREFLIGHT }
}

export const NEXT_ROWS: readonly Row[] = [
  get('N1', 'a page', '/page', { status: 200, ...STD }),
  get('N2', 'a page that throws', '/broken', { status: 500, ...STD }),
  get('N3', 'a file of public/', '/static.txt', { status: 200, ...STD }),
  get('N4', 'a rewrite to another server, with CORS headers of its own', '/external', { status: 200, ...STD }),
  get('N5', 'a redirect of the configuration', '/moved', { status: 308, ...STD }),
  get('N6', 'a proxy of yours that throws', '/proxy-throws', { status: 500, ...STD }),
  preflight('N7', 'preflight to a page', '/page'),
  preflight('N8', 'preflight to a file of public/', '/static.txt'),
  preflight('N9', 'preflight to a rewrite to another server', '/external'),
  preflight('N10', 'preflight to a path with a slash at its end', '/ok/'),
  preflight('N11', 'preflight to a redirect of the configuration', '/moved'),
]
