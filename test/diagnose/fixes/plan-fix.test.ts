import { describe, expect, it } from 'vitest'
import { planFix } from '../../../src/diagnose/fixes/plan-fix.ts'
import { type Exchange, evidenceOf, PAGE, preflight, seen } from './exchange.ts'

describe('planFix()', () => {
  const plan = (observations: readonly Exchange[], rest: Parameters<typeof evidenceOf>[1] = {}) =>
    planFix(
      evidenceOf(
        observations.map((each) => (each.method === 'OPTIONS' ? preflight(each) : seen(each))),
        rest,
      ),
    )

  it('lets the page in, and gives a preflight its time to live', async () => {
    expect(await plan([{}])).toEqual({
      policy: { origins: [PAGE] },
      alternative: null,
      note: null,
      asks: [],
      proof: expect.objectContaining({ holds: true, passes: true, passed: 0, lost: [], gained: [] }),
    })
    const policyOf = async (request: object) => (await plan([{}], { request }))?.policy
    expect(await policyOf({ method: 'PUT' })).toEqual({ origins: [PAGE], methods: ['PUT'], maxAge: 600 })
    expect(await policyOf({ headers: { 'X-A': '1' } })).toEqual({
      origins: [PAGE],
      requestHeaders: ['X-A'],
      maxAge: 600,
    })
  })

  it('keeps the time to live that the server gives', async () => {
    const granted = [{ method: 'OPTIONS', headers: [['Access-Control-Max-Age', '5']] }, {}] as const
    expect((await plan(granted, { request: { method: 'PUT' } }))?.policy).toMatchObject({ maxAge: 5 })
  })

  it('gives the pattern of a family the same time to live', async () => {
    const headers = Object.fromEntries(['A', 'B', 'C', 'D'].map((tail) => [`Acme-${tail}`, '1']))
    expect((await plan([{}], { request: { headers } }))?.alternative).toEqual({
      origins: [PAGE],
      requestHeaders: ['Acme-*'],
      maxAge: 600,
    })
  })

  it('is made of what a script means, which wants to read', async () => {
    const found = await plan([{}], { request: { mode: 'no-cors' } })
    expect(found?.policy).toEqual({ origins: [PAGE] })
  })

  it.each(['application/grpc-web+proto', 'application/connect+json'])(
    'exposes what a client of gRPC reads: %s',
    async (type) => {
      const of = async (value: string) => (await plan([{ headers: [['Content-Type', value]] }]))?.policy
      expect(await of(type)).toEqual({
        origins: [PAGE],
        exposedHeaders: ['Grpc-Status', 'Grpc-Message', 'Grpc-Status-Details-Bin'],
      })
      expect(await of(`text/plain; ${type}`)).toEqual({ origins: [PAGE] })
      const reads = (await plan([{ headers: [['Content-Type', type]] }], { request: { reads: ['X-A'] } }))?.policy
      expect(reads?.exposedHeaders).toEqual(['X-A', 'Grpc-Status', 'Grpc-Message', 'Grpc-Status-Details-Bin'])
    },
  )

  it('asks each question once, those about the server first', async () => {
    const open = [{ headers: [['Access-Control-Allow-Origin', '*']] }, {}] as const
    const found = await plan(open, { request: { credentials: 'include' } })
    expect(found?.asks).toEqual([expect.stringContaining('Any site may read today')])
    const named = {
      headers: [
        ['Access-Control-Allow-Origin', 'https://b.example.com'],
        ['Access-Control-Allow-Credentials', 'true'],
      ],
    } as const
    expect((await plan([named, named], { request: { credentials: 'include' } }))?.asks).toEqual([
      `The server answers https://b.example.com with credentials, so the change lets ${PAGE} read with credentials, too.`,
    ])
  })

  it('helps a page without an origin where anyone may read, and never lists null', async () => {
    const policyOf = async (value: string, request: object) => {
      const headers = [['Access-Control-Allow-Origin', value]] as const
      return (await plan([{ method: 'OPTIONS', headers }, { headers }], { request: { origin: 'null', ...request } }))
        ?.policy
    }
    expect(await policyOf('*', { method: 'PUT' })).toEqual({ origins: '*', methods: ['PUT'], maxAge: 600 })
    expect(await policyOf('*', { reads: ['X-A'] })).toEqual({ origins: '*', exposedHeaders: ['X-A'] })
    expect(await policyOf('*', { credentials: 'include' })).toBeUndefined()
    expect(await policyOf('null', { method: 'PUT' })).toBeUndefined()
    expect(await policyOf(PAGE, { method: 'PUT' })).toBeUndefined()
  })

  it('does not follow the redirect of a request whose answer is a redirect to another place', async () => {
    const redirect = { status: 302, headers: [['LOCATION', 'https://c.example.org/']] } as const
    expect((await plan([redirect]))?.policy).toEqual({ origins: [PAGE] })
  })

  it.each([
    ['a page without an origin, which no list may hold', { request: { origin: 'null' } }],
    ['a request of its own origin', { isCrossOrigin: false }],
    ['mixed content', { request: { url: 'http://api.example.com/' } }],
  ])('is none for %s', async (_, rest) => expect(await plan([{}], rest)).toBeNull())
})
