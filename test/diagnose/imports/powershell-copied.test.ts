// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable of PowerShell may stand in braces.
/** Commands of PowerShell as people paste them, and the whole request that each describes. */
import { describe, expect, it } from 'vitest'
import { parseCommands } from '../../../src/diagnose.ts'
import { FORM, JSON_TYPE, type Row, reads, request, URL } from './whole.ts'

describe('what developer tools copy as PowerShell', () => {
  reads([
    [
      'Chrome with cookies',
      `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
$session.Cookies.Add((New-Object System.Net.Cookie("sid", "1=", "/", "api.example.com")))
$session.Cookies.Add((New-Object System.Net.Cookie("theme", "dark", "/", ".example.com")))
Invoke-WebRequest -UseBasicParsing -Uri "${URL}" \`
-Method "PUT" \`
-WebSession $session \`
-Headers @{
"authority"="api.example.com"
  "method"="PUT"
  "path"="/items"
  "scheme"="https"
  "accept"="*/*"
  "origin"="https://app.example.com"
  "x-a"="1"
  "x-b"="2; 3, 4"
} \`
-ContentType "application/json" \`
-Body "{\`"a\`":\`"1\`",\`"b\`":[1,2]}"`,
      {
        method: 'PUT',
        headers: [['x-a', '1'], ['x-b', '2; 3, 4'], JSON_TYPE, ['Cookie', 'sid=1=; theme=dark']],
        origin: 'https://app.example.com',
        credentials: 'include',
        body: '{"a":"1","b":[1,2]}',
      },
    ],
    [
      'Chrome with a body of other letters',
      `Invoke-WebRequest -UseBasicParsing -Uri "${URL}" \`\r\n-Method "POST" \`\r\n-ContentType "text/plain;charset=UTF-8" \`\r\n-Body ([System.Text.Encoding]::UTF8.GetBytes("caf$([char]233) $([char]55357)$([char]56832)\`n\`$5"))`,
      { method: 'POST', headers: [['Content-Type', 'text/plain;charset=UTF-8']], body: 'café \ud83d\ude00\n$5' },
    ],
    [
      'Firefox',
      `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\r\n$session.Cookies.Add((New-Object System.Net.Cookie("a", "b c", "/", "api.example.com")))\r\nInvoke-WebRequest -UseBasicParsing -Uri '${URL}' \`\r\n-Method DELETE \`\r\n-WebSession $session \`\r\n-UserAgent 'Mozilla/5.0 (Windows NT 10.0; rv:140.0)' \`\r\n-Headers @{\r\n'Accept' = 'application/json'\r\n  'X-Quote' = 'it''s'\r\n  'Sec-Fetch-Mode' = 'cors'\r\n}`,
      {
        method: 'DELETE',
        headers: [
          ['Accept', 'application/json'],
          ['X-Quote', "it's"],
          ['Cookie', 'a=b c'],
        ].slice(1),
        credentials: 'include',
      },
    ],
  ])

  it('begins each request of "Copy all" with a session of its own', () => {
    const each = (
      path: string,
      cookie: string,
    ) => `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
${cookie}
Invoke-WebRequest -UseBasicParsing -Uri "${URL}/${path}" \`
-WebSession $session;`
    const cookie = '$session.Cookies.Add((New-Object System.Net.Cookie("sid", "1", "/", "api.example.com")))'
    expect(parseCommands(`${each('a', cookie)}\r\n${each('b', '')}`)).toStrictEqual([
      request({ url: `${URL}/a`, headers: [['Cookie', 'sid=1']], credentials: 'include' }),
      request({ url: `${URL}/b` }),
    ])
  })
})

describe('the commands of PowerShell', () => {
  reads([
    ['Invoke-RestMethod', `$r = Invoke-RestMethod ${URL} -Method Patch`, { method: 'PATCH' }],
    ['iwr', `iwr "${URL}"`],
    ['irm in parentheses', `(irm '${URL}').items`],
    ['a command after a semicolon', `cls;irm ${URL}`],
    ['a command in a pipeline', `1..3 |irm ${URL}`],
    ['a command in capitals', `IWR -URI ${URL} -METHOD post`, { method: 'POST' }],
    ['curl, which is the same command', `curl -Uri "${URL}" -Method Delete`, { method: 'DELETE' }],
    ['wget with a table', `wget "${URL}" -Headers @{"X-A"="1"}`, { headers: [['X-A', '1']] }],
    ['curl with a table behind white space', `  curl ${URL} -Headers   @{ 'X-A' = '1' }`, { headers: [['X-A', '1']] }],
    [
      'curl behind a prompt',
      `PS C:\\Users\\me>curl ${URL} -Method Put -Headers @{ A = 1 }`,
      { method: 'PUT', headers: [['A', '1']] },
    ],
    ['curl behind a prompt and a blank', `PS C:\\> curl\t${URL} -WebSession $s -Method Put`, { method: 'PUT' }],
    ['curl on a later line', `# before\ncurl ${URL}\t-METHOD Put`, { method: 'PUT' }],
    ['curl with headers in a variable', `$h = @{ 'X-A' = '1' }\ncurl ${URL} -Headers $h`, { headers: [['X-A', '1']] }],
  ])

  it.each([
    [`curl ${URL} -d Method`, 'POST'],
    [`curl ${URL} --request PUT # -Methods`, 'PUT'],
    [`curl ${URL} -H x:y-Uri -X PUT`, 'PUT'],
    [`curl ${URL} -X PUT # -Headers "X-A"`, 'PUT'],
  ])('takes %s for curl', (pasted, method) => expect(parseCommands(pasted)).toMatchObject([{ method }]))

  it('reads curl before a line that names a parameter', () => {
    expect(parseCommands(`curl ${URL} -X PUT\n# or -Uri`)).toStrictEqual([request({ method: 'PUT' })])
  })
})

