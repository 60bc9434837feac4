import { describe, expect, it } from 'vitest'
import { readHttpie, readWget } from '../../../src/diagnose/imports/other-clients.ts'
import { brief } from './brief.ts'

const WGET: readonly (readonly [words: readonly string[], requests: readonly string[]])[] = [
  [
    ['--header=content-type-x: y', '--post-data=a', 'a.example'],
    ['POST http://a.example {content-type-x: y} {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  [
    ['--header=x-content-type: y', '--post-data=a', 'a.example'],
    ['POST http://a.example {x-content-type: y} {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  [['-qO', 'f', 'a.example'], ['GET http://a.example']],
  [['-qO-', 'a.example'], ['GET http://a.example']],
  [['-U', 'x', 'a.example'], ['GET http://a.example']],
  [
    ['--post-file', 'f', 'a.example'],
    ['POST http://a.example {Content-Type: application/x-www-form-urlencoded} body=""'],
  ],
  [
    ['--body-file=f', '--method', 'PUT', 'a.example'],
    ['PUT http://a.example {Content-Type: application/x-www-form-urlencoded} body=""'],
  ],
  [['https://a.example/'], ['GET https://a.example/']],
  [['a.example'], ['GET http://a.example']],
  [['--method', 'PUT', 'a.example'], ['PUT http://a.example']],
  [['--method=PUT', 'a.example'], ['PUT http://a.example']],
  [['--header', 'A: b', 'a.example'], ['GET http://a.example {A: b}']],
  [['--header=A: b', '--header=C: d', 'a.example'], ['GET http://a.example {A: b} {C: d}']],
  [
    ['--body-data', 'x', 'a.example'],
    ['POST http://a.example {Content-Type: application/x-www-form-urlencoded} body="x"'],
  ],
  [
    ['--body-data=x=y\nz', '--method=PUT', 'a.example'],
    ['PUT http://a.example {Content-Type: application/x-www-form-urlencoded} body="x=y\\nz"'],
  ],
  [
    ['--post-data', 'x', 'a.example'],
    ['POST http://a.example {Content-Type: application/x-www-form-urlencoded} body="x"'],
  ],
  [
    ['--post-data=x', '--header=content-type: a/b', 'a.example'],
    ['POST http://a.example {content-type: a/b} body="x"'],
  ],
  [
    ['--user-agent', 'x', '--referer', 'https://page.example/y', 'a.example'],
    ['GET http://a.example origin=https://page.example'],
  ],
  [
    ['--user-agent=x', '--referer=https://page.example/y', 'a.example'],
    ['GET http://a.example origin=https://page.example'],
  ],
  [['-O', 'f', '-o', 'g', '-U', 'h', '-P', 'i', '-t', '3', 'a.example'], ['GET http://a.example']],
  [['--output-document', 'f', '--timeout', '3', '--tries', '2', 'a.example'], ['GET http://a.example']],
  [['--output-document=f', 'a.example'], ['GET http://a.example']],
  [['-q', '--quiet', 'a.example', 'b.example'], ['GET http://a.example']],
  [['a.example', '--method'], ['GET http://a.example']],
  [['--header=A:', 'a.example'], ['GET http://a.example']],
  [['-Ox', 'a.example'], ['GET http://a.example']],
  [['--METHOD=PUT', 'a.example'], ['GET http://a.example']],
  [['a.example', '--post-data'], ['POST http://a.example {Content-Type: application/x-www-form-urlencoded} body=""']],
  [['--post-data=', 'a.example'], ['POST http://a.example {Content-Type: application/x-www-form-urlencoded} body=""']],
  [['https://u:p@a.example/'], ['GET https://a.example/']],
]

const HTTPIE: readonly (readonly [name: string, words: readonly string[], requests: readonly string[]])[] = [
  ['http', ['a.example', '=x=y'], ['GET http://a.example']],
  ['http', ['mylocalhost'], []],
  ['http', ['localhosts'], []],
  ['http', ['--raw', 'a.example'], []],
  ['http', ['-a', 'u:p', 'a.example'], ['GET http://a.example {Authorization: Basic dTpw}']],
  ['http', ['--auth', 'u:p', 'GET', 'a.example'], ['GET http://a.example {Authorization: Basic dTpw}']],
  ['http', ['--auth=t', '-A', 'bearer', 'a.example'], ['GET http://a.example {Authorization: Bearer t}']],
  ['http', ['-a', 't', '--auth-type=bearer', 'a.example'], ['GET http://a.example {Authorization: Bearer t}']],
  ['http', ['-a', 't', 'a.example', 'authorization:x'], ['GET http://a.example {authorization: x}']],
  ['http', ['--raw', '{}', 'a.example'], ['POST http://a.example {Content-Type: application/json} body="{}"']],
  ['http', ['--raw=x', 'PUT', 'a.example', 'content-type:a/b'], ['PUT http://a.example {content-type: a/b} body="x"']],
  ['http', ['a.example', 'A;', 'B:', 'C;d'], ['GET http://a.example {A: }']],
  ['https', [':'], ['GET https://localhost']],
  ['https', [':/x'], ['GET https://localhost/x']],
  ['http', ['a.example'], ['GET http://a.example']],
  ['https', ['a.example'], ['GET https://a.example']],
  ['xh', ['a.example/x'], ['GET http://a.example/x']],
  ['http', ['PUT', 'a.example'], ['PUT http://a.example']],
  ['http', ['put', 'a.example', 'a=b'], ['PUT http://a.example {Content-Type: application/json} body="a=b"']],
  [
    'http',
    ['a.example', 'a=b', 'c:=1', 'd@f'],
    ['POST http://a.example {Content-Type: application/json} body="a=b&c=1&d=f"'],
  ],
  ['http', ['a.example', 'A:b', 'B:', 'c==d', 'e==f g'], ['GET http://a.example/?c=d&e=f%20g {A: b}']],
  [
    'http',
    ['--form', 'a.example', 'a=b'],
    ['POST http://a.example {Content-Type: application/x-www-form-urlencoded} body="a=b"'],
  ],
  [
    'http',
    ['-f', 'a.example', 'a=b'],
    ['POST http://a.example {Content-Type: application/x-www-form-urlencoded} body="a=b"'],
  ],
  ['http', ['-v', 'POST', 'a.example'], ['POST http://a.example']],
  ['http', ['a.example', 'content-type:a/b', 'a=b'], ['POST http://a.example {content-type: a/b} body="a=b"']],
  ['http', ['https://a.example/'], ['GET https://a.example/']],
  ['https', ['http://a.example/'], ['GET http://a.example/']],
  ['http', [':'], ['GET http://localhost']],
  ['http', [':/x'], ['GET http://localhost/x']],
  ['http', [':3000'], ['GET http://localhost:3000']],
  ['http', [':3000/x'], ['GET http://localhost:3000/x']],
  ['https', [':3000/x'], ['GET https://localhost:3000/x']],
  ['http', ['localhost'], ['GET http://localhost']],
  ['http', ['localhost:3000', 'x'], ['GET http://localhost:3000']],
  ['http', [], []],
  ['http', ['server'], []],
  ['http', ['GET'], []],
  ['http', ['GET', 'server'], []],
  ['http', ['a.example', 'x'], ['GET http://a.example']],
  ['http', ['a.example', '=x', ':x'], ['GET http://a.example']],
  [
    'http',
    ['a.example', 'a=b=c', 'd=e:f', 'g:h=i', 'j==k:l', 'm@n=o', 'p:=q@r', 's=t\nu'],
    ['POST http://a.example/?j=k:l {g: h=i} {Content-Type: application/json} body="a=b=c&d=e:f&m=n=o&p=q@r&s=t\\nu"'],
  ],
  ['http', ['HTTP://a.example'], ['GET HTTP://a.example']],
  ['http', ['a1', 'b.example'], []],
  ['http', ['GET1', 'a.example'], []],
  ['xhs', ['a.example/'], ['GET https://a.example/']],
  ['http', ['a.example', 'a=', 'b=='], ['POST http://a.example/?b= {Content-Type: application/json} body="a="']],
  ['http', ['DELETE', 'a.example/x?y=1', 'z==2'], ['DELETE http://a.example/x?y=1&z=2']],
]

const first = (requests: readonly { readonly url: string }[]) => requests[0]?.url

describe('readWget()', () => {
  it.each(WGET)('reads %j', (words, requests) => expect(readWget(words).map(brief)).toEqual(requests))

  it.each([
    '--output-document',
    '--output-file',
    '--append-output',
    '--directory-prefix',
    '--timeout',
    '--dns-timeout',
    '--connect-timeout',
    '--read-timeout',
    '--tries',
    '--wait',
    '--waitretry',
    '--limit-rate',
    '--max-redirect',
    '--user',
    '--password',
    '--http-user',
    '--http-password',
    '--bind-address',
    '--load-cookies',
    '--save-cookies',
    '--ca-certificate',
    '--ca-directory',
    '--certificate',
    '--certificate-type',
    '--private-key',
    '--private-key-type',
    '--secure-protocol',
    '--config',
    '--execute',
    '--input-file',
    '--base',
    '--level',
    '--accept',
    '--reject',
    '--domains',
    '--compression',
    '-O',
    '-o',
    '-P',
    '-t',
    '-T',
    '-a',
    '-e',
    '-i',
    '-B',
    '-D',
    '-A',
    '-R',
    '-l',
    '-w',
    '-Q',
  ])('takes no value of %s for the URL', (option) => {
    expect(first(readWget([option, 'b.example', 'a.example']))).toBe('http://a.example')
    expect(first(readWget([`${option}=b.example`, 'a.example']))).toBe('http://a.example')
  })
  it.each(['-q', '-c', '-nv', '-S', '-x', '--no-verbose', '--xtimeout'])('knows that %s takes no value', (option) => {
    expect(first(readWget([option, 'b.example', 'a.example']))).toBe('http://b.example')
  })

  it.each([[[]], [['-q']], [['--method']]])('finds no URL in %j', (words) => {
    expect(() => readWget(words)).toThrow(new TypeError('this wget command names no URL'))
  })
})

describe('readHttpie()', () => {
  it.each(HTTPIE)('reads %s %j', (name, words, requests) =>
    expect(readHttpie(name, words).map(brief)).toEqual(requests),
  )

  it.each([
    '-a',
    '-A',
    '-o',
    '-p',
    '-s',
    '--auth',
    '--auth-type',
    '--output',
    '--print',
    '--style',
    '--pretty',
    '--session',
    '--session-read-only',
    '--timeout',
    '--proxy',
    '--verify',
    '--ssl',
    '--cert',
    '--cert-key',
    '--ciphers',
    '--max-redirects',
    '--max-headers',
    '--format-options',
    '--boundary',
    '--raw',
  ])('takes no value of %s for the URL', (option) => {
    expect(first(readHttpie('http', [option, 'b.example', 'a.example']))).toBe('http://a.example')
    expect(first(readHttpie('http', [`${option}=b.example`, 'a.example']))).toBe('http://a.example')
  })
  it.each(['-v', '-b', '-h', '--check-status', '--xauth'])('knows that %s takes no value', (option) => {
    expect(first(readHttpie('http', [option, 'b.example', 'a.example']))).toBe('http://b.example')
  })
})
