// The edge with a compiled policy: it answers like the one that checks its policy, and its bundle holds no check.
import { describe, expect, it } from 'vitest'
import { createEdgeProxy } from '../../adapters/runtime/workers.ts'
import { createEdgeProxy as createCheckedEdge } from '../../adapters/workers.ts'
import { DEFECTS } from '../../src/policy/catalogue.ts'
import { createProxy as createCheckedProxy } from '../../src/proxy.ts'
import { createProxy } from '../../src/runtime-proxy.ts'
import { bundled, bytesOf } from '../support/bytes.ts'
import { compiledOf } from '../support/compiled.ts'
import { APP, STRANGER } from '../support/exchanges.ts'

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

  it('has no sentence of a check in its bundle', async () => {
    const text = await bundled(
      "export { createProxy } from './src/runtime-proxy.ts'; export { createEdgeProxy } from './adapters/runtime/workers.ts'",
    )
    const sentences = Object.values(DEFECTS).flatMap((table) => Object.values<string>(table))
    expect(sentences.filter((sentence) => text.includes(sentence))).toEqual([])
  })

  it.each([
    ['createProxy', "export { createProxy } from './src/runtime-proxy.ts'", 5_400],
    ['createEdgeProxy', "export { createEdgeProxy } from './adapters/runtime/workers.ts'", 5_900],
  ] as const)('%s is small without a policy', async (_name, code, limit) => {
    expect(await bytesOf(code)).toBeLessThanOrEqual(limit)
  })
})
