import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import expressCors, { type CorsOptions } from 'cors'
import express, { type Express, type RequestHandler } from 'express'
import { describe, it } from 'vitest'
import { cors } from '../../../adapters/node.ts'
import { ORIGIN, type Stage } from '../stage.ts'
import { proves, type Row } from './row.ts'

async function expressApp(use: (app: Express) => void): Promise<Stage> {
  const app = express()
  use(app)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const answer: RequestHandler = (_, response) => {
  response.send('x')
}
const authenticate: RequestHandler = (request, response, next) => {
  if (request.headers.authorization === undefined) response.status(401).send('no')
  else next()
}

/** Runs what was printed, and puts the application as it was below it. */
function pasted(use: (app: Express) => void): NonNullable<Row['pasted']> {
  return (snippet) =>
    expressApp((app) => {
      new Function('app', 'cors', snippet.replaceAll(/^import .*$/gm, ''))(app, cors)
      use(app)
    })
}

const EXPRESS: readonly Row[] = [
  {
    name: 'cors() below the routes',
    start: () => expressApp((app) => void app.get('/x', answer).use(expressCors())),
    pasted: pasted((app) => void app.get('/x', answer).use(expressCors())),
    path: '/x',
    finding: 'route-not-covered',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'cors() on one route',
    start: () => expressApp((app) => void app.get('/x', expressCors(), answer)),
    pasted: pasted((app) => void app.get('/x', expressCors(), answer)),
    path: '/x',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-answered-by-router',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'authentication above cors()',
    start: () => expressApp((app) => void app.use(authenticate, expressCors()).get('/x', answer)),
    pasted: pasted((app) => void app.use(authenticate, expressCors()).get('/x', answer)),
    path: '/x',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'the default * with credentials',
    start: () => expressApp((app) => void app.use(expressCors()).get('/x', answer)),
    pasted: pasted((app) => void app.use(expressCors()).get('/x', answer)),
    path: '/x',
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'an origin with a trailing slash',
    start: () => expressApp((app) => void app.use(expressCors({ origin: `${ORIGIN}/` })).get('/x', answer)),
    pasted: pasted((app) => void app.use(expressCors({ origin: `${ORIGIN}/` })).get('/x', answer)),
    path: '/x',
    finding: 'origin-trailing-slash',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'allowedHeaders without X-Tenant',
    start: () =>
      expressApp(
        (app) => void app.use(expressCors({ origin: ORIGIN, allowedHeaders: ['Content-Type'] })).get('/x', answer),
      ),
    path: '/x',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'header-not-listed',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'a list without this origin',
    start: () =>
      expressApp((app) => void app.use(expressCors({ origin: ['https://other.example.com'] })).get('/x', answer)),
    path: '/x',
    finding: 'origin-not-listed',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'the callback of the guides, which refuses with an Error',
    start: () =>
      expressApp((app) => {
        const allowed = ['https://www.yourproductionapp.com', 'http://localhost:3000']
        const origin: CorsOptions['origin'] = (asked, callback) => {
          if (!asked || allowed.indexOf(asked) !== -1) callback(null, true)
          else callback(new Error('The CORS policy for this site does not allow access from the specified Origin.'))
        }
        app.use(expressCors({ origin })).get('/x', answer)
      }),
    pasted: pasted((app) => void app.get('/x', answer)),
    path: '/x',
    finding: 'origin-refused-with-error',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'a handler that throws above cors()',
    start: () =>
      expressApp(
        (app) =>
          void app
            .get('/x', () => {
              throw new Error('no')
            })
            .use(expressCors())
            .get('/', answer),
      ),
    path: '/x',
    finding: 'handler-threw',
    target: 'express',
    isOurs: true,
  },
]

describe('corsmith check in front of Express', () => {
  it.each(EXPRESS)('cors: $name → $finding', proves)
})
