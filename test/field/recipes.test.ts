// Each program of docs/guides.md is a file here: it is type-checked with the project, and run.
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { LambdaEvent } from 'hono/aws-lambda'
import { createServer as createVite } from 'vite'
import { describe, expect, it, vi } from 'vitest'
import { ready, send } from '../support/loopback.ts'
import { from, preflight } from '../support/pages.ts'
import { app as express } from './recipes/express.ts'
import { app as routes } from './recipes/express-routes.ts'
import { policyFor } from './recipes/extra-origins.ts'
import { handler } from './recipes/lambda.ts'
import { app as logging } from './recipes/log-refusals.ts'
import { mcp } from './recipes/mcp.ts'
import { onRequest } from './recipes/pages-functions.ts'
import { traced } from './recipes/tracing.ts'
import vite from './recipes/vite.config.ts'

const WWW = 'https://www.example.com'
const ALLOW = 'access-control-allow-origin'
const EVIL = 'https://evil.example'

const RECIPES = join(import.meta.dirname, 'recipes')
const guide = readFileSync(join(import.meta.dirname, '../../docs/guides.md'), 'utf8')

describe('docs/guides.md', () => {
  it.each(readdirSync(RECIPES))('shows %s as it is run', (name) => {
    expect(guide).toContain(`\`\`\`ts\n${readFileSync(join(RECIPES, name), 'utf8')}\`\`\``)
  })
})

describe('the recipes', () => {
  it('share an Express application with its page, errors and 404s included', async () => {
    await using server = await ready(createServer(express))
    for (const path of ['/api/data', '/nowhere']) {
      expect((await send(server, { path, headers: { Origin: WWW } })).headers[ALLOW]).toBe(WWW)
      expect((await send(server, { path, headers: { Origin: EVIL } })).headers[ALLOW]).toBeUndefined()
    }
  })

  it('give two parts of an Express application two policies', async () => {
    await using server = await ready(createServer(routes))
    expect((await send(server, { path: '/prices', headers: { Origin: EVIL } })).headers[ALLOW]).toBe('*')
    const headers = { Origin: WWW, 'Access-Control-Request-Method': 'PUT' }
    const asked = await send(server, { method: 'OPTIONS', path: '/account/name', headers })
    expect([asked.status, asked.headers[ALLOW], asked.headers['access-control-allow-credentials']]).toEqual([
      204,
      WWW,
      'true',
    ])
    expect(
      (await send(server, { method: 'OPTIONS', path: '/account/name', headers: { ...headers, Origin: EVIL } })).status,
    ).toBe(403)
  })

  it('log each refusal once, preflights too', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    await logging.request(from(WWW, '/'))
    await logging.request(from(EVIL, '/'))
    await logging.request(preflight(EVIL, '/'))
    expect(warned.mock.calls.map(([line]) => line)).toMatchObject([
      { refusal: 'origin-not-allowed', origin: EVIL, kind: 'cors', method: 'GET', path: '/' },
      { refusal: 'origin-not-allowed', origin: EVIL, kind: 'preflight', method: 'OPTIONS', path: '/' },
    ])
    warned.mockRestore()
  })

  it('add origins of an optional variable, and check them', () => {
    expect(policyFor({}).policy.origins).toEqual([WWW])
    expect(policyFor({ EXTRA_ORIGINS: '' }).policy.origins).toEqual([WWW])
    expect(policyFor({ EXTRA_ORIGINS: 'https://10.0.0.7:5173, http://localhost:*,' }).policy.origins).toEqual([
      WWW,
      'https://10.0.0.7:5173',
      'http://localhost:*',
    ])
    expect(() => policyFor({ EXTRA_ORIGINS: 'https://10.0.0.7:5173/' })).toThrow('origins[1]')
    expect(() => policyFor({ EXTRA_ORIGINS: '*' })).toThrow('origins')
  })

  it('answer a preflight and a GET on AWS Lambda', async () => {
    const ask = async (method: string, headers: Record<string, string>) => {
      const http = { method, path: '/items', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' }
      const event = {
        version: '2.0',
        rawPath: '/items',
        rawQueryString: '',
        headers,
        requestContext: { http },
        isBase64Encoded: false,
      }
      return handler(event as LambdaEvent)
    }
    const asked = await ask('OPTIONS', { origin: WWW, 'access-control-request-method': 'PUT' })
    expect([asked.statusCode, asked.headers?.[ALLOW], asked.headers?.['access-control-allow-methods']]).toEqual([
      204,
      WWW,
      'PUT',
    ])
    const answered = await ask('GET', { origin: WWW })
    expect([answered.statusCode, answered.headers?.[ALLOW], answered.headers?.vary]).toEqual([200, WWW, 'Origin'])
  })

  it('let a page speak MCP: initialize, call, end the session', () => {
    const page = 'https://chat.example.com'
    const asked = mcp.preflight(preflight(page, '/mcp', 'DELETE', 'content-type,mcp-protocol-version,mcp-session-id'))
    expect(asked?.headers.get('Access-Control-Allow-Headers')?.split(',')).toEqual(
      expect.arrayContaining(['content-type', 'mcp-protocol-version', 'mcp-session-id']),
    )
    const answer = mcp.apply(from(page, '/mcp'), new Response('{}', { headers: { 'Mcp-Session-Id': '1' } }))
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('mcp-session-id')
  })

  it('let Sentry and OpenTelemetry add their headers', () => {
    const asked = traced.preflight(preflight(WWW, '/', 'GET', 'baggage,sentry-trace,traceparent'))
    for (const name of ['baggage', 'sentry-trace', 'traceparent']) {
      expect(asked?.headers.get('Access-Control-Allow-Headers')?.split(',')).toContain(name)
    }
  })

  it('stand before the files and functions of Cloudflare Pages', async () => {
    const next = async () => new Response('page', { headers: { 'Access-Control-Allow-Origin': '*' } })
    expect((await onRequest({ request: from(WWW), next })).headers.get(ALLOW)).toBe(WWW)
    expect((await onRequest({ request: from(EVIL), next })).headers.get(ALLOW)).toBeNull()
    expect((await onRequest({ request: preflight(WWW), next })).status).toBe(204)
  })

  it('own the CORS of a Vite development server', async () => {
    const server = await createVite({ ...vite, configFile: false, root: RECIPES, logLevel: 'silent' })
    await server.listen(0)
    const { port } = new URL(server.resolvedUrls?.local[0] ?? '')
    const asked = { port: Number(port) }
    try {
      const origin = 'https://shop.example.com'
      const headers = { Origin: origin, 'Access-Control-Request-Method': 'PUT' }
      const answer = await send(asked, { method: 'OPTIONS', path: '/mcp.ts', headers })
      expect([answer.status, answer.headers[ALLOW]]).toEqual([204, origin])
      expect((await send(asked, { path: '/mcp.ts', headers: { Origin: origin } })).headers[ALLOW]).toBe(origin)
      // Which Vite would allow by default.
      expect(
        (await send(asked, { path: '/mcp.ts', headers: { Origin: 'http://localhost:3000' } })).headers[ALLOW],
      ).toBeUndefined()
    } finally {
      await server.close()
    }
  })
})
