// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are read as text, and not evaluated.
/** What is read out of the expressions of JavaScript and TypeScript, and where the reader stops. */
import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../src/diagnose/imports/js-arguments.ts'
import { isMade, isUnknown, membersOf, readLiteral } from '../../../src/diagnose/imports/literal.ts'
import { readStringLiteral, skipBlank } from '../../../src/diagnose/imports/literal-text.ts'

type Row = readonly [source: string, value: unknown, rest?: string]

/** Reads an expression, and what stands behind it. */
function read(source: string): readonly [value: unknown, rest: string] {
  const { value, end } = readLiteral(source, 0)
  return [value, source.slice(end)]
}

function reads(rows: readonly Row[]): void {
  for (const [source, value, rest = ''] of rows)
    it(`reads ${source}`, () => expect(read(source)).toStrictEqual([value, rest]))
}

const unknown = (source: string) => ({ unknown: source })

describe('what is written out', () => {
  reads([
    ['1 )', 1, ')'],
    ['-1.5e3, 2', -1500, ', 2'],
    ['0x1f', 31],
    ['1e+2;', 100, ';'],
    ['true', true],
    ['false }', false, '}'],
    ['null', null],
    ['undefined]', undefined, ']'],
    ["'a' // b", 'a', ''],
    ['"a" /* b */ )', 'a', ')'],
    [' /* a */ // b\n `c`', 'c'],
    ['{}', {}],
    ['{ a: 1, "b-c": 2, \'d\': { e: [] }, 4: 5, $f_: 6, }', { a: 1, 'b-c': 2, d: { e: [] }, 4: 5, $f_: 6 }],
    ['{ /* a */ a /* b */: // c\n 1 /* d */, // e\n }', { a: 1 }],
    ["{ ['a']: 1, [ `b` ] : 2 }", { a: 1, b: 2 }],
    ["[1, 'a', [null], {},]", [1, 'a', [null], {}]],
    ['[ ]', []],
    ["('a')", 'a'],
    ["( ( 1 ) ) + 'b'", '1b'],
    ["'a' + 'b' +\n1 + `c`", 'ab1c'],
    ["2 + 'a' ++", '2a', '++'],
    ['!function', { unknown: '!function' }],
  ])
})

describe('annotations of TypeScript', () => {
  reads([
    ["'a' as const", 'a'],
    ["'a' as  string | 'b', c", 'a', ', c'],
    ['{ a: 1 } satisfies Map<string, A.B[]>, c', { a: 1 }, ', c'],
    ['{} as Partial<Record<A, B>, Map<C, D>>', {}],
    ["{ a: 'b'! }", { a: 'b' }],
    ["('a' as \"b\") + 'c'", 'ac'],
    ["'a' asx", 'a', 'asx'],
    ["'a' satisfiesx", 'a', 'satisfiesx'],
    ["'a' != b, c", unknown("'a' != b"), ', c'],
    ["'a'!", 'a'],
    ["'a' == b", unknown("'a' == b")],
  ])
})

