// Responses that a handler keeps: constants of a module, shared by requests that know nothing of each other.
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { ADMIN, APP, actual, cors, STRANGER } from '../support/exchanges.ts'

const policy = () => createCors({ origins: [APP, ADMIN] })
const sharedWith = (origin: string) => ({ 'Access-Control-Allow-Origin': origin, Vary: 'origin' })

/** What two requests get that are both under way before either answer is sent. */
function together(constant: Response, first: Request, second: Request) {
  const fetch = policy().wrap(() => constant)
  const responses = [fetch(first), fetch(second)] as const
  return responses.map((response) => cors(response))
}

describe('one Response for two requests at once', () => {
  it('says to each what is for it, with a body', () => {
    expect(together(new Response('x'), actual(APP), actual(ADMIN))).toEqual([sharedWith(APP), sharedWith(ADMIN)])
    expect(together(new Response('x'), actual(APP), actual(STRANGER))).toEqual([sharedWith(APP), { Vary: 'origin' }])
    expect(together(new Response('x'), actual(STRANGER), actual(APP))).toEqual([{ Vary: 'origin' }, sharedWith(APP)])
    expect(together(new Response('x'), actual(null), actual(APP))).toEqual([{ Vary: 'origin' }, sharedWith(APP)])
  })

  it('says to each what is for it, without a body', () => {
    const expected = [sharedWith(APP), sharedWith(ADMIN)]
    expect(together(new Response(null, { status: 204 }), actual(APP), actual(ADMIN))).toEqual(expected)
    expect(together(new Response(null), actual(APP), actual(ADMIN))).toEqual(expected)
    expect(together(Response.redirect('https://api.example.net/'), actual(APP), actual(ADMIN))).toEqual(expected)
  })

  it('says to each what is for it, after HEAD and GET', () => {
    const head = actual(APP, { method: 'HEAD' })
    expect(together(new Response('x'), head, actual(ADMIN))).toEqual([sharedWith(APP), sharedWith(ADMIN)])
  })

  it('says to each what is for it under two policies', () => {
    const constant = new Response('x')
    const open = createCors({ origins: '*' }).apply(actual(APP), constant)
    const closed = createCors({ origins: [ADMIN] }).apply(actual(APP), constant)
    expect(cors(open)).toEqual({ 'Access-Control-Allow-Origin': '*' })
    expect(cors(closed)).toEqual({ Vary: 'origin' })
  })
})

describe('a Response that can be sent only once', () => {
  it('is changed and not copied, whatever its status', () => {
    for (const status of [200, 201, 404, 500]) {
      const response = new Response('x', { status })
      expect(policy().apply(actual(APP), response)).toBe(response)
      expect(cors(response)).toEqual(sharedWith(APP))
    }
  })

  it("is not asked for its url where a server's own class would first have to build the real one", () => {
    class Light extends Response {
      override get url(): string {
        throw new Error('built')
      }
    }
    const response = new Light('x')
    expect(policy().apply(actual(APP), response)).toBe(response)
    expect(cors(response)).toEqual(sharedWith(APP))
  })
})

describe('a Response that is also used outside the policy', () => {
  const used = (constant: Response, request = actual(APP)) => {
    policy().wrap(() => constant)(request)
    return cors(constant)
  }

  it('stays as it was without a body, whatever its status', () => {
    expect(used(new Response(null))).toEqual({})
    expect(used(new Response(null, { status: 204 }))).toEqual({})
    expect(used(new Response(null, { status: 304 }))).toEqual({})
    expect(used(new Response(null, { status: 404 }))).toEqual({})
    expect(used(Response.redirect('https://api.example.net/'))).toEqual({})
  })

  it('stays as it was without a body and with a Content-Type, for every status but 200', () => {
    const typed = (status: number) => new Response(null, { status, headers: { 'Content-Type': 'application/json' } })
    expect(used(typed(201))).toEqual({})
    expect(used(typed(204))).toEqual({})
    expect(used(typed(304))).toEqual({})
    expect(used(typed(404))).toEqual({})
    expect(used(typed(500))).toEqual({})
  })

  it('stays as it was without a body and without a Content-Type, also where headers of it are removed', () => {
    const constant = new Response(null, { headers: { 'Access-Control-Foo': '1' } })
    expect(used(constant, actual(STRANGER))).toEqual({ 'access-control-foo': '1' })
  })

  it('stays as it was for HEAD, which sends no body and so uses none up', () => {
    const head = actual(APP, { method: 'HEAD' })
    const typed = new Response(null, { headers: { 'Content-Type': 'application/json' } })
    expect(used(typed, head)).toEqual({})
    expect(used(new Response('x'), head)).toEqual({})
    expect(used(Response.json({}), head)).toEqual({})
  })

  it('still answers HEAD after its body was sent', async () => {
    const constant = new Response('x')
    const fetch = policy().wrap(() => constant)
    await fetch(actual(APP)).text()
    const response = fetch(actual(ADMIN, { method: 'HEAD' }))
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/plain;charset=UTF-8'])
    expect(cors(response)).toEqual(sharedWith(ADMIN))
  })

  it('stays as it was where it bears the headers of others', () => {
    const constant = new Response('x', { headers: { 'Access-Control-Allow-Origin': '*' } })
    expect(used(constant)).toEqual({ 'Access-Control-Allow-Origin': '*' })
    expect(used(new Response('x', { headers: { Vary: 'Origin' } }))).toEqual({ Vary: 'origin' })
  })

  it('can be cloned for every request', async () => {
    const constant = new Response('x')
    const fetch = policy().wrap(() => constant.clone())
    const [first, second] = [fetch(actual(APP)), fetch(actual(STRANGER))]
    expect([cors(first), cors(second), cors(constant)]).toEqual([sharedWith(APP), { Vary: 'origin' }, {}])
    expect([await first.text(), await second.text()]).toEqual(['x', 'x'])
  })
})

describe('a Response that cannot be sent again', () => {
  it('is copied by nobody: text, JSON, form data and blobs keep their bodies', async () => {
    const apply = (response: Response) => policy().apply(actual(APP), response)
    expect(await apply(new Response('x')).text()).toBe('x')
    expect(await apply(Response.json({ a: 1 })).json()).toEqual({ a: 1 })
    expect(await apply(new Response(new Blob(['y']))).text()).toBe('y')
    const form = new FormData()
    form.set('k', 'v')
    expect((await apply(new Response(form)).formData()).get('k')).toBe('v')
  })
})

describe('a 200 that has a Content-Type and no body, which is not told from one that has', () => {
  const typed = () => new Response(null, { headers: { 'Content-Type': 'application/json' } })

  it('says under the policy what is for each request', () => {
    for (const [first, second] of [
      [APP, ADMIN],
      [APP, STRANGER],
      [STRANGER, APP],
    ] as const) {
      const says = (origin: string) => (origin === STRANGER ? { Vary: 'origin' } : sharedWith(origin))
      expect(together(typed(), actual(first), actual(second))).toEqual([says(first), says(second)])
    }
    expect(together(typed(), actual(null), actual(APP))).toEqual([{ Vary: 'origin' }, sharedWith(APP)])
  })

  it('stays as it was where a clone is handed out, and can be sent for ever', async () => {
    const constant = typed()
    const fetch = policy().wrap(() => constant.clone())
    for (const origin of [APP, ADMIN, STRANGER, APP]) {
      const response = fetch(actual(origin))
      expect([response.status, await response.text()]).toEqual([200, ''])
    }
    expect(cors(constant)).toEqual({})
  })
})
