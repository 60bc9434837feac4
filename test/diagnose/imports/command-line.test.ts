// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is pasted holds variables of a shell.
import { describe, expect, it } from 'vitest'
import { addHeader, type HeaderDraft, readUrlArgument } from '../../../src/diagnose/imports/command-line.ts'

type Row = readonly [
  line: string,
  headers: readonly (readonly [string, string])[],
  removed: readonly string[],
  notes: readonly string[],
]

/** A line, the headers it adds, those it removes, and what is said about it. */
const LINES: readonly Row[] = [
  ['A: b', [['A', 'b']], [], []],
  ['A:b', [['A', 'b']], [], []],
  [' A :  b ', [['A', 'b']], [], []],
  ['A:', [], ['a'], []],
  ['A: ', [], ['a'], []],
  ['A;', [['A', '']], [], []],
  ['A ; ', [['A', '']], [], []],
  ['A', [], [], []],
  ['', [], [], []],
  [':a: b', [[':a', 'b']], [], []],
  [':a', [], [], []],
  [':', [], [], []],
  ['@file', [], [], ['headers are in a file, which is not read (-H @file): add each with -H']],
  [
    '@xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    [],
    [],
    [
      'headers are in a file, which is not read (-H @xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx): add each with -H',
    ],
  ],
  ['A: b: c', [['A', 'b: c']], [], []],
  ['A;b', [], [], []],
  ['A: b;', [['A', 'b;']], [], []],
  ['X-A:', [], ['x-a'], []],
]

/** An argument, what is added to its query, the URL, and its user and password. */
const URLS: readonly (readonly [argument: string, query: readonly string[], url: string, user: string | null])[] = [
  ['https://a.example/', [], 'https://a.example/', null],
  ['a.example/x', [], 'http://a.example/x', null],
  ['HTTP://a.example', [], 'HTTP://a.example', null],
  [' https://a.example/ ', [], 'https://a.example/', null],
  ['https://a.example/\\[\\]\\{\\}\\?a\\&b\\=c\\x', [], 'https://a.example/[]{}?a&b=c\\x', null],
  ['<https://a.example/>', [], 'https://a.example/', null],
  ['<https://a.example/', [], 'http://<https://a.example/', null],
  ['https://u:p@a.example/', [], 'https://a.example/', 'u:p'],
  ['https://u@a.example/', [], 'https://a.example/', 'u:'],
  ['https://:p@a.example/', [], 'https://a.example/', ':p'],
  ['https://u%40:p%zz@a.example/', [], 'https://a.example/', 'u@:p%zz'],
  ['https://a.example/?a=1', ['b=2', '', 'c=3'], 'https://a.example/?a=1&b=2&c=3', null],
  ['https://a.example/', ['b=2'], 'https://a.example/?b=2', null],
  ['https://a.example/#h', ['b=2'], 'https://a.example/?b=2#h', null],
  ['https://u:p@a.example/x y', ['b'], 'https://a.example/x%20y?b', 'u:p'],
  ['https://a.example/$X', [], 'https://a.example/$X', null],
  ['https://a.example/${X}', [], 'https://a.example/${X}', null],
  ['https://a.example/$(x)', [], 'https://a.example/$(x)', null],
  ['https://a.example/{{x}}', [], 'https://a.example/{{x}}', null],
  ['https://a.example/%20%41%', [], 'https://a.example/%20%41%', null],
  ['https://a.example?x=$Y', [], 'https://a.example?x=$Y', null],
  ['a.example?$Y', [], 'http://a.example?$Y', null],
  ['http://', [], 'http://', null],
  ['http://[', ['a'], 'http://[', null],
  ['localhost:3000/x', [], 'http://localhost:3000/x', null],
  ['ftp://a', [], 'ftp://a', null],
  ['a://b', [], 'a://b', null],
  ['1a://b', [], 'http://1a://b', null],
  ['https://a.example/$', [], 'https://a.example/$', null],
  ['https://a$.example/', [], 'https://a$.example/', null],
  ['https://%41%42%43.example/', [], 'https://%41%42%43.example/', null],
  ['https://a%20b%2f.c/', [], 'https://a%20b%2f.c/', null],
  ['https://a.example/%HOST%', [], 'https://a.example/%HOST%', null],
  ['https://a.example#$X', [], 'https://a.example#$X', null],
  ['a.example/$X', [], 'http://a.example/$X', null],
]

const VARIABLES: readonly (readonly [argument: string, message: string])[] = [
  ['$HOST', 'the URL contains a variable ($HOST): write its value'],
  ['$HOST/x', 'the URL contains a variable ($HOST): write its value'],
  ['https://$HOST', 'the URL contains a variable ($HOST): write its value'],
  ['https://$HOST/x', 'the URL contains a variable ($HOST): write its value'],
  ['https://${X}/', 'the URL contains a variable (${X}): write its value'],
  ['https://$(host)/', 'the URL contains a variable ($(host)): write its value'],
  ['{{base}}/x', 'the URL contains a variable ({{base}}): write its value'],
  ['https://{{base}}', 'the URL contains a variable ({{base}}): write its value'],
  ['%HOST%/x', 'the URL contains a variable (%HOST%): write its value'],
  ['https://%HOST%:80', 'the URL contains a variable (%HOST%): write its value'],
  ['https://%HOST%.b/', 'the URL contains a variable (%HOST%): write its value'],
  ['https://%HOST%', 'the URL contains a variable (%HOST%): write its value'],
  [
    '$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'the URL contains a variable ($xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx): write its value',
  ],
  [
    '${xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}',
    'the URL contains a variable (${xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx): write its value',
  ],
  ['https://a.example:$PORT/x', 'the URL contains a variable ($PORT): write its value'],
  ['$A://b/', 'the URL contains a variable ($A): write its value'],
  ['a:$P/x', 'the URL contains a variable ($P): write its value'],
]

describe('addHeader()', () => {
  it.each(LINES)('reads %j', (line, headers, removed, notes) => {
    const draft: HeaderDraft = { headers: [], removed: [], notes: [] }
    addHeader(draft, line)
    expect(draft).toEqual({ headers, removed, notes })
  })
})

describe('readUrlArgument()', () => {
  it.each(URLS)('reads %j with %j', (argument, query, url, user) => {
    expect(readUrlArgument(argument, query)).toEqual({ url, user })
  })

  it.each(VARIABLES)('refuses the variable in %j', (argument, message) => {
    expect(() => readUrlArgument(argument, [])).toThrow(new TypeError(message))
  })
})
