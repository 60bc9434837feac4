// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is pasted holds variables of PowerShell.
import { describe, expect, it } from 'vitest'
import { statementsOf } from '../../../src/diagnose/imports/powershell-tokens.ts'

/** A script, and the tokens of its statements: `m` for a mark, `t` for a text, `v` for a variable, `w` for a word. */
const SCRIPTS: readonly (readonly [script: string, statements: readonly (readonly string[])[]])[] = [
  ['a b; c', [['w:a', 'w:b'], ['w:c']]],
  ['a\nb', [['w:a'], ['w:b']]],
  ['a\r\nb', [['w:a', 'w:b']]],
  ['a `\n b', [['w:a', 'w:b']]],
  ['a ` \t\r\n b', [['w:a', 'w:b']]],
  ['a `\n>> b', [['w:a', 'w:b']]],
  ['a `\n>>b', [['w:a', 'm:>', 'm:>', 'w:b']]],
  ['a `b', [['w:a', 'w:`', 'w:b']]],
  ['', []],
  [' ', []],
  ['# a', []],
  ['a # b\nc', [['w:a'], ['w:c']]],
  ['a#b', [['w:a#b']]],
  ['@{ a = 1; b = 2 }; c', [['m:@{', 'w:a', 'm:=', 'w:1', 'w:b', 'm:=', 'w:2', 'm:}'], ['w:c']]],
  ['@{\na=1\n}\nb', [['m:@{', 'w:a', 'm:=', 'w:1', 'm:}'], ['w:b']]],
  ['(a\nb)\nc', [['m:(', 'w:a', 'w:b', 'm:)'], ['w:c']]],
  ['[a\nb]\nc', [['m:[', 'w:a', 'w:b', 'm:]'], ['w:c']]],
  ['{a;b};c', [['m:{', 'w:a', 'w:b', 'm:}'], ['w:c']]],
  [') a; b', [['m:)', 'w:a'], ['w:b']]],
  ['$a', [['v:a']]],
  ['${a}', [['v:a']]],
  ['$a.b.c', [['v:a.b.c']]],
  ['$a:b', [['v:a:b']]],
  ['$env:X', [['v:env:X']]],
  ['$', [['w:$']]],
  ['$(x)', [['w:$', 'm:(', 'w:x', 'm:)']]],
  ['$a-b', [['v:a', 'w:-b']]],
  ["'a''b'", [["t:a'b"]]],
  ["'a", [['t:a']]],
  ['"a""b"', [['t:a"b']]],
  ['"a', [['t:a']]],
  ['"a`"b`nc`rd`te`0f`$g`\nh`z"', [['t:a"b\nc\rd\tef$ghz']]],
  ['"$([char]233)$([char]9999999)$([char]x)$"', [['t:é􏿿$([char]x)$']]],
  ['@"\na"b\n"@ c', [['t:a"b', 'w:c']]],
  ["@'\na'b\n'@\nc", [["t:a'b"], ['w:c']]],
  ['@"\n"@', [['t:']]],
  ['@"\na', [['t:a']]],
  ['@" \t\r\na\r\n"@', [['t:a']]],
  ['@("a", "b")', [['m:@', 'm:(', 't:a', 'm:,', 't:b', 'm:)']]],
  ['a=b', [['w:a', 'm:=', 'w:b']]],
  ['a|b', [['w:a', 'm:|', 'w:b']]],
  ['a>b', [['w:a', 'm:>', 'w:b']]],
  ['a,b', [['w:a', 'm:,', 'w:b']]],
  ['[x]::y', [['m:[', 'w:x', 'm:]', 'm:::', 'w:y']]],
  ['a::b', [['w:a::b']]],
  ['@p', [['m:@', 'w:p']]],
  ['`', [['w:`']]],
  ['a`', [['w:a', 'w:`']]],
  ['"$x"', [['t:$x']]],
  ['-a:b', [['w:-a:b']]],
  ['a.b-c/d\\e', [['w:a.b-c/d\\e']]],
  ["@'a'", [['m:@', 't:a']]],
  ['@{@{a}}', [['m:@{', 'm:@{', 'w:a', 'm:}', 'm:}']]],
  ['a\n\n;;b', [['w:a'], ['w:b']]],
]

describe('statementsOf()', () => {
  it.each(SCRIPTS)('splits %j', (script, statements) => {
    const short = statementsOf(script).map((tokens) => tokens.map(({ kind, text }) => `${kind.charAt(0)}:${text}`))
    expect(short).toEqual(statements)
  })
})
