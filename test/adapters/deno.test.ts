// The shapes that Deno.serve and `deno serve` take, without Deno: test/runtimes runs the same on it.
import { describe, expect, it, vi } from 'vitest'
import { withCors } from '../../adapters/deno.ts'
import { CorsPolicyError } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const INFO = { remoteAddr: { hostname: '127.0.0.1' } } as never
const from = (origin: string, init: RequestInit = {}) =>
  new Request('https://api.example.com/', { ...init, headers: { Origin: origin, ...init.headers } })

/** Calls a handler as Deno does, whatever it declares. */
function call(handler: unknown, request: Request): Response | Promise<Response> {
  return (handler as (request: Request, info: never) => Response)(request, INFO)
}

function sharedWith(response: Response | undefined): string | null | undefined {
  return response?.headers.get('Access-Control-Allow-Origin')
}

describe('withCors() of corsmith/deno', () => {
  it('wraps a handler, which is told of the connection', async () => {
    const handler = vi.fn(() => new Response('hello'))
    const wrapped = withCors(POLICY, handler as (request: Request, info: never) => Response)
    const response = await call(wrapped, from(PAGE))
    expect(sharedWith(response)).toBe(PAGE)
    expect(handler).toHaveBeenCalledWith(expect.any(Request), INFO)
  })

  it('declares a parameter: Deno calls a function without any with nothing', () => {
    expect(withCors(POLICY, () => new Response())).toHaveLength(1)
  })

  it('wraps the handler in options, and keeps the others', async () => {
    const options = withCors(POLICY, { port: 8000, handler: () => new Response('hello') })
    expect(options.port).toBe(8000)
    expect(sharedWith(await call(options.handler, from(PAGE)))).toBe(PAGE)
  })

  it('wraps the fetch of a default export, on its own object', async () => {
    const { fetch } = withCors(POLICY, {
      name: 'mine',
      fetch(this: { name: string }) {
        return new Response(this.name)
      },
    })
    const response = await call(fetch, from(PAGE))
    expect([await response.text(), sharedWith(response)]).toEqual(['mine', PAGE])
  })

  it('answers a preflight', async () => {
    const { fetch } = withCors(POLICY, { fetch: () => new Response('no') })
    const headers = { 'Access-Control-Request-Method': 'PUT' }
    expect((await call(fetch, from(PAGE, { method: 'OPTIONS', headers }))).status).toBe(204)
  })

  it('calls onError with what was thrown, and adds the header set to its response', async () => {
    const thrown = new Error('on purpose')
    const onError = vi.fn(() => new Response('sorry', { status: 503 }))
    const options = withCors(POLICY, { onError, handler: () => Promise.reject<Response>(thrown) })
    const response = await call(options.handler, from(PAGE))
    expect(onError).toHaveBeenCalledWith(thrown)
    expect([response.status, sharedWith(response)]).toEqual([503, PAGE])
  })

  it('answers a 500 with the header set where a handler throws or forgets to answer', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const throwing = withCors(POLICY, () => {
      throw new Error('on purpose')
    })
    const forgetful = withCors(POLICY, async () => undefined as unknown as Response)
    for (const handler of [throwing, forgetful]) {
      const response = await call(handler, from(PAGE))
      expect([response.status, sharedWith(response)]).toEqual([500, PAGE])
    }
    print.mockRestore()
  })

  it('throws for a policy with a defect, and for what holds no handler', () => {
    expect(() => withCors({ origins: [DEFECT] }, () => new Response())).toThrow(CorsPolicyError)
    expect(() => withCors(POLICY, {})).toThrow('there is no handler')
  })
})
