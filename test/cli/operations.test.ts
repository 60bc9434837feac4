// Every operation of an API description against a server that runs: one table, bounded concurrency, and expectations to keep.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { ready } from '../support/loopback.ts'
import { corsmith, file } from './run.ts'

const PAGE = 'https://app.example.com'
const API = {
  openapi: '3.1.0',
  paths: {
    '/users': { get: { responses: { 200: { headers: { 'X-Total': {} } } } } },
    '/users/{id}': {
      put: { requestBody: { content: { 'application/json': {} } }, responses: {} },
      delete: { responses: {} },
    },
  },
}
const description = () => file('openapi.json', JSON.stringify(API))

/** A server that counts how many requests it answers at a time. */
async function start() {
  const handle = cors({
    origins: [PAGE],
    methods: ['PUT'],
    requestHeaders: ['Content-Type'],
    exposedHeaders: ['X-Total'],
  })
  const seen: string[] = []
  const server = await ready(
    createServer((req, res) => {
      seen.push(`${req.method} ${req.url}`)
      handle(req, res, () => {
        res.setHeader('X-Total', '1')
        res.end('x')
      })
    }),
  )
  return { server, seen }
}

describe('corsmith check --openapi', () => {
  it('prints one line for each operation, and sends nothing that has side effects', async () => {
    const { server, seen } = await start()
    await using _ = server
    const { code, out } = await corsmith(['check', server.origin, '--openapi', description(), '--origin', PAGE])
    expect(out).toMatch(/✓ GET \/users +shared\n✓ PUT \/users\/\{id\} +permitted; not sent/)
    expect(out).toMatch(/✗ DELETE \/users\/\{id\} +blocked {2}[a-z-]+: .*\n2 of 3 operations are shared\n$/)
    expect(code).toBe(1)
    expect(seen.filter((line) => /^(PUT|DELETE)/.test(line))).toEqual([])
    expect(seen).toContain('GET /users')
  })

  it('writes expectations that come true, and prints data', async () => {
    const { server } = await start()
    await using _ = server
    const path = join(file('x', ''), '..', 'cors.expect.json')
    const { err, out } = await corsmith([
      'check',
      server.origin,
      '--openapi',
      description(),
      '--origin',
      PAGE,
      '--send',
      '--save',
      path,
      '--json',
    ])
    expect(JSON.parse(out).operations.map((each: { operation: string }) => each.operation)).toEqual([
      'GET /users',
      'PUT /users/{id}',
      'DELETE /users/{id}',
    ])
    expect(err).toContain('3 expectations')
    const saved = JSON.parse(readFileSync(path, 'utf8'))
    expect(saved.checks.map((check: { expect: string }) => check.expect)).toEqual(['shared', 'shared', 'refused'])
    expect((await corsmith(['check', '--expect', path, '--send'])).code).toBe(0)
  })

  it('keeps the order, also where a server is slow, and works in every format', async () => {
    let [running, most] = [0, 0]
    await using slow = await ready(
      createServer((req, res) => {
        most = Math.max(most, ++running)
        setTimeout(
          () => {
            running--
            res.setHeader('Access-Control-Allow-Origin', '*').end('x')
          },
          req.url === '/p0' ? 120 : 15,
        )
      }),
    )
    const paths = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`/p${i}`, { get: { responses: {} } }]))
    const many = file('many.json', JSON.stringify({ openapi: '3.0.0', servers: [{ url: slow.origin }], paths }))
    const { out } = await corsmith(['check', '--openapi', many, '--origin', PAGE, '--no-probes'])
    expect(out.match(/GET \/p\d+/g)).toEqual(Object.keys(paths).map((path) => `GET ${path}`))
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(4)
    for (const format of ['github', 'sarif', 'junit', 'markdown'])
      expect(
        (await corsmith(['check', '--openapi', many, '--origin', PAGE, '--no-probes', '--format', format])).code,
      ).toBe(0)
  })

  it.each([
    [['--openapi', file('a.json', '{'), '--origin', PAGE], /is not JSON/],
    [['--openapi', file('a.json', '{}'), '--origin', PAGE], /this is not an OpenAPI description/],
    [['--openapi', file('a.json', JSON.stringify(API)), '--origin', PAGE], /names no server: add its URL/],
    [['--openapi', file('a.json', JSON.stringify(API))], /no origin of a page/],
    [['https://api.example.com/', '--origin', PAGE, '--save', 'x.json'], /--save goes with --openapi/],
  ])('ends %s in one line', async (argv, message) => {
    const { code, err } = await corsmith(['check', ...argv])
    expect([code, err.trim().split('\n').length]).toEqual([64, 1])
    expect(err).toMatch(message)
    expect(existsSync('x.json')).toBe(false)
  })
})
