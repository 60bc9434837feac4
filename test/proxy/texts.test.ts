// What the proxy says by itself, each with the header set of the policy.
import { describe, expect, it } from 'vitest'
import { createProxy, type ProxyOptions } from '../../src/proxy.ts'
import { from, PAGE } from '../support/pages.ts'

const UPGRADE = { Upgrade: 'websocket', Connection: 'Upgrade' }

function proxyOf(answer: () => Response, options: Partial<ProxyOptions> = {}) {
  return createProxy({
    upstream: 'https://api.example/v1',
    cors: { origins: [PAGE] },
    fetch: async () => answer(),
    ...options,
  })
}

/** A request with properties that no Request of Node can have, and those of other runtimes can. */
function odd(request: Request, properties: Partial<Request>): Request {
  for (const [name, value] of Object.entries(properties)) Object.defineProperty(request, name, { value })
  return request
}

async function said(request: Request, answer = () => new Response('reached'), options: Partial<ProxyOptions> = {}) {
  const response = await proxyOf(answer, options)(request)
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  return [response.status, await response.text(), response.headers.get('Content-Type')]
}

const TEXT = 'text/plain; charset=utf-8'

describe('createProxy() says in plain text', () => {
  it('that a path leads nowhere', async () => {
    expect(await said(from(PAGE, '/..%2fadmin'))).toEqual([400, 'This path leads nowhere.\n', TEXT])
  })

  it('that a method cannot be forwarded, where a runtime lets it in', async () => {
    const request = odd(from(PAGE), { method: 'TRACE' })
    expect(await said(request)).toEqual([405, 'This method cannot be forwarded.\n', TEXT])
  })

  it('that a GET with a body cannot be forwarded', async () => {
    const text = 'A GET or HEAD request with a body cannot be forwarded.\n'
    const sized = from(PAGE, '/', { headers: { 'Content-Length': '4' } })
    const chunked = from(PAGE, '/', { headers: { 'Transfer-Encoding': 'chunked' } })
    const shown = odd(from(PAGE, '/', { method: 'POST', body: 'text' }), { method: 'GET' })
    for (const request of [sized, chunked, shown]) expect(await said(request)).toEqual([400, text, TEXT])
    const empty = odd(from(PAGE, '/', { method: 'POST', body: '', headers: { 'Content-Length': '0' } }), {
      method: 'GET',
    })
    expect((await said(empty))[1]).toBe('reached')
  })

  it('that WebSockets cannot be forwarded', async () => {
    const text = 'WebSockets cannot be forwarded in this runtime.\n'
    expect(await said(from(PAGE, '/', { headers: UPGRADE }))).toEqual([501, text, TEXT])
  })

  it('that it is in a loop', async () => {
    const text = 'This request has come round in a loop: is the upstream this edge itself?\n'
    const request = from(PAGE, '/', { headers: { Via: '1.1 corsmith, 1.1 corsmith, 1.1 corsmith, 1.1 corsmith' } })
    expect(await said(request)).toEqual([508, text, TEXT])
  })

  it('that a 101 was not asked for', async () => {
    const opened = () => Object.defineProperty(new Response(null), 'status', { value: 101 })
    const text = 'The origin API sent a 101 to a request without Upgrade.\n'
    expect(await said(from(PAGE), opened)).toEqual([502, text, TEXT])
  })
})

describe('an upgrade that the origin API declines', () => {
  it('is answered with what it says, as any other answer is', async () => {
    const headers = { Location: '/v1/login', 'Access-Control-Max-Age': '9' }
    const runtime = { upgrades: true, decodesBodies: false }
    const proxy = proxyOf(() => new Response(null, { status: 302, headers }), { runtime })
    const answer = await proxy(from(PAGE, '/chat', { headers: UPGRADE }))
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, 'http://edge.example/login'])
    expect(answer.headers.has('Access-Control-Max-Age')).toBe(false)
  })
})
