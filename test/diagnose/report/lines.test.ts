// The lines of a report: what they say in every case, and what of them a terminal or a runner of workflows would obey.
import { describe, expect, it } from 'vitest'
import { isKnownCode } from '../../../src/diagnose/report/codes.ts'
import { annotation } from '../../../src/diagnose/report/github.ts'
import { jsonText, printable, printableLines } from '../../../src/diagnose/report/printable.ts'
import { proofLine, requestProofLine } from '../../../src/diagnose/report/proof-line.ts'
import { shellQuote, toCurl } from '../../../src/diagnose/report/replay.ts'
import { severityOf } from '../../../src/diagnose/report/severity.ts'

const PROOF = {
  holds: true,
  passes: true,
  remains: null,
  passed: 2,
  kept: 2,
  lost: [],
  strangers: 3,
  gained: [],
  unproven: [],
}
const REMAINS = { code: 'allow-origin-missing', value: '', url: 'https://api.example.com/' } as const

describe('a proof', () => {
  it.each([
    [{}, 'proven: this request passes; 2 of 2 that passed still pass; 0 strangers gain'],
    [
      { holds: false, passes: null, passed: 0, strangers: 0, unproven: ['no answer was seen', 'nor another'] },
      'not proven: it is unknown whether this request passes; nothing passed before; no stranger was tried; no answer was seen; nor another',
    ],
    [
      {
        holds: false,
        passes: false,
        remains: REMAINS,
        kept: 0,
        lost: ['GET from A', 'PUT from B'],
        gained: ['X', 'Y'],
      },
      'not proven: this request stays blocked (allow-origin-missing); 0 of 2 that passed still pass (not: GET from A; PUT from B); 2 strangers gain (X; Y)',
    ],
    [
      { holds: false, passes: false },
      'not proven: this request stays blocked; 2 of 2 that passed still pass; 0 strangers gain',
    ],
  ])('%j', (part, line) => expect(proofLine({ ...PROOF, ...part })).toBe(line))

  it.each([
    [{ passes: true, remains: null, unproven: [] }, 'proven: the changed request passes'],
    [{ passes: false, remains: null, unproven: [] }, 'not proven: the changed request stays blocked'],
    [
      { passes: false, remains: REMAINS, unproven: ['a', 'b'] },
      'not proven: the changed request stays blocked (allow-origin-missing); a; b',
    ],
    [
      { passes: null, remains: null, unproven: ['a'] },
      'not proven: it is unknown whether the changed request passes; a',
    ],
  ])('of a changed request: %j', (proof, line) => expect(requestProofLine(proof)).toBe(line))
})

