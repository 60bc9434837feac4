// The edge with a compiled policy: it answers like the one that checks its policy, and its bundle holds no check.
import type { Server } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createProxyServer as createCheckedServer } from '../../adapters/node-proxy.ts'
import { createProxyServer } from '../../adapters/runtime/node-proxy.ts'
import { createEdgeProxy } from '../../adapters/runtime/workers.ts'
import { createEdgeProxy as createCheckedEdge } from '../../adapters/workers.ts'
import { DEFECTS } from '../../src/policy/catalogue.ts'
import { createProxy as createCheckedProxy } from '../../src/proxy.ts'
import { createProxy } from '../../src/runtime-proxy.ts'
import { bundled, bytesOf } from '../support/bytes.ts'
import { compiledOf } from '../support/compiled.ts'
import { APP, STRANGER } from '../support/exchanges.ts'
import { ready, talk } from '../support/loopback.ts'
import { startUpstream } from '../support/upstream.ts'

const POLICY = { origins: [APP, 'https://*.example.org'], methods: ['PUT'], credentials: true } as const
const { cors, answers } = compiledOf(POLICY)
const upstream = 'https://origin.example.net'

/** An API that says which `Origin` it got. */
const api = async (request: Request) => new Response(`${request.method} ${request.headers.get('Origin')}`)
const options = { upstream, fetch: api }
const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} }

const shownOf = async (response: Response) => [response.status, [...response.headers], await response.text()]

describe('a proxy with a compiled policy', () => {
  const checked = createCheckedProxy({ ...options, cors: POLICY })
  const compiled = createProxy({ ...options, cors })
  const worker = createEdgeProxy(() => ({ ...options, cors }))

  it.each([APP, 'https://a.example.org', STRANGER, 'null', null])('answers %s like one that checks', async (origin) => {
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
      const headers = { 'Access-Control-Request-Method': 'PUT', ...(origin === null ? {} : { Origin: origin }) }
      const request = () => new Request('https://api.example.com/items?a=1', { method, headers })
      const expected = await shownOf(await checked(request()))
      expect(await shownOf(await compiled(request()))).toEqual(expected)
      expect(await shownOf(await worker.fetch(request(), {}, context))).toEqual(expected)
    }
  })

  it('takes no policy that was not compiled, and wants all of one', () => {
    expect(() => createProxy({ ...options, cors: POLICY as never })).toThrow(TypeError)
    expect(() => createProxy({ ...options, cors: answers as never })).toThrow('write "cors" of the same module')
    expect(() => createProxy({ ...options, cors, timeout: 1 } as never)).toThrow('"timeout" is not an option')
  })

  it('says why it is not configured, as a Worker', async () => {
    const edges = [createEdgeProxy(() => ({ upstream: '', cors })), createCheckedEdge(() => ({ upstream: '', cors }))]
    const texts = await Promise.all(
      edges.map(async (edge) => (await edge.fetch(new Request('https://api.example.com/'), {}, context)).text()),
    )
    expect(texts[0]).toContain('This edge worker is not configured.')
    expect(texts[0]).toBe(texts[1])
  })

  it.each([APP, STRANGER])('answers %s like one that checks, as a server of node:http', async (origin) => {
    await using upstream = await startUpstream()
    const given = { upstream: upstream.origin, publicOrigin: 'https://api.example.com' }
    await using expected = await ready(createCheckedServer({ ...given, cors: POLICY }) as Server)
    await using compiled = await ready(createProxyServer({ ...given, cors }) as Server)
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const lines = [`${method} / HTTP/1.1`, 'Host: api.example.com', `Origin: ${origin}`, 'Connection: close']
      const text = `${[...lines, 'Access-Control-Request-Method: PUT'].join('\r\n')}\r\n\r\n`
      const said = async (port: number) => (await talk(port, text)).replace(/^date: .*\r\n/im, '')
      expect(await said(compiled.port)).toBe(await said(expected.port))
    }
    expect(() => createProxyServer({ ...given, cors: POLICY as never })).toThrow(TypeError)
  })

  it.each([
    "export { createProxy } from './src/runtime-proxy.ts'",
    "export { createEdgeProxy } from './adapters/runtime/workers.ts'",
    "export { createProxyServer } from './adapters/runtime/node-proxy.ts'",
  ])('has no sentence of a check in its bundle: %s', async (code) => {
    const text = await bundled(code)
    const sentences = Object.values(DEFECTS).flatMap((table) => Object.values<string>(table))
    expect(sentences.filter((sentence) => text.includes(sentence))).toEqual([])
  })

  it.each([
    ['createProxy', "export { createProxy } from './src/runtime-proxy.ts'", 5_400],
    ['createEdgeProxy', "export { createEdgeProxy } from './adapters/runtime/workers.ts'", 5_900],
    ['createProxyServer', "export { createProxyServer } from './adapters/runtime/node-proxy.ts'", 8_000],
  ] as const)('%s is small without a policy', async (_name, code, limit) => {
    expect(await bytesOf(code)).toBeLessThanOrEqual(limit)
  })
})