describe('what is computed', () => {
  reads([
    ['a', unknown('a')],
    ['a.b ?. c . d, e', unknown('a.b ?. c . d'), ', e'],
    ['$a_1[0](b, c); d', unknown('$a_1[0](b, c)'), '; d'],
    ['await  get(",", \')\', `}`) }', unknown('await  get(",", \')\', `}`)'), '}'],
    ['a("(", /* ) */ {b: [1, 2]}) ] c', unknown('a("(", /* ) */ {b: [1, 2]})'), '] c'],
    ['typeof a', unknown('typeof a')],
    ['!a && b', unknown('!a && b')],
    ['async  x', unknown('async  x')],
    ['`a${b}c` ,', unknown('`a${b}c`'), ','],
    ['`${b}`.c', unknown('`${b}`.c')],
    ["'a' + b, c", unknown("'a' + b"), ', c'],
    ["a + 'b'", unknown("a + 'b'")],
    ['1 + {}', unknown('1 + {}')],
    ["'a' + `${b}` + 'c'", unknown("'a' + `${b}` + 'c'")],
    ["' a' + b", unknown("' a' + b")],
    ...['? b : c', '& b', '| b', '< b', '> b', '= b', '* b', '/ b', '% b', '- b', '.b()', '[0]', '(b)'].map(
      (rest): Row => [`'a' ${rest}, d`, unknown(`'a' ${rest}`), ', d'],
    ),
    ['() => { a; b }, c', unknown('() => { a; b }'), ', c'],
    ['(a, b) => c', unknown('(a, b) => c')],
    ['(a) : Promise<void> => c, d', unknown('(a) : Promise<void> => c'), ', d'],
    ['({ a }) => [a, b]', unknown('({ a }) => [a, b]')],
    ['( a ) + 1', unknown('( a ) + 1')],
    ['function (a) { b, c }, d', unknown('function (a) { b, c }'), ', d'],
    ['{ a /* b */ , c // d\n}', { a: unknown('a /* b */'), c: unknown('c // d') }],
    ['{ a, b, }', { a: unknown('a'), b: unknown('b') }],
    ['{ a }', { a: unknown('a') }],
    ["{ a() { return '}' }, b(c) {}, d: 1 }", { a: unknown("a() { return '}' }"), b: unknown('b(c) {}'), d: 1 }],
    ['{ ...a, b: 1, ... { c: 2 }, ...d() }', { '...0': unknown('a'), b: 1, '...2': { c: 2 }, '...3': unknown('d()') }],
    ['{ [a.b]: 1, [1]: 2, [c()]() {} }', { '...[a.b]': 1, '...[]': 2, '...[c()]': unknown('[c()]() {}') }],
    ['[...a, ...[1], 2]', [unknown('a'), 1, 2]],
    [`${'a'.repeat(70)}, b`, unknown('a'.repeat(60)), ', b'],
    [`\`${'a'.repeat(70)}\${b}\``, unknown(`\`${'a'.repeat(59)}`)],
    ['a\n\n', unknown('a')],
  ])
})

describe('calls with a known meaning', () => {
  const made = (name: string, ...of: unknown[]) => ({ made: name, of })
  reads([
    ...[
      'Headers',
      'URL',
      'Request',
      'URLSearchParams',
      'FormData',
      'Blob',
      'File',
      'AbortController',
      'HttpHeaders',
    ].map((name): Row => [`new ${name}( 'a', b ), c`, made(name, 'a', unknown('b')), ', c']),
    ...[
      ...['JSON.stringify', 'Object.fromEntries', 'AbortSignal.timeout', 'encodeURIComponent', 'encodeURI', 'String'],
      ...['btoa', 'HttpHeaders'],
    ].map((name): Row => [`${name}(1,)`, made(name, 1)]),
    ['new  URL ()', made('URL')],
    ["Object.assign({}, a, { b: 'c' })", { '...0': {}, '...1': unknown('a'), '...2': { b: 'c' } }],
    ['new URL', unknown('new URL')],
    ["new URL('a').href", unknown("new URL('a').href")],
    ['new  myURL()', unknown('new  myURL()')],
    ['new URLs()', unknown('new URLs()')],
    ['my.btoa(1)', unknown('my.btoa(1)')],
    ['newURL(1)', unknown('newURL(1)')],
    ["btoa('a') + 'b'", unknown("btoa('a') + 'b'")],
  ])
})

describe('a text without an expression', () => {
  const failing: readonly (readonly [source: string, at: number])[] = [
    ['', 1],
    [')', 1],
    ['  @', 3],
    ['"a', 1],
    ['{ a: }', 6],
    ['{ a: 1 b: 2 }', 8],
    ['{ a: 1', 7],
    ['{ @: 1 }', 3],
    ['{ "a', 3],
    ['{ a; }', 4],
    ['{ [a: 1 }', 9],
    ['[1 2]', 4],
    ['[1', 3],
    ['(1', 3],
    ['(1, 2)', 3],
    ['1 + ', 5],
    ['a("b', 3],
    ["'a' as !", 5],
    ["'a' as <b", 5],
  ]
  it.each(failing)('fails at its place: %s', (source, at) =>
    expect(() => readLiteral(source, 0)).toThrow(new SyntaxError(`no literal at character ${at}`)),
  )

  it.each([
    ['[', ']'],
    ['{ a: ', '}'],
    ['{ ...', '}'],
    ['(', ')'],
    ['String(', ')'],
    ['{ [', ']: 1 }'],
  ])('nests %s only so deep', (open, close) => {
    const nested = (times: number) => `${open.repeat(times)}1${close.repeat(times)}`
    expect(read(nested(50))[1]).toBe('')
    expect(() => readLiteral(nested(51), 0)).toThrow(SyntaxError)
  })
})

