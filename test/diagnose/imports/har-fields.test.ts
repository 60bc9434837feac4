import { describe, expect, it } from 'vitest'
import { groupBy } from '../../../src/diagnose/imports/har-chains.ts'
import { dig, pagesOf, readHeaderLines, readString, readWholeNumber } from '../../../src/diagnose/imports/har-fields.ts'
import { parseHar } from '../../../src/diagnose.ts'

describe('dig()', () => {
  it('reads own properties of objects alone', () => {
    expect(dig({ a: 1 }, 'a')).toBe(1)
    expect(dig(['x'], '0')).toBe('x')
    for (const none of [{}, null, undefined, 'text', 5, Object.create({ a: 1 })]) expect(dig(none, 'a')).toBeUndefined()
    expect(dig('text', 'length')).toBeUndefined()
  })
})

describe('readString() and readWholeNumber()', () => {
  it('read a text and a number, and nothing else', () => {
    expect(['a', '', 5, null, {}].map(readString)).toEqual(['a', '', undefined, undefined, undefined])
    expect([5, '5', '', 'a', 5.5, '5.5', null, undefined, {}, Number.NaN, true].map(readWholeNumber)).toEqual([
      5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ])
  })
})

describe('readHeaderLines()', () => {
  it.each<readonly [headers: unknown, lines: readonly (readonly [string, string])[]]>([
    [[{ name: 'A', value: 'b' }], [['A', 'b']]],
    [
      [
        { name: 'A', value: 'b\nc\r\nd' },
        { name: 'A', value: '' },
      ],
      [
        ['A', 'b'],
        ['A', 'c'],
        ['A', 'd'],
        ['A', ''],
      ],
    ],
    [[{ name: 'A' }, { value: 'b' }, { name: 1, value: 'b' }, { name: 'A', value: 2 }, null, 'x'], []],
    [
      { A: 'b', C: 'd\ne', F: 5 },
      [
        ['A', 'b'],
        ['C', 'd'],
        ['C', 'e'],
      ],
    ],
    [null, []],
    [undefined, []],
    ['A: b', []],
    [5, []],
  ])('reads %j', (headers, lines) => expect(readHeaderLines(headers)).toEqual(lines))

  it('reads two thousand lines', () => {
    const many = Array.from({ length: 2001 }, (_, i) => ({ name: `X-${i}`, value: '' }))
    expect(readHeaderLines(many)).toHaveLength(2000)
    expect(readHeaderLines(Object.fromEntries(many.map(({ name, value }) => [name, value])))).toHaveLength(2000)
  })
})

describe('pagesOf()', () => {
  it('reads the addresses of pages by their ids', () => {
    const pages = [
      { id: 'a', title: 'https://a.example/' },
      { id: 'b', title: 'http://b.example/', _url: 'https://x.example/' },
      { id: 3, _url: 'https://c.example/' },
      { id: 'd', title: 'A title', _url: 'https://x.example/' },
      { id: 'e', title: 'see https://x.example/' },
      { id: 'f' },
      null,
    ]
    expect([...pagesOf({ log: { pages } })]).toEqual([
      ['a', 'https://a.example/'],
      ['b', 'http://b.example/'],
      ['3', 'https://c.example/'],
      ['d', 'https://x.example/'],
    ])
    for (const none of [null, {}, { log: {} }, { log: { pages: {} } }]) expect(pagesOf(none).size).toBe(0)
  })

  it('reads two thousand pages', () => {
    const pages = Array.from({ length: 2001 }, (_, id) => ({ id, title: `https://a.example/${id}` }))
    expect(pagesOf({ log: { pages } }).size).toBe(2000)
  })
})

describe('groupBy()', () => {
  it('keeps the order', () => {
    expect([...groupBy(['ab', 'c', 'ad', 'ce'], (text) => text.charAt(0))]).toEqual([
      ['a', ['ab', 'ad']],
      ['c', ['c', 'ce']],
    ])
  })
})

describe('parseHar()', () => {
  it.each([
    ['', 'this is not a HAR file: it is not JSON'],
    ['{"log":', 'this HAR file ends in the middle: export it again'],
    [' {"log": \n', 'this HAR file ends in the middle: export it again'],
    ['{"log"} ', 'this is not a HAR file: it is not JSON'],
    ['[{', 'this is not a HAR file: it is not JSON'],
    ['{}', 'this is not a HAR file: log.entries is missing'],
    ['{"log":{"entries":{}}}', 'this is not a HAR file: log.entries is missing'],
    [`{"log":{"entries":[${'0,'.repeat(200_000)}0]}}`, 'this archive has 200001 requests: record fewer'],
  ])('refuses %.30j', (text, message) => expect(() => parseHar(text)).toThrow(new TypeError(message)))

  it('reads as many requests as an archive may have', () => {
    expect(parseHar(`{"log":{"entries":[${'0,'.repeat(199_999)}0]}}`)).toEqual([])
  })

  it('takes a preflight that is near, of more than 64', () => {
    const put = {
      request: {
        method: 'PUT',
        url: 'https://api.example/x',
        headers: [{ name: 'Origin', value: 'https://a.example' }],
      },
      response: { status: 200, headers: [] },
    }
    const asked = [
      { name: 'Origin', value: 'https://a.example' },
      { name: 'Access-Control-Request-Method', value: 'PUT' },
    ]
    const preflight = { request: { ...put.request, method: 'OPTIONS', headers: asked }, response: { status: 204 } }
    const after = (count: number, distance: number) => {
      const entries = [...Array(count).fill(preflight), ...Array(distance - 1).fill(null), put]
      return parseHar(JSON.stringify({ log: { entries } }))[0]?.recorded.preflight?.status
    }
    expect([after(65, 199), after(65, 200), after(64, 300)]).toEqual([204, undefined, 204])
  })
})
