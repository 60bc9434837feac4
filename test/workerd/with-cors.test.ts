import { createExecutionContext } from 'cloudflare:test'
import { env as bindings, exports } from 'cloudflare:workers'
import { withCors } from 'corsmith/workers'
import { describe, expect, it, vi } from 'vitest'
import { allowed, from, preflight } from './requests.ts'
import worker, { type Api, type Env, OTHER, PAGE, Plain, STRANGER, seen } from './worker.ts'

const env = bindings as unknown as Env
const services = exports as unknown as { default: Fetcher; Api: Service<InstanceType<typeof Api>>; Plain: Fetcher }

it('runs in workerd', () => {
  expect(navigator.userAgent).toBe('Cloudflare-Workers')
})

describe('withCors() around a handler object', () => {
  it('answers through the export of the worker', async () => {
    const shared = await services.default.fetch(from(PAGE, {}, '/users'))
    expect([shared.status, allowed(shared), shared.headers.get('Vary')]).toEqual([200, PAGE, 'Origin'])
    expect(await shared.json()).toEqual({ path: '/users', page: env.CORS_ORIGINS })
    const refused = await services.default.fetch(from(STRANGER))
    expect([refused.status, allowed(refused), refused.headers.get('Vary')]).toEqual([200, null, 'Origin'])
    const answer = await services.default.fetch(preflight(PAGE))
    expect([answer.status, answer.headers.get('Access-Control-Allow-Methods'), await answer.text()]).toEqual([
      204,
      'PUT',
      '',
    ])
    expect((await services.default.fetch(preflight(STRANGER))).status).toBe(403)
  })

  it('keeps its other handlers', async () => {
    seen.length = 0
    await worker.scheduled({ cron: '* * * * *' } as ScheduledController)
    await worker.queue({ queue: 'jobs' } as MessageBatch)
    expect(seen).toEqual(['scheduled * * * * *', 'queue jobs'])
  })

  it('calls fetch as a method of what it was given', async () => {
    const target = {
      name: 'target',
      fetch(_request: Request, _env: Env, _ctx: ExecutionContext) {
        return new Response(this.name)
      },
    }
    const { fetch } = withCors({ origins: [PAGE] }, target)
    const response = await fetch(from(PAGE), env, createExecutionContext())
    expect(await response.text()).toBe('target')
  })

  it('answers an error with a 500 that the page can read', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const error = new Error('broken')
    const failing = withCors(
      { origins: [PAGE] },
      {
        fetch: (_request: Request, _env: Env, _ctx: ExecutionContext): Response => {
          throw error
        },
      },
    )
    const response = await failing.fetch(from(PAGE), env, createExecutionContext())
    expect([response.status, allowed(response), await response.text()]).toEqual([500, PAGE, ''])
    expect(printed).toHaveBeenCalledWith(error)
    printed.mockRestore()
  })
})

describe('withCors() around a WorkerEntrypoint', () => {
  it('answers a service binding, with env and ctx of its own', async () => {
    const response = await services.Api.fetch(from(PAGE))
    expect([response.status, allowed(response)]).toEqual([200, PAGE])
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(await response.text()).toBe(`Plain ${env.CORS_ORIGINS} function`)
    expect((await services.Api.fetch(preflight(PAGE))).status).toBe(204)
  })

  it('leaves the class alone, and keeps its methods for RPC', async () => {
    expect(allowed(await services.Plain.fetch(from(PAGE)))).toBeNull()
    expect(await services.Api.add(1, 2)).toBe(3)
  })

  it('is a class of the same name', () => {
    const Wrapped = withCors({ origins: [PAGE] }, Plain)
    expect(Wrapped.name).toBe('Plain')
    expect(Wrapped.prototype).toBeInstanceOf(Plain)
  })

  it('answers an error with a 500 that the page can read', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const response = await services.Api.fetch(from(PAGE, {}, '/throw'))
    expect([response.status, allowed(response)]).toEqual([500, PAGE])
    printed.mockRestore()
  })

  it('refuses a class without fetch', () => {
    expect(() => withCors({ origins: [PAGE] }, class Empty {} as never)).toThrow('no method fetch')
  })
})

describe('withCors() around a function', () => {
  it('gives a function that takes request, env and ctx', async () => {
    const handle = withCors({ origins: [PAGE] }, (request: Request, given: Env, _ctx: ExecutionContext) =>
      Response.json({ method: request.method, same: given === env }),
    )
    const response = await handle(from(PAGE, { method: 'POST', body: 'text' }), env, createExecutionContext())
    expect(await response.json()).toEqual({ method: 'POST', same: true })
    expect(allowed(response)).toBe(PAGE)
  })

  it.each([PAGE, OTHER])('asks for a policy of the bindings once per env, %s', async (origin) => {
    const policyOf = vi.fn((given: { readonly ORIGIN: string }) => ({ origins: [given.ORIGIN] }))
    const handle = withCors(policyOf, (_request: Request, _env: { readonly ORIGIN: string }) => new Response('a'))
    const [one, two] = [{ ORIGIN: origin }, { ORIGIN: STRANGER }]
    for (let i = 0; i < 20; i++) expect(allowed(await handle(from(origin), one))).toBe(origin)
    expect(policyOf).toHaveBeenCalledOnce()
    expect(allowed(await handle(from(origin), two))).toBeNull()
    expect(policyOf).toHaveBeenCalledTimes(2)
  })
})