describe('a text for a terminal', () => {
  it.each([
    ['plain\ttext', 'plain\ttext'],
    ['\u001b[31mred\u0007', '\\x1b[31mred\\x07'],
    ['a\nb\rc', 'a\\x0ab\\x0dc'],
    ['\u0085\u00ad', '\\x85\\xad'],
    ['a\u202eb\u200b', 'a\\u{202e}b\\u{200b}'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['\ud800x', '\\u{d800}x'],
    ['\ufffe\uffff', '\\u{fffe}\\u{ffff}'],
    ['\u{e0001}', '\\u{e0001}'],
    ['😀 é 漢', '😀 é 漢'],
    ['::error::x', '\\x3a:error::x'],
    ['  ::set-output', '  \\x3a:set-output'],
    ['a ::b', 'a ::b'],
    ['a ##[error]x ##vso[task] ##VSO[a] ## b', 'a #\\x23[error]x #\\x23vso[task] #\\x23VSO[a] ## b'],
  ])('%j', (text, shown) => expect(printable(text)).toBe(shown))

  it('keeps its lines, and disarms each', () => {
    expect(printableLines('a\n::error::b\n\u001bc\n')).toBe('a\n\\x3a:error::b\n\\x1bc\n')
  })

  it('as JSON is the same JSON', () => {
    const value = { a: ['##[x]', '##vso[y]', '\u0085\u202e', '\u{e0001}', '\ud800', 'é'], b: '::error' }
    const text = jsonText(value)
    expect(text).toBe(
      '{\n  "a": [\n    "#\\u0023[x]",\n    "#\\u0023vso[y]",\n    "\\u0085\\u202e",\n    "\\udb40\\udc01",\n    "\\ud800",\n    "é"\n  ],\n  "b": "::error"\n}',
    )
    expect(JSON.parse(text)).toEqual(value)
  })
})

describe('an annotation of a workflow', () => {
  it('is one line, with a file or without', () => {
    expect(annotation({ level: 'error', title: 'CORS: a, b', text: '100%: a, b\nc' })).toBe(
      '::error title=CORS%3A a%2C b::100%25: a, b\\x0ac',
    )
    expect(annotation({ level: 'warning', title: 'a:b:c,d,e', text: '', file: 'a,b:c,d:e.json' })).toBe(
      '::warning file=a%2Cb%3Ac%2Cd%3Ae.json,title=a%3Ab%3Ac%2Cd%2Ce::',
    )
  })
})

describe('the severity in a report', () => {
  it.each([
    ['error', false, 'error'],
    ['security', false, 'security'],
    ['warning', false, 'warning'],
    ['info', false, 'info'],
    ['error', true, 'info'],
    ['security', true, 'warning'],
    ['warning', true, 'warning'],
    ['info', true, 'info'],
  ] as const)('of %s where the result is as expected (%s) is %s', (severity, isFine, shown) => {
    expect(severityOf({ severity }, isFine)).toBe(shown)
  })
})

describe('a code', () => {
  it.each([
    ['allow-origin-missing', true],
    ['network-error', true],
    ['airplay-receiver', true],
    ['null-origin-allowed', true],
    ['allow-origin', false],
    ['constructor', false],
    ['', false],
  ])('%s is one of a failure or a finding: %s', (code, isKnown) => expect(isKnownCode(code)).toBe(isKnown))
})

describe('a word for a shell', () => {
  it.each([
    ['https://api.example.com/a?b', `'https://api.example.com/a?b'`],
    ['a-B_9@%+:,./', 'a-B_9@%+:,./'],
    ['a=b', 'a=b'],
    ['=b', `'=b'`],
    ['', `''`],
    ['a b', `'a b'`],
    ['~a', `'~a'`],
    ['a~', `'a~'`],
    [`it's 'x'`, `'it'\\''s '\\''x'\\'''`],
    ['é!', `'é!'`],
    ['é\t!', `$'\\xc3\\xa9\\x09\\x21'`],
    [`\u200b'\\a b`, `$'\\xe2\\x80\\x8b\\x27\\x5ca b'`],
    ['\u0007', `$'\\x07'`],
    ['\ufffe', `$'\\xef\\xbf\\xbe'`],
    ['a\n', `$'a\\x0a'`],
  ])('%j', (word, quoted) => expect(shellQuote(word)).toBe(quoted))
})

describe('a request as a command', () => {
  const request = { method: 'GET', url: 'https://api.example.com/', headers: [], body: null }
  it.each([
    [{}, 'curl -i https://api.example.com/'],
    [{ method: 'HEAD' }, 'curl -i -I https://api.example.com/'],
    [{ method: 'PUT' }, 'curl -i -X PUT https://api.example.com/'],
    [{ method: "A'B" }, `curl -i -X 'A'\\''B' https://api.example.com/`],
    [
      {
        headers: [
          ['User-Agent', 'a'],
          ['Sec-Fetch-Mode', 'cors'],
          ['sec-fetch-', 'b'],
          ['X-User-Agent', 'c'],
          ['User-Agents', 'd'],
          ['X-Sec-Fetch-Mode', 'e'],
        ],
      },
      `curl -i https://api.example.com/ -H 'X-User-Agent: c' -H 'User-Agents: d' -H 'X-Sec-Fetch-Mode: e'`,
    ],
    [
      { headers: [['X-A', 'ab '.repeat(166).slice(0, 500)]] },
      `curl -i https://api.example.com/ -H 'X-A: ${'ab '.repeat(166).slice(0, 500)}'`,
    ],
    [{ headers: [['X-A', `${'ab '.repeat(166)}abc`]] }, `curl -i https://api.example.com/ -H 'X-A: …'`],
    [
      { method: 'POST', url: 'https://api.example.com/{a}', body: new Uint8Array(), headers: [['X-A', 'b']] },
      `curl -i -g -X POST 'https://api.example.com/{a}' -H 'X-A: b' --data-raw '…'`,
    ],
  ] as const)('%j', (part, command) => expect(toCurl({ ...request, ...part })).toBe(command))

  it('skips the check of certificates if told', () => {
    expect(toCurl(request, true)).toBe('curl -i -k https://api.example.com/')
    expect(toCurl({ ...request, url: 'http://[::1]/' }, true)).toBe(`curl -i -g -k 'http://[::1]/'`)
  })
})
