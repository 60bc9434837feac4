// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is pasted holds templates, and they are read as text.
/** What people pasted into other tools, and what those tools stumbled over. Names and values are replaced. */
import { describe, expect, it } from 'vitest'
import { parseCommands, parseCurl, parseFetch } from '../../../src/diagnose.ts'

const ORIGIN = 'https://app.example.com'

/** A report, what was pasted, and what it is. */
type Report = readonly [report: string, pasted: string, request: object]

const CURL: readonly Report[] = [
  [
    'https://github.com/postmanlabs/postman-app-support/issues/5182',
    `curl "https://api.example.com/1/cards" --data-binary "^{^\\^"name^\\^":^\\^"hello world^\\^",^\\^"pos^\\^":65535,^\\^"labels^\\^":^[^]^}" --compressed`,
    { url: 'https://api.example.com/1/cards', method: 'POST', body: '{"name":"hello world","pos":65535,"labels":[]}' },
  ],
  [
    'https://github.com/postmanlabs/postman-app-support/issues/2791',
    `curl 'https://api.example.com/x' -H 'Origin: ${ORIGIN}' --data-binary $'{"note":"it\\'s \\u00e9 \\u0021"}' --compressed`,
    { method: 'POST', origin: ORIGIN, body: '{"note":"it\'s é !"}' },
  ],
  [
    'https://github.com/postmanlabs/postman-app-support/issues/86',
    `curl 'https://api.example.com/GetData' -H 'APP: 9' -H 'Origin: ${ORIGIN}' -H 'Accept-Encoding: gzip, deflate' -H 'Authorization: Token a' -H 'Cookie: a=15-55; b=$34$' -H 'Connection: keep-alive' -H 'Content-Type: application/json;charset=UTF-8' --data-binary $'{"Url":"&filter={v:{$gt:\\'0\\'}}"}' --compressed`,
    {
      headers: [
        ['APP', '9'],
        ['Authorization', 'Token a'],
        ['Cookie', 'a=15-55; b=$34$'],
        ['Content-Type', 'application/json;charset=UTF-8'],
      ],
      credentials: 'include',
      body: '{"Url":"&filter={v:{$gt:\'0\'}}"}',
    },
  ],
  [
    'https://github.com/postmanlabs/postman-app-support/issues/7741',
    'curl -i -k -H"Authorization: Bearer key" https://api.example.com',
    { url: 'https://api.example.com', headers: [['Authorization', 'Bearer key']] },
  ],
  [
    'https://github.com/postmanlabs/postman-app-support/issues/1157',
    `curl "http://api.example.com/login" -H "Origin: ${ORIGIN}" -H "Content-Type: application/vnd.example.com+v3.json" -H "X-Requested-With: XMLHttpRequest" --data-binary "{""login"":{""_id"":""2052"",""success"":false,""error"":null,""n"":0}}" --compressed`,
    {
      headers: [
        ['Content-Type', 'application/vnd.example.com+v3.json'],
        ['X-Requested-With', 'XMLHttpRequest'],
      ],
      body: '{"login":{"_id":"2052","success":false,"error":null,"n":0}}',
    },
  ],
  [
    'https://github.com/postmanlabs/postman-app-support/issues/5853',
    'curl "https://api.example.com/x" -H "Accept: application/json" --compressed -H "content-type: application/json" -H "authorization: Bearer 123" -H "origin: null" -H "DNT: 1" --data "{""data"":{""type"":""a.b"",""at"":{""name"":""the man""}}}"',
    { origin: 'null', body: '{"data":{"type":"a.b","at":{"name":"the man"}}}' },
  ],
  [
    'https://github.com/postmanlabs/postman-app-support/issues/13612',
    `curl 'https://api.example.com/?foo\\[\\]=bar&x=\\{1\\}' -H 'origin: ${ORIGIN}'`,
    { url: 'https://api.example.com/?foo[]=bar&x={1}' },
  ],
  [
    'https://github.com/michael-shub/curl2scrapy/issues/6',
    `curl --location --request POST 'https://api.example.com/post' \\\n--header 'Content-Type: application/x-www-form-urlencoded' \\\n--data-urlencode 'strange=boom'`,
    { url: 'https://api.example.com/post', method: 'POST', body: 'strange=boom' },
  ],
  [
    'https://github.com/curlconverter/curlconverter/issues/143',
    'curl "https://api.example.com/" --data "a=b^&c=d^&e=f" --compressed',
    { body: 'a=b&c=d&e=f' },
  ],
  [
    'https://github.com/httpie/desktop/issues/49',
    `curl 'https://api.example.com/' -H 'content-type: application/json' --data-raw $'{"q":"a\\nb\\u0021"}' ;`,
    { method: 'POST', body: '{"q":"a\nb!"}' },
  ],
  [
    'https://github.com/ljharb/shell-quote/issues/32',
    `curl https://api.example.com/ --data-raw $'a\\'b \\x41 cost is $5 \${field} \\q'`,
    { body: "a'b A cost is $5 ${field} \\q" },
  ],
  [
    'https://github.com/luckymarmot/Paw-cURLImporter/issues/7',
    'curl -X "POST" "https://api.example.com/post" \\\n    -H "apikey: 4242" \\\n    --data-urlencode “username=username" \\\n    -H ‘X-B: 1’ \\\n    -F \'description=Ain’t this a problem\'',
    {
      method: 'POST',
      headers: [
        ['apikey', '4242'],
        ['X-B', '1'],
        ['Content-Type', 'multipart/form-data; boundary=corsmith'],
      ],
    },
  ],
  [
    'https://github.com/jdx/mean-sample/issues/6',
    '$ curl -v -H "Content-Type: application/json" -XPOST --data "{\\"username\\":\\"d\\", \\"body\\":\\"rules!\\"}" localhost:3000/api/posts',
    { url: 'http://localhost:3000/api/posts', body: '{"username":"d", "body":"rules!"}' },
  ],
  [
    'https://github.com/Kong/insomnia/issues/1934',
    `curl 'https://api.example.com/api' -H 'Pragma: no-cache' -H 'Cache-Control: no-cache' -H 'Authorization: Bearer x' -H 'Content-Type: multipart/form-data; boundary=----WebKitFormBoundaryRQ0' -H 'Origin: ${ORIGIN}' -H 'Sec-Fetch-Mode: cors' --data-binary $'------WebKitFormBoundaryRQ0\\r\\nContent-Disposition: form-data; name="remarks"\\r\\n\\r\\nHello\\r\\n------WebKitFormBoundaryRQ0--\\r\\n' --compressed`,
    {
      method: 'POST',
      headers: [
        ['Authorization', 'Bearer x'],
        ['Content-Type', 'multipart/form-data; boundary=----WebKitFormBoundaryRQ0'],
      ],
    },
  ],
  [
    'https://github.com/hoppscotch/hoppscotch/issues/927',
    `curl 'http://127.0.0.1:8000/brand/4' -X PUT -H 'User-Agent: Mozilla/5.0 (X11; rv:78.0)' -H 'Accept: application/json, text/plain, */*' -H 'Accept-Language: en' --compressed -H 'Authorization: Bearer x' -H 'Content-Type: application/json;charset=utf-8' -H 'Origin: http://localhost:3012' --data-raw '{"id":4}'`,
    { method: 'PUT', origin: 'http://localhost:3012', body: '{"id":4}' },
  ],
  [
    'https://github.com/flawiddsouza/Restfox/issues/335',
    "curl --request POST \\\n  --url https://api.example.com/token \\\n  --header 'Content-Type: multipart/form-data' \\\n  --form client_id=uuid \\\n  --form 'client_secret=secret'",
    { url: 'https://api.example.com/token', method: 'POST', headers: [['Content-Type', 'multipart/form-data']] },
  ],
  [
    'https://github.com/Kong/developer.konghq.com/issues/3805',
    "curl -o file.csv.gzip --location 'https://api.example.com/whatever?country=us&format=csv&' \\\n--header 'Accept-Encoding: gzip' \\\n--header 'Authorization: Bearer \nbla'",
    { url: 'https://api.example.com/whatever?country=us&format=csv&', method: 'GET' },
  ],
  [
    'https://github.com/postmanlabs/postman-app-support/issues/5424',
    `curl -H 'Host: api.example.com' -H 'Cookie: sid=1' -H 'accept: */*' -H 'referer: ${ORIGIN}/community' --compressed 'https://api.example.com/platform.js?v=1'`,
    { url: 'https://api.example.com/platform.js?v=1', origin: ORIGIN, credentials: 'include' },
  ],
  [
    'https://github.com/cyu/rack-cors/issues/57',
    'curl -i http://lvh.me:8080/api/locations -H "Origin: http://example.com" -H "Access-Control-Request-Method: GET" -X OPTIONS',
    { method: 'GET', origin: 'http://example.com', uploadListener: true },
  ],
  [
    'https://github.com/PowerShell/PowerShell/issues/9540',
    `Invoke-WebRequest -Uri "https://api.example.com/" -Headers @{"method"="GET"; "authority"="api.example.com"; "scheme"="https"; "path"="/"; "pragma"="no-cache"; "cache-control"="no-cache"; "upgrade-insecure-requests"="1"; "user-agent"="Mozilla/5.0"; "origin"="${ORIGIN}"; "x-a"="1"}`,
    { url: 'https://api.example.com/', method: 'GET', origin: ORIGIN, headers: [['x-a', '1']] },
  ],
  [
    'https://github.com/Servosity/msp-skills/pull/206',
    `PS C:\\Users\\me> Invoke-RestMethod -UseBasicParsing -Uri "https://api.example.com/a?b=\`$c" \`\n>> -Method "POST" \`\n>> -Headers @{\n"Origin"="${ORIGIN}"\n  "x-quote"="say \`"hi\`""\n} \`\n>> -ContentType "application/json" \`\n>> -Body "{\`"name\`":\`"caf$([char]233)\`"}"`,
    {
      url: 'https://api.example.com/a?b=$c',
      method: 'POST',
      headers: [
        ['x-quote', 'say "hi"'],
        ['Content-Type', 'application/json'],
      ],
      body: '{"name":"café"}',
    },
  ],
]

