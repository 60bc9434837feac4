// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is pasted holds templates, and they are read as text.
import { describe, expect, it } from 'vitest'
import { readLiteral } from '../../../src/diagnose/imports/literal.ts'
import { readStringLiteral, skipBlank } from '../../../src/diagnose/imports/literal-text.ts'

/** A source, the value that its expression has, and what follows the expression. */
const READ: readonly (readonly [source: string, value: unknown, rest: string])[] = [
  ['1', 1, ''],
  ['-1.5', -1.5, ''],
  ['1e3', 1000, ''],
  ['0x1f', 31, ''],
  ['1_000', 1000, ''],
  ['true', true, ''],
  ['false', false, ''],
  ['null', null, ''],
  ['trueish', { unknown: 'trueish' }, ''],
  ['true.x', { unknown: 'true.x' }, ''],
  ['"a" + "b"', 'ab', ''],
  ['"a" + 1 + 2', 'a12', ''],
  ['1 + "a"', '1a', ''],
  ['"a" + b', { unknown: '"a" + b' }, ''],
  ['b + "a"', { unknown: 'b + "a"' }, ''],
  ['"a"++', 'a', '++'],
  ['{} + "a"', { unknown: '{} + "a"' }, ''],
  ['"a"+"b",c', 'ab', ',c'],
  ['"a" as string', 'a', ''],
  ['"a" as const, 1', 'a', ', 1'],
  ['{ a: 1 } satisfies RequestInit', { a: 1 }, ''],
  ['"a"!', 'a', ''],
  ['"a"! + "b"', 'ab', ''],
  ['"a" != b', { unknown: '"a" != b' }, ''],
  ['"a" as Record<string, string>[] | \'x\' "y", 2', 'a', ', 2'],
  ['"assert"', 'assert', ''],
  ['"a" assert', 'a', 'assert'],
  ['"a" satisfiesx', 'a', 'satisfiesx'],
  ['"a" ? 1 : 2, 3', { unknown: '"a" ? 1 : 2' }, ', 3'],
  ['"a" & 1', { unknown: '"a" & 1' }, ''],
  ['"a" | 1', { unknown: '"a" | 1' }, ''],
  ['"a" < 1', { unknown: '"a" < 1' }, ''],
  ['"a" > 1', { unknown: '"a" > 1' }, ''],
  ['"a" = 1', { unknown: '"a" = 1' }, ''],
  ['"a" * 1', { unknown: '"a" * 1' }, ''],
  ['"a" / 1', { unknown: '"a" / 1' }, ''],
  ['"a" % 1', { unknown: '"a" % 1' }, ''],
  ['"a" - 1', { unknown: '"a" - 1' }, ''],
  ['"a".trim(), 2', { unknown: '"a".trim()' }, ', 2'],
  ['"a"[0], 2', { unknown: '"a"[0]' }, ', 2'],
  ['"a"(1), 2', { unknown: '"a"(1)' }, ', 2'],
  ['[1].map((x) => x, 2), 3', { unknown: '[1].map((x) => x, 2)' }, ', 3'],
  ['{ a: 1 }.b)', { unknown: '{ a: 1 }.b' }, ')'],
  ['"a" ?? b ] c', { unknown: '"a" ?? b' }, '] c'],
  ['(1)', 1, ''],
  ['( "a" )', 'a', ''],
  ['(("a"))', 'a', ''],
  ['(a, b) => c, 2', { unknown: '(a, b) => c' }, ', 2'],
  ['(a): string => c(1, 2), 2', { unknown: '(a): string => c(1, 2)' }, ', 2'],
  ['() => 1; 2', { unknown: '() => 1' }, '; 2'],
  ['(a) => { b, c }, 2', { unknown: '(a) => { b, c }' }, ', 2'],
  ['(a) = b', { unknown: '(a) = b' }, ''],
  ['(a) + "b"', { unknown: '(a) + "b"' }, ''],
  ['(a)', { unknown: 'a' }, ''],
  ['x', { unknown: 'x' }, ''],
  ['x.y', { unknown: 'x.y' }, ''],
  ['x?.y', { unknown: 'x?.y' }, ''],
  ['x . y ?. z, 2', { unknown: 'x . y ?. z' }, ', 2'],
  ['await x, 2', { unknown: 'await x' }, ', 2'],
  ['new Foo(1, 2), 3', { unknown: 'new Foo(1, 2)' }, ', 3'],
  ['async () => 1, 2', { unknown: 'async () => 1' }, ', 2'],
  ['!x, 2', { unknown: '!x' }, ', 2'],
  ['!true', { unknown: '!true' }, ''],
  ['void 0, 2', { unknown: 'void 0' }, ', 2'],
  ['typeof x, 2', { unknown: 'typeof x' }, ', 2'],
  ['$x_1, 2', { unknown: '$x_1' }, ', 2'],
  ['x[0], y', { unknown: 'x[0]' }, ', y'],
  ['x(1, "a)", [2], {b}), y', { unknown: 'x(1, "a)", [2], {b})' }, ', y'],
  ['x("it\'s, `a`", `b,c`), y', { unknown: 'x("it\'s, `a`", `b,c`)' }, ', y'],
  ['x; y', { unknown: 'x' }, '; y'],
  ['x) y', { unknown: 'x' }, ') y'],
  ['x] y', { unknown: 'x' }, '] y'],
  ['x} y', { unknown: 'x' }, '} y'],
  ['x /* , */ , y', { unknown: 'x /* , */' }, ', y'],
  ['x // , \n , y', { unknown: 'x // ,' }, ', y'],
  ['new Headers({ a: 1 })', { made: 'Headers', of: [{ a: 1 }] }, ''],
  ['new  URL("a", "b")', { made: 'URL', of: ['a', 'b'] }, ''],
  ['new Request("a")', { made: 'Request', of: ['a'] }, ''],
  ['new URLSearchParams()', { made: 'URLSearchParams', of: [] }, ''],
  ['new FormData()', { made: 'FormData', of: [] }, ''],
  ['new FormData(form)', { made: 'FormData', of: [{ unknown: 'form' }] }, ''],
  ['new Blob([], { type: "a/b" })', { made: 'Blob', of: [[], { type: 'a/b' }] }, ''],
  ['new File([])', { made: 'File', of: [[]] }, ''],
  ['new AbortController().signal', { unknown: 'new AbortController().signal' }, ''],
  ['new AbortController()', { made: 'AbortController', of: [] }, ''],
  ['JSON.stringify({ a: b })', { made: 'JSON.stringify', of: [{ a: { unknown: 'b' } }] }, ''],
  ['Object.assign({}, a)', { made: 'Object.assign', of: [{}, { unknown: 'a' }] }, ''],
  ['Object.fromEntries([])', { made: 'Object.fromEntries', of: [[]] }, ''],
  ['AbortSignal.timeout(5)', { made: 'AbortSignal.timeout', of: [5] }, ''],
  ['encodeURIComponent(a)', { made: 'encodeURIComponent', of: [{ unknown: 'a' }] }, ''],
  ['encodeURI(a)', { made: 'encodeURI', of: [{ unknown: 'a' }] }, ''],
  ['String(a)', { made: 'String', of: [{ unknown: 'a' }] }, ''],
  ['btoa("a")', { made: 'btoa', of: ['a'] }, ''],
  ['HttpHeaders()', { made: 'HttpHeaders', of: [] }, ''],
  ['new HttpHeaders({})', { made: 'HttpHeaders', of: [{}] }, ''],
  ['new HttpHeaders', { unknown: 'new HttpHeaders' }, ''],
  ['JSON.stringify', { unknown: 'JSON.stringify' }, ''],
  ['my.JSON.stringify(1)', { unknown: 'my.JSON.stringify(1)' }, ''],
  ['JSON.stringifyAll(1)', { unknown: 'JSON.stringifyAll(1)' }, ''],
  ['new Headers', { unknown: 'new Headers' }, ''],
  ['new Headersx(1)', { unknown: 'new Headersx(1)' }, ''],
  ['xnew Headers(1)', { unknown: 'xnew Headers(1)' }, ''],
  ['JSON.stringify ( 1 )', { made: 'JSON.stringify', of: [1] }, ''],
  ['{}', {}, ''],
  ['{ }', {}, ''],
  ['{a:1}', { a: 1 }, ''],
  ['{ a: 1, }', { a: 1 }, ''],
  ['{ "a": 1, \'b\': 2, c_1$: 3, 4: 5 }', { '4': 5, a: 1, b: 2, c_1$: 3 }, ''],
  ['{ a }', { a: { unknown: 'a' } }, ''],
  ['{ a, b }', { a: { unknown: 'a' }, b: { unknown: 'b' } }, ''],
  ['{ a() { return 1, 2 }, b: 1 }', { a: { unknown: 'a() { return 1, 2 }' }, b: 1 }, ''],
  ['{ async a() {}, b: 1 }', { a: { unknown: 'async a() {}' }, b: 1 }, ''],
  ['{ get a() { return 1 }, b: 1 }', { a: { unknown: 'get a() { return 1 }' }, b: 1 }, ''],
  ['{ a : 1 }', { a: 1 }, ''],
  ['{ a  }', { a: { unknown: 'a' } }, ''],
  ['{ a  (x) { y }, b: 1 }', { a: { unknown: 'a  (x) { y }' }, b: 1 }, ''],
  ['{ ...a }', { '...0': { unknown: 'a' } }, ''],
  ['{ ...{ b: 1 }, c: 2, ...d }', { '...0': { b: 1 }, c: 2, '...2': { unknown: 'd' } }, ''],
  ['{ a: 1 ...b }', { a: { unknown: '1 ...b' } }, ''],
  ['{ ["a"]: 1 }', { a: 1 }, ''],
  ['{ ["a" + "b"]: 1 }', { ab: 1 }, ''],
  ['{ [a]: 1 }', { '...[a]': 1 }, ''],
  ['{ [1]: 1 }', { '...[]': 1 }, ''],
  ['{ __proto__: { b: 1 } }', JSON.parse('{"__proto__":{"b":1}}'), ''],
  ['{ a: { b: [1, { c: "d" }] } } x', { a: { b: [1, { c: 'd' }] } }, 'x'],
  ['{ /* a */ b: 1, // c\n d: 2 }', { b: 1, d: 2 }, ''],
  ['[]', [], ''],
  ['[1, 2]', [1, 2], ''],
  ['[1, 2,]', [1, 2], ''],
  ['[...a, 1]', [{ unknown: 'a' }, 1], ''],
  ['[...[1], 2]', [1, 2], ''],
  ['[[["a"]]]', [[['a']]], ''],
  ['["a", ["b"]] x', ['a', ['b']], 'x'],
  ['\n\t /* a */ "b"', 'b', ''],
  ['//a\n"b"', 'b', ''],
  ['`a${b}c`', { unknown: '`a${b}c`' }, ''],
  ['`a`', 'a', ''],
  ['`a${`b}`}c`', { unknown: '`a${`b}`' }, '}c`'],
  ['"a" /* x */ + /* y */ "b"', 'ab', ''],
  ['`a${b}` + "c"', { unknown: '`a${b}` + "c"' }, ''],
  ['"c" + `a${b}`', { unknown: '"c" + `a${b}`' }, ''],
  ['JSON.stringify({a:1}, null, 2) + "\\n"', { unknown: 'JSON.stringify({a:1}, null, 2) + "\\n"' }, ''],
  ['"a" && b', { unknown: '"a" && b' }, ''],
  ['"a" === b', { unknown: '"a" === b' }, ''],
  ['token ? "a" : "b"', { unknown: 'token ? "a" : "b"' }, ''],
  ['cond && { a: 1 }', { unknown: 'cond && { a: 1 }' }, ''],
  ['a => b, 2', { unknown: 'a => b' }, ', 2'],
  ['async (a) => b, 2', { unknown: 'async (a) => b' }, ', 2'],
  ['async a => b', { unknown: 'async a => b' }, ''],
  ['function () { return 1 }, 2', { unknown: 'function () { return 1 }' }, ', 2'],
  ['new Date(), 2', { unknown: 'new Date()' }, ', 2'],
  ['new (class {})', { unknown: 'new (class {})' }, ''],
  ['a?.[0], 2', { unknown: 'a?.[0]' }, ', 2'],
  ['await fetch("b"), 2', { unknown: 'await fetch("b")' }, ', 2'],
  ['window["a"], 2', { unknown: 'window["a"]' }, ', 2'],
  ['1+x, 2', { unknown: '1+x' }, ', 2'],
  ['1+"a", 2', { unknown: '1+"a"' }, ', 2'],
  ['5n', { unknown: '5n' }, ''],
  ['1.5.5, 2', { unknown: '1.5.5' }, ', 2'],
  ['-0x1f', { unknown: '-0x1f' }, ''],
  ['"a" != b, 2', { unknown: '"a" != b' }, ', 2'],
  ['"a"! != b, 2', { unknown: '"a"! != b' }, ', 2'],
  ['{ a: {} as Record<string, string>, b: 1 }', { a: {}, b: 1 }, ''],
  ['{ a: {} satisfies Map<string, Array<string>> | null, b: 1 }', { a: {}, b: 1 }, ''],
  ['{ async c }', { c: { unknown: 'async c' } }, ''],
  ['"a" as "b" | \'c\', 2', 'a', ', 2'],
  ['"a" as A<B<C<D>>>, 2', { unknown: '"a" as A<B<C<D>>>' }, ', 2'],
  ['"a" as x.Y[], 2', 'a', ', 2'],
  ['{ get, async }', { get: { unknown: 'get' }, async: { unknown: 'async' } }, ''],
  ['60 * 1000, 2', { unknown: '60 * 1000' }, ', 2'],
  ['JSON.stringify({ n: 1_000, m: n+1 })', { made: 'JSON.stringify', of: [{ n: 1000, m: { unknown: 'n+1' } }] }, ''],
  ['"a" as unknown as string, 2', 'a', ', 2'],
  ['"a" as any,2', 'a', ',2'],
  ['"a" as\nstring, 2', 'a', ', 2'],
  ['undefined', undefined, ''],
  ['{ a: undefined }', { a: undefined }, ''],
]

