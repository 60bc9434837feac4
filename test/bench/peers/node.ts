/** The Node adapter beside cors and @fastify/cors, on real messages of node:http that no socket carries. */

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import fastifyCors from '@fastify/cors'
import connectCors from 'cors'
import { cors as compiledCors } from 'corsmith/runtime/node'
import fastify from 'fastify'
import { cors } from '../../../adapters/node.ts'
import { cors as compiled } from '../compiled/cors.js'
import { EXPOSED, fresh, MAX_AGE, METHODS, origins, REQUEST_HEADERS } from '../inputs.ts'
import { policyOf } from '../policies.ts'
import type { Row } from '../row.ts'

type Listener = (req: IncomingMessage, res: ServerResponse) => void

const OPTIONS = {
  origin: origins(10),
  credentials: true,
  methods: METHODS,
  allowedHeaders: REQUEST_HEADERS,
  exposedHeaders: EXPOSED,
  maxAge: MAX_AGE,
}

function message(method: string, headers: Record<string, string>): IncomingMessage {
  const req = new IncomingMessage(new Socket())
  Object.assign(req, { method, url: '/items', httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 })
  for (const [name, value] of Object.entries({ host: 'localhost', ...headers })) req.headers[name] = fresh(value)
  return req
}

const REQUESTS: Readonly<Record<string, IncomingMessage>> = {
  get: message('GET', { origin: 'https://tenant-9.example.com' }),
  'no-origin': message('GET', {}),
  refused: message('GET', { origin: 'https://stranger.example.org' }),
  preflight: message('OPTIONS', {
    origin: 'https://tenant-9.example.com',
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type,authorization,x-requested-with',
  }),
}

const call = (listener: Listener, req: IncomingMessage) => () => {
  const res = new ServerResponse(req)
  listener(req, res)
  return res
}

/** What the routes do, without a framework. A preflight that nobody answers is an empty 204. */
const answer: Listener = (req, res) => {
  if (req.method === 'OPTIONS') res.statusCode = 204
  else res.setHeader('Content-Type', 'application/json')
  res.end(req.method === 'OPTIONS' ? undefined : '{"ok":true}')
}

function row(kind: string, title: string): Row {
  return {
    id: `node-${kind}`,
    title: `node:http, ${title}`,
    read: (res: ServerResponse) => res.statusCode,
    cases() {
      const req = REQUESTS[kind] ?? message('GET', {})
      const theirs = connectCors(OPTIONS)
      const ours = cors(policyOf(origins(10)))
      const oursCompiled = compiledCors(compiled)
      return {
        bare: call(answer, req),
        cors: call((req, res) => theirs(req, res, () => answer(req, res)), req),
        'corsmith/node': call((req, res) => ours(req, res, () => answer(req, res)), req),
        'corsmith/node, compiled': call((req, res) => oursCompiled(req, res, () => answer(req, res)), req),
      }
    },
  }
}

/** Made when the module is loaded: a Fastify application is ready later. */
async function fastifyApp(withCors: boolean): Promise<Listener> {
  const app = fastify()
  if (withCors) await app.register(fastifyCors, OPTIONS)
  app.get('/items', (_request, reply) => reply.header('content-type', 'application/json').send('{"ok":true}'))
  app.options('/items', (_request, reply) => reply.code(204).send())
  await app.ready()
  return (req, res) => app.routing(req, res)
}
const bareFastify = await fastifyApp(false)
const withFastifyCors = await fastifyApp(true)

function fastifyRow(kind: string, title: string): Row {
  return {
    id: `fastify-${kind}`,
    title: `Fastify, ${title}`,
    read: (res: ServerResponse) => res.statusCode,
    cases() {
      const req = REQUESTS[kind] ?? message('GET', {})
      const ours = cors(policyOf(origins(10)))
      return {
        bare: call(bareFastify, req),
        '@fastify/cors': call(withFastifyCors, req),
        'corsmith/node': call((req, res) => ours(req, res, () => bareFastify(req, res)), req),
      }
    },
  }
}

export const rows: readonly Row[] = [
  row('get', 'GET allowed'),
  row('preflight', 'preflight allowed'),
  row('refused', 'GET refused'),
  row('no-origin', 'GET without Origin'),
  fastifyRow('get', 'GET allowed'),
  fastifyRow('preflight', 'preflight allowed'),
]