describe('parseCurl()', () => {
  it.each(CURL)('reads what was reported in %s', (_, pasted, request) => {
    expect(parseCurl(pasted)).toMatchObject(request)
  })

  it.each([
    ['prompts', `user@host:~/src$ curl https://api.example.com/ -XPUT`],
    ['a prompt of zsh', `% curl https://api.example.com/ -X PUT`],
    ['a prompt of root', `# curl https://api.example.com/ -X PUT`],
    ['a prompt of the command prompt', `C:\\Users\\me>curl.exe https://api.example.com/ -X PUT`],
    ['a prompt of PowerShell', `PS C:\\> curl.exe https://api.example.com/ -X PUT`],
    ['a fence of Markdown', '```bash\ncurl https://api.example.com/ -X PUT\n```'],
    ['white space behind a continuation', 'curl https://api.example.com/ \\  \n  -X PUT'],
    ['prompts of continuations', 'curl https://api.example.com/ \\\n> -X PUT'],
    ['a cluster of options', 'curl -sSfLX PUT https://api.example.com/'],
    ['redirections and pipes', 'curl https://api.example.com/ -X PUT > out.json 2>&1 | jq .'],
    ['a comment', '# what fails\ncurl https://api.example.com/ -X PUT # here'],
    ['variables of the environment', 'TOKEN=x time curl https://api.example.com/ -X PUT'],
    ['wget', 'wget --method=PUT -O - https://api.example.com/'],
    ['HTTPie', 'http PUT https://api.example.com/'],
    ['Invoke-WebRequest by position', 'iwr https://api.example.com/ -Method Put'],
    [
      'curl.exe with the continuations of PowerShell',
      'PS C:\\> curl.exe "https://api.example.com/" `\n>> -X PUT `\n  -H "X-A: 1"',
    ],
    ['curl as a name of PowerShell', 'curl -Uri "https://api.example.com/" -Method PUT -Headers @{ "X-A" = "1" }'],
    ['an option that is not known', 'curl --no-such-option value -X PUT https://api.example.com/'],
    ['a splatted table', "$p = @{ Uri = 'https://api.example.com/'; Method = 'PUT' }\nInvoke-WebRequest @p"],
  ])('reads over %s', (_, pasted) => {
    expect(parseCurl(pasted)).toMatchObject({ url: 'https://api.example.com/', method: 'PUT' })
  })

  it('keeps an ampersand in a URL without quotes', () => {
    expect(parseCurl('curl https://api.example.com/?a=1&b=2 -H X-A:1').url).toBe('https://api.example.com/?a=1&b=2')
  })

  it('sends a header with nothing in it, and takes one away', () => {
    const { headers } = parseCurl("curl https://api.example.com/ -d a -H 'X-A;' -H 'Content-Type:'")
    expect(headers).toEqual([['X-A', '']])
  })

  it('moves data into the URL, and user and password into a header', () => {
    expect(parseCurl('curl -G -d q=1 --data-urlencode r=2 https://ada:pä@api.example.com/x?p=0')).toEqual({
      url: 'https://api.example.com/x?p=0&q=1&r=2',
      method: 'GET',
      headers: [['Authorization', 'Basic YWRhOnDDpA==']],
    })
  })

  it.each([
    ['curl "$API_URL/users"', 'the URL contains a variable ($API_URL)'],
    ['curl https://${HOST}/users', 'the URL contains a variable (${HOST})'],
    ['curl {{baseUrl}}/users', 'the URL contains a variable ({{baseUrl}})'],
    ['curl -K request.txt', 'takes its options from a file'],
    ['git clone https://a.example', 'is not a curl command'],
    ['Invoke-WebRequest -Uri $url', 'the URL contains a variable ($url)'],
  ])('says what it cannot read of %s', (pasted, message) => {
    expect(() => parseCurl(pasted)).toThrow(message)
  })

  it('notes what stands elsewhere', () => {
    expect(parseCurl('curl https://api.example.com/ -b jar.txt -H @headers.txt').notes).toHaveLength(2)
    expect(parseCurl('Invoke-WebRequest https://api.example.com/ -Headers $h').notes).toHaveLength(1)
  })
})

