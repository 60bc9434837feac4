/** Calls of libraries and of XMLHttpRequest as they stand in source code, and the whole request that each describes. */
import { describe, expect, it } from 'vitest'
import { parseCalls, parseFetch } from '../../../src/diagnose.ts'
import { FORM, JSON_TYPE, request, URL } from './whole.ts'

const JQUERY = ['Content-Type', 'application/x-www-form-urlencoded; charset=UTF-8'] as const
const MULTIPART = ['Content-Type', 'multipart/form-data; boundary=corsmith'] as const
const COMPUTED = 'the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart'

/** What is pasted, and what differs from a GET of the URL without headers. */
type Row = readonly [pasted: string, request?: object]

function reads(rows: readonly Row[], of: object): void {
  for (const [pasted, differs] of rows)
    it(`reads ${pasted}`, () => expect(parseFetch(pasted)).toStrictEqual(request({ ...of, ...differs })))
}

function fails(rows: readonly (readonly [pasted: string, message: string])[]): void {
  it.each(rows)('says what it cannot read of %s', (pasted, message) =>
    expect(() => parseFetch(pasted)).toThrow(message),
  )
}

describe('axios', () => {
  const rows: readonly Row[] = [
    [`axios('${URL}')`],
    [`axios ('${URL}', { method: 'put' })`, { method: 'PUT' }],
    [`axios({ url: '${URL}', method: 'delete' })`, { method: 'DELETE' }],
    [`axios.request({ url: '${URL}', method: 'Patch' })`, { method: 'PATCH' }],
    [`axios\n  .get<Item[], X>  ('${URL}')`],
    [`axios . head('${URL}')`, { method: 'HEAD' }],
    [`await axios.options('${URL}', { headers: { 'X-A': '1' } })`, { method: 'OPTIONS', headers: [['X-A', '1']] }],
    [`axios.delete('${URL}', { data: { a: 1 } })`, { method: 'DELETE', headers: [JSON_TYPE], body: '{}' }],
    ...['post', 'put', 'patch'].map(
      (verb): Row => [
        `axios.${verb}('${URL}', { a: 1 }, { headers: { 'X-A': '1' } })`,
        { method: verb.toUpperCase(), headers: [['X-A', '1'], JSON_TYPE], body: '{}' },
      ],
    ),
    [`axios.post('${URL}')`, { method: 'POST' }],
    [`axios.post('${URL}', null, { params: { a: 1 } })`, { method: 'POST' }],
    [`axios.post('${URL}', 'a=1')`, { method: 'POST', headers: [FORM], body: 'a=1' }],
    [`axios.post('${URL}', JSON.stringify({ a: 1 }))`, { method: 'POST', body: '{"a":1}' }],
    [`axios.post('${URL}', data)`, { method: 'POST', headers: [JSON_TYPE], body: '' }],
    [`axios.post('${URL}', new FormData())`, { method: 'POST', headers: [MULTIPART], body: '' }],
    [`axios.post('${URL}', new URLSearchParams())`, { method: 'POST', headers: [FORM], body: '' }],
    [
      `axios.post('${URL}', [1], { headers: { 'content-type': 'a/b' } })`,
      {
        method: 'POST',
        headers: [['content-type', 'a/b']],
        body: '{}',
      },
    ],
    [`axios({ url: '${URL}', method: 'post', data: 'a' })`, { method: 'POST', headers: [FORM], body: 'a' }],
    [`axios({ baseURL: 'https://api.example.com/', url: '/items' })`],
    [`axios({ baseURL: 'https://api.example.com', url: 'items/a/b' })`, { url: `${URL}/a/b` }],
    [`axios({ baseURL: base, url: '${URL}' })`],
    [
      `axios.get('${URL}', { withCredentials: true, onUploadProgress: show })`,
      {
        credentials: 'include',
        uploadListener: true,
      },
    ],
    [`axios.get('${URL}', { withCredentials: false })`],
    [`axios.get('${URL}', { auth: { username: 'a', password: p } })`, { headers: [['Authorization', 'unknown']] }],
    [
      `axios.get('${URL}', { auth, headers: { 'X-A': '1' } })`,
      {
        headers: [
          ['X-A', '1'],
          ['Authorization', 'unknown'],
        ],
      },
    ],
    [`axios.get('${URL}', { ...{ withCredentials: true }, timeout: 5 })`, { credentials: 'include' }],
    [`axios.get('${URL}', Object.assign({}, { headers: { 'X-A': '1' } }))`, { headers: [['X-A', '1']] }],
    [`axios.get(new URL('/items', 'https://api.example.com'), null)`],
  ]
  reads(rows, { initiator: 'xhr' })
  fails([
    ['axios({ baseURL: "https://api.example.com" })', 'the first argument of the call is not a URL'],
    ['axios({ baseURL: "https://api.example.com", url: path })', 'the URL is computed (path)'],
    ['axios({ baseURL: "https://api.example.com", url })', 'the URL is computed (url)'],
    ['axios({ url: "/items" })', 'the URL is relative'],
    ['axios(url)', 'the URL is computed (url)'],
    ['axios(new FormData())', 'the first argument of the call is not a URL'],
    ['axios.post({ url: "https://api.example.com" })', 'the first argument of the call is not a URL'],
    [
      `axios.get('${URL}', config)`,
      'the options of the call are computed (config): write them out, or use corsmith check',
    ],
    [
      `axios.post('${URL}', {}, { ...config })`,
      'some options of the call are computed (config): write them out, or use',
    ],
    [`axios.get('${URL}', { withCredentials: isOwn })`, 'the credentials mode is computed (isOwn)'],
    [`axios({ url: '${URL}', method })`, 'the method is computed (method)'],
    [`axios.create({ baseURL: '${URL}' })`, 'not a fetch(…) call'],
    [`myaxios('${URL}')`, 'not a fetch(…) call'],
    [`axios.got('${URL}')`, 'not a fetch(…) call'],
  ])
})

