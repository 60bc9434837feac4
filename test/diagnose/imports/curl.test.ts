import { describe, expect, it } from 'vitest'
import { parseCommands, parseCurl } from '../../../src/diagnose/imports/curl.ts'
import { brief } from './brief.ts'

/** What is pasted, and every request in it. */
const READ: readonly (readonly [pasted: string, requests: readonly string[]])[] = [
  ['curl https://a.example/', ['GET https://a.example/']],
  ['curl --url https://a.example/', ['GET https://a.example/']],
  ['curl --url=https://a.example/', ['GET https://a.example/']],
  ['curl -X PUT https://a.example/', ['PUT https://a.example/']],
  ['curl --request PUT https://a.example/', ['PUT https://a.example/']],
  ['curl -XPUT https://a.example/', ['PUT https://a.example/']],
  ['curl -X put https://a.example/', ['put https://a.example/']],
  ['curl -H "A: b" --header "C: d" https://a.example/', ['GET https://a.example/ {A: b} {C: d}']],
  ['curl -b a=b https://a.example/', ['GET https://a.example/ {Cookie: a=b} credentials=include']],
  ['curl --cookie a=b https://a.example/', ['GET https://a.example/ {Cookie: a=b} credentials=include']],
  [
    'curl -b a.txt https://a.example/',
    [
      'GET https://a.example/ # cookies are in a file, which is not read: add --credentials include if the page sends them',
    ],
  ],
  ['curl -b "" https://a.example/', ['GET https://a.example/']],
  [
    'curl -H @a.txt -b a.txt https://a.example/ https://b.example/',
    [
      'GET https://a.example/ # headers are in a file, which is not read (-H @a.txt): add each with -H # cookies are in a file, which is not read: add --credentials include if the page sends them',
      'GET https://b.example/ # headers are in a file, which is not read (-H @a.txt): add each with -H # cookies are in a file, which is not read: add --credentials include if the page sends them',
    ],
  ],
  ['curl -A x https://a.example/', ['GET https://a.example/']],
  ['curl -e https://page.example/a https://a.example/', ['GET https://a.example/ origin=https://page.example']],
  ['curl -e "https://page.example/a;auto" https://a.example/', ['GET https://a.example/ origin=https://page.example']],
  ['curl --referer ";auto" https://a.example/', ['GET https://a.example/']],
  ['curl -u a:b https://a.example/', ['GET https://a.example/ {Authorization: Basic YTpi}']],
  ['curl --user é https://a.example/', ['GET https://a.example/ {Authorization: Basic w6k=}']],
  ['curl --oauth2-bearer abc https://a.example/', ['GET https://a.example/ {Authorization: Bearer abc}']],
  ['curl -r 0-9 https://a.example/', ['GET https://a.example/ {Range: bytes=0-9}']],
  ['curl --range 0-9 https://a.example/', ['GET https://a.example/ {Range: bytes=0-9}']],
  ['curl --url-query a=1 --url-query b=2 https://a.example/?c', ['GET https://a.example/?c&a=1&b=2']],
  [
    'curl -d a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  [
    'curl --data a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  [
    'curl --data-raw a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  [
    'curl --data-binary a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  [
    'curl --data-ascii a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  [
    'curl --data-urlencode a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  ['curl --json "{}" https://a.example/', ['POST https://a.example/ {Content-Type: application/json} body="{}"']],
  ['curl -d a --json b https://a.example/', ['POST https://a.example/ {Content-Type: application/json} body="a&b"']],
  [
    'curl -F a=b https://a.example/',
    ['POST https://a.example/ {Content-Type: multipart/form-data; boundary=corsmith} body=""'],
  ],
  [
    'curl --form-string a=b -d c https://a.example/',
    ['POST https://a.example/ {Content-Type: multipart/form-data; boundary=corsmith} body=""'],
  ],
  [
    'curl -d "" https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body=""'],
  ],
  ['curl -I https://a.example/', ['HEAD https://a.example/']],
  ['curl --head https://a.example/', ['HEAD https://a.example/']],
  [
    'curl -I -d a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  ['curl -G -d a -d b https://a.example/?c', ['GET https://a.example/?c&a&b']],
  ['curl --get https://a.example/', ['GET https://a.example/']],
  ['curl -G -d a -I https://a.example/', ['HEAD https://a.example/?a']],
  ['curl -T f https://a.example/', ['PUT https://a.example/']],
  ['curl --upload-file f https://a.example/', ['PUT https://a.example/']],
  [
    'curl -T f -d a https://a.example/',
    ['PUT https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  ['curl -X GET -d a https://a.example/', ['GET https://a.example/ {Content-Type: application/x-www-form-urlencoded}']],
  [
    'curl -X HEAD -d a https://a.example/',
    ['HEAD https://a.example/ {Content-Type: application/x-www-form-urlencoded}'],
  ],
  [
    'curl -X DELETE -d a https://a.example/',
    ['DELETE https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  ['curl -X OPTIONS https://a.example/', ['OPTIONS https://a.example/']],
  [
    'curl -d a -H "content-type: text/plain" https://a.example/',
    ['POST https://a.example/ {content-type: text/plain} body="a"'],
  ],
  ['curl -d a -H "CONTENT-TYPE:" https://a.example/', ['POST https://a.example/ body="a"']],
  ['curl -d a -H "Content-Type;" https://a.example/', ['POST https://a.example/ {Content-Type: } body="a"']],
  ['curl https://u:p@a.example/', ['GET https://a.example/ {Authorization: Basic dTpw}']],
  ['curl -H "authorization: x" https://u:p@a.example/', ['GET https://a.example/ {authorization: x}']],
  ['curl -u a:b https://u:p@a.example/', ['GET https://a.example/ {Authorization: Basic YTpi}']],
  ['curl https://a.example/ https://b.example/ -X PUT', ['PUT https://a.example/', 'PUT https://b.example/']],
  ['curl word https://a.example/', ['GET https://a.example/']],
  ['curl word', ['GET http://word']],
  ['curl localhost', ['GET http://localhost']],
  ['curl localhost word', ['GET http://localhost']],
  ['curl localhosts word', ['GET http://localhosts', 'GET http://word']],
  ['curl a:1 word', ['GET http://a:1']],
  ['curl -- -X https://a.example/', ['GET https://a.example/']],
  ['curl https://a.example/ -- -d', ['GET https://a.example/']],
  ['curl - https://a.example/', ['GET https://a.example/']],
  ['curl -o - https://a.example/', ['GET https://a.example/']],
  ['curl -sS https://a.example/', ['GET https://a.example/']],
  [
    'curl -sd a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  [
    'curl -sda https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  ['curl -sXPUT -o x/y https://a.example/', ['PUT https://a.example/']],
  ['curl https://a.example/ -d', ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body=""']],
  ['curl https://a.example/ -X', ['GET https://a.example/']],
  ['curl --json={} https://a.example/', ['POST https://a.example/ {Content-Type: application/json} body="{}"']],
  [
    'curl "--data=a\nb" https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a\\nb"'],
  ],
  ['curl --DATA=a https://a.example/', ['GET https://a.example/']],
  ['curl https://a.example/ --next -X PUT https://b.example/', ['GET https://a.example/', 'PUT https://b.example/']],
  ['curl https://a.example/ -: https://b.example/ -X PUT', ['GET https://a.example/', 'PUT https://b.example/']],
  ['curl https://a.example/ --next', ['GET https://a.example/']],
  ['curl --next https://a.example/', ['GET https://a.example/']],
  [
    'curl -d a https://a.example/ --next https://b.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"', 'GET https://b.example/'],
  ],
  ['curl https://a.example/; curl https://b.example/', ['GET https://a.example/', 'GET https://b.example/']],
  ['echo a; curl https://b.example/', ['GET https://b.example/']],
  ['sudo curl https://a.example/', ['GET https://a.example/']],
  ['FOO=1 /usr/bin/curl https://a.example/', ['GET https://a.example/']],
  ['C:\\\\x\\\\curl.exe https://a.example/', ['GET https://a.example/']],
  ['x>curl https://a.example/', ['GET https://a.example/']],
  ['CURL.EXE https://a.example/', ['GET https://a.example/']],
  ['CURL https://a.example/', ['GET https://a.example/']],
  ['echo curl; wget https://a.example/', ['GET https://a.example/']],
  ['xh https://a.example/', ['GET https://a.example/']],
  ['https a.example/x', ['GET https://a.example/x']],
  ['http a.example/x', ['GET http://a.example/x']],
  ['# curl https://a.example/', ['GET https://a.example/']],
  ['#  curl https://a.example/ -X PUT', ['PUT https://a.example/']],
  ['# other\ncurl https://a.example/', ['GET https://a.example/']],
  ['```\ncurl https://a.example/\n```', ['GET https://a.example/']],
  ['  ```sh  \ncurl https://a.example/\n\t```\t', ['GET https://a.example/']],
  ['a ``` curl https://a.example/', ['GET https://a.example/']],
  [
    "curl 'https://a.example/' -H 'Origin: https://page.example' -H 'Sec-Fetch-Mode: no-cors'",
    ['GET https://a.example/ origin=https://page.example mode=no-cors'],
  ],
  [
    "curl -X OPTIONS https://a.example/ -H 'Origin: https://page.example' -H 'Access-Control-Request-Method: PUT' -b a.txt",
    [
      'PUT https://a.example/ origin=https://page.example # this is a preflight, so the request that it asks permission for is checked: PUT. A preflight does not show whether the page sends credentials: add --credentials include if it does # cookies are in a file, which is not read: add --credentials include if the page sends them',
    ],
  ],
  ['curl ^\n https://a.example/ -H ^"A: b^"', ['GET https://a.example/ {A: b}']],
  ['curl `\n https://a.example/', ['GET https://a.example/']],
  ['curl --expand-url {{a}} https://a.example/', ['GET https://a.example/']],
  ['apt install curl\ncurl https://a.example/', ['GET https://a.example/']],
  ['/usr/bin/curl -X PUT https://a.example/', ['PUT https://a.example/']],
  ['C:\\\\Windows\\\\curl.exe -X PUT https://a.example/', ['PUT https://a.example/']],
  ['/usr/bin/wget --method=PUT https://a.example/', ['PUT https://a.example/']],
  ['/usr/bin/https PUT a.example/x', ['PUT https://a.example/x']],
  ['C:\\\\x\\\\http.exe PUT a.example/x', ['PUT http://a.example/x']],
  ['```sh \t\ncurl https://a.example/ -X PUT\n``` ', ['PUT https://a.example/']],
  ['```sh curl\ncurl https://a.example/', ['GET https://a.example/']],
  ['x ```\ncurl https://a.example/', ['GET https://a.example/']],
  ['# curlx\ncurl https://a.example/', ['GET https://a.example/']],
  [
    'curl "--json={}\nx" https://a.example/',
    ['POST https://a.example/ {Content-Type: application/json} body="{}\\nx"'],
  ],
  ['curl --_x=y https://a.example/', ['GET https://a.example/']],
  ['curl --url=https://a.example/?a=b=c', ['GET https://a.example/?a=b=c']],
  ['curl x--data=y https://a.example/', ['GET https://a.example/']],
  ['curl --next https://a.example/ --next https://b.example/', ['GET https://a.example/', 'GET https://b.example/']],
  [
    'curl -: -d a https://a.example/',
    ['POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body="a"'],
  ],
  ['which curl && curl https://a.example/ https://b.example/', ['GET https://a.example/', 'GET https://b.example/']],
  ['curl https://a.example/ -b ""', ['GET https://a.example/']],
  ['curl https://a.example/\r\ncurl https://b.example/ | jq .', ['GET https://a.example/', 'GET https://b.example/']],
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
    expect(parseCommands(pasted).map(brief)).toEqual(requests)
    expect(brief(parseCurl(pasted))).toBe(requests[0])
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
    expect(brief(parseCurl(`curl ${option} a.example/x`))).toBe(`${method} http://a.example/x`)
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
