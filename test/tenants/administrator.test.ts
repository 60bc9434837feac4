import { describe, expect, it } from 'vitest'
import { answerAdmin, isAdministrator } from '../../examples/multi-tenant/admin.ts'
import { memoryStore } from '../../src/tenants.ts'

const ask = (authorization: string | null) =>
  new Request('https://edge.example/admin', { headers: authorization === null ? {} : { authorization } })

it.each([
  ['the token', 'Bearer secret', 'secret', true],
  ['another token', 'Bearer other', 'secret', false],
  ['no header', null, 'secret', false],
  ['an empty token', 'Bearer ', '', false],
  ['a token that is not set', 'Bearer undefined', undefined, false],
] as const)('the administrator of the example, with %s', async (_, header, token, expected) => {
  expect(await isAdministrator(ask(header), token)).toBe(expected)
})

describe('the administration of the example', () => {
  const POLICY = { origins: ['https://app.acme.example'] }
  const started = () => {
    const store = memoryStore({ acme: { version: 1, policy: POLICY }, broken: { version: 4, policy: { origins: [] } } })
    const send = (tenant: string, method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
      answerAdmin(
        new Request(`https://${tenant}.api.example${path}`, {
          method,
          headers,
          ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
        { store, tenant, token: 'secret' },
      )
    return { store, send }
  }
  const TOKEN = { Authorization: 'Bearer secret' }
  const edit = { version: 1, policy: { origins: ['https://evil.example'] }, confirm: ['widening', 'lock-out'] }

  it.each([
    ['a form with a cookie', { Cookie: 'session=secret', 'Content-Type': 'text/plain' }],
    ['a page of a stranger', { Cookie: 'token=secret', Origin: 'https://evil.example' }],
    ['a password', { Authorization: 'Basic c2VjcmV0' }],
    ['the token twice', { Authorization: 'Bearer secret, Bearer secret' }],
  ])('takes no write from %s', async (_, headers) => {
    const { store, send } = started()
    for (const [method, path] of [
      ['PUT', '/_tenant'],
      ['POST', '/_tenant/previews'],
      ['POST', '/_tenant/try'],
    ] as const)
      expect((await send('acme', method, path, edit, headers)).status).toBe(401)
    expect(await store.get('acme')).toEqual({ version: 1, policy: POLICY })
  })

  it.each([
    ['GET', 'nobody', 404, 'no-tenant'],
    ['GET', 'broken', 409, 'document-broken'],
    ['POST', 'nobody', 404, 'no-tenant'],
    ['POST', 'broken', 409, 'document-broken'],
  ])('answers a %s about %s with a problem', async (method, tenant, status, code) => {
    const answer = await started().send(tenant, method, method === 'GET' ? '/_tenant' : '/_tenant/try', edit, TOKEN)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(code)
  })

  it.each(['{"__proto__":{"version":1}}', '[]', 'null', '{', '"text"'])('writes nothing for %s', async (body) => {
    const { store, send } = started()
    const { status } = await send('acme', 'PUT', '/_tenant', body, TOKEN)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(await store.get('acme')).toEqual({ version: 1, policy: POLICY })
  })
})
