import { afterEach, describe, expect, it, vi } from 'vitest'
import { createCors, type RequestHead } from '../../src/index.ts'
import { APP, actual, cors, preflight, STRANGER } from '../support/exchanges.ts'

const policy = () => createCors({ origins: [APP] })
const shared = { 'Access-Control-Allow-Origin': APP, Vary: 'origin' }

afterEach(() => vi.restoreAllMocks())

function silenced() {
  return vi.spyOn(console, 'error').mockImplementation(() => {})
}

describe('wrap()', () => {
  it('stays synchronous where the handler is', () => {
    const response = policy().wrap(() => new Response('x'))(actual(APP))
    expect(response).toBeInstanceOf(Response)
    expect(cors(response)).toEqual(shared)
  })

  it('stays asynchronous where the handler is', async () => {
    const pending = policy().wrap(async () => new Response('x'))(actual(APP))
    expect(pending).toBeInstanceOf(Promise)
    expect(cors(await pending)).toEqual(shared)
  })

  it('passes the request itself and all further arguments on', () => {
    const handler = vi.fn(
      (_: Request, env: { readonly a: number }, context: string) => new Response(`${env.a}${context}`),
    )
    const request = actual(APP)
    const env = { a: 1 }
    policy().wrap(handler)(request, env, 'ctx')
    expect(handler).toHaveBeenCalledWith(request, env, 'ctx')
    expect(handler.mock.calls[0]?.[0]).toBe(request)
    expect(handler.mock.calls[0]?.[1]).toBe(env)
  })

  it('passes a result of undefined on, as the runtime expects after an upgrade', async () => {
    expect(policy().wrap((): undefined => undefined)(actual(APP))).toBeUndefined()
    expect(await policy().wrap(async (): Promise<undefined> => undefined)(actual(APP))).toBeUndefined()
  })

  it('passes a result of null on, which is no Response either', async () => {
    const print = silenced()
    expect(policy().wrap((() => null) as never)(actual(APP))).toBeNull()
    expect(await policy().wrap((async () => null) as never)(actual(APP))).toBeNull()
    expect(print).not.toHaveBeenCalled()
  })

  it('takes any request head', () => {
    const fetch = policy().wrap<RequestHead>(() => new Response('x'))
    const headers = { get: (name: string) => (name === 'origin' ? APP : undefined) }
    expect(cors(fetch({ method: 'GET', headers }))).toEqual(shared)
  })

  it('answers preflights without the handler, and at once even before an asynchronous one', async () => {
    const handler = vi.fn(async () => new Response('x'))
    const response = await policy().wrap(handler)(preflight(APP))
    expect(response.status).toBe(204)
    expect(handler).not.toHaveBeenCalled()
  })

  it('leaves a plain OPTIONS to the handler', () => {
    const handler = vi.fn(() => new Response(null, { status: 200 }))
    policy().wrap(handler)(actual(APP, { method: 'OPTIONS' }))
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('can be wrapped by another policy, whose headers then stand', () => {
    const outer = createCors({ origins: '*' }).wrap(policy().wrap(() => new Response('x')))
    expect(cors(outer(actual(APP)))).toEqual({ 'Access-Control-Allow-Origin': '*', Vary: 'origin' })
    const closed = createCors({ origins: ['https://none.example'] }).wrap(policy().wrap(() => new Response('x')))
    expect(cors(closed(actual(APP)))).toEqual({ Vary: 'origin' })
  })
})

describe('wrap() around a handler that throws', () => {
  const failing = (thrown: unknown) => (): Response => {
    throw thrown
  }
  const rejecting = (thrown: unknown) => async (): Promise<Response> => {
    throw thrown
  }

  it('S25 makes a thrown Response the response, status and body kept', async () => {
    const response = policy().wrap(failing(new Response('no', { status: 401 })))(actual(APP))
    expect([response.status, await response.text()]).toEqual([401, 'no'])
    expect(cors(response)).toEqual(shared)
    const later = await policy().wrap(rejecting(new Response('no', { status: 401 })))(actual(APP))
    expect([later.status, cors(later)]).toEqual([401, shared])
  })

  it('S25 prints a thrown Error and answers an empty 500 with the header set', async () => {
    const print = silenced()
    const error = new Error('secret')
    const response = policy().wrap(failing(error))(actual(APP))
    expect([response.status, await response.text()]).toEqual([500, ''])
    expect(cors(response)).toEqual(shared)
    expect(print).toHaveBeenCalledTimes(1)
    expect(print.mock.calls[0]).toContain(error)
  })

  it('S25 does the same for a rejection', async () => {
    const print = silenced()
    const response = await policy().wrap(rejecting(new Error('secret')))(actual(APP))
    expect([response.status, await response.text(), cors(response)]).toEqual([500, '', shared])
    expect(print).toHaveBeenCalledTimes(1)
  })

  it('S25 does the same for whatever else is thrown', () => {
    silenced()
    expect(policy().wrap(failing('a string'))(actual(APP)).status).toBe(500)
    expect(policy().wrap(failing(undefined))(actual(APP)).status).toBe(500)
    expect(policy().wrap(failing(null))(actual(APP)).status).toBe(500)
  })

  it('S25 says Vary: Origin alone in the 500 of a stranger', () => {
    silenced()
    expect(cors(policy().wrap(failing(new Error('x')))(actual(STRANGER)))).toEqual({ Vary: 'origin' })
  })

  it("S25 throws on with onError: 'rethrow', but a thrown Response stays the response", async () => {
    const error = new Error('x')
    const options = { onError: 'rethrow' } as const
    expect(() => policy().wrap(failing(error), options)(actual(APP))).toThrow(error)
    await expect(policy().wrap(rejecting(error), options)(actual(APP))).rejects.toBe(error)
    expect(policy().wrap(failing(new Response(null, { status: 403 })), options)(actual(APP)).status).toBe(403)
  })

  it('S25 takes the response of onError, made at once or later, and prints nothing', async () => {
    const print = silenced()
    const error = new Error('x')
    const onError = vi.fn((_: unknown, __: Request, ___: string) => new Response('made', { status: 502 }))
    const request = actual(APP)
    const handler = (_: Request, __: string): Response => {
      throw error
    }
    const response = policy().wrap(handler, { onError })(request, 'arg')
    expect(onError).toHaveBeenCalledWith(error, request, 'arg')
    expect([response.status, cors(response)]).toEqual([502, shared])
    const later = policy().wrap(rejecting(error), { onError: async () => new Response('made', { status: 503 }) })
    expect(cors(await later(actual(APP)))).toEqual(shared)
    expect((await later(actual(APP))).status).toBe(503)
    expect(print).not.toHaveBeenCalled()
  })

  it('S25 answers a 500 with the header set where onError fails itself', async () => {
    const print = silenced()
    const throws = () => {
      throw new Error('again')
    }
    const first = policy().wrap(failing(new Error('x')), { onError: throws })(actual(APP))
    expect([first.status, cors(first)]).toEqual([500, shared])
    const rejects = async () => Promise.reject(new Error('again'))
    const second = await policy().wrap(rejecting(new Error('x')), { onError: rejects })(actual(APP))
    expect([second.status, cors(second)]).toEqual([500, shared])
    expect(print).toHaveBeenCalled()
  })

  it('S25 answers a 500 with the header set where onError gives no Response', async () => {
    const print = silenced()
    const none = (() => undefined) as unknown as () => Response
    const noneLater = (async () => undefined) as unknown as () => Promise<Response>
    expect(policy().wrap(failing(new Error('x')), { onError: none })(actual(APP)).status).toBe(500)
    const later = await policy().wrap(rejecting(new Error('x')), { onError: noneLater })(actual(APP))
    expect([later.status, cors(later)]).toEqual([500, shared])
    const message = 'TypeError: onError gives a Response'
    expect(print.mock.calls.map(([error]) => String(error))).toEqual([message, message])
  })
})

describe('wrap() around a handler whose response is spent', () => {
  async function spent(init: ResponseInit): Promise<Response> {
    const response = new Response('x', init)
    await response.text()
    return response
  }
  const marked = { headers: { 'Access-Control-Allow-Origin': '*' } }

  it('answers a 500 with the header set where it is returned and must be copied', async () => {
    const print = silenced()
    const response = await policy().wrap(() => spent(marked))(actual(APP))
    expect([response.status, cors(response)]).toEqual([500, shared])
    expect(print).toHaveBeenCalledTimes(1)
  })

  it('answers a 500 with the header set where it is thrown and must be copied', async () => {
    silenced()
    const response = await spent(marked)
    const handler = (): Response => {
      throw response
    }
    const sync = policy().wrap(handler)(actual(APP))
    expect([sync.status, cors(sync)]).toEqual([500, shared])
    const later = await policy().wrap(async () => handler())(actual(APP))
    expect([later.status, cors(later)]).toEqual([500, shared])
  })

  it('answers a 500 with the header set where onError gives it', async () => {
    silenced()
    const response = await spent(marked)
    const handler = (): Response => {
      throw new Error('x')
    }
    const sync = policy().wrap(handler, { onError: () => response })(actual(APP))
    expect([sync.status, cors(sync)]).toEqual([500, shared])
    const later = await policy().wrap(handler, { onError: async () => response })(actual(APP))
    expect([later.status, cors(later)]).toEqual([500, shared])
  })

  it('shares one whose body is locked and must not be copied', () => {
    const response = new Response('x')
    response.body?.getReader()
    expect(cors(policy().wrap(() => response)(actual(APP)))).toEqual(shared)
  })
})