describe('parseCommands()', () => {
  const two = [
    { url: 'https://api.example.com/a', method: 'GET' },
    { url: 'https://api.example.com/b', method: 'DELETE' },
  ]

  it.each([
    [
      'bash',
      "curl 'https://api.example.com/a' \\\n  --compressed ;\ncurl 'https://api.example.com/b' \\\n  -X 'DELETE'",
    ],
    [
      'cmd',
      'curl ^"https://api.example.com/a^" ^\r\n  --compressed &\r\ncurl ^"https://api.example.com/b^" ^\r\n  -X ^"DELETE^"',
    ],
    [
      'PowerShell',
      'Invoke-WebRequest -Uri "https://api.example.com/a";\r\nInvoke-WebRequest -Uri "https://api.example.com/b" `\r\n-Method "DELETE"',
    ],
    ['--next', 'curl https://api.example.com/a --next -X DELETE https://api.example.com/b'],
  ])('reads all that "Copy all" copies for %s', (_, pasted) => expect(parseCommands(pasted)).toMatchObject(two))

  it('reads what is hostile in time', () => {
    const started = performance.now()
    for (const unit of [
      '"',
      "'",
      '^',
      '^"',
      '""',
      '\\',
      '\\\n',
      '$',
      '${',
      '`',
      '@{',
      '(',
      '-H ',
      '{{',
      '&\n',
      ' \t',
      '#',
      'curl ',
      '$h.Add("a","b");',
      'axios',
      'fetch(',
      'new ',
    ]) {
      for (const read of [parseCommands, parseFetch]) {
        for (const begin of ['curl ', 'iwr ', 'fetch("', 'axios ', 'curl https://a.example/ ']) {
          try {
            read(begin + unit.repeat(20_000))
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError)
          }
        }
      }
    }
    expect(performance.now() - started).toBeLessThan(30_000)
  })
})

