import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createEdgeProxy, proxyOptionsFromEnv } from 'corsmith/workers'
import { describe, expect, it, vi } from 'vitest'
import worker from '../../examples/edge-proxy/worker.ts'
import { allowed, from, preflight } from './requests.ts'
import { PAGE, STRANGER } from './worker.ts'

const ctx = createExecutionContext()
const answer = (request: Request, vars: object = env) => worker.fetch(request, vars, ctx) as Promise<Response>

describe('the edge worker with the variables of wrangler.toml', () => {
  const { CORS_ORIGINS: page } = env as unknown as { CORS_ORIGINS: string }

  it('answers a preflight with the policy that stands there', async () => {
    const response = await answer(preflight(page, 'PATCH', '/api/users/1'))
    expect([response.status, allowed(response)]).toEqual([204, page])
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(response.headers.get('Access-Control-Allow-Methods')).toBe('PUT,PATCH,DELETE')
    expect(response.headers.get('Access-Control-Max-Age')).toBe('600')
  })

  it('refuses a stranger', async () => {
    const refused = await answer(preflight(STRANGER))
    expect([refused.status, [...refused.headers.keys()]]).toEqual([403, ['vary']])
    expect((await answer(from(STRANGER, { method: 'POST', body: 'text' }))).status).toBe(403)
  })
})

describe('createEdgeProxy() in workerd', () => {
  it('reads the bindings once per env, and says once what is wrong with them', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const read = vi.fn(proxyOptionsFromEnv)
    const proxy = createEdgeProxy(read)
    const [right, wrong] = [{ UPSTREAM: 'http://127.0.0.1:9', CORS_ORIGINS: PAGE }, {}]
    for (let i = 0; i < 3; i++) {
      expect((await proxy.fetch(preflight(PAGE), right, ctx)).status).toBe(204)
      expect((await proxy.fetch(preflight(PAGE), wrong, ctx)).status).toBe(500)
    }
    expect(read).toHaveBeenCalledTimes(2)
    expect(printed).toHaveBeenCalledOnce()
    printed.mockRestore()
  })

  it('refuses options with a defect before any request', () => {
    expect(() => createEdgeProxy({ upstream: 'ftp://x', cors: { origins: [PAGE] } })).toThrow(TypeError)
    expect(() =>
      createEdgeProxy({ upstream: 'https://api.example', cors: { origins: [] as string[], origin: 1 } as never }),
    ).toThrow('origin')
  })

  it('forwards through a service binding, and takes the address of the client from the platform alone', async () => {
    const sent: Request[] = []
    const proxy = createEdgeProxy({
      upstream: 'https://api.internal/v1',
      cors: { origins: [PAGE] },
      fetch: async (request: Request) => {
        sent.push(request)
        return Response.json({ ok: true }, { headers: { 'Access-Control-Allow-Origin': '*' } })
      },
    })
    const headers = { 'CF-Connecting-IP': '192.0.2.1', 'X-Forwarded-For': '198.51.100.1', Cookie: 'a=1' }
    const response = await proxy.fetch(from(PAGE, { headers }, '/users?page=2'), {}, ctx)
    expect([response.status, allowed(response), await response.json()]).toEqual([200, PAGE, { ok: true }])
    expect(sent[0]?.url).toBe('https://api.internal/v1/users?page=2')
    expect(sent[0]?.headers.get('X-Forwarded-For')).toBe('192.0.2.1')
    expect(sent[0]?.headers.get('X-Forwarded-Host')).toBe('api.example')
    expect(sent[0]?.headers.get('X-Forwarded-Proto')).toBe('https')
    expect(sent[0]?.headers.get('Cookie')).toBe('a=1')
    expect(sent[0]?.headers.has('Origin')).toBe(false)
  })
})