/** A source that holds no expression, and the character where it ends to be one. */
const REFUSED: readonly (readonly [source: string, character: number])[] = [
  ['-', 1],
  ['"a" + + "b"', 7],
  ['"a" +', 6],
  ['(1', 3],
  ['x("a', 3],
  ['new Headers(1', 14],
  ['{ ["a": 1 }', 7],
  ['{ "a" 1 }', 7],
  ['{ a: 1 b: 2 }', 8],
  ['{ -a: 1 }', 3],
  ['{ "a', 3],
  ['{ "a": }', 8],
  ['{ a: 1', 7],
  ['{', 2],
  ['{ `a`: 1 }', 3],
  ['[1 2]', 4],
  ['[1', 3],
  ['[,]', 2],
  ['', 1],
  ['  ', 3],
  [')', 1],
  ['@', 1],
  ['"a', 1],
  ['`a${b', 1],
  ['.repeat(50) + ', 1],
  ['.repeat(51) + ', 1],
  ['${b}`', 5],
  ['/re/.test(x)', 1],
  ['=>', 1],
]

const read = (source: string, start = 0) => {
  const { value, end } = readLiteral(source, start)
  return [value, source.slice(end)]
}

describe('readLiteral()', () => {
  it.each(READ)('reads %s', (source, value, rest) => {
    expect(read(source)).toEqual([value, rest])
    // The expression may stand anywhere, between white space and comments.
    expect(read(`f( /* , */ ${source}`, 2)).toEqual([value, rest])
  })

  it.each(REFUSED)('refuses %s', (source, character) => {
    expect(() => readLiteral(source, 0)).toThrow(new SyntaxError(`no literal at character ${character}`))
  })

  it('shortens what is computed to sixty characters', () => {
    const long = 'x'.repeat(70)
    expect(read(`  ${long} , 2`)).toEqual([{ unknown: 'x'.repeat(60) }, ', 2'])
    expect(read(`\`${long}${'$'}{b}\`, 2`)).toEqual([{ unknown: `\`${'x'.repeat(59)}` }, ', 2'])
    expect(read(`{ a() { ${long} } }`)).toEqual([{ a: { unknown: `a() { ${'x'.repeat(54)}` } }, ''])
  })

  it.each([
    ['lists', '[', ']'],
    ['parentheses', '(', ')'],
    ['objects', '{a:', '}'],
    ['calls', 'String(', ')'],
    ['names', '{[', ']:1}'],
    ['spreads', '{...', '}'],
    ['methods', '[...', ']'],
  ])('reads %s to a depth of 50', (_, open, close) => {
    const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`
    expect(read(nested(50))[1]).toBe('')
    expect(() => read(nested(51))).toThrow(SyntaxError)
  })
})

describe('readStringLiteral()', () => {
  it.each<readonly [source: string, value: string, isWhole: boolean, rest: string]>([
    ['"a\'b`c"d', "a'b`c", true, 'd'],
    ["'a\"b'", 'a"b', true, ''],
    ['`a\n"\'`, 2', 'a\n"\'', true, ', 2'],
    ['""', '', true, ''],
    ['"${a}"', '${a}', true, ''],
    ['`${a}`', '', false, ''],
    ['`a$b`', 'a$b', true, ''],
    ['`a${b({ c: {} })}d${e}f`g', 'adf', false, 'g'],
    ['`a${b ? `c` : ""}d`', 'ad', false, ''],
    [String.raw`"\n\r\t\b\f\v"`, '\n\r\t\b\f\v', true, ''],
    ['"a\\\nb"', 'ab', true, ''],
    [String.raw`"\"\'\\\/\q\$"`, '"\'\\/q$', true, ''],
    [String.raw`"\u00e9\xe9\u{e9}\u{1F600}"`, 'ééé😀', true, ''],
    [String.raw`"\u{FFFFFF}"`, '\u{10ffff}', true, ''],
    [String.raw`"\u00e\xe\u{}"`, 'u00exeu{}', true, ''],
    [String.raw`"\u00E9\xE9f"`, 'ééf', true, ''],
    [String.raw`"\u{0000e9}\u{10FFFF}"`, 'é\u{10ffff}', true, ''],
    [String.raw`"a\toString"`, 'a\toString', true, ''],
    [String.raw`"\\"x"`, '\\', true, 'x"'],
  ])('reads %s', (source, value, isWhole, rest) => {
    for (const start of [0, 3]) {
      const whole = `f( `.slice(0, start) + source
      expect(readStringLiteral(whole, start)).toEqual({ value, isWhole, start, end: whole.length - rest.length })
    }
  })

  it.each(['"a', '"', '\'a"', '`a${b', '`a${b}', '"a\\"', '"a\\'])('finds no end of %s', (source) => {
    expect(readStringLiteral(source, 0)).toBeNull()
  })
})

describe('skipBlank()', () => {
  it.each<readonly [source: string, rest: string]>([
    ['a', 'a'],
    [' \t\r\n\u00a0a ', 'a '],
    ['// b\na', 'a'],
    ['// b', ''],
    ['//\n//\n a', 'a'],
    ['/* b */a', 'a'],
    ['/**/ /* c\n */ // d\n a // e', 'a // e'],
    ['/* b', ''],
    ['/*/ a', ''],
    ['/ a', '/ a'],
    ['', ''],
  ])('goes over white space and comments in %j', (source, rest) => {
    expect(source.slice(skipBlank(source, 0))).toBe(rest)
    expect(`x,${source}`.slice(skipBlank(`x,${source}`, 2))).toBe(rest)
  })
})
