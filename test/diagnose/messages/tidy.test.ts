// What terminals, chats, logs and editors do to a line is undone, and nothing else is changed.
import { describe, expect, it } from 'vitest'
import { tidy } from '../../../src/diagnose/messages/tidy.ts'

const URL_ = 'https://api.example.com/x'

describe('a pasted text', () => {
  it.each([
    // Terminals
    ['\u001b[31mred\u001b[0m end', 'red end'],
    ['\u001b[?25lx\u001b[1 qy\u001b[!pz', 'xyz'],
    ['\u001b[1;31;42mx\u001b[mz', 'xz'],
    ['\u001b]0;title\u0007x', 'x'],
    ['\u001b]0;title\u001b\\x', 'x'],
    ['\u001b]8;;', ''],
    ['[31mred[0m [1;38;5;196mx', 'red x'],
    ['[1;2;3;4;5mx [1;2;3;4;5;6my [1234mz [mw', 'x [1;2;3;4;5;6my [1234mz [mw'],
    // Invisible characters
    ['a\u00adb\u061cc\u200bd\u200fe\u202af\u202eg\u2060h\u206fi\ufeffj', 'abcdefghij'],
    // Markdown, mail and chats
    ['> quoted\n>> twice\n > > apart\na > b', 'quoted twice apart a > b'],
    ['```\ncode\n```', 'code'],
    ['  ````text-x  \ncode\n~~~~\nmore ``` x', 'code more ``` x'],
    ['**Access** to **x** at a ** b', 'Access to x at a ** b'],
    [`'**' and a**' and '**b`, `'**' and a' and 'b`],
    ['https://a.example/** x', 'https://a.example/** x'],
    [`[${URL_}](${URL_}) and [docs](${URL_}) and [${URL_}] (x)`, `${URL_} and [docs](${URL_}) and [${URL_}] (x)`],
    [`[wss://a.example/](https://b.example/)`, 'wss://a.example/'],
    [`[http://a.example/](ws://b.example/)`, 'http://a.example/'],
    [`[${URL_} from origin](${URL_}%20from%20origin)`, `${URL_} from origin`],
    [`[${URL_}](ftp://x) [ftp://x](${URL_})`, `[${URL_}](ftp://x) [ftp://x](${URL_})`],
    [
      `<${URL_}> <${URL_}|api.example.com/x> <ws://a.example> <http://h> <b>`,
      `${URL_} ${URL_} ws://a.example http://h <b>`,
    ],
    // HTML
    ['&quot;&apos;&lsquo;&rsquo;&ldquo;&rdquo;&laquo;&raquo;', `"'‘’“”«»`],
    ['a&nbsp;b &lt;c&gt; &hellip; &QUOT;', 'a b <c> … "'],
    ['&amp;#39;&#39;&#x27;&#X2019;&amp;lt;', `''''<`.replace(`''''`, `'''’`)],
    ['a&#31;b&#32;&#33;c&#xd7ff;d&#xd800;e&#xdfff;f&#xe000;g', 'a b !c\ud7ffd e f\ue000g'],
    ['&#128512; &#xfffff;', '😀 \u{fffff}'],
    ['?a=1&b=2&copy;&#x110000;&unknownname;&#1234567;', '?a=1&b=2&copy;&#x110000;&unknownname;&#1234567;'],
    // JSON
    ['\\"a\\" \\\\\\"b\\\\\\" \\\'c\\\' \\`d\\`', `"a" "b" 'c' \`d\``],
    ['a\\nb c\\rd C:\\new\\x C:\\read-me\\', 'a b c d C:\\new\\x C:\\read-me\\'],
    // White space
    ['  a \t\r\n  b\u00a0\u0000\u0007c\u0085 ', 'a b c'],
    ['', ''],
  ])('%j', (pasted, text) => expect(tidy(pasted).text).toBe(text))

  it('has one kind of quotation mark, and narrow marks, beside what was written', () => {
    const marks = '"`´‘’‚‛“”„‟«»‹›「」『』′″＇＂'
    expect(tidy(marks)).toEqual({ text: marks, plain: "'".repeat(marks.length) })
    expect(tidy('a：（b），c。；d')).toEqual({ text: 'a：（b），c。；d', plain: 'a:(b),c.;d' })
  })
})

describe('a long text', () => {
  const read = (text: string) => tidy(text).text
  it('is read whole up to 20000 characters', () => {
    expect(read('a'.repeat(20_000))).toHaveLength(20_000)
    expect(read('a'.repeat(20_001))).toBe('a'.repeat(20_000))
  })

  it.each([
    'CORS',
    'Access-Control',
    'Cross-Origin',
    'cross-origin',
    'Cross Origin',
    'net::ERR_',
    'SEC7120',
    'Content Security Policy',
    'Content-Security-Policy',
  ])('is read around the first %s', (sign) => {
    const before = 'x'.repeat(30_000)
    expect(read(`${before}${sign}${'y'.repeat(30_000)}${sign}`)).toBe(
      `${'x'.repeat(2_000)}${sign}${'y'.repeat(18_000 - sign.length)}`,
    )
    expect(read(`x${sign}${'y'.repeat(30_000)}`)).toBe(`x${sign}${'y'.repeat(19_999 - sign.length)}`)
  })
})
