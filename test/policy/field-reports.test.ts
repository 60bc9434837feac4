// What people reported elsewhere, tried here. The table is docs/field-reports/policy.md.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fromCorsOptions } from '../../adapters/node.ts'
import { type CorsPolicy, checkPolicy, createCors, policyFromEnv } from '../../src/index.ts'
import { head } from '../support/exchanges.ts'

const shares = (origins: CorsPolicy['origins'], rest: Omit<CorsPolicy, 'origins'> = {}) => {
  const cors = createCors({ origins, ...rest })
  return (origin: string) => cors.decide(head('GET', { origin })).shared
}
const codes = (origins: unknown, rest: object = {}) => checkPolicy({ origins, ...rest }).map(({ code }) => code)

afterEach(() => vi.restoreAllMocks())

describe('reports from the field', () => {
  it('an app in a variable', () => {
    const { origins } = policyFromEnv({ CORS_ORIGINS: 'tauri://localhost' })
    expect(shares(origins, { credentials: true })('tauri://localhost')).toBe(true)
  })

  it('an app without a host', () => {
    expect(codes(['app://', 'capacitor://'])).toEqual([])
    const ask = shares(['app://'])
    expect([ask('app://'), ask('app://localhost'), ask('app://:80')]).toEqual([true, false, false])
  })

  it('an app on loopback', () => {
    const entries = ['capacitor://localhost', 'https://localhost', 'http://localhost']
    expect(codes(entries, { credentials: true })).toEqual(['origin-loopback', 'origin-loopback'])
    expect(entries.filter((origin) => !shares(entries, { credentials: true })(origin))).toEqual([])
  })

  it('an extension of Firefox', () => {
    const origin = 'moz-extension://a1cd9ab7-ab15-462c-9315-8eece8e16982'
    expect(shares(['moz-extension://*'])(origin)).toBe(true)
    expect(shares([origin], { credentials: true })(origin)).toBe(true)
    expect(codes(['moz-extension://*'], { credentials: true })).toEqual(['origin-any-host'])
  })

  it('devices of a local network', () => {
    expect(checkPolicy({ origins: ['http://192.168.*', 'http://10.*'] }).map(({ message }) => message)).toEqual(
      Array(2).fill(expect.stringContaining('list each address, or ask a predicate')),
    )
  })

  it('a pattern given to the cors package', () => {
    const origin = ['http://localhost:*', 'http://127.0.0.1:*']
    expect(() => fromCorsOptions({ origin })).toThrow('a pattern')
    expect(shares(origin)('http://127.0.0.1:5173')).toBe(true)
  })

  it('a list with spaces', () => {
    const { origins } = policyFromEnv({ CORS_ORIGINS: 'http://localhost:5173,   http://localhost:5175' })
    const cors = createCors({ origins })
    const sent = new Map(cors.entries(head('GET', { origin: 'http://localhost:5175' })))
    expect(sent.get('Access-Control-Allow-Origin')).toBe('http://localhost:5175')
  })

  it.each([
    [
      'an expression without an end',
      /^https:\/\/trusted\.com/,
      'https://trusted.com',
      'https://trusted.com.attacker.test',
    ],
    [
      'an expression without an end',
      /^https?:\/\/(.*-dot-)?site\.appspot\.com/,
      'https://site.appspot.com',
      'https://site.appspot.com.evil.test',
    ],
    [
      'an expression with an open dot',
      /^https:\/\/(?:[\w-]+\.)*globalping.example$/,
      'https://globalping.example',
      'https://globalpingxexample',
    ],
  ])('%s', (_, expression, meant, stranger) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(codes([expression])).toEqual(['origin-regexp'])
    const ask = shares((origin) => expression.test(origin), { credentials: true })
    expect([ask(stranger), ask(meant)]).toEqual([false, false])
    expect(error).toHaveBeenCalledTimes(1)
  })

  it('previews of a platform', () => {
    expect(codes(['https://*.vercel.app'])).toEqual(['origin-public-suffix'])
    const ask = shares(['https://*.vercel.app'], { dangerouslyAllowPublicSuffixes: true })
    expect([ask('https://a.vercel.app'), ask('https://evil-vercel.app')]).toEqual([true, false])
  })

  it('subdomains of several labels', () => {
    const ask = shares(['https://*.example.com'])
    expect(['https://foo.bar.example.com', 'https://foo.example.com', 'https://example.com'].map(ask)).toEqual([
      true,
      true,
      false,
    ])
  })

  it('an Origin with a slash', () => {
    const cors = createCors({ origins: ['http://localhost:3000'] })
    expect(cors.decide(head('GET', { origin: 'http://localhost:3000/' })).refusal).toBe('origin-malformed')
  })

  it('two entries', () => {
    expect(shares(['https://foo.com', 'https://bar.com'])('https://barfoo.com')).toBe(false)
  })
})
