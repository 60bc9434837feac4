// A server of Node that has no Request answers from what is kept. It gives what the Request would have given.
import { createServer, request as open } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cors as middleware } from '../../adapters/node.ts'
import { createSafeSource, fetchRequest, type NodeRequest, requestHead } from '../../adapters/node-request.ts'
import { byHost, byPath, createTenants, memoryStore } from '../../src/tenants.ts'
import { holds } from '../support/property.ts'

const APP = 'https://app.example'
const policy = { origins: [APP], methods: ['PUT'] }
const hosts = ['acme.example', '1.0.0.2', 'xn--nxasmq6b.example', '0x1.example', 'a..b', 'localhost']
const documents = Object.fromEntries([...hosts, 'acme', 'a.b', '.a', 'a~b'].map((name) => [name, policy]))

const hostText = fc.oneof(
  fc.constantFrom(...hosts, 'ACME.example', 'acme.example:80', 'acme.example:8080', 'acme.example:99999', '1.2', '0x1'),
  fc.constantFrom(
    'xn--a.example',
    'acme.example.',
    'acme_.example',
    '',
    '[::1]',
    'a b',
    'acme.example/x',
    'stranger.test',
  ),
  fc.stringMatching(/^[a-zA-Z0-9._:-]{0,12}$/),
)
const pathText = fc.oneof(
  fc.constantFrom(
    '/t/acme',
    '/t/acme/',
    '/t/./acme',
    '/t/../t/acme',
    '/t/%61cme',
    '/t//acme',
    '/t\\acme',
    '*',
    '/t/.a',
  ),
  fc.constantFrom('/t/acme?x=1', '/t/acme#x', '/t/a.b/c', '//t/acme', '/t/a~b', '/t/a b', '/t/é'),
)
const originText = fc.constantFrom(APP, 'https://stranger.example', 'null', 'not an origin', `${APP}, ${APP}`, null)

describe.each([
  ['byHost', byHost()],
  ['byHost below', byHost({ below: 'example' })],
  ['byPath', byPath('/t/:tenant')],
])('what Node is told without a Request: %s', (_, identify) => {
  it('is what the Request is told', async () => {
    const store = memoryStore(documents)
    const cors = createTenants({ identify, store, unknownPerMinute: 1e6, ttl: 3600, onError: () => {} })
    const safe = createSafeSource<NodeRequest>(cors)
    let answered = 0
    await holds(
      fc.asyncProperty(hostText, pathText, originText, fc.boolean(), async (host, url, origin, isPreflight) => {
        const req: NodeRequest = {
          method: isPreflight ? 'OPTIONS' : 'GET',
          url,
          headers: {
            host,
            ...(origin !== null && { origin }),
            ...(isPreflight && { 'access-control-request-method': 'PUT' }),
          },
        }
        const expected = await cors.entries(fetchRequest(req))
        const kept = safe.kept(cors, requestHead(req), req)
        if (kept === null) return
        answered += 1
        expect(kept.entries(requestHead(req))).toEqual(expected)
      }),
    )
    expect(answered).toBeGreaterThan(0)
  })
})

describe('a server of Node', () => {
  const cors = createTenants({ identify: byHost(), store: memoryStore({ 'acme.example': policy }), ttl: 3600 })
  const handle = middleware(cors)
  const server = createServer((req, res) => handle(req, res, () => res.end('hello')))
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => void server.close())

  function allowOrigin(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo
      const headers = { Host: 'acme.example', Origin: APP }
      open({ host: '127.0.0.1', port, headers, agent: false }, (response) => {
        response.resume()
        resolve(response.headers['access-control-allow-origin'])
      })
        .once('error', reject)
        .end()
    })
  }

  it('makes no Request for a tenant that is kept', async () => {
    expect(await allowOrigin()).toBe(APP)
    const made = vi.spyOn(globalThis, 'Request')
    try {
      expect(await allowOrigin()).toBe(APP)
      expect(made).not.toHaveBeenCalled()
      cors.forget('acme.example')
      expect(await allowOrigin()).toBe(APP)
      expect(made).toHaveBeenCalledTimes(1)
    } finally {
      made.mockRestore()
    }
  })
})
