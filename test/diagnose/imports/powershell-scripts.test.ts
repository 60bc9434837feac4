// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable of PowerShell may stand in braces.
/** Scripts of PowerShell with variables, tables and texts, and the whole request that each describes. */
import { describe, expect, it } from 'vitest'
import { parseCommands } from '../../../src/diagnose.ts'
import { FORM, JSON_TYPE, type Row, reads, request, URL } from './whole.ts'

describe('scripts', () => {
  reads([
    [
      'variables',
      `$url = "${URL}"\n$Body = '{}'\nirm -Uri $URL -Body $body -ContentType 'text/plain'`,
      {
        headers: [['Content-Type', 'text/plain']],
        body: '{}',
      },
    ],
    ['a variable in braces', `\${url} = '${URL}'; iwr \${url}`],
    ['a variable of a scope', `$script:url = '${URL}'\niwr $script:url`],
    ['texts that are added', `$base = 'https://api.example.com'\n$path = '/' + "items"\niwr ($base + $path)`],
    [
      'a table that is no text',
      `irm ${URL} -Headers (@{ 'X-A' = '1' }) -UserAgent ('a' + @{ b = '1' } + 'c')`,
      { headers: [['X-A', '1']] },
    ],
    [
      'JSON in a variable',
      `$b = @{ a = '1' }\n$j = $b | ConvertTo-Json\nirm ${URL} -Method Put -Body $j -ContentType a/b`,
      {
        method: 'PUT',
        headers: [['Content-Type', 'a/b']],
        body: '{"a":"1"}',
      },
    ],
    ['a user in the URL', 'iwr https://ada:x@api.example.com/items', { url: 'https://ada:x@api.example.com/items' }],
    [
      'a URL without quotes',
      'iwr https://api.example.com/items?a=1[0] -Method Put',
      { url: `${URL}?a=1[0]`, method: 'PUT' },
    ],
    ['a cast', `[string]$x = 'no'\n$url = [uri]'${URL}'\niwr $url`],
    ['a cast of an argument', `iwr ([uri]"${URL}")`],
    [
      'a table that is built up',
      `$h = @{}\n$h.Add("X-A", "1")\n$h["X-B"] = "2"\n$h.'X-C' = '3'\n$h.XD = '4'\niwr ${URL} -Headers $h`,
      {
        headers: [
          ['X-A', '1'],
          ['X-B', '2'],
          ['X-C', '3'],
          ['XD', '4'],
        ],
      },
    ],
    [
      'a dictionary of .NET',
      `$headers = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"\n$headers.Add("X-A", "1")\n$headers.Add("X-B", "2")\n$response = Invoke-RestMethod '${URL}' -Method 'PUT' -Headers $headers\n$response | ConvertTo-Json`,
      {
        method: 'PUT',
        headers: [
          ['X-A', '1'],
          ['X-B', '2'],
        ],
      },
    ],
    [
      'values in variables',
      `$t = 'Bearer x'\n$h = @{}\n$h.Add('Authorization', $t)\n$h['X-B'] = $unknown\n$h.XC = $t\niwr ${URL} -Headers $h`,
      {
        headers: [
          ['Authorization', 'Bearer x'],
          ['X-B', '$unknown'],
          ['XC', 'Bearer x'],
        ],
      },
    ],
    [
      'a table on one line',
      `$h = @{ 'X-A' = '1'; XB = 2 }; iwr ${URL} -Headers $h`,
      {
        headers: [
          ['X-A', '1'],
          ['XB', '2'],
        ],
      },
    ],
    ['a nested table', `$p = @{ a = @{ b = '1' }; Uri = '${URL}' }\niwr @p -Method Put`, { method: 'PUT' }],
    [
      'a value that is a nested table',
      `iwr ${URL} -Headers @{ 'X-A' = @{ b = 1 }; 'X-B' = '2' }`,
      {
        headers: [
          ['X-A', 'unknown'],
          ['X-B', '2'],
        ],
      },
    ],
    ['headers in a cast', `iwr ${URL} -Headers ([ordered]@{ 'X-A' = '1' })`, { headers: [['X-A', '1']] }],
    [
      'a splatted table',
      `$p = @{\n  Uri = '${URL}'\n  Method = 'Post'\n  Body = 'a'\n  ContentType = 'text/plain'\n}\nInvoke-RestMethod @P`,
      {
        method: 'POST',
        headers: [['Content-Type', 'text/plain']],
        body: 'a',
      },
    ],
    [
      'a table made to JSON',
      `irm ${URL} -Method Post -ContentType application/json -Body (@{ a = '1'; b = '2' } | ConvertTo-Json)`,
      {
        method: 'POST',
        headers: [JSON_TYPE],
        body: '{"a":"1","b":"2"}',
      },
    ],
    [
      'a command that makes JSON',
      `irm ${URL} -Method Post -Body (ConvertTo-Json -Depth (5) @{ a = '1' }) -ContentType application/json`,
      {
        method: 'POST',
        headers: [JSON_TYPE],
        body: '{"a":"1"}',
      },
    ],
    [
      'parentheses with nothing that is written out',
      `irm ${URL} -Body (Get-Content) -ContentType a/b`,
      {
        headers: [['Content-Type', 'a/b']],
        body: '',
      },
    ],
    [
      'brackets in parentheses',
      `irm ${URL} -Body ([x]::Y([y]{ 'a' }, @{ b = (1) })) -Method Put`,
      {
        method: 'PUT',
        headers: [FORM],
        body: 'a',
      },
    ],
    [
      'parentheses in a text',
      `irm ${URL} -Body ("(" + ")") -Method Put`,
      { method: 'PUT', headers: [FORM], body: '()' },
    ],
    [
      'a static member',
      `irm ${URL} -Headers [x]::y -Method Put`,
      {
        method: 'PUT',
        notes: ['the headers stand in a variable that is not written here: add each with -H'],
      },
    ],
    [
      'headers of a variable that is not here',
      `iwr ${URL} -Headers $headers`,
      {
        notes: ['the headers stand in a variable that is not written here: add each with -H'],
      },
    ],
    [
      'assignments to other things',
      `$h = @{ 'X-A' = '1' }\n$h -eq "b" "c"\n$n.Foo("d", "e")\n$h.Count\n$h\niwr ${URL} -Headers $h`,
      {
        headers: [['X-A', '1']],
      },
    ],
    [
      'calls with one value',
      `$h = @{ 'X-A' = '1' }\n$h.Add("b")\n$h["c"]\n$s.Cookies.Add("d")\niwr ${URL} -Headers $h`,
      {
        headers: [['X-A', '1']],
      },
    ],
    [
      'members whose names hold other names',
      `$h = @{}\n$h.Cookies2.Add('X-A', '1')\n$h.MyCookies.Add('X-B', '2')\n$h.Readd('X-C', '3')\n$h.Address('X-D', '4')\niwr ${URL} -Headers $h`,
      {
        headers: [
          ['X-A', '1'],
          ['X-B', '2'],
        ],
      },
    ],
    ['a curl within a word', `xcurl a -Uri b\niwr ${URL}`],
    ['a word that holds a switch', `iwr a-Verbose:x ${URL}`, { url: 'http://a-Verbose:x' }],
    [
      'a name for JSON of its own',
      `irm ${URL} -Method Put -Body (My-ConvertTo-Json @{ a = 1 }) -ContentType (ConvertTo-Jsonx @{ a = 1 })`,
      { method: 'PUT', headers: [FORM], body: '' },
    ],
    ['a comparison as no assignment', `$u = '${URL}'\n$u -eq 'https://other.example'\niwr $u`],
  ])

  it.each(['[a]', '@{ a = '])('reads %s many times in a row', (part) => {
    expect(parseCommands(`iwr ${URL} -Body ${part.repeat(4000)}`)).toMatchObject([{ url: URL }])
  })

  it.each([
    `$p = @{\n  Uri = '${URL}'\n  Headers = @{ 'X-A' = '1'; XB = 2 }\n}\nirm @p`,
    `$h = @{ 'X-A' = '1'; XB = 2 }\n$p = @{ Uri = '${URL}'; Headers = $h }\nirm @p`,
    `$h = @{ 'X-A' = '1'; XB = 2 }\n$p = @{ Uri = '${URL}' }\n$p.Headers = $h\nirm @p`,
  ])('reads the headers in a splatted table: %s', (pasted) => {
    expect(parseCommands(pasted)).toStrictEqual([
      request({
        headers: [
          ['X-A', '1'],
          ['XB', '2'],
        ],
      }),
    ])
  })

  it('writes no table in a table as JSON', () => {
    const doubled = '$a = @{ b = $a; c = $a }\n'.repeat(100)
    expect(parseCommands(`${doubled}irm ${URL} -Body ($a | ConvertTo-Json) -ContentType a/b`)).toMatchObject([
      { body: '{"b":"","c":""}' },
    ])
  })

  it('reads several calls of one script', () => {
    expect(parseCommands(`$u = '${URL}'\niwr $u\n\n;; iwr $u -Method Put`)).toStrictEqual([
      request(),
      request({ method: 'PUT' }),
    ])
  })
})

