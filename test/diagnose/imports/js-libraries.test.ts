import { describe, expect, it } from 'vitest'
import { parseFetch } from '../../../src/diagnose/imports/fetch-call.ts'
import { brief } from './brief.ts'

/** A call of axios, ky and its relatives, jQuery or XMLHttpRequest, and its request. */
const READ: readonly (readonly [pasted: string, request: string])[] = [
  ['axios({ ...{ method: \'put\' }, url: "https://a.example/" })', 'PUT https://a.example/ initiator=xhr'],
  [
    '$fetch("https://a.example/", { method: "POST", body: { a: 1 } })',
    'POST https://a.example/ {Content-Type: application/json} body="{}"',
  ],
  ['await this.$fetch("https://a.example/")', 'GET https://a.example/'],
  [
    'xhr.open("GET", "https://a.example/"); if (xhr.withCredentials == true) x()',
    'GET https://a.example/ initiator=xhr',
  ],
  ['axios.get("https://a.example/")', 'GET https://a.example/ initiator=xhr'],
  ['axios("https://a.example/")', 'GET https://a.example/ initiator=xhr'],
  [
    'axios.post("https://a.example/", { a: 1 })',
    'POST https://a.example/ {Content-Type: application/json} initiator=xhr body="{}"',
  ],
  [
    'axios.post("https://a.example/", "a=b")',
    'POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} initiator=xhr body="a=b"',
  ],
  ['axios.post("https://a.example/")', 'POST https://a.example/ initiator=xhr'],
  [
    'axios.post("https://a.example/", x)',
    'POST https://a.example/ {Content-Type: application/json} initiator=xhr body=""',
  ],
  [
    'axios.post("https://a.example/", new FormData())',
    'POST https://a.example/ {Content-Type: multipart/form-data; boundary=corsmith} initiator=xhr body=""',
  ],
  [
    'axios.post("https://a.example/", new URLSearchParams())',
    'POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} initiator=xhr body=""',
  ],
  [
    'axios.put("https://a.example/", [1], { headers: { A: "b" } })',
    'PUT https://a.example/ {A: b} {Content-Type: application/json} initiator=xhr body="{}"',
  ],
  [
    'axios.patch("https://a.example/", {}, { withCredentials: true })',
    'PATCH https://a.example/ {Content-Type: application/json} credentials=include initiator=xhr body="{}"',
  ],
  [
    'axios.delete("https://a.example/", { data: { a: 1 } })',
    'DELETE https://a.example/ {Content-Type: application/json} initiator=xhr body="{}"',
  ],
  ['axios.delete("https://a.example/", { headers: { A: "b" } })', 'DELETE https://a.example/ {A: b} initiator=xhr'],
  ['axios.head("https://a.example/")', 'HEAD https://a.example/ initiator=xhr'],
  ['axios.options("https://a.example/")', 'OPTIONS https://a.example/ initiator=xhr'],
  ['axios.request({ url: "https://a.example/", method: "put" })', 'PUT https://a.example/ initiator=xhr'],
  ['axios({ url: "https://a.example/" })', 'GET https://a.example/ initiator=xhr'],
  ['axios({ url: "/x", baseURL: "https://a.example/y/" })', 'GET https://a.example/y/x initiator=xhr'],
  ['axios({ url: "x", baseURL: "https://a.example/y" })', 'GET https://a.example/y/x initiator=xhr'],
  ['axios({ url: "https://a.example/", baseURL: b })', 'GET https://a.example/ initiator=xhr'],
  ['axios("https://a.example/", { method: "DELETE" })', 'DELETE https://a.example/ initiator=xhr'],
  ['axios.get<User[]>("https://a.example/")', 'GET https://a.example/ initiator=xhr'],
  ['axios . get ("https://a.example/")', 'GET https://a.example/ initiator=xhr'],
  ['axios<X>({ url: "https://a.example/" })', 'GET https://a.example/ initiator=xhr'],
  [
    'axios.post("https://a.example/", {}, { onUploadProgress: f })',
    'POST https://a.example/ {Content-Type: application/json} initiator=xhr uploadListener=true body="{}"',
  ],
  [
    'axios.post("https://a.example/", {}, { headers: { "content-type": "a/b" } })',
    'POST https://a.example/ {content-type: a/b} initiator=xhr body="{}"',
  ],
  ['axios.get("https://a.example/", { withCredentials: false })', 'GET https://a.example/ initiator=xhr'],
  ['axios.get(new URL("https://a.example/"))', 'GET https://a.example/ initiator=xhr'],
  ['axios(new URL("https://a.example/"))', 'GET https://a.example/ initiator=xhr'],
  ['axios.post("https://a.example/", null)', 'POST https://a.example/ initiator=xhr'],
  [
    'axios.post("https://a.example/", 5)',
    'POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} initiator=xhr body=""',
  ],
  ['axios.get("https://a.example/", null)', 'GET https://a.example/ initiator=xhr'],
  [
    'axios.post("https://a.example/", JSON.stringify({ a: 1 }))',
    'POST https://a.example/ initiator=xhr body="{\\"a\\":1}"',
  ],
  ['ky.get("https://a.example/")', 'GET https://a.example/'],
  ['ky("https://a.example/")', 'GET https://a.example/'],
  [
    'ky.post("https://a.example/", { json: { a: 1 } })',
    'POST https://a.example/ {Content-Type: application/json} body="{}"',
  ],
  ['ky("https://a.example/", { method: "put" })', 'PUT https://a.example/'],
  ['ky("https://a.example/", { body: "x", method: "POST" })', 'POST https://a.example/ body="x"'],
  [
    'ofetch("https://a.example/", { method: "POST", body: { a: 1 } })',
    'POST https://a.example/ {Content-Type: application/json} body="{}"',
  ],
  ['$fetch("https://a.example/", { method: "POST", body: null })', 'POST https://a.example/'],
  [
    'ky("https://a.example/", { body: new FormData(), method: "POST" })',
    'POST https://a.example/ {Content-Type: multipart/form-data; boundary=corsmith} body=""',
  ],
  [
    'ky("https://a.example/", { credentials: "include", mode: "no-cors", headers: { A: "b" } })',
    'GET https://a.example/ {A: b} credentials=include mode=no-cors',
  ],
  ['ky.post<X>("https://a.example/")', 'POST https://a.example/'],
  ['ky . post ("https://a.example/")', 'POST https://a.example/'],
  [
    'ky.put("https://a.example/", { body: x })',
    'PUT https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  ['$.ajax({ url: "https://a.example/" })', 'GET https://a.example/ initiator=xhr'],
  ['$.ajax("https://a.example/")', 'GET https://a.example/ initiator=xhr'],
  ['$.ajax("https://a.example/", { method: "put" })', 'PUT https://a.example/ initiator=xhr'],
  [
    '$.ajax({ url: "https://a.example/", type: "post", data: "a" })',
    'POST https://a.example/ {Content-Type: application/x-www-form-urlencoded; charset=UTF-8} initiator=xhr body="a"',
  ],
  [
    '$.ajax({ url: "https://a.example/", method: "PUT", type: "POST", data: { a: 1 }, contentType: "application/json" })',
    'PUT https://a.example/ {Content-Type: application/json} initiator=xhr body="{}"',
  ],
  [
    '$.ajax({ url: "https://a.example/", method: "PUT", data: x, contentType: false })',
    'PUT https://a.example/ initiator=xhr body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  ['$.ajax({ url: "https://a.example/", data: { a: 1 } })', 'GET https://a.example/ initiator=xhr'],
  ['$.ajax({ url: "https://a.example/", method: "HEAD", data: "a" })', 'HEAD https://a.example/ initiator=xhr'],
  [
    '$.ajax({ url: "https://a.example/", xhrFields: { withCredentials: true }, headers: { A: "b" } })',
    'GET https://a.example/ {A: b} credentials=include initiator=xhr',
  ],
  [
    '$.ajax({ url: "https://a.example/", xhrFields: { withCredentials: false } })',
    'GET https://a.example/ initiator=xhr',
  ],
  ['jQuery.get("https://a.example/")', 'GET https://a.example/ initiator=xhr'],
  [
    '$.post("https://a.example/", { a: 1 })',
    'POST https://a.example/ {Content-Type: application/x-www-form-urlencoded; charset=UTF-8} initiator=xhr body="{}"',
  ],
  ['$.post("https://a.example/")', 'POST https://a.example/ initiator=xhr'],
  [
    '$.post({ url: "https://a.example/", data: "a" })',
    'POST https://a.example/ {Content-Type: application/x-www-form-urlencoded; charset=UTF-8} initiator=xhr body="a"',
  ],
  ['$.getJSON("https://a.example/", { a: 1 })', 'GET https://a.example/ initiator=xhr'],
  ['$ . ajax ("https://a.example/")', 'GET https://a.example/ initiator=xhr'],
  [
    '$.ajax("https://a.example/", { data: "a", type: "DELETE" })',
    'DELETE https://a.example/ {Content-Type: application/x-www-form-urlencoded; charset=UTF-8} initiator=xhr body="a"',
  ],
  [
    '$.post("https://a.example/", f)',
    'POST https://a.example/ {Content-Type: application/x-www-form-urlencoded; charset=UTF-8} initiator=xhr body=""',
  ],
  ['$.get(new URL("https://a.example/"))', 'GET https://a.example/ initiator=xhr'],
  ['var x = new XMLHttpRequest(); x.open("GET", "https://a.example/")', 'GET https://a.example/ initiator=xhr'],
  [
    'xhr.open("put", "https://a.example/"); xhr.setRequestHeader("A", "b"); xhr.setRequestHeader("C", d); xhr.send("e")',
    'PUT https://a.example/ {A: b} {C: unknown} initiator=xhr body="e"',
  ],
  ['x.open("PUT", "https://a.example/"); x.setRequestHeader("A", "b")', 'PUT https://a.example/ {A: b} initiator=xhr'],
  [
    'xhr.open("GET", "https://a.example/"); xhr.withCredentials = true; xhr.send()',
    'GET https://a.example/ credentials=include initiator=xhr',
  ],
  ['xhr.open("GET", "https://a.example/"); xhr.withCredentials=false', 'GET https://a.example/ initiator=xhr'],
  [
    'xhr.open("POST", "https://a.example/"); xhr.upload.onprogress = f; xhr.send(x)',
    'POST https://a.example/ initiator=xhr uploadListener=true body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  [
    'xhr.open("POST", "https://a.example/"); xhr.upload.addEventListener("progress", f); xhr.send(JSON.stringify({ a: 1 }))',
    'POST https://a.example/ initiator=xhr uploadListener=true body="{\\"a\\":1}"',
  ],
  ['xhr.open("POST", "https://a.example/"); xhr.uploads.onprogress = f', 'POST https://a.example/ initiator=xhr'],
  [
    'xhr . open ( "GET" , "https://a.example/" ) ; xhr . withCredentials = true ; xhr . upload . onload = f',
    'GET https://a.example/ credentials=include initiator=xhr uploadListener=true',
  ],
  ['xhr.open("POST", "https://a.example/"); xhr.send(null)', 'POST https://a.example/ initiator=xhr'],
  [
    'xhr.open("POST", "https://a.example/"); xhr.send(new FormData())',
    'POST https://a.example/ {Content-Type: multipart/form-data; boundary=corsmith} initiator=xhr body=""',
  ],
]

const REFUSED: readonly (readonly [pasted: string, message: string])[] = [
  [
    'axios({ ...c, url: "https://a.example/" })',
    'some options of the call are computed (c): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    '$.ajax({ ...o, url: "https://a.example/" })',
    'some options of the call are computed (o): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'ky("https://a.example/", { ...o })',
    'some options of the call are computed (o): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'a$fetch("https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'xhr.open("GET", "https://a.example/"); xhr.withCredentials = w',
    'the credentials mode is computed (w): write its value, or describe the request with --credentials include',
  ],
  [
    '$.ajax({ url: "https://a.example/", xhrFields: { withCredentials: w } })',
    'the credentials mode is computed (w): write its value, or describe the request with --credentials include',
  ],
  ['axios({ baseURL: "https://a.example/" })', 'the first argument of the call is not a URL: write the URL'],
  [
    'axios({ url: u, baseURL: "https://a.example/" })',
    'the URL is computed (u): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'axios("https://a.example/", { method: m })',
    'the method is computed (m): write its value, or describe the request with -X PUT',
  ],
  [
    'axios("https://a.example/", o)',
    'the options of the call are computed (o): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  ['axios(o)', 'the URL is computed (o): write its value, or use corsmith check <url> --origin … with -X and -H'],
  [
    'axios.post("https://a.example/", { a: 1 }, o)',
    'the options of the call are computed (o): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'axios.get("https://a.example/", { withCredentials: w })',
    'the credentials mode is computed (w): write its value, or describe the request with --credentials include',
  ],
  [
    'axios.create({ baseURL: "x" })',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'myaxios.get("https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  ['axios.get(u)', 'the URL is computed (u): write its value, or use corsmith check <url> --origin … with -X and -H'],
  [
    'ky("https://a.example/", o)',
    'the options of the call are computed (o): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'sky("https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    '$.ajax({ url: "https://a.example/", xhrFields: x })',
    'the options of the call are computed (x): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  ['$.ajax(o)', 'the URL is computed (o): write its value, or use corsmith check <url> --origin … with -X and -H'],
  [
    'xjQuery.get("https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    '$.ajax({ url: "https://a.example/", method: m })',
    'the method is computed (m): write its value, or describe the request with -X PUT',
  ],
  [
    'x.open("PUT", "https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'xhr.open("GET", u)',
    'the URL is computed (u): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'xhr.open(m, "https://a.example/")',
    'the method is computed (m): write its value, or describe the request with -X PUT',
  ],
  [
    'axhr.open("GET", "https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'xhr.open("GET", "https://a.example/"); xhr.setRequestHeader(n, "b")',
    'some headers are computed (n): write them there, or use -H for each',
  ],
]

describe('parseFetch(), of libraries', () => {
  it.each(READ)('reads %j', (pasted, request) => expect(brief(parseFetch(pasted))).toBe(request))
  it.each(REFUSED)('refuses %j', (pasted, message) => {
    expect(() => parseFetch(pasted)).toThrow(new TypeError(message))
  })

  it('reads a hundred headers of an XMLHttpRequest', () => {
    const many = Array.from({ length: 110 }, (_, i) => `xhr.setRequestHeader("X-${i}", "1")`).join('; ')
    expect(parseFetch(`xhr.open("GET", "https://a.example/"); ${many}`).headers).toHaveLength(100)
  })
})
