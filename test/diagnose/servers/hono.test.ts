import { Hono } from 'hono'
import { cors as honoCors } from 'hono/cors'
import { describe, it } from 'vitest'
import { cors } from '../../../adapters/hono.ts'
import { serve } from '../../support/serve-fetch.ts'
import { ORIGIN, type Stage } from '../stage.ts'
import { PUT, proves, type Row } from './row.ts'

async function hono(app: Hono): Promise<Stage> {
  const server = await serve((request) => app.fetch(request))
  return { origin: server.origin, close: async () => server[Symbol.asyncDispose]() }
}

/** Runs what was printed, and puts the routes below it. */
function pasted(routes: Hono): NonNullable<Row['pasted']> {
  return (snippet) => {
    const source = snippet.replaceAll(/^import .*$/gm, '')
    const app: Hono = new Function('Hono', 'cors', `${source}\nreturn app`)(Hono, cors)
    return hono(app.route('/', routes))
  }
}

const HONO: readonly Row[] = [
  {
    name: 'cors() on a route',
    start: () => hono(new Hono().get('/x', honoCors(), (c) => c.text('x'))),
    pasted: pasted(new Hono().get('/x', honoCors(), (c) => c.text('x'))),
    path: '/x',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-not-routed',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'authentication above cors()',
    pasted: pasted(
      new Hono()
        .use(async (c, next) => (c.req.header('Authorization') ? next() : c.text('no', 401)))
        .get('/x', (c) => c.text('x')),
    ),
    start: () =>
      hono(
        new Hono()
          .use(async (c, next) => (c.req.header('Authorization') ? next() : c.text('no', 401)))
          .use(honoCors())
          .get('/x', (c) => c.text('x')),
      ),
    path: '/x',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'hono',
    isOurs: true,
  },
  {
    name: '* with credentials',
    pasted: pasted(new Hono().get('/x', (c) => c.text('x'))),
    start: () => hono(new Hono().use(honoCors({ origin: '*', credentials: true })).get('/x', (c) => c.text('x'))),
    path: '/x',
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'allowHeaders without authorization',
    pasted: pasted(new Hono().get('/x', (c) => c.text('x'))),
    start: () =>
      hono(new Hono().use(honoCors({ origin: ORIGIN, allowHeaders: ['content-type'] })).get('/x', (c) => c.text('x'))),
    path: '/x',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'header-not-listed',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'allowMethods without PUT',
    pasted: pasted(new Hono().put('/x', (c) => c.text('x'))),
    start: () =>
      hono(new Hono().use(honoCors({ origin: ORIGIN, allowMethods: ['GET'] })).put('/x', (c) => c.text('x'))),
    path: '/x',
    request: PUT,
    finding: 'method-not-listed',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'an origin with a trailing slash',
    pasted: pasted(new Hono().get('/x', (c) => c.text('x'))),
    start: () => hono(new Hono().use(honoCors({ origin: [`${ORIGIN}/`] })).get('/x', (c) => c.text('x'))),
    path: '/x',
    finding: 'origin-trailing-slash',
    target: 'hono',
    isOurs: true,
  },
  {
    name: 'a route above cors()',
    start: () => hono(new Hono().get('/x', (c) => c.text('x')).use(honoCors())),
    pasted: pasted(new Hono().get('/x', (c) => c.text('x'))),
    path: '/x',
    finding: 'route-not-covered',
    target: 'hono',
    isOurs: true,
  },
]

describe('corsmith check in front of Hono', () => {
  it.each(HONO)('hono/cors: $name → $finding', proves)
})
