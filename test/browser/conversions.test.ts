// The Request that a server function gets, and the Response that a page sees.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { toRequest, toResponse } from '../../src/browser/conversions.ts'
import type { Shared } from '../../src/browser/simulator.ts'

const WIRE = {
  method: 'POST',
  url: 'https://api.example.com/',
  headers: [
    ['Origin', 'https://app.example.com'],
    ['X-A', '1'],
  ],
  body: new TextEncoder().encode('x'),
} as const

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('toRequest()', () => {
  it('makes an ordinary request where the runtime keeps every header', () => {
    const request = toRequest(WIRE)
    expect([request.headers.get('Origin'), request.redirect, Object.keys(request)]).toEqual([
      'https://app.example.com',
      'manual',
      [],
    ])
  })

  it('gives headers of its own to a request that lost some, and to its clones', async () => {
    const { Request } = globalThis
    vi.stubGlobal(
      'Request',
      class extends Request {
        constructor(url: string, { headers, ...init }: RequestInit) {
          const kept = new Headers(headers)
          kept.delete('Origin')
          super(url, { ...init, headers: kept })
        }
      },
    )
    const request = toRequest(WIRE)
    for (const made of [request, request.clone(), request.clone().clone()]) {
      expect([...made.headers]).toEqual([
        ['origin', 'https://app.example.com'],
        ['x-a', '1'],
      ])
      expect(Object.entries(Object.getOwnPropertyDescriptors(made)).filter(([name]) => /^[a-z]/.test(name))).toEqual(
        ['headers', 'clone'].map((name) => [name, expect.objectContaining({ enumerable: true, configurable: true })]),
      )
      expect(await made.text()).toBe('x')
    }
  })
})

describe('toResponse()', () => {
  function shown(response: Shared['response'], more: Partial<Shared> = {}): Response {
    const verdict = { type: 'cors', url: 'https://a.example/#b', redirected: true, headers: [], exchanges: [], ...more }
    return toResponse({ shared: true, response, ...verdict } as unknown as Shared)
  }

  it.each([101, 103, 199, 204, 205, 304])('has no body for %i', async (status) => {
    const { body, status: seen } = shown({ status, headers: [], body: 'x' })
    expect([body === null, seen]).toEqual([status !== 199, status])
  })

  it.each([199, 200, 299, 300, 404, 599, 600, 999])('shows the status %i', async (status) => {
    const response = shown({ status, headers: [], body: 'x' })
    expect([response.status, response.ok, await response.clone().text()]).toEqual([
      status,
      status >= 200 && status < 300,
      'x',
    ])
  })

  it.each([[undefined], ['OK'], ['Ä\u0100\n'], ['a\tb'], ['\x7f']])('shows the reason phrase %j', (statusText) => {
    const response = shown({ status: 200, headers: [], ...(statusText !== undefined && { statusText }) })
    expect([response.statusText, response.clone().statusText]).toEqual([statusText ?? '', statusText ?? ''])
  })

  it('shows its address without the fragment, and of an opaque one nothing', () => {
    const { url, redirected } = shown({ status: 200, headers: [] })
    expect([url, redirected]).toEqual(['https://a.example/', true])
    const opaque = shown({ status: 200, headers: [], body: 'x', statusText: 'OK' }, { type: 'opaque' })
    expect([opaque.url, opaque.status, opaque.statusText, opaque.redirected, opaque.body]).toEqual([
      '',
      0,
      '',
      false,
      null,
    ])
  })
})
