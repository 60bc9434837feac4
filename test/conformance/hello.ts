// What every example answers: the same policy and the same two handlers as examples/hello.ts, each in the way of its framework.
import type { Expectation, Line, Row } from './row.ts'

const APP = 'https://app.example.com'
const PREVIEW = 'https://pr-7.preview.example.com'
const STRANGER = 'https://stranger.example'
const SHARED = { origin: APP, expose: ['ETag'], vary: ['Origin'] } satisfies Expectation
const REFUSED = { origin: null, vary: ['Origin'] } satisfies Expectation

function row(id: string, title: string, method: string, path: string, origin: string, expect: Expectation): Row {
  const asking: readonly Line[] = method === 'OPTIONS' ? [['Access-Control-Request-Method', 'PUT']] : []
  const body = method === 'PUT' ? { body: 'Ada' } : {}
  return {
    id,
    title,
    policy: 'std',
    request: { method, path, headers: [['Origin', origin], ...asking], ...body },
    expect,
  }
}

export const HELLO: readonly Row[] = [
  row('E1', 'preflight from a page', 'OPTIONS', '/hello', APP, {
    status: 204,
    origin: APP,
    methods: ['PUT'],
    requestHeaders: ['content-type'],
    maxAge: '600',
    vary: ['Origin'],
  }),
  row('E2', 'PUT from a page', 'PUT', '/hello', APP, { status: 200, ...SHARED, body: '{"hello":"Ada"}' }),
  row('E3', 'GET from a preview', 'GET', '/hello', PREVIEW, {
    status: 200,
    ...SHARED,
    origin: PREVIEW,
    body: '{"hello":"world"}',
  }),
  row('E4', 'what is not there', 'GET', '/nowhere', APP, { status: 404, ...SHARED }),
  row('E5', 'preflight from a stranger', 'OPTIONS', '/hello', STRANGER, { status: 403, ...REFUSED }),
  row('E6', 'GET from a stranger', 'GET', '/hello', STRANGER, { status: 200, ...REFUSED }),
]
