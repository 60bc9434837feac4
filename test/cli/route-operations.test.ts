// Every route of a file of routes against a server that runs with other routes than the file says, and with the same.
import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { corsRoutesFromJson } from '../../src/routes.ts'
import { ready } from '../support/loopback.ts'
import { corsmith, file } from './run.ts'

const ROUTES = {
  routes: [
    { path: '/health', policy: { origins: '*' } },
    {
      path: '/users/:id(\\d+)',
      methods: ['PUT'],
      policy: { origins: ['https://admin.example.com'], methods: ['PUT'] },
    },
    {
      path: '/users{/:id}?',
      policy: {
        origins: ['https://app.example.com'],
        credentials: true,
        requestHeaders: ['X-A'],
        exposedHeaders: ['X-B'],
      },
    },
  ],
  else: { origins: ['https://www.example.com'], methods: ['DELETE'] },
}

async function start(routes: unknown) {
  const handle = cors(corsRoutesFromJson(routes))
  const seen: string[] = []
  const server = await ready(
    createServer((req, res) => {
      seen.push(`${req.method} ${req.url} ${req.headers.origin}`)
      handle(req, res, () => void res.setHeader('X-B', '1').end('x'))
    }),
  )
  return { server, seen }
}

describe('corsmith check --routes', () => {
  it('asks for every method of every route, as the page that its policy names', async () => {
    const { server, seen } = await start(ROUTES)
    await using _ = server
    const path = file('policy.json', JSON.stringify(ROUTES))
    const { code, out, err } = await corsmith(['check', server.origin, '--routes', path, '--no-probes'])
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' '))).toEqual([
      '✓ GET /health shared',
      expect.stringMatching(/^✓ PUT \/users\/:id\(\\d\+\) permitted; not sent/),
      '✓ GET /users{/:id}? shared',
      '✓ GET else shared',
      expect.stringMatching(/^✓ DELETE else permitted; not sent/),
      '5 of 5 operations are shared',
      '',
    ])
    expect(seen).toContain('OPTIONS /users/1 https://admin.example.com')
    expect(seen).toContain('GET /users https://app.example.com')
    expect(seen.filter((line) => /^(PUT|DELETE)/.test(line))).toEqual([])
  })

  it('names the route that the server answers in another way', async () => {
    const { server } = await start({ routes: [{ path: '/health', policy: { origins: '*' } }] })
    await using _ = server
    const twin = { path: '/a', policy: { origins: '*' } }
    const file1 = file('policy.json', JSON.stringify({ ...ROUTES, routes: [...ROUTES.routes, twin], else: null }))
    const { code, out } = await corsmith(['check', server.origin, '--routes', file1])
    expect([code, out]).toEqual([1, expect.stringMatching(/✗ GET \/users\{\/:id\}\? +blocked {2}[a-z-]+: /)])
    expect(out).toContain('1 of 4 operations are shared')
  })

  it.each([
    [{ origins: '*' }, [], /holds one policy, and no routes/],
    [
      { routes: [{ path: '/a', policy: { origins: ['https://*.example.com'] } }] },
      [],
      /GET \/a: its policy names no single origin/,
    ],
    [ROUTES, ['--openapi', 'x.json'], /one at a time/],
  ])('ends in one line for %j', async (value, more, message) => {
    const path = file('policy.json', JSON.stringify(value))
    const { code, err } = await corsmith(['check', 'https://api.example', '--routes', path, ...more])
    expect([code, err.trim().split('\n').length]).toEqual([64, 1])
    expect(err).toMatch(message)
    expect((await corsmith(['check', '--routes', file('p.json', JSON.stringify(ROUTES))])).err).toContain('add its URL')
  })
})

describe('corsmith check --openapi', () => {
  it('reads YAML', async () => {
    const { server } = await start(ROUTES)
    await using _ = server
    const yaml = `openapi: 3.1.0\nservers:\n  - url: ${server.origin}\npaths:\n  /health:\n    get: { responses: {} }\n`
    const path = file('openapi.yaml', yaml)
    const { code, out } = await corsmith(['check', '--openapi', path, '--origin', 'https://a.example', '--no-probes'])
    expect([code, out]).toEqual([0, expect.stringMatching(/✓ GET \/health +shared/)])
    const least = await corsmith(['policy', '--from', path, '--origins', 'https://a.example'])
    expect(JSON.parse(least.out)).toEqual({ origins: ['https://a.example'] })
  })

  it('refuses a text that its aliases make too large', async () => {
    const layers = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`)
    const path = file('bomb.yaml', `l0: &l0 [x]\n${layers.join('\n')}\n`)
    const { code, err } = await corsmith(['check', '--openapi', path, '--origin', 'https://a.example'])
    expect([code, err]).toEqual([64, expect.stringContaining('aliases make it too large')])
  })
})