describe('ky and its kind', () => {
  const rows: readonly Row[] = [
    [`ky('${URL}')`],
    [`ky.get<A>('${URL}').json()`],
    [`ky . put ( '${URL}')`, { method: 'PUT' }],
    [
      `ky('${URL}', { method: 'delete', credentials: 'include', mode: 'cors', headers: { 'X-A': '1' } })`,
      {
        method: 'DELETE',
        headers: [['X-A', '1']],
        credentials: 'include',
        mode: 'cors',
      },
    ],
    [`ky.post('${URL}', { json: data })`, { method: 'POST', headers: [JSON_TYPE], body: '{}' }],
    [`ky.post('${URL}', { body: new FormData() })`, { method: 'POST', headers: [MULTIPART], body: '' }],
    [`ky.post('${URL}', { body: 'a' })`, { method: 'POST', body: 'a' }],
    [`ky.post('${URL}', { body: null })`, { method: 'POST' }],
    [
      `await ofetch<A>('${URL}', { method: 'POST', body: { a: 1 } })`,
      {
        method: 'POST',
        headers: [JSON_TYPE],
        body: '{}',
      },
    ],
    [`$fetch('${URL}', { method: 'PATCH' })`, { method: 'PATCH' }],
    [`this.$fetch<A>('${URL}')`],
    [
      `ky.post('${URL}', { json: {}, headers: { 'Content-Type': 'a/b' } })`,
      {
        method: 'POST',
        headers: [['Content-Type', 'a/b']],
        body: '{}',
      },
    ],
  ]
  reads(rows, {})
  fails([
    [`ky.post('${URL}', options)`, 'the options of the call are computed (options)'],
    [`$ky('${URL}')`, 'not a fetch(…) call'],
    [`my$fetch('${URL}')`, 'not a fetch(…) call'],
    [`sky('${URL}')`, 'not a fetch(…) call'],
    [`ky.create('${URL}')`, 'not a fetch(…) call'],
  ])
})

describe('jQuery', () => {
  const rows: readonly Row[] = [
    [`$.ajax({ url: '${URL}' })`],
    [
      `jQuery . ajax ('${URL}', { method: 'put', data: '{}', contentType: 'application/json' })`,
      {
        method: 'PUT',
        headers: [JSON_TYPE],
        body: '{}',
      },
    ],
    [`$.ajax('${URL}')`],
    [`$.get('${URL}', { a: 1 })`],
    [`$.getJSON('${URL}', function (data) {})`],
    [`$.get({ url: '${URL}', headers: { 'X-A': '1' } })`, { headers: [['X-A', '1']] }],
    [`$\n  .post('${URL}', { a: 1 })`, { method: 'POST', headers: [JQUERY], body: '{}' }],
    [`$.post('${URL}', 'a=1')`, { method: 'POST', headers: [JQUERY], body: 'a=1' }],
    [`$.post('${URL}')`, { method: 'POST' }],
    [`$.post('${URL}', data)`, { method: 'POST', headers: [JQUERY], body: '' }],
    [`$.post({ url: '${URL}', data: 'a' })`, { method: 'POST', headers: [JQUERY], body: 'a' }],
    [`$.ajax({ url: '${URL}', type: 'DELETE', data: {} })`, { method: 'DELETE', headers: [JQUERY], body: '{}' }],
    [`$.ajax({ url: '${URL}', type: 'head', data: { a: 1 } })`, { method: 'HEAD' }],
    [`$.ajax({ url: '${URL}', type: 'XGET', data: 'a' })`, { method: 'XGET', headers: [JQUERY], body: 'a' }],
    [`$.ajax({ url: '${URL}', type: 'GETS', data: 'a' })`, { method: 'GETS', headers: [JQUERY], body: 'a' }],
    [
      `$.ajax({ url: '${URL}', method: 'POST', data: new FormData(f), processData: false, contentType: false })`,
      {
        method: 'POST',
        headers: [MULTIPART],
        body: '',
      },
    ],
    [
      `$.ajax({ url: '${URL}', method: 'POST', data, contentType: false })`,
      {
        method: 'POST',
        body: '',
        notes: [COMPUTED],
      },
    ],
    [`$.ajax({ url: '${URL}', xhrFields: { withCredentials: true } })`, { credentials: 'include' }],
    [`$.ajax({ url: '${URL}', xhrFields: { withCredentials: false } })`],
    [
      `$.ajax({ url: '${URL}', beforeSend: function (xhr) { xhr.setRequestHeader('X-A', '1') } })`,
      {
        headers: [['X-A', '1']],
      },
    ],
    [
      `$.ajax({ url: '${URL}', headers: { 'X-A': '1' }, beforeSend(x) { x . setRequestHeader ("X-B", token); x.setRequestHeader('X-C', '3') } })`,
      {
        headers: [
          ['X-A', '1'],
          ['X-B', 'unknown'],
          ['X-C', '3'],
        ],
      },
    ],
  ]
  reads(rows, { initiator: 'xhr' })
  fails([
    ['$.ajax(settings)', 'the URL is computed (settings)'],
    ['$.ajax(new FormData())', 'the first argument of the call is not a URL'],
    [`$.ajax('${URL}', settings)`, 'the options of the call are computed (settings)'],
    [`$.ajax({ url: '${URL}', xhrFields: fields })`, 'the options of the call are computed (fields)'],
    [`$.ajax({ url: '${URL}', xhrFields: { withCredentials: c } })`, 'the credentials mode is computed (c)'],
    [`$.ajax({ url: '${URL}', type: t })`, 'the method is computed (t)'],
    [`myjQuery.ajax('${URL}')`, 'not a fetch(…) call'],
    [`$.load('${URL}')`, 'not a fetch(…) call'],
  ])
})

