/** How a shell splits what people paste, and what other shells and editors did to it before. */
import { describe, expect, it } from 'vitest'
import {
  isForCmd,
  shellCommands,
  shellWords,
  withoutBackticks,
  withoutCarets,
  withPlainQuotes,
} from '../../../src/diagnose/imports/words.ts'
import { parseCommands } from '../../../src/diagnose.ts'

type Split = readonly [text: string, commands: readonly (readonly string[])[]]

describe('the words of a POSIX shell', () => {
  it.each<Split>([
    ['', []],
    [' \t\n\r\n', []],
    ['a  b\tc\r\nd', [['a', 'b', 'c'], ['d']]],
    [`a 'b c' "d e" f\\ g`, [['a', 'b c', 'd e', 'f g']]],
    [`a'b'"c"$'d'$"e"\\f`, [['abcdef']]],
    [`a '' "" $''`, [['a', '', '', '']]],
    [`'a\\n"$b' c`, [['a\\n"$b', 'c']]],
    ["a 'b c", [['a', 'b c']]],
    ["a '", [['a', '']]],
    ['a "b c', [['a', 'b c']]],
    ['a "b\\', [['a', 'b']]],
    ["a $'b c", [['a', 'b c']]],
    ["a $'b\\", [['a', 'b\\']]],
    ['"a\\"b\\\\c\\$d\\`e\\nf\\\ng" h', [['a"b\\c$d`e\\nfg', 'h']]],
    ['$a $ b$', [['$a', '$', 'b$']]],
    ['$"a b" $c"d"', [['a b', '$cd']]],
    [`$'\\n\\r\\t\\\\\\'\\"\\a\\b\\e\\E\\f\\v\\?\\q\\' x`, [["\n\r\t\\'\"\u0007\b\u001b\u001b\f\v?\\q' x"]]],
    [
      `$'\\x41\\xe9g\\x4 \\u41g\\u00e94\\U0001f600\\U41g\\UffffffffF'`,
      [['A\u00e9g\u0004 Ag\u00e94\u{1f600}Ag\u{10ffff}F']],
    ],
    [`$'\\101\\7\\0\\1018\\777'`, [['A\u0007\0A8\u00ff']]],
  ])('are split from %j', (text, commands) => expect(shellCommands(text)).toEqual(commands))

  it.each<Split>([
    ['a \\\nb', [['a', 'b']]],
    ['a\\\r\nb', [['ab']]],
    ['a \\ \t\r\n> b', [['a', 'b']]],
    ['a \\\n>\tb', [['a', 'b']]],
    ['a b\\', [['a', 'b']]],
    ['a b\\ \t', [['a', 'b']]],
    ['a\\b\\\\ c', [['ab\\', 'c']]],
    ['a \\> \\;', [['a', '>', ';']]],
  ])('are continued in %j', (text, commands) => expect(shellCommands(text)).toEqual(commands))

  it.each<Split>([
    ['# a\nb # c\nd#e #', [['b'], ['d#e']]],
    ["a '#' \\# #b", [['a', '#', '#']]],
    ['#a', []],
    ['#', []],
  ])('leave out the comments of %j', (text, commands) => expect(shellCommands(text)).toEqual(commands))

  it.each<Split>([
    ['a; b ;c ;\nd;', [['a'], ['b', ';c'], ['d']]],
    ['a && b || c | d & e', [['a'], ['b'], ['c'], ['d'], ['e']]],
    ['a&&\nb&\tc|', [['a'], ['b'], ['c']]],
    ['a ;; b;& c', [['a'], ['b'], ['c']]],
    ['a &&\\\nb ;\\\r\nc', [['a'], ['b'], ['c']]],
    ['a?b=1&c=2 d;e f|g &h', [['a?b=1&c=2', 'd;e', 'f|g', '&h']]],
    ["a ';' '&&' \\|", [['a', ';', '&&', '|']]],
    ['a ;;; b', [['a', ';'], ['b']]],
  ])('end a command in %j', (text, commands) => expect(shellCommands(text)).toEqual(commands))

  it.each<Split>([
    ['a > b c', [['a', 'c']]],
    ['a >b c', [['a', 'c']]],
    ['a >> b c', [['a', 'c']]],
    ['a 2> b 2>c d', [['a', 'd']]],
    ['a 2>&1 b >&2 c', [['a', 'b', 'c']]],
    ['a &> b c &>>d e', [['a', 'c', 'e']]],
    ['a < b c <d e', [['a', 'c', 'e']]],
    [`a <<< '{"b":1}' c << EOF d <<EOF e`, [['a', 'c', 'd', 'e']]],
    [`a >"b c" >'d' e`, [['a', 'e']]],
    ["a > 'b' c", [['a', 'c']]],
    ["a '>' b \\> c", [['a', '>', 'b', '>', 'c']]],
    ['a <url> < <b> c', [['a', '<url>', 'c']]],
    ['a <u> <b>c <>', [['a', '<u>']]],
    ['a b>c d2>e 22>f', [['a', 'b>c', 'd2>e', '22>f']]],
    ['a >', [['a']]],
  ])('leave out the redirections of %j', (text, commands) => expect(shellCommands(text)).toEqual(commands))

  it('are those of the first command, or none', () => {
    expect(shellWords('a b; c')).toEqual(['a', 'b'])
    expect(shellWords(' ')).toEqual([])
  })
})

