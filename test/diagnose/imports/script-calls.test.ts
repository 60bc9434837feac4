// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are read as text, and not evaluated.
/** Calls of fetch() as they are copied or stand in source code, and the whole request that each describes. */
import { describe, expect, it } from 'vitest'
import { parseFetch } from '../../../src/diagnose.ts'
import { request, URL } from './whole.ts'

const OR_USE = 'write them out, or use corsmith check <url> --origin … with -X and -H'

/** What is pasted, and what differs from a GET of the URL without headers. */
type Row = readonly [pasted: string, request?: object | undefined]

function reads(rows: readonly Row[]): void {
  for (const [pasted, differs] of rows)
    it(`reads ${pasted}`, () => expect(parseFetch(pasted)).toStrictEqual(request(differs)))
}

/** Options of a call, and what differs. */
function options(rows: readonly Row[]): void {
  reads(rows.map(([given, differs]) => [`fetch('${URL}', ${given})`, differs]))
}

function fails(rows: readonly (readonly [pasted: string, message: string])[]): void {
  it.each(rows)('says what it cannot read of %s', (pasted, message) =>
    expect(() => parseFetch(pasted)).toThrow(new TypeError(message)),
  )
}

describe('what developer tools copy', () => {
  reads([
    [
      `fetch("${URL}", {
  "headers": {
    "accept": "application/json, text/plain, */*",
    "content-type": "application/json",
    "x-a": "1"
  },
  "referrer": "https://app.example.com/page?a=1",
  "body": "{\\"a\\":\\"\\\\u00e9\\"}",
  "method": "POST",
  "mode": "cors",
  "credentials": "include"
});`,
      {
        method: 'POST',
        headers: [
          ['content-type', 'application/json'],
          ['x-a', '1'],
        ],
        origin: 'https://app.example.com',
        body: '{"a":"\\u00e9"}',
        credentials: 'include',
        mode: 'cors',
      },
    ],
    [
      `await fetch("${URL}", {
    "credentials": "omit",
    "headers": { "User-Agent": "Mozilla/5.0", "Origin": "https://a.example" },
    "referrer": "https://app.example.com/",
    "method": "DELETE",
    "mode": "no-cors"
});`,
      { method: 'DELETE', origin: 'https://a.example', credentials: 'omit', mode: 'no-cors' },
    ],
  ])
})

describe('the call', () => {
  reads([
    ...['window.', 'globalThis.', 'self.', 'this.', '', 'return ', '(', 'x=>'].map(
      (before): Row => [`${before}fetch('${URL}')`],
    ),
    [`fetch  ('${URL}')`],
    [`prefetch('/a'); my.fetch('/b'); $fetch2('/c'); fetch('${URL}')`],
    [`  // fetch('https://a.example/')\nfetch('${URL}')\n\t// end`],
    [`fetch(/* the URL */ '${URL}', // nothing else\n)`],
    [`const r = new  Request ('${URL}', { method: 'put' })`, { method: 'PUT' }],
    [`new Request('${URL}')`],
    [
      `fetch(new Request('${URL}', { method: 'PUT', mode: 'cors' }), { mode: 'same-origin' })`,
      {
        method: 'PUT',
        mode: 'same-origin',
      },
    ],
    [`fetch('${URL}', null)`],
    [`fetch('${URL}', 1)`],
    [`fetch('${URL}', new Headers())`],
  ])
  fails([
    [
      '',
      `this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H`,
    ],
    [
      'myfetch("https://a.example")',
      `this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H`,
    ],
    [
      'superagent.post("https://a.example")',
      `this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H`,
    ],
    [
      'fetch("https://a.example',
      'this call cannot be read: replace computed parts by their values, or use corsmith check <url> --origin … with -X and -H',
    ],
    ['fetch("https://a.example", init)', `the options of the call are computed (init): ${OR_USE}`],
    [
      'fetch("https://a.example", { method: "PUT", ...init() })',
      `some options of the call are computed (init()): ${OR_USE}`,
    ],
    ['fetch("https://a.example", { ...{ ...b } })', `some options of the call are computed (b): ${OR_USE}`],
    [
      'fetch("https://a.example", Object.assign({}, defaults))',
      `some options of the call are computed (defaults): ${OR_USE}`,
    ],
    ['fetch("https://a.example", { [name]: value })', `some options of the call are computed (value): ${OR_USE}`],
    ['fetch(new Request("https://a.example", init))', `the options of the call are computed (init): ${OR_USE}`],
  ])
})