describe('parseFetch()', () => {
  it.each<readonly [string, object]>([
    [
      'fetch("https://api.example.com/", { method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` }, body: JSON.stringify({ a: 1, b }) }).then((r) => r.json())',
      {
        method: 'POST',
        headers: [
          ['Content-Type', 'application/json'],
          ['Authorization', 'unknown'],
        ],
        body: '{"a":1,"b":null}',
      },
    ],
    [
      'await fetch(new URL("/a?b=1", "https://api.example.com"), { headers: new Headers({ "X-A": "1" }), credentials: "include" })',
      { url: 'https://api.example.com/a?b=1', headers: [['X-A', '1']], credentials: 'include' },
    ],
    [
      'fetch(new Request("https://api.example.com/", { method: "DELETE" }), { headers: [["X-B", "2"]] });',
      { method: 'DELETE', headers: [['X-B', '2']] },
    ],
    ['const r = new Request("https://api.example.com/", { method: "PATCH" })', { method: 'PATCH' }],
    [
      'fetch(`https://api.example.com/users/${id}`, { method: "put" })',
      { url: 'https://api.example.com/users/x', method: 'PUT' },
    ],
    [
      '// fetch("https://old.example/")\nfetch("https://api.example.com/", undefined)',
      { url: 'https://api.example.com/' },
    ],
    [
      'axios.post("https://api.example.com/", { a: 1 }, { withCredentials: true, headers: { "X-A": tokens[0] } })',
      {
        method: 'POST',
        credentials: 'include',
        initiator: 'xhr',
        headers: [
          ['X-A', 'unknown'],
          ['Content-Type', 'application/json'],
        ],
      },
    ],
    ['axios({ method: "get", baseURL: "https://api.example.com", url: "/a" })', { url: 'https://api.example.com/a' }],
    ['const { data } = await axios.get<User[]>("https://api.example.com/a")', { method: 'GET' }],
    [
      'ky.post("https://api.example.com/", { json: { a: 1 } }).json()',
      { headers: [['Content-Type', 'application/json']] },
    ],
    [
      '$.ajax({ url: "https://api.example.com/", type: "POST", data: { a: 1 }, xhrFields: { withCredentials: true }, success: function (d) { use(d) } });',
      {
        method: 'POST',
        credentials: 'include',
        headers: [['Content-Type', 'application/x-www-form-urlencoded; charset=UTF-8']],
      },
    ],
    [
      'var xhr = new XMLHttpRequest(); xhr.open("PUT", "https://api.example.com/"); xhr.withCredentials = true; xhr.setRequestHeader("X-A", "1"); xhr.upload.onprogress = show; xhr.send("{}");',
      { method: 'PUT', credentials: 'include', uploadListener: true, headers: [['X-A', '1']] },
    ],
    [
      'fetch("https://api.example.com/", { method: "POST", body: new URLSearchParams({ a: "1" }) } as RequestInit)',
      { headers: [['Content-Type', 'application/x-www-form-urlencoded']] },
    ],
  ])('reads %s', (pasted, request) => expect(parseFetch(pasted)).toMatchObject(request))

  it.each([
    ['fetch(API + "/x")', 'the URL is computed (API + "/x")'],
    ['fetch("/api/x")', 'the URL is relative'],
    ['fetch("https://api.example.com/", options)', 'the options of the call are computed (options)'],
    [
      'fetch("https://api.example.com/", { method })',
      'the method is computed (method): write its value, or describe the request with -X',
    ],
    ['fetch("https://api.example.com/", { headers: { ...auth } })', 'some headers are computed (auth)'],
    ['fetch("https://api.example.com/", { headers: getHeaders() })', 'the headers are computed (getHeaders())'],
    ['fetch("https://api.example.com/", { credentials: MODE })', '--credentials include'],
    ['request("https://api.example.com/")', 'not a fetch(…) call'],
  ])('says exactly what it cannot read of %s', (pasted, message) => expect(() => parseFetch(pasted)).toThrow(message))
})