describe('the Windows command prompt', () => {
  it.each([
    ['a ^\r\n  b ^ \t\n c', 'a    b   c'],
    ['a^\r\n\r\nb^\n\nc', 'a\nb\nc'],
    ['^"a^&b^"^^^%c^', '"a&b"^%c^'],
    ['a^^\n\nb', 'a^\n\nb'],
    ['a &\r\nb & \t\nc', 'a ;\nb ;\nc'],
    ['"{""a"":""b c"",""d"":[""e""]}"', '"{\\"a\\":\\"b c\\",\\"d\\":[\\"e\\"]}"'],
    ['"{ ""a"": ""b"" }" "(""c"", ""d"")"', '"{ \\"a\\": \\"b\\" }" "(\\"c\\", \\"d\\")"'],
    ['"say ""hi"""', '"say \\"hi\\""'],
    ['"say ""hi""" x', '"say \\"hi\\"" x'],
    ['"""a""" ""b "" """"', '"\\"a\\"" ""b "" "\\""'],
    ['"{""a"":"""",""b"":[]}" "c="""""', '"{\\"a\\":\\"\\",\\"b\\":[]}" "c=\\"\\""'],
    ['"a\\\\" "b"', '"a\\\\" "b"'],
    ['a "" b ""', 'a "" b ""'],
    ['"a\\""', '"a\\""'],
  ])('escapes %j', (copied, plain) => expect(withoutCarets(copied)).toBe(plain))

  it.each([
    'curl a ^\r\n b',
    'curl a ^\n b',
    'curl a ^ \t\n b',
    'curl ^"a^"',
    "curl -d 'a' ^\n",
    'curl "{^\\^"a^\\^"}"',
    ...['&', '{', '}', '[', ']', '%', '<', '>', '|', '^'].map((char) => `curl "a^${char}b"`),
    ...['{""a', '[""a', ',""a', ':""a', 'a"":', 'a"",', 'a""}', 'a""]'].map((text) => `curl -d "${text}"`),
    `curl "a^&b'c"`,
    `curl "a^&b$'c"`,
  ])('is known by %j', (command) => expect(isForCmd(command)).toBe(true))

  it.each(["curl 'a^&b'", "'a' ^&", "$'a^&b'", "curl $'a^&b'", 'curl "a^b" a^"b"', 'curl "a""b" "" ""', 'curl a'])(
    'is not known by %j',
    (command) => expect(isForCmd(command)).toBe(false),
  )

  it('is read whole', () => {
    const copied = `curl ^"https://api.example.com/a?b=1^&c=^%^20d^" ^\r\n  -X ^"POST^" ^\r\n  -H ^"origin: https://app.example.com^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"b^\\\\^\\^"c^\r\n\r\nd^\\^"^}^" &\r\ncurl ^"https://api.example.com/b^"`
    expect(parseCommands(copied)).toStrictEqual([
      {
        url: 'https://api.example.com/a?b=1&c=%20d',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        origin: 'https://app.example.com',
        body: '{"a":"b\\"c\nd"}',
      },
      { url: 'https://api.example.com/b', method: 'GET', headers: [] },
    ])
  })
})

describe('what others did to a command', () => {
  it.each([
    ['curl.exe a `\n-b ` \t\r\n>> -c `\n>>-d', 'curl.exe a  -b  -c  -d'],
    ['a `b` `', 'a `b` `'],
    ['a `\n>>\tb', 'a  b'],
  ])('loses the continuations of PowerShell: %j', (copied, plain) => expect(withoutBackticks(copied)).toBe(plain))

  it.each([
    ['“a b” „c” d=“e”', '"a b" "c" d="e"'],
    ['‘a b’ ‚c’ d=‘e’', "'a b' 'c' d='e'"],
    ['”a” ’b’', '"a" \'b\''],
    ['"it’s a “word”s" x‘y', '"it’s a "word”s" x‘y'],
    ['a„b c‚ d”e', 'a„b c‚ d”e'],
    ['a“\n“b a‘\n‘b', 'a"\n"b a\'\n\'b'],
  ])('gets back the quotes of %j', (edited, plain) => expect(withPlainQuotes(edited)).toBe(plain))

  it('is read over in a whole text', () => {
    expect(
      parseCommands(
        'cd x &&\\\ncurl https://api.example.com/a -X PUT &> /dev/null && curl -d @- https://api.example.com/b <<< \'{"a":1}\' >"out.json"',
      ),
    ).toStrictEqual([
      { url: 'https://api.example.com/a', method: 'PUT', headers: [] },
      {
        url: 'https://api.example.com/b',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: '@-',
      },
    ])
  })
})
