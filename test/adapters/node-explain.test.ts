// `explainMiddleware` over node:http: it tells developers the decision, however a handler writes its head, and tells others nothing.
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { cors, explainMiddleware } from '../../adapters/node.ts'
import { createCors } from '../../src/index.ts'

const APP = 'https://app.example.com'
const policy = createCors({ origins: [APP], methods: ['PUT'] })
const explain = explainMiddleware(policy, { isDeveloper: async ({ headers }) => headers.authorization === 'me' })
const protect = cors(policy)

interface Seen {
  readonly status: number | undefined
  readonly reason: string | undefined
  readonly headers: IncomingMessage['headers']
}

/** Asks a handler over a socket, behind both middlewares. */
async function ask(handler: RequestListener, headers = {}, method = 'GET'): Promise<Seen> {
  const server = createServer((req, res) => explain(req, res, () => protect(req, res, () => handler(req, res))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await new Promise<Seen>((resolve, reject) => {
      const asked = request({ port, method, headers: { origin: APP, authorization: 'me', ...headers } }, (answer) => {
        answer.resume()
        const { statusCode, statusMessage } = answer
        answer.on('end', () => resolve({ status: statusCode, reason: statusMessage, headers: answer.headers }))
      })
      asked.on('error', reject).end()
    })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const told = ({ headers }: Seen) => headers['server-timing'] ?? null
const CACHED = { 'Cache-Control': 'public', 'CDN-Cache-Control': 'max-age=9', 'X-Own': '1' }

it.each<[string, RequestListener, string]>([
  ['nothing but end()', (_, res) => void res.end('x'), 'OK'],
  ['a status', (_, res) => void res.writeHead(200).end('x'), 'OK'],
  ['a status and headers', (_, res) => void res.writeHead(200, CACHED).end('x'), 'OK'],
  ['a status, no reason and headers', (_, res) => void res.writeHead(200, undefined, CACHED).end('x'), 'OK'],
  ['a status and a reason', (_, res) => void res.writeHead(200, 'Fine').end('x'), 'Fine'],
  ['all of them', (_, res) => void res.writeHead(200, 'Fine', CACHED).end('x'), 'Fine'],
])('tells what was decided beside %s', async (_name, handler, reason) => {
  const seen = await ask(handler)
  expect([seen.status, seen.reason, seen.headers['cache-control'], seen.headers['cdn-cache-control']]).toEqual([
    200,
    reason,
    'no-store',
    undefined,
  ])
  expect(told(seen)).toMatch(/^corsmith;desc=/)
  expect(seen.headers['access-control-allow-origin']).toBe(APP)
})

it('keeps other headers, and other times', async () => {
  const one = await ask((_, res) => void res.writeHead(201, { ...CACHED, 'Server-Timing': 'db;dur=5' }).end('x'))
  expect(one.headers['x-own']).toBe('1')
  expect(told(one)).toMatch(/^db;dur=5, corsmith;desc=/)
  const several = await ask((_, res) => {
    res.setHeader('Server-Timing', ['db;dur=5', 'app;dur=6'])
    res.end('x')
  })
  expect(told(several)).toMatch(/^db;dur=5, app;dur=6, corsmith;desc=/)
})

it('says nothing in a 304, and leaves its caching as it is', async () => {
  const seen = await ask((_, res) => void res.writeHead(304, CACHED).end())
  expect([told(seen), seen.headers['cache-control']]).toEqual([null, 'public'])
})

it('is told once, in the answer that counts, where hints were sent ahead', async () => {
  const seen = await ask((_, res) => {
    res.writeEarlyHints({ link: '</x.css>; rel=preload; as=style' })
    res.end('x')
  })
  expect(
    told(seen)
      ?.toString()
      .match(/corsmith;/g),
  ).toHaveLength(1)
})

it.each<[string, Record<string, string>, string]>([
  ['a stranger', { authorization: 'other' }, 'GET'],
  ['HEAD', {}, 'HEAD'],
  ['a preflight', { 'access-control-request-method': 'PUT' }, 'OPTIONS'],
])('tells %s nothing', async (_name, headers, method) => {
  const seen = await ask((_, res) => void res.writeHead(200, CACHED).end(), headers, method)
  expect(told(seen)).toBeNull()
})

it('tells nothing where asking fails, and the answer goes out', async () => {
  const failing = explainMiddleware(policy, {
    isDeveloper: () => {
      throw new Error('the session is gone')
    },
  })
  const seen = await ask((req, res) => failing(req, res, () => res.end('x')), { authorization: 'other' })
  expect([seen.status, told(seen)]).toEqual([200, null])
})

it('wants a function that knows developers', () => {
  expect(() => explainMiddleware(policy, {} as never)).toThrow(
    new TypeError('explainMiddleware: isDeveloper is a function'),
  )
})
