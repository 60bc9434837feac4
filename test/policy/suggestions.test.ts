// What is written instead of an entry: the origin that a text or a regular expression means.
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/index.ts'
import { correctOrigin } from '../../src/policy/suggest/origin.ts'
import { nameOfRegExp, originOfRegExp, regExpSource } from '../../src/policy/suggest/regexp.ts'

describe('a text', () => {
  it.each<[string, string | null]>([
    // A scheme that is missing, or misspelt.
    ['a.com', 'https://a.com'],
    ['//a.com', 'https://a.com'],
    ['http//a.com', 'https://a.com'],
    ['https//a.com', 'https://a.com'],
    ['http;//a.com', 'https://a.com'],
    [';//a.com', 'https://a.com'],
    ['x//a.com', 'https://x'],
    ['x//a.com/y', 'https://x'],
    ['htps://a.com', 'https://a.com'],
    ['HTTP:a.com', 'http://a.com'],
    ['https:/a.com', 'https://a.com'],
    ['xhttps:a.com', null],
    ['http:8080', 'https://http:8080'],
    ['https:80/x', 'https://https:80'],
    ['https:81?q', 'https://https:81'],
    ['http:1a', 'http://1a'],
    ['://a.com', null],
    [':a.com', null],
    // A name of the computer itself.
    ['localhost', 'http://localhost'],
    ['localhost:3000', 'http://localhost:3000'],
    ['x.y.localhost', 'http://x.y.localhost'],
    ['xy.localhost:80/p', 'http://xy.localhost'],
    ['mylocalhost', 'https://mylocalhost'],
    ['localhost.com', 'https://localhost.com'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['127.com', 'https://127.com'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['a.com/x.localhost', 'https://a.com'],
    // Wildcards of other libraries.
    ['http://.a.com', 'http://*.a.com'],
    ['https://**.*.a.com', 'https://*.a.com'],
    ['https://.a.*.com', 'https://.a.*.com'],
    ['https://*a.com', 'https://*.a.com'],
    ['https://*abc.com/x', 'https://*.abc.com'],
    ['https://*abc.com:8443', 'https://*.abc.com:8443'],
    ['https://*a.b.com', 'https://*a.b.com'],
    ['https://*.b.*.com', null],
    ['https://**', null],
    ['https://a.com:*', 'https://a.com'],
    ['https://a.com:*/x', 'https://a.com'],
    ['http://localhost:*?x', 'http://localhost:*'],
    ['http://localhost:[*]', 'http://localhost:*'],
    ['https://a.com:*x', null],
    // No address at all.
    ['data:x', null],
    ['process.env.ORIGIN', null],
    ['Bun.env.ORIGIN', null],
    ['mydata:8080', 'https://mydata:8080'],
    ['x.process.env.com', 'https://x.process.env.com'],
    ['https://process.environment.com', 'https://process.environment.com'],
  ])('%j means %j', (text, origin) => {
    expect(correctOrigin(text)?.text ?? null).toBe(origin)
  })

  it('of 2,000 characters is the longest that is corrected', () => {
    const text = (length: number) => `https://a.com/${'x'.repeat(length - 14)}`
    expect(correctOrigin(text(2_000))?.text).toBe('https://a.com')
    expect(correctOrigin(text(2_001))).toBeNull()
  })

  it.each<[string, boolean]>([
    ['https://A.com/', false],
    ['https://a.com:443', false],
    ['a.com', true],
    ['https://a.com.', true],
    ['https://user@a.com', true],
    ['https://a.com:*', true],
    ['http://localhost:*/', false],
    ['https://*a.com', true],
  ])('%j is a guess: %j', (text, review) => {
    expect(correctOrigin(text)?.review).toBe(review)
  })
})

describe('a RegExp', () => {
  it.each<[RegExp, string | null]>([
    [/^a\.com$/, 'https://a.com'],
    [/^(a\.com)$/, 'https://a.com'],
    [/^(?:a\.com)$/, 'https://a.com'],
    [/x(a\.com)$/, null],
    [/a\.com/, 'https://*.a.com'],
    [/a$b\.com/, null],
    [/a^b\.com/, null],
    [/a\.com^/, null],
    [/^(https:\/\/)?a\.com$/, 'https://a.com'],
    [/^(?:https?:\/\/)a\.com$/, 'https://a.com'],
    [/^x(https?:\/\/)?a\.com$/, null],
    [/(https?:\/\/)?a\.com$/, 'https://a.com'],
    [/^https?:\/\/a\.com$/, 'https://a.com'],
    [/^(https?):\/\/a\.com/, 'https://a.com'],
    [/xhttps?:\/\/a\.com/, null],
    [/^(http|https):\/\/a\.com$/, 'https://a.com'],
    [/^(?:https|http):\/\/a\.com$/, 'https://a.com'],
    [/^x(http|https):\/\/a\.com$/, null],
    // Ports.
    [/^https:\/\/a\.com(:\d+)?$/, 'https://a.com:*'],
    [/^http:\/\/localhost(:[0-9]{2,5})?$/, 'http://localhost:*'],
    [/^http:\/\/localhost(?::\d*)$/, 'http://localhost:*'],
    [/:\d+a\.com/, null],
    // Paths.
    [/^https:\/\/a\.com\/?$/, 'https://a.com'],
    [/^https:\/\/a\.com\/.*$/, 'https://a.com'],
    [/^https:\/\/a\.com(\/.*)?$/, 'https://a.com'],
    [/^https:\/\/a\.com(?:\/.*)?$/, 'https://a.com'],
    [/^https:\/\/a\.com(:\d+)?\/.*$/, 'https://a.com:*'],
    [/^https:\/\/a\.com(\/.*)?x$/, null],
    [/^https:\/\/a\.com\/?b$/, null],
    [/^https:\/\/a\.com\/.*b$/, 'https://a.com/*b'],
    // Variable text.
    [/^https:\/\/(?:[\w-]+?\.)*a\.com$/, 'https://*.a.com'],
    [/^https:\/\/([a-z]+\.)+a\.com$/, 'https://*.a.com'],
    [/^https:\/\/(.*)\.a\.com$/, 'https://*.a.com'],
    [/^https:\/\/a-\w{3}\.b\.com$/, 'https://a-*.b.com'],
    [/^https:\/\/a-[a-z]{2,10}-b\.c\.com$/, 'https://a-*-b.c.com'],
    [/^\S+\.a\.com$/, 'https://*.a.com'],
    [/^.*:\/\/a\.com$/, '://a.com'],
    [/^.*https:\/\/a\.com$/, 'https://a.com'],
    [/^https:\/\/a\.com.*$/, 'https://a.com*'],
    [/^https:\/\/.*$/, null],
    [/.*/, '*'],
    [/^$/, null],
    [/a\.com.*$/, 'https://*.a.com'],
    [/^\.+a\.com$/, 'https://*.a.com'],
    [/^\/\/a\.com$/, 'https://*.a.com'],
    // The computer itself.
    [/^https?:\/\/localhost$/, 'http://localhost'],
    [/^https:\/\/localhost$/, 'https://localhost'],
    [/localhost:3000/, 'http://localhost:*'],
    [/127\.0\.0\.1/, 'http://127.0.0.1:*'],
    [/mylocalhost/, null],
    [/a127\./, 'https://*.a127.'],
    [/abc/, null],
  ])('%s means %j', (regexp, origin) => {
    expect(originOfRegExp(regexp.source)).toBe(origin)
  })

  it('of 500 characters is the longest that is translated', () => {
    expect(regExpSource(new RegExp('x'.repeat(500)))).toBe('x'.repeat(500))
    expect(regExpSource(new RegExp('x'.repeat(501)))).toBe('')
    expect(regExpSource(Object.defineProperty(/a/, 'source', { value: 5 }))).toBe('')
    expect(regExpSource({ source: 'a' })).toBeNull()
  })
})

describe('a RegExp of header names', () => {
  it.each<[RegExp, string | null]>([
    [/^X-App-/, 'X-App-*'],
    [/^X-App$/, 'X-App'],
    [/^X-App-.*$/, 'X-App-*'],
    [/^X-\w+$/, 'X-*'],
    [/^X-[a-z]*$/, 'X-*'],
    [/X$A/, null],
    [/X^A/, null],
    [/^X-(?:A|B)$/, null],
    [/^X.A$/, null],
    [/^$/, null],
  ])('%s means %j', (regexp, name) => {
    expect(nameOfRegExp(regexp.source)).toBe(name)
  })
})

describe('an entry that holds several', () => {
  const messageOf = (origins: unknown, rest: object = {}) => checkPolicy({ ...rest, origins })[0]?.message
  const many = (count: number) => Array.from({ length: count }, (_, i) => `https://a${i}.com`)

  it('is written out up to twenty', () => {
    const shown = (count: number) =>
      many(count)
        .map((origin) => JSON.stringify(origin))
        .join(', ')
    expect(messageOf([many(20).join(' ')])).toMatch(new RegExp(`write ${shown(20)}$`))
    expect(messageOf([many(21).join(' ')])).toMatch(new RegExp(`write ${shown(20)}, …$`))
    expect(messageOf(many(21).join(','))).toMatch(/write \["https:[^ ]*"https:\/\/a19\.com"\]$/)
  })

  it('is corrected part by part, and what cannot be is left', () => {
    expect(messageOf(['https://a.com/ |data:x;http://b.com'])).toMatch(
      /write "https:\/\/a\.com", "data:x", "http:\/\/b\.com"$/,
    )
    expect(messageOf(['http://a.com http://b.com'], { credentials: true })).toMatch(
      /write "https:\/\/a\.com", "https:\/\/b\.com"$/,
    )
  })
})