describe('the texts of a script', () => {
  const body = (text: string, read: string): Row => [
    JSON.stringify(text),
    `irm ${URL} -ContentType a/b -Body ${text} -Method Put`,
    { method: 'PUT', headers: [['Content-Type', 'a/b']], body: read },
  ]
  reads([
    body('"a`nb`rc`td`0e`"f``g`qh"', 'a\nb\rc\tde"f`gqh'),
    body('"a`\nb"', 'ab'),
    body('"say ""hi"" now"', 'say "hi" now'),
    body("'it''s `n $x'", "it's `n $x"),
    body("''", ''),
    body('"x$([char]0x)"', 'x$([char]0x)'),
    body('"$([char]65)b$([char]9999999)"', 'Ab\u{10ffff}'),
    body('"a;b|c>d#e,f{g}"', 'a;b|c>d#e,f{g}'),
    body("@'\n{ \"a\": 'b' }\n'@", '{ "a": \'b\' }'),
    body('@"\r\none "two"\nthree\n"@', 'one "two"\nthree'),
    body("@' \t\n'@", ''),
    body('@"\n\'@\n"@', "'@"),
    body('a/b.c-d:e', 'a/b.c-d:e'),
    body('plain`x', 'plain'),
  ])
  reads([
    [
      'a here-string that is cut off',
      `irm ${URL} -ContentType a/b -Body @'\nabc`,
      {
        headers: [['Content-Type', 'a/b']],
        body: 'abc',
      },
    ],
    [
      'a text that is cut off',
      `irm ${URL} -ContentType a/b -Body 'abc`,
      {
        headers: [['Content-Type', 'a/b']],
        body: 'abc',
      },
    ],
    [
      'a text in double quotes that is cut off',
      `irm ${URL} -ContentType a/b -Body "abc`,
      {
        headers: [['Content-Type', 'a/b']],
        body: 'abc',
      },
    ],
    ['comments', `# iwr https://old.example/\niwr ${URL} # -Method Delete`],
    ['continuations with prompts', `iwr ${URL} \`  \r\n>> -Method Put \`\n>>\t-UserAgent x`, { method: 'PUT' }],
    ['a continuation without a prompt', `iwr ${URL}\`\n-Method\`\nPut`, { method: 'PUT' }],
    ['a bracket too many', `)] }\n$u = '${URL}'\niwr $u`],
    ['brackets inside texts', `$a = '('\n$b = "["\n$c = '}'\niwr ${URL}`],
    ['words that hold brackets', `$a = (1 +\n 2)\n$b = [int]'3'\n$c = @(4,\n5)\niwr ${URL}`],
  ])
})

describe('what cannot be read', () => {
  const unnamed = 'this PowerShell command names no URL: paste "Copy as PowerShell" whole'
  const unwritten = 'this PowerShell command names no URL that is written out: put it behind -Uri'
  it.each([
    ['# iwr https://a.example', unnamed],
    ["echo 'an iwr here'", unnamed],
    ['iwr -Method Put', unwritten],
    ["iwr -Uri ''", unwritten],
    ['iwr -Uri @{ a = 1 }', unwritten],
    ['irm -Uri', unwritten],
    ['iwr "https://$hostname/x"', 'the URL contains a variable ($hostname): write its value'],
    ['iwr $base/users', 'the URL contains a variable ($base): write its value'],
    ['iwr $Api.Url', 'the URL contains a variable ($Api): write its value'],
    [`iwr $${'a'.repeat(50)}`, `the URL contains a variable ($${'a'.repeat(39)}): write its value`],
  ])('says so of %s', (pasted, message) => expect(() => parseCommands(pasted)).toThrow(new TypeError(message)))
})
