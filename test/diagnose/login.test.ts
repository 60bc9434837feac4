import { describe, expect, it } from 'vitest'
import { isLogin, withoutLogin } from '../../src/diagnose/login.ts'

describe('a login page', () => {
  it.each([
    ['https://login.microsoftonline.com/', true],
    ['https://tenant.okta.com/x', true],
    ['https://okta.com/x', true],
    ['https://notokta.com/x', false],
    ['https://okta.com.example.net/x', false],
    ['https://api.example.com/login', true],
    ['https://api.example.com/x/SignIn/', true],
    ['https://api.example.com/sign-in.aspx', true],
    ['https://api.example.com/log-in', true],
    ['https://api.example.com/oauth', true],
    ['https://api.example.com/oauth2/authorize', true],
    ['https://api.example.com/oauth3', false],
    ['https://api.example.com/xlogin', false],
    ['https://api.example.com/logins', false],
    ['https://api.example.com/?next=/login', false],
  ])('%s: %s', (url, is) => expect(isLogin(new URL(url))).toBe(is))
})

describe('a redirect to a login', () => {
  const URL_ = 'https://api.example.com/items'
  const to = (status: number, location: string, name = 'Location') => ({
    status,
    headers: [
      ['Vary', 'Origin'],
      [name, location],
    ] as [string, string][],
    body: 'x',
  })
  const pages: string[] = []
  const without = (said: ReturnType<typeof to>) => withoutLogin(said, URL_, (page) => pages.push(page.href))

  it.each([300, 302, 399])('is a 401 instead: %i', (status) => {
    pages.length = 0
    expect(without(to(status, '/login?x', 'location'))).toEqual({
      status: 401,
      headers: [['Vary', 'Origin']],
      body: 'x',
    })
    expect(pages).toEqual(['https://api.example.com/login?x'])
    expect(withoutLogin(to(status, '/login'), URL_).status).toBe(401)
  })

  it.each([
    [299, '/login'],
    [400, '/login'],
    [302, '/items/'],
    [302, 'https://'],
  ])('is left as it is where it is none: %i %s', (status, location) => {
    pages.length = 0
    const said = to(status, location)
    expect(without(said)).toBe(said)
    const bare = { status: 302, headers: [] }
    expect(withoutLogin(bare, URL_)).toBe(bare)
    expect(pages).toEqual([])
  })
})