describe('XMLHttpRequest', () => {
  const sent = (lines: string) => `const xhr = new XMLHttpRequest()\nxhr.open('PUT', '${URL}', true)\n${lines}`
  const rows: readonly Row[] = [
    [sent('')],
    [sent('xhr.send()')],
    [sent('xhr.send(null)')],
    [sent("xhr . send ('a')"), { body: 'a' }],
    [sent('xhr.send(new FormData(f))'), { headers: [MULTIPART], body: '' }],
    [sent('xhr.send(data)'), { body: '', notes: [COMPUTED] }],
    [
      sent("xhr.setRequestHeader('X-A', '1')\nxhr . setRequestHeader ( 'X-B', b )"),
      {
        headers: [
          ['X-A', '1'],
          ['X-B', 'unknown'],
        ],
      },
    ],
    [sent("xhr.setRequestHeader('X-A', '1');".repeat(101)), { headers: Array(100).fill(['X-A', '1']) }],
    [sent('xhr.withCredentials=true'), { credentials: 'include' }],
    [sent('xhr . withCredentials = true'), { credentials: 'include' }],
    [sent('xhr.withCredentials = false')],
    [sent('xhr.upload.onprogress = show'), { uploadListener: true }],
    [sent('xhr . upload . onload=show'), { uploadListener: true }],
    [sent("xhr.upload.addEventListener('progress', show)"), { uploadListener: true }],
    [sent('xhr.onprogress = show; xhr.upload.x = 1')],
    [`xhr . open ('PUT', '${URL}')`],
    [`r.open('PUT', '${URL}'); r.setRequestHeader('X-A', '1')`, { headers: [['X-A', '1']] }],
  ]
  reads(rows, { method: 'PUT', initiator: 'xhr' })
  fails([
    [`window.open('${URL}')`, 'not a fetch(…) call'],
    ['new XMLHttpRequest()', 'not a fetch(…) call'],
    [`new XMLHttpRequest().open('GET', url)`, 'the URL is computed (url)'],
    [sent("xhr.setRequestHeader(name, '1')"), 'some headers are computed'],
  ])
})

describe('parseCalls()', () => {
  it('reads every call, and not one that a body quotes', () => {
    expect(
      parseCalls(
        `fetch("${URL}", { "body": "fetch('https://a.example/')", "method": "POST" }) ;\n// fetch("https://b.example/")\nfetch(computed); fetch("https://c.example"; fetch('/d');\nfetch("${URL}", { "method": "PUT" });`,
      ),
    ).toStrictEqual([
      request({ method: 'POST', body: "fetch('https://a.example/')" }),
      { url: 'https://c.example', method: 'GET', headers: [] },
      request({ method: 'PUT' }),
    ])
  })

  it('reads a call of another library where there is none of fetch', () => {
    expect(parseCalls(`axios.get('${URL}')`)).toStrictEqual([{ ...request(), initiator: 'xhr' }])
  })

  it('says what is wrong with the only call', () => {
    expect(() => parseCalls('fetch(a)')).toThrow('the URL is computed (a)')
  })

  it('reads so many calls, and no more', () => {
    expect(parseCalls(`fetch('${URL}');`.repeat(201))).toHaveLength(200)
  })
})