describe('the parameters', () => {
  const switches = [
    ...['UseBasicParsing', 'SkipCertificateCheck', 'SkipHttpErrorCheck', 'SkipHeaderValidation', 'DisableKeepAlive'],
    ...['PassThru', 'UseDefaultCredentials', 'AllowUnencryptedAuthentication', 'NoProxy', 'Verbose', 'Debug'],
    ...['PreserveAuthorizationOnRedirect', 'AllowInsecureRedirect', 'PreserveHttpMethodOnRedirect', 'Resume'],
  ]
  reads(switches.map((name): Row => [`-${name} without a value`, `iwr -${name} ${URL}`]))
  reads([
    ['a parameter with a value before the URL', `iwr -TimeoutSec 5 -OutFile a.json ${URL}`],
    ['a parameter that begins like a switch', `iwr -DebugLevel 3 ${URL}`],
    ['a switch at the end', `iwr ${URL} -Verbose`],
    ['a parameter at the end whose value is cut off', `iwr ${URL} -Method`],
    ['the first of two values as the URL', `iwr ${URL} https://other.example/`],
    ['a dash alone as no parameter', `iwr ${URL} - -Method Put`, { method: 'PUT' }],
    ['values joined with a colon', `iwr -Uri:${URL} -Method:Put -UserAgent:me`, { method: 'PUT' }],
    [
      'beginnings of names',
      `iwr -Ur ${URL} -Me Post -Head @{'X-A'='1'} -Cont text/plain -Bo a -UserA me`,
      {
        method: 'POST',
        headers: [
          ['X-A', '1'],
          ['Content-Type', 'text/plain'],
        ],
        body: 'a',
      },
    ],
    ['-CustomMethod', `irm ${URL} -CustomMethod PURGE`, { method: 'PURGE' }],
    ['the beginning of -CustomMethod', `irm ${URL} -Cus "PURGE"`, { method: 'PURGE' }],
    [
      '-Form',
      `irm ${URL} -Method Post -Form @{ a = '1' }`,
      {
        method: 'POST',
        headers: [['Content-Type', 'multipart/form-data; boundary=corsmith']],
        body: '',
      },
    ],
    [
      '-Form with a type',
      `irm ${URL} -Method Post -Fo $f -ContentType multipart/mixed`,
      {
        method: 'POST',
        headers: [['Content-Type', 'multipart/mixed']],
        body: '',
      },
    ],
    [
      'a body without a type',
      `irm ${URL} -Method Post -Body 'a=1&b=2'`,
      {
        method: 'POST',
        headers: [FORM],
        body: 'a=1&b=2',
      },
    ],
    [
      'a body whose type is a header',
      `irm ${URL} -Method Post -Body '{}' -Headers @{'X-A'='1';'content-type'='application/json'}`,
      {
        method: 'POST',
        headers: [
          ['X-A', '1'],
          ['content-type', 'application/json'],
        ],
        body: '{}',
      },
    ],
    [
      'headers whose names hold that of the type',
      `irm ${URL} -Body a -Headers @{'X-Content-Type'='1';'Content-Type-X'='2'}`,
      {
        headers: [['X-Content-Type', '1'], ['Content-Type-X', '2'], FORM],
        body: 'a',
      },
    ],
    ['a table as the body', `irm ${URL} -Method Post -Body @{ a = 1 }`, { method: 'POST', headers: [FORM], body: '' }],
    ['an empty body', `irm ${URL} -Body ''`, { headers: [FORM], body: '' }],
    ['a URL without a scheme', 'iwr api.example.com/items', { url: 'http://api.example.com/items' }],
    ['a port', 'iwr localhost:3000/?to=https://a.example', { url: 'http://localhost:3000/?to=https://a.example' }],
    ['a scheme with digits and marks', 'iwr h2+x.y-z://a.example', { url: 'h2+x.y-z://a.example' }],
    ['what stands before a pipe', `iwr ${URL} -Method Put | Select-Object -Method Get`, { method: 'PUT' }],
    ['what stands before a redirection', `iwr ${URL} > -Method`],
    ['methods as PowerShell writes them', `iwr ${URL} -Method Options`, { method: 'OPTIONS' }],
    ...['delete', 'get', 'head', 'options', 'post', 'put'].map(
      (method): Row => [`the method ${method}`, `iwr ${URL} -Method ${method}`, { method: method.toUpperCase() }],
    ),
    ['a copied patch', `iwr ${URL} -Method "patch"`, { method: 'patch' }],
    ['a method of other letters', `iwr ${URL} -Method "xpost"`, { method: 'xpost' }],
    ['a method with an end of its own', `iwr ${URL} -Method "posting"`, { method: 'posting' }],
    ['a method with a dash', `iwr ${URL} -Method "M-Search"`, { method: 'M-Search' }],
  ])
})
