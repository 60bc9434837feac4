import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { sightingOfLine } from '../../src/learn/access-log.ts'
import { sightingOf } from '../../src/learn/observation.ts'
import { readOpenApi } from '../../src/learn/openapi.ts'
import { createTally } from '../../src/learn/tally.ts'
import { corsmith, file } from '../cli/run.ts'
import { ready, send } from '../support/loopback.ts'

const API = {
  openapi: '3.1.0',
  servers: [{ url: 'https://api.example.com/v1' }],
  security: [{ token: [] }],
  paths: {
    '/users/{id}': {
      parameters: [{ name: 'id', in: 'path', example: 'a b' }, { $ref: '#/components/parameters/Trace' }],
      get: { responses: { 200: { headers: { 'X-Total': {}, ETag: {} } } } },
      put: { requestBody: { $ref: '#/components/requestBodies/User' }, responses: { 200: {} } },
      delete: { security: [], responses: { 204: {} } },
    },
  },
  components: {
    parameters: { Trace: { name: 'X-Trace', in: 'header', schema: { enum: ['on'] } } },
    requestBodies: { User: { content: { 'text/plain': {}, 'application/json': {} } } },
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
  },
}

describe('readOpenApi()', () => {
  it('reads methods, headers that need permission, and response headers, through references', () => {
    const { server, operations } = readOpenApi(API)
    expect(server).toBe('https://api.example.com/v1')
    expect(operations).toEqual([
      {
        name: 'GET /users/{id}',
        method: 'GET',
        path: '/users/a%20b',
        headers: [
          ['X-Trace', 'on'],
          ['Authorization', 'Bearer 1'],
        ],
        exposed: ['x-total', 'etag'],
        credentials: false,
      },
      {
        name: 'PUT /users/{id}',
        method: 'PUT',
        path: '/users/a%20b',
        headers: [
          ['X-Trace', 'on'],
          ['Content-Type', 'application/json'],
          ['Authorization', 'Bearer 1'],
        ],
        exposed: [],
        credentials: false,
      },
      {
        name: 'DELETE /users/{id}',
        method: 'DELETE',
        path: '/users/a%20b',
        headers: [['X-Trace', 'on']],
        exposed: [],
        credentials: false,
      },
    ])
  })

  it('reads Swagger 2, and a cookie as credentials', () => {
    const { server, operations } = readOpenApi({
      swagger: '2.0',
      host: 'api.example.com',
      basePath: '/v2',
      securityDefinitions: {
        session: { type: 'apiKey', in: 'cookie', name: 's' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      },
      security: [{ session: [], key: [] }],
      paths: { '/a': { post: { parameters: [{ in: 'body', name: 'b' }] } } },
    })
    expect([server, operations[0]]).toMatchObject([
      'https://api.example.com/v2',
      {
        credentials: true,
        headers: [
          ['Content-Type', 'application/json'],
          ['X-Key', '1'],
        ],
      },
    ])
  })

  it.each([
    [[], /neither "openapi" nor "swagger"/],
    [{ openapi: '3.0.0' }, /has no "paths"/],
    [{ openapi: '3.0.0', paths: { '/a': { get: null, $ref: '#/paths/~1a' } } }, /has no operations/],
  ])('refuses %j', (value, message) => {
    expect(() => readOpenApi(value)).toThrow(message)
  })
})

describe('sightingOfLine()', () => {
  it.each([
    [
      '1.2.3.4 - - [29/Nov/2026:01:00:00 +0000] "PUT /users/1?a=b HTTP/1.1" 200 5 "https://app.example.com/page" "Mozilla" "https://app.example.com"',
      ['https://app.example.com', 'PUT', []],
    ],
    [
      '{"request":{"method":"OPTIONS","uri":"/x","headers":{"Origin":["https://a.com"],"Access-Control-Request-Method":["PATCH"],"Access-Control-Request-Headers":["x-a, x-b"]}}}',
      ['https://a.com', 'PATCH', ['x-a', 'x-b']],
    ],
    ['{"RequestMethod":"DELETE","RequestPath":"/x","request_Origin":"https://a.com"}', ['https://a.com', 'DELETE', []]],
    ['{"request_method":"OPTIONS","request_uri":"/x","http_origin":"https://a.com"}', ['https://a.com', null, []]],
  ])('reads %s', (line, [origin, method, names]) => {
    expect(sightingOfLine(line)).toMatchObject({ origin, method, names })
  })

  it.each([
    '1.2.3.4 - - [x] "GET / HTTP/1.1" 200 5 "https://app.example.com/" "Mozilla"',
    '{"request_method":"GET","http_origin":"-"}',
    '{ not json',
    'nothing',
    `"GET / HTTP/1.1" "https://a.com" ${'x'.repeat(70_000)}`,
  ])('finds no Origin in %s', (line) => expect(sightingOfLine(line)).toBeNull())
})

describe('createTally()', () => {
  it('keeps equal sightings once, and not more than a client can invent', () => {
    const tally = createTally()
    for (let i = 0; i < 3; i++)
      tally.add(
        sightingOf({
          origin: 'https://a.com',
          method: 'PUT',
          names: i === 0 ? ['a', 'b'] : ['b', 'a'],
          place: `PUT /${i}`,
        }),
      )
    expect(tally.all()).toMatchObject([{ times: 3, place: 'PUT /0' }])
    for (let i = 0; i < 100_010; i++) tally.add(sightingOf({ origin: `https://a${i}.com`, place: '' }))
    expect(tally.all()).toHaveLength(100_000)
  })
})

describe('corsmith policy', () => {
  it('writes the policy to standard output, and the reasons to standard error', async () => {
    const { code, out, err } = await corsmith([
      'policy',
      '--from',
      file('openapi.json', JSON.stringify(API)),
      '--origins',
      'https://app.example.com/page',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      origins: ['https://app.example.com'],
      methods: ['PUT', 'DELETE'],
      requestHeaders: ['authorization', 'x-trace', 'content-type'],
      exposedHeaders: ['x-total', 'etag'],
    })
    expect(err).toContain('methods PUT: 1 request, such as PUT /users/{id}\n')
  })

  it('reads an archive, and compares with the present policy', async () => {
    const entry = (origin: string, method: string) => ({
      request: {
        method,
        url: 'https://api.example.com/x',
        headers: [
          { name: 'Origin', value: origin },
          { name: 'X-A', value: '1' },
        ],
      },
      response: { status: 0, headers: [] },
    })
    const har = file(
      't.har',
      JSON.stringify({ log: { entries: [entry('https://a.com', 'PUT'), entry('https://a.com', 'GET')] } }),
    )
    const present = file('p.json', '{ "origins": ["https://a.com", "https://b.com"] }')
    const { out, err } = await corsmith(['policy', '--from', har, '--policy', present])
    expect(JSON.parse(out)).toEqual({ origins: ['https://a.com'], methods: ['PUT'], requestHeaders: ['x-a'] })
    expect(err).toMatch(/beyond the present policy: .*PUT/)
    expect(err).toMatch(/not needed of the present policy: .*https:\/\/b\.com/)
  })

  it('reads a log, and lists strangers without allowing them', async () => {
    const line = (origin: string) => `1.1.1.1 - - [x] "PUT /x HTTP/1.1" 200 1 "-" "-" "${origin}"`
    const log = file(
      'access.log',
      [line('https://a.com'), line('https://a.com'), line('https://evil.example'), ''].join('\n'),
    )
    const { out, err } = await corsmith(['policy', '--from', log, '--json'])
    const { policy, leftOut } = JSON.parse(out)
    expect([policy.origins, leftOut[0].origin, err]).toEqual([['https://a.com'], 'https://evil.example', ''])
  })

  it.each([
    [['policy'], /no source: --from openapi.json/],
    [['policy', '--from', file('a.json', '{')], /is not JSON/],
    [['policy', '--from', file('a.json', '{}')], /this is not an OpenAPI description/],
    [['policy', '--from', file('a.json', JSON.stringify(API))], /names no pages: --origins/],
    [['policy', '--from', file('a.har', '{"log":{"entries":[]}}')], /holds no CORS request/],
    [['policy', '--from', file('a.har', '{"log":')], /ends in the middle/],
    [['policy', '--from', file('a.log', 'one\ntwo\n')], /none of its 2 lines has an Origin/],
    [['policy', '--from', file('one-line.log', 'x'.repeat(5_000_000))], /none of its 1 lines has an Origin/],
    [['policy', '--from', file('a.yaml', 'openapi: 3.0.0')], /has no "paths"/],
    [['policy', '--from', file('b.yaml', 'openapi: [')], /is not YAML: line/],
    [['policy', '--from', file('c.yml', 'a: 1\n---\nb: 1')], /holds 2 documents/],
    [['policy', '--from', 'missing.log'], /there is no such file/],
  ])('ends %s in one line', async (argv, message) => {
    const { code, err } = await corsmith(argv)
    expect([code, err.trim().split('\n').length]).toEqual([64, 1])
    expect(err).toMatch(message)
  })
})

describe('corsmith proxy --learn', () => {
  it('prints the least policy for the traffic when it stops', async () => {
    await using api = await ready(createServer((_req, res) => void res.end('x')))
    const page = 'http://localhost:5173'
    let url = ''
    const { code, out, err } = await corsmith(['proxy', api.origin, '--learn', '--port', '0'], {
      print: (text) => {
        url ||= /^http:\S+/.exec(text)?.[0] ?? ''
        printed.push(text)
      },
      untilStopped: async () => {
        const port = Number(new URL(url).port)
        const asked = { Origin: page, 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'x-a' }
        const preflight = await send({ port }, { method: 'OPTIONS', path: '/x', headers: asked })
        expect(preflight.headers['access-control-allow-origin']).toBe(page)
        await send({ port }, { method: 'PUT', path: '/x', headers: { Origin: page, Cookie: 'a=1' } })
        await send(
          { port },
          {
            method: 'POST',
            path: '/x',
            headers: { Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin' },
          },
        )
      },
    })
    expect([code, out]).toEqual([0, ''])
    expect(JSON.parse(printed.slice(printed.indexOf('{')).join('\n'))).toEqual({
      origins: [page],
      credentials: true,
      methods: ['PUT'],
      requestHeaders: ['x-a'],
    })
    expect(err).toContain('origins http://localhost:5173: 2 requests, such as PUT /x')
  })
  const printed: string[] = []
})
