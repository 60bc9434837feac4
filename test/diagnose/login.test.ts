// A redirect to a login page is told from others by its address alone.
import { describe, expect, it } from 'vitest'
import { isLogin, withoutLogin } from '../../src/diagnose/login.ts'

describe('isLogin()', () => {
  it.each([
    'https://login.microsoftonline.com/common',
    'https://accounts.google.com/',
    'https://acme.eu.auth0.com/u',
    'https://auth0.com/',
    'https://acme.okta.com/app',
    'https://acme.onelogin.com/',
    'https://login.live.com/',
    'https://github.com/',
    'https://sso.pingidentity.com/x',
    'https://app.example.com/login',
    'https://app.example.com/users/log-in',
    'https://app.example.com/signin/',
    'https://app.example.com/sign-in.php',
    'https://app.example.com/sso',
    'https://app.example.com/oauth/start',
    'https://app.example.com/oauth2/start',
    'https://app.example.com/authorize?x=1',
    'https://app.example.com/AUTH',
  ])('knows %s', (url) => expect(isLogin(new URL(url))).toBe(true))

  it.each([
    'https://myokta.com/',
    'https://okta.com.example.com/',
    'https://github.com.example.com/',
    'https://app.example.com/loginx',
    'https://app.example.com/blogin',
    'https://app.example.com/authors',
    'https://app.example.com/?next=/login',
    'https://login.example.com/',
  ])('does not take %s for one', (url) => expect(isLogin(new URL(url))).toBe(false))
})

describe('withoutLogin()', () => {
  const API = 'https://api.example.com/items'
  const answer = (status: number, location?: string) => ({
    status,
    headers: [['X-Own', '1'], ...(location === undefined ? [] : [['location', location] as const])] as const,
    sample: 'x',
  })
  const seen = (status: number, location?: string) => {
    const pages: string[] = []
    const said = answer(status, location)
    const result = withoutLogin(said, API, (page) => void pages.push(page.href))
    return [result === said ? 'as it was' : result, ...pages]
  }
  const refused = { status: 401, headers: [['X-Own', '1']], sample: 'x' }

  it('makes a 401 of a redirect to a login, and names the page', () => {
    expect(seen(302, '/login')).toEqual([refused, 'https://api.example.com/login'])
    expect(seen(300, 'https://acme.okta.com/')).toEqual([refused, 'https://acme.okta.com/'])
    expect(seen(399, 'login')).toEqual([refused, 'https://api.example.com/login'])
    expect(withoutLogin(answer(302, '/login'), API)).toEqual(refused)
  })

  it('leaves every other answer as it is', () => {
    for (const [status, location] of [
      [302, '/other'],
      [302, undefined],
      [302, 'https://[/login'],
      [200, '/login'],
      [201, '/login'],
      [299, '/login'],
      [400, '/login'],
    ] as const)
      expect(seen(status, location)).toEqual(['as it was'])
  })
})