describe('the URL', () => {
  reads([
    [`fetch('https://api.' + "example.com/" + 'items')`],
    ["fetch(new URL('/items?a=1', 'https://api.example.com/x'))", { url: 'https://api.example.com/items?a=1' }],
    ["fetch(new URL('https://api.example.com'))", { url: 'https://api.example.com/' }],
    ['fetch(`https://api.example.com/${a}/b/${c.d}?e`)', { url: 'https://api.example.com/x/b/x?e' }],
    ["fetch('https://api.example.com/users/' + id + '/x')", { url: 'https://api.example.com/users/' }],
    ['fetch("HTTPS://api.example.com/" + id)', { url: 'HTTPS://api.example.com/' }],
    [
      `fetch(\`https://api.example.com/${'a'.repeat(30)}\${long.name}\`)`,
      { url: `https://api.example.com/${'a'.repeat(30)}x` },
    ],
    ['fetch("a1+b.c-d:e")', { url: 'a1+b.c-d:e' }],
  ])
  const relative =
    "the URL is relative, so the request goes to the page's own origin and CORS does not apply: if a base is added, write the whole URL"
  const computed = (part: string) =>
    `the URL is computed (${part}): write its value, or use corsmith check <url> --origin … with -X and -H`
  const none = 'the first argument of the call is not a URL: write the URL'
  fails([
    ['fetch("items")', relative],
    ['fetch("/items:a")', relative],
    ['fetch("")', relative],
    ['fetch("1a:b")', relative],
    ['fetch("a//")', relative],
    ['fetch("//api.example.com")', 'the URL has no scheme: write it whole, with https://'],
    ['fetch(url)', computed('url')],
    ['fetch(x["https://a.example/b"])', computed('x["https://a.example/b"]')],
    ['fetch(`https://${host}/b`)', computed('`https://${host}/b`')],
    ['fetch(`https://a.example${path}`)', computed('`https://a.example${path}`')],
    [`fetch(${'a'.repeat(50)})`, computed('a'.repeat(40))],
    ['fetch(new URL("/a", base))', computed('base')],
    ['fetch(new URL(path, "https://a.example"))', computed('path')],
    ['fetch(new URL("/a", "b"))', none],
    ['fetch(new URL("/a"))', none],
    ['fetch(new Blob("https://a.example"))', none],
    ['fetch()', none],
    ['fetch({})', none],
    ['fetch(null)', none],
  ])
})

describe('the method, the mode and the credentials', () => {
  options([
    ...['delete', 'get', 'head', 'options', 'post', 'put'].map(
      (method): Row => [`{ method: '${method}' }`, { method: method.toUpperCase() }],
    ),
    ["{ method: 'patch' }", { method: 'patch' }],
    ["{ method: 'PATCH' }", { method: 'PATCH' }],
    ["{ method: 'xput' }", { method: 'xput' }],
    ["{ method: 'puts' }", { method: 'puts' }],
    ['{ method: undefined, mode: null, credentials: undefined }'],
    ...['include', 'omit', 'same-origin'].map(
      (credentials): Row => [`{ credentials: '${credentials}' }`, { credentials }],
    ),
    ["{ credentials: 'other' }"],
    ...['cors', 'no-cors', 'same-origin'].map((mode): Row => [`{ mode: '${mode}' }`, { mode }]),
    ["{ mode: 'navigate' }"],
    ["{ referrer: 'about:client' }"],
    ["{ referrer: '' }"],
    ['{ referrer: here }'],
    ["{ referrer: 'https://app.example.com:8443/a' }", { origin: 'https://app.example.com:8443' }],
    ["{ ...{ method: 'PUT' }, mode: 'cors' }", { method: 'PUT', mode: 'cors' }],
    ["Object.assign({ method: 'PUT', mode: 'cors' }, { method: 'POST' })", { method: 'POST', mode: 'cors' }],
    ["{ cache: x, signal: c.signal, then() {}, method: 'PUT' as const }", { method: 'PUT' }],
  ])
  fails([
    [
      `fetch('${URL}', { method })`,
      'the method is computed (method): write its value, or describe the request with -X PUT',
    ],
    [`fetch('${URL}', { method: 1 })`, 'the method is computed: write its value, or describe the request with -X PUT'],
    [
      `fetch('${URL}', { method: ${'a'.repeat(50)} })`,
      `the method is computed (${'a'.repeat(40)}): write its value, or describe the request with -X PUT`,
    ],
    [
      `fetch('${URL}', { mode: a ? 'cors' : b })`,
      "the mode is computed (a ? 'cors' : b): write its value, or describe the request with --mode cors",
    ],
    [
      `fetch('${URL}', { credentials: c })`,
      'the credentials mode is computed (c): write its value, or describe the request with --credentials include',
    ],
  ])
})

