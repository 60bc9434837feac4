import { describe, expect, it } from 'vitest'
import { parseCommands, parseCurl } from '../../../src/diagnose/imports/curl.ts'

/** What is pasted, and every request in it. */
const READ: readonly (readonly [pasted: string, requests: readonly object[]])[] = [
  ['curl https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl --url https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl --url=https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl -X PUT https://a.example/', [{ url: 'https://a.example/', method: 'PUT', headers: [] }]],
  ['curl --request PUT https://a.example/', [{ url: 'https://a.example/', method: 'PUT', headers: [] }]],
  ['curl -XPUT https://a.example/', [{ url: 'https://a.example/', method: 'PUT', headers: [] }]],
  ['curl -X put https://a.example/', [{ url: 'https://a.example/', method: 'put', headers: [] }]],
  [
    'curl -H "A: b" --header "C: d" https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'GET',
        headers: [
          ['A', 'b'],
          ['C', 'd'],
        ],
      },
    ],
  ],
  [
    'curl -b a=b https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Cookie', 'a=b']], credentials: 'include' }],
  ],
  [
    'curl --cookie a=b https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Cookie', 'a=b']], credentials: 'include' }],
  ],
  [
    'curl -b a.txt https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'GET',
        headers: [],
        notes: ['cookies are in a file, which is not read: add --credentials include if the page sends them'],
      },
    ],
  ],
  ['curl -b "" https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'curl -H @a.txt -b a.txt https://a.example/ https://b.example/',
    [
      {
        url: 'https://a.example/',
        method: 'GET',
        headers: [],
        notes: [
          'headers are in a file, which is not read (-H @a.txt): add each with -H',
          'cookies are in a file, which is not read: add --credentials include if the page sends them',
        ],
      },
      {
        url: 'https://b.example/',
        method: 'GET',
        headers: [],
        notes: [
          'headers are in a file, which is not read (-H @a.txt): add each with -H',
          'cookies are in a file, which is not read: add --credentials include if the page sends them',
        ],
      },
    ],
  ],
  ['curl -A x https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'curl -e https://page.example/a https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [], origin: 'https://page.example' }],
  ],
  [
    'curl -e "https://page.example/a;auto" https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [], origin: 'https://page.example' }],
  ],
  ['curl --referer ";auto" https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'curl -u a:b https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Authorization', 'Basic YTpi']] }],
  ],
  [
    'curl --user é https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Authorization', 'Basic w6k=']] }],
  ],
  [
    'curl --oauth2-bearer abc https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Authorization', 'Bearer abc']] }],
  ],
  ['curl -r 0-9 https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [['Range', 'bytes=0-9']] }]],
  [
    'curl --range 0-9 https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Range', 'bytes=0-9']] }],
  ],
  [
    'curl --url-query a=1 --url-query b=2 https://a.example/?c',
    [{ url: 'https://a.example/?c&a=1&b=2', method: 'GET', headers: [] }],
  ],
  [
    'curl -d a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  [
    'curl --data a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  [
    'curl --data-raw a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  [
    'curl --data-binary a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  [
    'curl --data-ascii a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  [
    'curl --data-urlencode a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  [
    'curl --json "{}" https://a.example/',
    [{ url: 'https://a.example/', method: 'POST', headers: [['Content-Type', 'application/json']], body: '{}' }],
  ],
  [
    'curl -d a --json b https://a.example/',
    [{ url: 'https://a.example/', method: 'POST', headers: [['Content-Type', 'application/json']], body: 'a&b' }],
  ],
  [
    'curl -F a=b https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'multipart/form-data; boundary=corsmith']],
        body: '',
      },
    ],
  ],
  [
    'curl --form-string a=b -d c https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'multipart/form-data; boundary=corsmith']],
        body: '',
      },
    ],
  ],
  [
    'curl -d "" https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: '',
      },
    ],
  ],
  ['curl -I https://a.example/', [{ url: 'https://a.example/', method: 'HEAD', headers: [] }]],
  ['curl --head https://a.example/', [{ url: 'https://a.example/', method: 'HEAD', headers: [] }]],
  [
    'curl -I -d a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  ['curl -G -d a -d b https://a.example/?c', [{ url: 'https://a.example/?c&a&b', method: 'GET', headers: [] }]],
  ['curl --get https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl -G -d a -I https://a.example/', [{ url: 'https://a.example/?a', method: 'HEAD', headers: [] }]],
  ['curl -T f https://a.example/', [{ url: 'https://a.example/', method: 'PUT', headers: [] }]],
  ['curl --upload-file f https://a.example/', [{ url: 'https://a.example/', method: 'PUT', headers: [] }]],
  [
    'curl -T f -d a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'PUT',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  [
    'curl -X GET -d a https://a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Content-Type', 'application/x-www-form-urlencoded']] }],
  ],
  [
    'curl -X HEAD -d a https://a.example/',
    [{ url: 'https://a.example/', method: 'HEAD', headers: [['Content-Type', 'application/x-www-form-urlencoded']] }],
  ],
  [
    'curl -X DELETE -d a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'DELETE',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  ['curl -X OPTIONS https://a.example/', [{ url: 'https://a.example/', method: 'OPTIONS', headers: [] }]],
  [
    'curl -d a -H "content-type: text/plain" https://a.example/',
    [{ url: 'https://a.example/', method: 'POST', headers: [['content-type', 'text/plain']], body: 'a' }],
  ],
  [
    'curl -d a -H "CONTENT-TYPE:" https://a.example/',
    [{ url: 'https://a.example/', method: 'POST', headers: [], body: 'a' }],
  ],
  [
    'curl -d a -H "Content-Type;" https://a.example/',
    [{ url: 'https://a.example/', method: 'POST', headers: [['Content-Type', '']], body: 'a' }],
  ],
  [
    'curl https://u:p@a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Authorization', 'Basic dTpw']] }],
  ],
  [
    'curl -H "authorization: x" https://u:p@a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['authorization', 'x']] }],
  ],
  [
    'curl -u a:b https://u:p@a.example/',
    [{ url: 'https://a.example/', method: 'GET', headers: [['Authorization', 'Basic YTpi']] }],
  ],
  [
    'curl https://a.example/ https://b.example/ -X PUT',
    [
      { url: 'https://a.example/', method: 'PUT', headers: [] },
      { url: 'https://b.example/', method: 'PUT', headers: [] },
    ],
  ],
  ['curl word https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl word', [{ url: 'http://word', method: 'GET', headers: [] }]],
  ['curl localhost', [{ url: 'http://localhost', method: 'GET', headers: [] }]],
  ['curl localhost word', [{ url: 'http://localhost', method: 'GET', headers: [] }]],
  [
    'curl localhosts word',
    [
      { url: 'http://localhosts', method: 'GET', headers: [] },
      { url: 'http://word', method: 'GET', headers: [] },
    ],
  ],
  ['curl a:1 word', [{ url: 'http://a:1', method: 'GET', headers: [] }]],
  ['curl -- -X https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl https://a.example/ -- -d', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl - https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl -o - https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl -sS https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'curl -sd a https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  [
    'curl -sda https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
    ],
  ],
  ['curl -sXPUT -o x/y https://a.example/', [{ url: 'https://a.example/', method: 'PUT', headers: [] }]],
  [
    'curl https://a.example/ -d',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: '',
      },
    ],
  ],
  ['curl https://a.example/ -X', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'curl --json={} https://a.example/',
    [{ url: 'https://a.example/', method: 'POST', headers: [['Content-Type', 'application/json']], body: '{}' }],
  ],
  [
    'curl "--data=a\nb" https://a.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a\nb',
      },
    ],
  ],
  ['curl --DATA=a https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'curl https://a.example/ --next -X PUT https://b.example/',
    [
      { url: 'https://a.example/', method: 'GET', headers: [] },
      { url: 'https://b.example/', method: 'PUT', headers: [] },
    ],
  ],
  [
    'curl https://a.example/ -: https://b.example/ -X PUT',
    [
      { url: 'https://a.example/', method: 'GET', headers: [] },
      { url: 'https://b.example/', method: 'PUT', headers: [] },
    ],
  ],
  ['curl https://a.example/ --next', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl --next https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'curl -d a https://a.example/ --next https://b.example/',
    [
      {
        url: 'https://a.example/',
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: 'a',
      },
      { url: 'https://b.example/', method: 'GET', headers: [] },
    ],
  ],
  [
    'curl https://a.example/; curl https://b.example/',
    [
      { url: 'https://a.example/', method: 'GET', headers: [] },
      { url: 'https://b.example/', method: 'GET', headers: [] },
    ],
  ],
  ['echo a; curl https://b.example/', [{ url: 'https://b.example/', method: 'GET', headers: [] }]],
  ['sudo curl https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['FOO=1 /usr/bin/curl https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['C:\\\\x\\\\curl.exe https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['x>curl https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['CURL.EXE https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['CURL https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['echo curl; wget https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['xh https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['https a.example/x', [{ url: 'https://a.example/x', method: 'GET', headers: [] }]],
  ['http a.example/x', [{ url: 'http://a.example/x', method: 'GET', headers: [] }]],
  ['# curl https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['#  curl https://a.example/ -X PUT', [{ url: 'https://a.example/', method: 'PUT', headers: [] }]],
  ['# other\ncurl https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['```\ncurl https://a.example/\n```', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['  ```sh  \ncurl https://a.example/\n\t```\t', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['a ``` curl https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    "curl 'https://a.example/' -H 'Origin: https://page.example' -H 'Sec-Fetch-Mode: no-cors'",
    [{ url: 'https://a.example/', method: 'GET', headers: [], origin: 'https://page.example', mode: 'no-cors' }],
  ],
  [
    "curl -X OPTIONS https://a.example/ -H 'Origin: https://page.example' -H 'Access-Control-Request-Method: PUT' -b a.txt",
    [
      {
        url: 'https://a.example/',
        method: 'PUT',
        headers: [],
        origin: 'https://page.example',
        notes: [
          'this is a preflight, so the request that it asks permission for is checked: PUT. A preflight does not show whether the page sends credentials: add --credentials include if it does',
          'cookies are in a file, which is not read: add --credentials include if the page sends them',
        ],
      },
    ],
  ],
  ['curl ^\n https://a.example/ -H ^"A: b^"', [{ url: 'https://a.example/', method: 'GET', headers: [['A', 'b']] }]],
  ['curl `\n https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['curl --expand-url {{a}} https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  ['apt install curl\ncurl https://a.example/', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'which curl && curl https://a.example/ https://b.example/',
    [
      { url: 'https://a.example/', method: 'GET', headers: [] },
      { url: 'https://b.example/', method: 'GET', headers: [] },
    ],
  ],
  ['curl https://a.example/ -b ""', [{ url: 'https://a.example/', method: 'GET', headers: [] }]],
  [
    'curl https://a.example/\r\ncurl https://b.example/ | jq .',
    [
      { url: 'https://a.example/', method: 'GET', headers: [] },
      { url: 'https://b.example/', method: 'GET', headers: [] },
    ],
  ],
]

const REFUSED: readonly (readonly [pasted: string, message: string])[] = [
  [
    'curl -K f https://a.example/',
    'this command takes its options from a file: write them out, or use -X, -H and --origin',
  ],
  [
    'curl --config f https://a.example/',
    'this command takes its options from a file: write them out, or use -X, -H and --origin',
  ],
  [
    'curl',
    'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
  ],
  ['curl -X PUT', 'this curl command names no URL: paste "Copy as cURL" whole'],
  ['curl $A word', 'the URL contains a variable ($A): write its value'],
  ['curl {{a}} word', 'the URL contains a variable ({{a}}): write its value'],
  ['curl https://a.example/ {{a}}', 'the URL contains a variable ({{a}}): write its value'],
  [
    'mycurl https://a.example/',
    'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
  ],
  [
    'curls https://a.example/',
    'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
  ],
  [
    'git clone https://a.example',
    'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
  ],
  [
    '',
    'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
  ],
  [
    'https://a.example/',
    'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
  ],
  [
    'the http server',
    'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
  ],
  [
    'use http: x',
    'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
  ],
]

/** The options of curl that take a value, by its manual. */
const WITH_VALUE =
  '-A -b -c -C -d -D -e -E -F -H -m -o -P -Q -r -t -T -u -U -w -x -X -y -Y -z --abstract-unix-socket --alt-svc --aws-sigv4 --cacert --capath --cert --cert-type --ciphers --connect-timeout --connect-to --continue-at --cookie --cookie-jar --create-file-mode --crlfile --curves --data --data-ascii --data-binary --data-raw --data-urlencode --delegation --dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers --doh-url --dump-header --ech --engine --etag-compare --etag-save --expand-data --expect100-timeout --form --form-string --happy-eyeballs-timeout-ms --header --hsts --interface --ip-tos --json --keepalive-cnt --keepalive-time --key --key-type --libcurl --limit-rate --local-port --login-options --max-filesize --max-redirs --max-time --netrc-file --noproxy --oauth2-bearer --output --output-dir --parallel-max --pass --pinnedpubkey --preproxy --proto --proto-default --proto-redir --proxy --proxy-cacert --proxy-capath --proxy-cert --proxy-header --proxy-key --proxy-user --proxy1.0 --pubkey --range --rate --referer --request --request-target --resolve --retry --retry-delay --retry-max-time --service-name --socks4 --socks4a --socks5 --socks5-hostname --speed-limit --speed-time --stderr --time-cond --tls-max --tls13-ciphers --trace --trace-ascii --trace-config --unix-socket --upload-file --url-query --user --user-agent --variable --write-out'.split(
    ' ',
  )

const WITHOUT_VALUE =
  '-0 -1 -2 -3 -4 -6 -# -a -B -f -g -G -h -i -I -j -J -k -l -L -M -n -N -O -p -q -R -s -S -v -V -Z --compressed --fail --get --globoff --head --http1.1 --http2 --include --insecure --ipv4 --location --no-buffer --no-progress-meter --path-as-is --post301 --silent --show-error --ssl-reqd --tcp-nodelay --verbose --xexpand-data --datax --xdata'.split(
    ' ',
  )

const addresses = (pasted: string) => parseCommands(pasted).map(({ url }) => url)

describe('parseCommands()', () => {
  it.each(READ)('reads %j', (pasted, requests) => {
    expect(parseCommands(pasted)).toEqual(requests)
    expect(parseCurl(pasted)).toEqual(requests[0])
  })

  it.each(REFUSED)('refuses %j', (pasted, message) => {
    expect(() => parseCommands(pasted)).toThrow(new TypeError(message))
    expect(() => parseCurl(pasted)).toThrow(new TypeError(message))
  })

  it.each(WITH_VALUE)('takes no value of %s for a URL', (option) => {
    expect(addresses(`curl ${option} b.example/x a.example`)[0]).toMatch(/^http:\/\/a\.example/)
    expect(addresses(`curl ${option} b.example/x a.example`)).toHaveLength(1)
  })

  it.each(WITHOUT_VALUE)('knows that %s takes no value', (option) => {
    expect(addresses(`curl ${option} b.example/x a.example`)).toEqual(['http://b.example/x', 'http://a.example'])
    const method = /^(?:-I|--head)$/.test(option) ? 'HEAD' : 'GET'
    expect(parseCurl(`curl ${option} a.example/x`)).toEqual({ url: 'http://a.example/x', method, headers: [] })
  })

  it('reads fifty commands of a text', () => {
    const many = Array.from({ length: 60 }, (_, i) => `curl https://a.example/${i}`).join('\n')
    expect(addresses(many)).toEqual(Array.from({ length: 50 }, (_, i) => `https://a.example/${i}`))
  })

  it('encodes at most 4096 characters of a user and password', () => {
    const [request] = parseCommands(`curl -u ${'a'.repeat(5000)} https://a.example/`)
    expect(request?.headers).toEqual([['Authorization', `Basic ${btoa('a'.repeat(4096))}`]])
  })
})
