// What only Bun's router answers: static Responses, files, folders, HTML imports, and its error hook.
import { A } from './policies.ts'
import type { Expectation, Line, Row } from './row.ts'

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

function get(id: string, title: string, path: string, expect: Expectation, ...more: readonly Line[]): Row {
  return { id, title, policy: 'std', request: { method: 'GET', path, headers: [['Origin', A], ...more] }, expect }
}

function preflight(id: string, title: string, path: string): Row {
  const headers = [
    ['Origin', A],
    ['Access-Control-Request-Method', 'PUT'],
  ] as const
  return { id, title, policy: 'std', request: { method: 'OPTIONS', path, headers }, expect: PREFLIGHT }
}

export const BUN_ROWS: readonly Row[] = [
  get('B1', 'a static Response', '/vary', { status: 200, ...STD, vary: ['Origin', 'Accept-Encoding'], body: 'vary' }),
  get('B2', 'a static Response, again', '/vary', { status: 200, ...STD, body: 'vary' }),
  preflight('B3', 'preflight to a static Response', '/vary'),
  preflight('B4', 'preflight to a table of methods without OPTIONS', '/ok'),
  get('B5', 'a file', '/file', { status: 200, ...STD }),
  get('B6', 'a part of a file', '/file', { status: 206, ...STD }, ['Range', 'bytes=0-3']),
  preflight('B7', 'preflight to a file', '/file'),
  get('B8', 'what the error hook answers', '/throw', { status: 500, ...STD, body: 'from the error hook' }),
  get('B9', 'a route of false, which fetch answers', '/off', { status: 404, ...STD }),
  get('B10', 'a file of a folder', '/folder/policies.ts', { status: 200, ...STD }),
  get('B11', 'an HTML import', '/page', { status: 200, ...STD }),
  get('B12', 'a file that is gone, which fetch answers', '/gone', { status: 404, ...STD, body: 'not found' }),
  get('B13', 'a static Response of a file that is gone', '/gone-static', { status: 404, ...STD, body: 'not found' }),
  get('B14', 'a table of methods with a file that is gone', '/gone-table', { status: 404, ...STD, body: 'not found' }),
  get('B15', 'what the error hook answers to a file that a handler sends and that is gone', '/gone-later', {
    status: 500,
    ...STD,
    body: 'from the error hook',
  }),
  get('B16', 'the same says at least that it varies', '/gone-later', {
    status: 500,
    origin: null,
    vary: ['Origin'],
    body: 'from the error hook',
  }),
]

/** What Elysia leaves to Bun. */
export const ELYSIA_ROWS: readonly Row[] = [
  get('Y1', 'a file', '/file', { status: 200, ...STD }),
  get('Y2', 'a file that is gone', '/gone', { status: 500, ...STD }),
]