describe('the headers', () => {
  const note = (name: string, value: string) =>
    `the value of ${name} is computed: taken for ${value}, which needs permission; -H says another`
  const two = {
    headers: [
      ['X-A', '1'],
      ['X-B', '2'],
    ],
  }
  options([
    ["{ headers: { 'X-A': '1', 'X-B': 2 } }", two],
    ["{ headers: [['X-A', '1'], ['X-B', 2],] }", two],
    ["{ headers: new Headers({ 'X-A': '1', 'X-B': '2' }) }", two],
    ["{ headers: new Headers([['X-A', '1'], ['X-B', '2']]) }", two],
    ["{ headers: new HttpHeaders({ 'X-A': '1', 'X-B': '2' }) }", two],
    ["{ headers: Object.fromEntries([['X-A', '1'], ['X-B', '2']]) }", two],
    ["{ headers: Object.assign({}, { 'X-A': '1' }, { 'X-B': '2' }) }", two],
    ["{ headers: { ...{ 'X-A': '1' }, ...new Headers({ 'X-B': '2' }) } }", two],
    ["{ headers: { ['X-A']: true, 'X-B': undefined } }", { headers: [['X-A', 'true']] }],
    ['{ headers: new Headers() }'],
    ['{ headers: null }'],
    ["{ headers: 'X-A' }"],
    ['{ headers: new FormData() }'],
    [
      "{ headers: { 'X-A': a, 'X-B': `b ${c}`, 'X-C': null, 'X-D': btoa(d) } }",
      {
        headers: ['X-A', 'X-B', 'X-C', 'X-D'].map((name) => [name, 'unknown']),
      },
    ],
    [
      "{ headers: { Accept: a, 'Content-Type': b, Range: c } }",
      {
        headers: [
          ['Accept', 'application/json;v="1"'],
          ['Content-Type', 'application/json'],
          ['Range', 'bytes=-1'],
        ],
        notes: [
          note('accept', 'application/json;v="1"'),
          note('content-type', 'application/json'),
          note('range', 'bytes=-1'),
        ],
      },
    ],
    [
      "{ headers: { ...{ 'Content-Type': b } } }",
      {
        headers: [['Content-Type', 'application/json']],
        notes: [note('content-type', 'application/json')],
      },
    ],
  ])
  const some = (part: string) => `some headers are computed (${part}): write them there, or use -H for each`
  fails([
    [`fetch('${URL}', { headers })`, 'the headers are computed (headers): write them out, or use -H for each'],
    [
      `fetch('${URL}', { headers: new Headers(h) })`,
      'the headers are computed (h): write them out, or use -H for each',
    ],
    [`fetch('${URL}', { headers: { ...auth(), a: 'b' } })`, some('auth()')],
    [`fetch('${URL}', { headers: { [name]: 'b' } })`, some('[name]')],
    [`fetch('${URL}', { headers: { [name]: null } })`, some('[name]')],
    [`fetch('${URL}', { headers: [['X-A', '1'], pair] })`, some('pair')],
    [`fetch('${URL}', { headers: [[name, '1']] })`, some('name')],
  ])
})

describe('the body', () => {
  const computed = 'the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart'
  const typed = (type: string) => ({ headers: [['Content-Type', type]], body: '' })
  options([
    ["{ body: 'a=1' }", { body: 'a=1' }],
    ["{ body: '' }", { body: '' }],
    ['{ body: null }'],
    ['{ body: undefined }'],
    ['{ body: data }', { body: '', notes: [computed] }],
    ["{ body: data, headers: { 'content-TYPE': 'a/b' } }", { body: '', headers: [['content-TYPE', 'a/b']] }],
    ["{ body: data, headers: { 'X-A': '1' } }", { body: '', headers: [['X-A', '1']], notes: [computed] }],
    [
      '{ body: JSON.stringify({ a: 1, ...{ b: [2] }, ...c, d: e, f: new Blob([]), g: { h: null } }) }',
      {
        body: '{"a":1,"b":[2],"d":null,"f":null,"g":{"h":null}}',
      },
    ],
    ['{ body: JSON.stringify() }', { body: '' }],
    ['{ body: JSON.stringify(data) }', { body: 'null' }],
    ['{ body: new URLSearchParams(form) }', typed('application/x-www-form-urlencoded')],
    ['{ body: new FormData(form) }', typed('multipart/form-data; boundary=corsmith')],
    ["{ body: new Blob([data], { type: 'image/png' }) }", typed('image/png')],
    ["{ body: new File([data], 'a.png', { type: 'image/png' }) }", typed('image/png')],
    ['{ body: new Blob([data]) }', { body: '', notes: [computed] }],
    ['{ body: new Blob([data], { type }) }', { body: '', notes: [computed] }],
    ['{ body: new Blob([data], null) }', { body: '', notes: [computed] }],
    [
      "{ body: new FormData(), headers: { 'Content-Type': 'multipart/form-data' } }",
      {
        headers: [['Content-Type', 'multipart/form-data']],
        body: '',
      },
    ],
    [
      '{ body: data, headers: { Accept: a } }',
      {
        headers: [['Accept', 'application/json;v="1"']],
        body: '',
        notes: [
          'the value of accept is computed: taken for application/json;v="1", which needs permission; -H says another',
          computed,
        ],
      },
    ],
    [
      "{ body: data, headers: { 'Access-Control-Request-Method': 'PUT' } }",
      {
        method: 'PUT',
        headers: [],
        notes: [
          'this is a preflight, so the request that it asks permission for is checked: PUT. A preflight does not show whether the page sends credentials: add --credentials include if it does',
          computed,
        ],
      },
    ],
  ])
})