describe('strings', () => {
  it.each([
    ["'a\"`b'", 'a"`b'],
    ['"\\n\\r\\t\\b\\f\\v\\\n\\q\\\\\\""', '\n\r\t\b\f\vq\\"'],
    ["'\\x41\\xe9g\\u0041\\u00e9g\\u{1f600}\\u{9}x\\u{ffffff}'", 'A\u00e9gA\u00e9g\u{1f600}\tx\u{10ffff}'],
    ["'\\x4\\u004\\u{}\\u{1234567}'", 'x4u004u{}u{1234567}'],
    ["'${a}'", '${a}'],
    ['`$a{b}`', '$a{b}'],
  ])('are read whole: %s', (source, value) =>
    expect(readStringLiteral(`x${source}y`, 1)).toStrictEqual({
      value,
      start: 1,
      end: source.length + 1,
      isWhole: true,
    }),
  )

  it.each([
    ['`a${b}c${ {d: {}} }e` f', 'ace', 21],
    ['`${a', null, 0],
    ['`a${{}`', null, 0],
    ["'a", null, 0],
    ["'a\\'", null, 0],
  ])('with computed parts, or an end that is lacking: %s', (source, value, end) =>
    expect(readStringLiteral(source, 0)).toStrictEqual(
      value === null ? null : { value, start: 0, end, isWhole: false },
    ),
  )

  it.each([
    ['a', 0],
    [' \t\r\n\u00a0a', 5],
    ['// a\nb', 5],
    ['// a', 4],
    ['//\n', 3],
    ['/* a */b', 7],
    ['/*/ a */b', 8],
    ['/* a *', 6],
    [' /* a */ // b\n c', 15],
    ['/ a', 0],
  ])('stand behind what is blank: %j', (source, at) => expect(skipBlank(source, 0)).toBe(at))
})

describe('arguments', () => {
  it.each([
    [')', [], ')'],
    [' \n)', [], ' \n)'],
    ["'a', { b: 1 } )", ['a', { b: 1 }], ')'],
    ["'a' ,\n)", ['a'], '\n)'],
    ["/* a */ 'b' /* c */, // d\n)", ['b'], ' // d\n)'],
    ["'a', 'b' 'c'", ['a', 'b'], "'c'"],
  ])('are read from %j', (source, values, rest) => {
    const { end, ...found } = readArguments(source, 0)
    expect([found, source.slice(end)]).toStrictEqual([{ values }, rest])
  })
})

describe('values', () => {
  it.each([null, undefined, 'unknown', 1, {}, [], { made: 'URL', of: [] }])('of which %j is not computed', (value) =>
    expect(isUnknown(value)).toBe(false),
  )
  it.each([null, undefined, 'made', 1, {}, [], { unknown: 'a' }])('of which %j is of no call', (value) =>
    expect(isMade(value)).toBe(false),
  )
  it('are told by their own members', () => {
    expect([isUnknown({ unknown: 'a' }), isMade({ made: 'URL', of: [] })]).toEqual([true, true])
  })

  it('are members of the object that they are spread in', () => {
    const { value } = readLiteral(
      '{ a: 1, ...{ a: 2, ...Object.assign({ b: 3 }, c) }, ...d, ...null, [e]: { f: 4 } }',
      0,
    )
    expect(membersOf(value as object)).toStrictEqual([
      ['a', 1],
      ['a', 2],
      ['b', 3],
      ['...1', unknown('c')],
      ['...2', unknown('d')],
      ['...3', null],
      ['...[e]', { f: 4 }],
    ])
    expect(membersOf({ '...0': { made: 'URL', of: [] }, 'x...0': { a: 1 } })).toHaveLength(2)
  })
})
