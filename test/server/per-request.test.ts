import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Cors, createCors, perRequest } from '../../src/index.ts'
import { APP, actual, cors, head, preflight, present, STRANGER } from '../support/exchanges.ts'

const hello = () => new Response('hello')
const listed = () => createCors({ origins: [APP], credentials: true, methods: ['PUT'] })
const shared = { 'Access-Control-Allow-Origin': APP, 'Access-Control-Allow-Credentials': 'true', Vary: 'origin' }

afterEach(() => vi.restoreAllMocks())

describe('perRequest()', () => {
  it('answers by the policy that was chosen, in all its methods', async () => {
    const chosen = perRequest(async () => listed())
    expect(await chosen.decide(actual(APP))).toMatchObject({ kind: 'cors', shared: true, rule: APP, refusal: null })
    expect(await chosen.entries(actual(APP))).toEqual(listed().entries(actual(APP)))
    expect(cors({ headers: await chosen.headers(actual(APP), { Vary: 'Accept' }) })).toEqual({
      ...shared,
      Vary: 'accept, origin',
    })
    const answer = present(await chosen.preflight(preflight(APP)))
    expect([answer.status, cors(answer)['Access-Control-Allow-Methods']]).toEqual([204, 'PUT'])
    expect(await chosen.preflight(actual(APP))).toBeNull()
    expect(await chosen.guard(actual(APP))).toBeNull()
    expect(present(await chosen.guard(actual(STRANGER))).status).toBe(403)
    expect(cors(await chosen.apply(actual(APP), hello()))).toEqual(shared)
    expect(cors(await chosen.wrap(hello)(actual(APP)))).toEqual(shared)
    expect((await chosen.wrap(hello)(preflight(STRANGER))).status).toBe(403)
  })

  it('takes a policy that is chosen at once', async () => {
    expect(cors(await perRequest(listed).apply(actual(APP), hello()))).toEqual({ ...shared })
  })

  it('chooses by the request, which is the one that the handler gets', async () => {
    const resolve = vi.fn((_: Request) => listed())
    const handler = vi.fn((_: Request) => new Response('x'))
    const request = actual(APP)
    await perRequest(resolve).wrap(handler)(request)
    expect(resolve.mock.calls[0]?.[0]).toBe(request)
    expect(handler.mock.calls[0]?.[0]).toBe(request)
  })

  it('passes further arguments to the choice and to the handler', async () => {
    const resolve = vi.fn((_: Request, __: { readonly tenant: string }) => listed())
    const handler = vi.fn((_: Request, env: { readonly tenant: string }) => new Response(env.tenant))
    const env = { tenant: 'acme' }
    const chosen = perRequest(resolve)
    const response = await chosen.wrap(handler)(actual(APP), env)
    expect(await response.text()).toBe('acme')
    expect(resolve.mock.calls[0]?.[1]).toBe(env)
    await chosen.entries(actual(APP), [], env)
    await chosen.apply(actual(APP), hello(), env)
    expect(resolve.mock.calls.map(([, given]) => given)).toEqual([env, env, env])
  })

  it('chooses once per request object, in turn and at the same time', async () => {
    const resolve = vi.fn(async () => {
      await new Promise((done) => setTimeout(done, 1))
      return listed()
    })
    const chosen = perRequest(resolve)
    const request = actual(APP)
    await Promise.all([chosen.decide(request), chosen.guard(request), chosen.apply(request, hello())])
    await chosen.entries(request)
    await chosen.wrap(hello)(request)
    expect(resolve).toHaveBeenCalledTimes(1)
    await chosen.decide(actual(APP))
    expect(resolve).toHaveBeenCalledTimes(2)
  })

  it('chooses once for a request whose choice failed', async () => {
    const resolve = vi.fn(() => {
      throw new Error('database')
    })
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const chosen = perRequest(resolve)
    const request = actual(APP)
    await chosen.decide(request)
    await chosen.apply(request, hello())
    expect(resolve).toHaveBeenCalledTimes(1)
  })

  it('chooses nothing without one well-formed Origin, and says why', async () => {
    const resolve = vi.fn(listed)
    const chosen = perRequest(resolve)
    const refusal = async (origin: string | null) => (await chosen.decide(head('GET', { origin }) as Request)).refusal
    expect(await refusal(null)).toBeNull()
    expect(await refusal('null')).toBe('origin-null')
    expect(await refusal('')).toBe('origin-malformed')
    expect(await refusal(`${APP}/`)).toBe('origin-malformed')
    expect(await refusal(`${APP}, ${APP}`)).toBe('origin-multiple')
    expect(await refusal('a'.repeat(10_000))).toBe('origin-too-long')
    expect(resolve).not.toHaveBeenCalled()
    expect(cors(await chosen.wrap(hello)(actual(null)))).toEqual({ Vary: 'origin' })
    expect(cors(await chosen.wrap(hello)(actual('null')))).toEqual({ Vary: 'origin' })
  })

  it('chooses for an origin with an underscore, which a list can hold', async () => {
    const origin = 'https://feature_1.example.com'
    const chosen = perRequest(() => createCors({ origins: [origin] }))
    expect(cors(await chosen.apply(actual(origin), hello()))['Access-Control-Allow-Origin']).toBe(origin)
  })

  it('refuses where there is no policy, with the code policy-unavailable', async () => {
    const chosen = perRequest(() => null)
    expect(await chosen.decide(actual(APP))).toEqual({
      kind: 'cors',
      shared: false,
      origin: APP,
      rule: null,
      refusal: 'policy-unavailable',
    })
    expect(await chosen.decide(preflight(APP))).toMatchObject({ kind: 'preflight', refusal: 'policy-unavailable' })
    expect(await chosen.entries(actual(APP))).toEqual([['Vary', 'Origin']])
    const response = await chosen.wrap(hello)(actual(APP))
    expect([response.status, cors(response)]).toEqual([200, { Vary: 'origin' }])
    const answer = present(await chosen.preflight(preflight(APP)))
    expect([answer.status, cors(answer)]).toEqual([403, { Vary: 'origin' }])
    expect(present(await chosen.guard(actual(APP))).status).toBe(403)
  })

  it('keeps the code of a policy that refuses', async () => {
    expect(await perRequest(listed).decide(actual(STRANGER))).toMatchObject({ refusal: 'origin-not-allowed' })
  })

  it('refuses where the choice throws or is rejected, and prints why', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const error = new Error('database')
    const throwing = perRequest(() => {
      throw error
    })
    const rejecting = perRequest(() => Promise.reject(error))
    expect(await throwing.decide(actual(APP))).toMatchObject({ shared: false, refusal: 'policy-unavailable' })
    expect(cors(await rejecting.wrap(hello)(actual(APP)))).toEqual({ Vary: 'origin' })
    expect(print.mock.calls.filter((call) => call.includes(error))).toHaveLength(2)
  })

  it('tells onError instead, with the request and its arguments, whatever onError does', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const error = new Error('database')
    const onError = vi.fn((_: unknown, __: Request, ___: string) => {
      throw new Error('again')
    })
    const fails = (_: Request, __: string): Cors => {
      throw error
    }
    const request = actual(APP)
    expect(cors(await perRequest(fails, { onError }).apply(request, hello(), 'arg'))).toEqual({ Vary: 'origin' })
    expect(onError).toHaveBeenCalledWith(error, request, 'arg')
    expect(print).not.toHaveBeenCalled()
  })

  it('refuses where the choice is no Cors', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const refusal = async (value: unknown) => (await perRequest(() => value as Cors).decide(actual(APP))).refusal
    expect(await refusal(undefined)).toBe('policy-unavailable')
    expect(await refusal(true)).toBe('policy-unavailable')
    expect(await refusal('*')).toBe('policy-unavailable')
    expect(await refusal({ origins: '*' })).toBe('policy-unavailable')
  })

  it('says what a choice has to give where it gave a bare policy, or a choice once more', async () => {
    for (const value of [{ origins: '*' }, perRequest(listed), 'https://a.example', { decide() {} }]) {
      const onError = vi.fn()
      await perRequest(() => value as unknown as Cors, { onError }).decide(actual(APP))
      expect(String(onError.mock.calls[0]?.[0])).toContain('resolve gives what createCors made, or null')
    }
  })

  it('varies by Origin even where the policy that was chosen is *', async () => {
    const chosen = perRequest(() => createCors({ origins: '*', methods: ['PUT'] }))
    const star = { 'Access-Control-Allow-Origin': '*', Vary: 'origin' }
    expect(cors(await chosen.apply(actual(STRANGER), hello()))).toEqual(star)
    expect(cors(await chosen.wrap(hello)(actual(STRANGER)))).toEqual(star)
    expect(cors({ headers: await chosen.headers(actual(STRANGER)) })).toEqual(star)
    expect(await chosen.entries(actual(STRANGER))).toContainEqual(['Vary', 'Origin'])
    expect(cors(await chosen.preflight(preflight(STRANGER)))).toEqual({
      ...star,
      'Access-Control-Allow-Methods': 'PUT',
    })
    expect(cors(await chosen.wrap(hello)(actual(null)))).toEqual({ Vary: 'origin' })
  })

  it("keeps refused: 'forbid' of the policy that was chosen", async () => {
    const handler = vi.fn(hello)
    const chosen = perRequest(() => createCors({ origins: [APP], refused: 'forbid' }))
    expect((await chosen.wrap(handler)(actual(STRANGER))).status).toBe(403)
    expect(handler).not.toHaveBeenCalled()
  })

  it('treats the errors of a handler as wrap() does', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const chosen = perRequest(listed)
    const failing = (): Response => {
      throw new Error('x')
    }
    const response = await chosen.wrap(failing)(actual(APP))
    expect([response.status, cors(response)]).toEqual([500, shared])
    await expect(chosen.wrap(failing, { onError: 'rethrow' })(actual(APP))).rejects.toThrow('x')
    const made = await chosen.wrap(failing, { onError: () => new Response(null, { status: 502 }) })(actual(APP))
    expect([made.status, cors(made)]).toEqual([502, shared])
  })

  it('does not read a large policy again to learn that it is no *', async () => {
    const origins = Array.from({ length: 1_000 }, (_, i) => `https://t${i}.example.com`)
    const policy = createCors({ origins: [APP, ...origins] })
    const add = vi.spyOn(Set.prototype, 'add')
    await perRequest(() => policy).decide(actual(APP))
    expect(add.mock.calls.length).toBeLessThan(100)
  })

  it('lets what no policy could be chosen for through, or forbids it where it is told to', async () => {
    const status = async (refused: 'pass' | 'forbid', origin: string | null) =>
      (await perRequest(() => null, { refused }).wrap(() => new Response('x'))(actual(origin))).status
    expect([await status('pass', 'null'), await status('pass', 'nonsense'), await status('pass', APP)]).toEqual([
      200, 200, 200,
    ])
    expect([await status('forbid', 'null'), await status('forbid', 'nonsense')]).toEqual([403, 403])
    expect([await status('forbid', APP), await status('forbid', null)]).toEqual([403, 200])
  })

  it('takes null and undefined for an answer, not for a failure', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    for (const nothing of [null, undefined]) {
      const onError = vi.fn()
      expect((await perRequest(() => nothing as null, { onError }).decide(actual(APP))).refusal).toBe(
        'policy-unavailable',
      )
      await perRequest(async () => nothing as null).decide(actual(APP))
      expect(onError).not.toHaveBeenCalled()
    }
    expect(print).not.toHaveBeenCalled()
  })

  it.each([
    [{ refused: 'block' }, '"pass" or "forbid"'],
    [{ refused: null }, '"pass" or "forbid"'],
    [{ refuse: 'forbid' }, '"refuse"'],
    [{ onError: 'rethrow' }, 'onError is a function'],
    [{ foo: 1 }, '"foo"'],
  ])('throws for %o, which would pass for a policy that lets strangers in', (options, text) => {
    const make = () => perRequest(() => null, options as never)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(text)
  })
})
