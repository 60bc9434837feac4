import { describe, expect, it } from 'vitest'
import { byHeader, byHost, byPath, isTenantName, unionOf } from '../../src/tenants.ts'

const at = (url: string) => new Request(url)

describe('byHost()', () => {
  it.each([
    ['https://acme.example/items', 'acme.example'],
    ['https://ACME.example:8443/items?a=https://b.example', 'acme.example'],
    ['http://user:word@acme.example/', 'acme.example'],
    ['http://[::1]:8080/', '[::1]'],
    ['https://acme.example./', null],
  ])('names %s %s', (url, tenant) => expect(byHost()(at(url.replace('user:word@', '')))).toBe(tenant))

  it.each([
    ['https://acme.api.example/', 'acme'],
    ['https://api.example/', null],
    ['https://a.acme.api.example/', null],
    ['https://acme.api.example.evil.example/', null],
    ['https://acmeapi.example/', null],
  ])('takes %s below api.example for %s', (url, tenant) =>
    expect(byHost({ below: 'api.example' })(at(url))).toBe(tenant),
  )

  it('throws for what is no host', () => expect(() => byHost({ below: '.api.example' })).toThrow(/write a host/))
})

describe('byPath()', () => {
  it.each([
    ['https://api.example/t/acme/items?x=/t/globex', 'acme'],
    ['https://api.example/t/acme', 'acme'],
    ['https://api.example/t/acme?a', 'acme'],
    ['https://api.example/t/acme#b', 'acme'],
    ['https://api.example/t/', ''],
    ['https://api.example/u/acme', null],
    ['https://api.example//t/acme', null],
    ['https://api.example', null],
    ['https://api.example/t/acme/../globex', 'globex'],
    ['https://api.example/t/acme/..%2F..%2Ft/globex', null],
    ['https://api.example/t/acme/%2e%2E%2fglobex', null],
    ['https://api.example/t/acme/..;/globex', null],
    ['https://api.example/t/acme/..%5cglobex', null],
    ['https://api.example/t/acme/%252e%252e/globex', null],
    ['https://api.example/t/%61cme', '%61cme'],
    ['https://api.example/t/acme/a%20b?x=..%2f', 'acme'],
  ])('finds in %s %s', (url, tenant) => expect(byPath('/t/:tenant')(at(url))).toBe(tenant))

  it.each(['/t', 't/:tenant', '/:tenant/:tenant', '/t-:tenant'])('throws for %s', (pattern) =>
    expect(() => byPath(pattern)).toThrow(/write a path with one ":tenant"/),
  )
})

describe('byHeader()', () => {
  it('reads a header in any case', () => {
    const request = new Request('https://api.example/', { headers: { 'x-tenant': 'acme' } })
    expect([byHeader('X-Tenant')(request), byHeader('X-Other')(request)]).toEqual(['acme', null])
  })
})

describe('isTenantName()', () => {
  it.each(['acme', 'ACME_2.example', 'a', 'x'.repeat(253)])('takes %s', (name) => expect(isTenantName(name)).toBe(true))

  it.each(['', '.', 'a.', '.a', 'a..b', 'a/b', 'a b', 'a*', 'a:b', 'a\n', 'ä', '%61', 'x'.repeat(254), null, 7])(
    'refuses %j',
    (name) => expect(isTenantName(name)).toBe(false),
  )
})

describe('unionOf()', () => {
  it('allows what any policy allows, with the shortest maximum age', () => {
    const a = { origins: ['https://a.example'], methods: ['PUT'], requestHeaders: ['X-A'], maxAge: 600 }
    const b = { origins: ['https://b.example'], credentials: true, requestHeaders: ['x-a', 'X-B'], maxAge: 60 }
    expect(unionOf([a, b])).toEqual({
      origins: ['https://a.example', 'https://b.example'],
      methods: ['PUT'],
      requestHeaders: ['x-a', 'X-B'],
      maxAge: 60,
      credentials: true,
    })
  })

  it('keeps * and Authorization', () => {
    const policy = { origins: ['https://a.example'], requestHeaders: ['*', 'Authorization'], methods: ['*'] }
    expect(unionOf([policy, { origins: '*', methods: ['PUT'] }])).toMatchObject({
      origins: '*',
      requestHeaders: ['*', 'Authorization'],
      methods: '*',
    })
  })

  it('throws for what no policy can say', () => {
    expect(() => unionOf([])).toThrow(/write one policy/)
    expect(() => unionOf([{ origins: '*' }, { origins: ['https://a.example'], credentials: true }])).toThrow(
      /no policy allows both/,
    )
  })
})
