import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCurl, parseFetch, parseHar, recognizeMessage } from '../../../src/diagnose.ts'
import { holds } from '../../support/property.ts'

const URL = 'https://api.example.com/items?a=1&b=2'

describe('parseCurl()', () => {
  it('reads what Chrome copies for a POSIX shell', () => {
    const command = `curl '${URL}' \\
  -X 'PUT' \\
  -H 'accept: */*' \\
  -H 'authorization: Bearer x' \\
  -H 'content-type: application/json' \\
  -b 'sid=1; theme=dark' \\
  -H 'origin: https://app.example.com' \\
  -H 'referer: https://app.example.com/page' \\
  -H 'sec-fetch-mode: cors' \\
  -H 'user-agent: Mozilla/5.0' \\
  --data-raw $'{"it\\'s":"\\u00e9\\n"}'`
    expect(parseCurl(command)).toEqual({
      url: URL,
      method: 'PUT',
      origin: 'https://app.example.com',
      credentials: 'include',
      headers: [
        ['authorization', 'Bearer x'],
        ['content-type', 'application/json'],
        ['Cookie', 'sid=1; theme=dark'],
      ],
      body: '{"it\'s":"é\n"}',
    })
  })

  it('reads what Chrome copies for the Windows command prompt', () => {
    const command =
      'curl ^"https://api.example.com/items?a=1^&b=2^" ^\r\n  -X ^"DELETE^" ^\r\n  -H ^"origin: https://app.example.com^" ^\r\n  -H ^"x-quote: say ^\\^"hi^\\^"^"'
    expect(parseCurl(command)).toEqual({
      url: URL,
      method: 'DELETE',
      origin: 'https://app.example.com',
      headers: [['x-quote', 'say "hi"']],
    })
  })

  it.each([
    [
      'curl -XPOST -d a=1 -d b=2 https://x.example/',
      { method: 'POST', body: 'a=1&b=2', headers: [['Content-Type', 'application/x-www-form-urlencoded']] },
    ],
    [
      'curl --request=PATCH --json "{}" https://x.example/',
      { method: 'PATCH', headers: [['Content-Type', 'application/json']] },
    ],
    ['curl -I --compressed -k -o /dev/null https://x.example/', { method: 'HEAD', headers: [] }],
    ['curl -u ada:x x.example', { url: 'http://x.example', headers: [['Authorization', 'Basic YWRhOng=']] }],
    ["curl https://x.example/ -H 'cache-control: no-cache' -H 'pragma: no-cache'", { headers: [] }],
    ["curl https://x.example/ -H 'cache-control: no-cache'", { headers: [['cache-control', 'no-cache']] }],
    ["curl https://x.example/ -H 'sec-fetch-mode: no-cors'", { mode: 'no-cors' }],
    ['curl https://x.example/ -e https://app.example.com/a', { origin: 'https://app.example.com' }],
    ["/usr/bin/curl 'https://x.example/' --data-raw '@/etc/passwd'", { body: '@/etc/passwd' }],
  ] as const)('reads %s', (command, expected) => {
    expect(parseCurl(command)).toMatchObject(expected)
  })
})

describe('parseFetch()', () => {
  it('reads what browsers copy', () => {
    const source = `fetch("${URL}", {
  "headers": { "accept": "*/*", "content-type": "application/json" },
  "referrer": "https://app.example.com/page", "referrerPolicy": "strict-origin",
  "body": "{\\"a\\":1}", "method": "PUT", "mode": "cors", "credentials": "include"
});`
    expect(parseFetch(source)).toMatchObject({
      url: URL,
      method: 'PUT',
      origin: 'https://app.example.com',
      credentials: 'include',
      headers: [['content-type', 'application/json']],
      body: '{"a":1}',
    })
  })

  it.each([
    ["await fetch('https://x.example/')", { method: 'GET', url: 'https://x.example/' }],
    [
      "fetch(`https://x.example/`, { method: 'PUT', headers: [['X-A', 'b'],], /* why */ })",
      { method: 'PUT', headers: [['X-A', 'b']] },
    ],
    ["fetch('https://x.example/', null)", { method: 'GET' }],
    ['fetch("https://x.example/",)', { method: 'GET' }],
  ] as const)('reads %s', (source, expected) => {
    expect(parseFetch(source)).toMatchObject(expected)
  })

  it.each([
    'fetch(url)',
    'fetch("x", { body: JSON.stringify({}) })',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is read as a text, and must not be evaluated.
    'fetch(`x${y}`)',
    'fetch(process.exit())',
    'fetch("x',
    'fetch({})',
    `fetch("x", ${'['.repeat(10_000)}`,
  ])('evaluates nothing: %s', (source) => {
    expect(() => parseFetch(source)).toThrow(TypeError)
  })
})

describe('whatever is pasted', () => {
  const never = (parse: (text: string) => unknown) => (text: string) => {
    try {
      parse(text)
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError)
    }
  }

  it('ends in a value or in a TypeError, never in anything else', () => {
    holds(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        never(parseCurl)(`curl ${text}`)
        never(parseCurl)(text)
        never(parseFetch)(`fetch("${text}", {${text}`)
        never(parseFetch)(`fetch(${text})`)
        never(parseHar)(text)
        recognizeMessage(text)
      }),
    )
    holds(
      fc.property(fc.json(), (text) => {
        never(parseHar)(text)
        never(parseHar)(
          `{"log":{"entries":[${text},{"request":${text}},{"request":{"url":"https://a","method":"GET","headers":${text}},"response":${text}}]}}`,
        )
        never(parseFetch)(`fetch("https://a", ${text})`)
      }),
    )
  })
})
