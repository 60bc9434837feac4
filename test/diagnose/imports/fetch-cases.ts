// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is pasted holds templates, and they are read as text.

/** What is pasted, and the request of its first call. */
export const READ: readonly (readonly [pasted: string, request: string])[] = [
  [
    'fetch("https://a.example/", { ...{ method: "PUT", mode: "cors" }, method: "DELETE" })',
    'DELETE https://a.example/ mode=cors',
  ],
  ['fetch("https://a.example/", { method: "DELETE", ...{ ...{ method: "PUT" } } })', 'PUT https://a.example/'],
  ['fetch("https://a.example/", { ...null })', 'GET https://a.example/'],
  [
    'fetch("https://a.example/", { headers: Object.assign({ A: "b" }, { C: "d" }) })',
    'GET https://a.example/ {A: b} {C: d}',
  ],
  ['fetch("https://a.example/", { headers: [...[["A", "b"]], ["C", "d"]] })', 'GET https://a.example/ {A: b} {C: d}'],
  ['fetch("https://a.example/", new Headers())', 'GET https://a.example/'],
  ['fetch("https://a.example/")', 'GET https://a.example/'],
  ['window.fetch("https://a.example/")', 'GET https://a.example/'],
  ['globalThis.fetch("https://a.example/")', 'GET https://a.example/'],
  ['self.fetch("https://a.example/")', 'GET https://a.example/'],
  ['this.fetch("https://a.example/")', 'GET https://a.example/'],
  ['$fetch("https://a.example/")', 'GET https://a.example/'],
  ['fetch  ("https://a.example/")', 'GET https://a.example/'],
  ['fetch\n("https://a.example/")', 'GET https://a.example/'],
  ['x fetch("https://a.example/"); fetch("https://b.example/")', 'GET https://a.example/'],
  ['// fetch("https://b.example/")\n  // fetch("c")\nfetch("https://a.example/")', 'GET https://a.example/'],
  ['a(); // fetch("https://a.example/")', 'GET https://a.example/'],
  ['fetch("https://a.example/", {})', 'GET https://a.example/'],
  ['fetch("https://a.example/", null)', 'GET https://a.example/'],
  ['fetch("https://a.example/", undefined)', 'GET https://a.example/'],
  ['fetch("https://a.example/", { ...{ method: "PUT" } })', 'PUT https://a.example/'],
  ['fetch("https://a.example/", { method: "PUT" })', 'PUT https://a.example/'],
  ['fetch("https://a.example/", { method: "put" })', 'PUT https://a.example/'],
  ['fetch("https://a.example/", { method: "patch" })', 'patch https://a.example/'],
  ['fetch("https://a.example/", { method: "PaTcH" })', 'PaTcH https://a.example/'],
  ['fetch("https://a.example/", { method: "get" })', 'GET https://a.example/'],
  ['fetch("https://a.example/", { method: "head" })', 'HEAD https://a.example/'],
  ['fetch("https://a.example/", { method: "post" })', 'POST https://a.example/'],
  ['fetch("https://a.example/", { method: "delete" })', 'DELETE https://a.example/'],
  ['fetch("https://a.example/", { method: "options" })', 'OPTIONS https://a.example/'],
  ['fetch("https://a.example/", { method: "deletes" })', 'deletes https://a.example/'],
  ['fetch("https://a.example/", { method: "xput" })', 'xput https://a.example/'],
  ['fetch("https://a.example/", { method: null })', 'GET https://a.example/'],
  [
    'fetch("https://a.example/", { headers: { A: "b", "C": 5, D: true, E: undefined, F: null, G: x, H: [1], "Content-Type": x } })',
    'GET https://a.example/ {A: b} {C: 5} {D: true} {F: unknown} {G: unknown} {H: unknown} {Content-Type: application/json} # the value of content-type is computed: taken for application/json, which needs permission; -H says another',
  ],
  ['fetch("https://a.example/", { headers: [["A", "b"], ["C", x]] })', 'GET https://a.example/ {A: b} {C: unknown}'],
  ['fetch("https://a.example/", { headers: ["A"] })', 'GET https://a.example/ {A: }'],
  ['fetch("https://a.example/", { headers: new Headers({ A: "b" }) })', 'GET https://a.example/ {A: b}'],
  ['fetch("https://a.example/", { headers: new HttpHeaders({ A: "b" }) })', 'GET https://a.example/ {A: b}'],
  ['fetch("https://a.example/", { headers: Object.fromEntries([["A", "b"]]) })', 'GET https://a.example/ {A: b}'],
  ['fetch("https://a.example/", { headers: new URLSearchParams() })', 'GET https://a.example/'],
  ['fetch("https://a.example/", { headers: null })', 'GET https://a.example/'],
  ['fetch("https://a.example/", { headers: "x" })', 'GET https://a.example/'],
  [
    'fetch("https://a.example/", { headers: { ...{ A: "b", "Content-Type": x }, C: "d" } })',
    'GET https://a.example/ {A: b} {Content-Type: application/json} {C: d} # the value of content-type is computed: taken for application/json, which needs permission; -H says another',
  ],
  ['fetch("https://a.example/", { headers: { ...new Headers({ A: "b" }) } })', 'GET https://a.example/ {A: b}'],
  ['fetch("https://a.example/", { headers: { ["A"]: "b" } })', 'GET https://a.example/ {A: b}'],
  ['fetch("https://a.example/", { headers: { ...null } })', 'GET https://a.example/'],
  [
    'fetch("https://a.example/", { headers: { Accept: x, Range: x, "Accept-Language": x, "Content-Language": x, A: x } })',
    'GET https://a.example/ {Accept: application/json;v="1"} {Range: bytes=-1} {Accept-Language: en_US} {Content-Language: en_US} {A: unknown} # the value of accept is computed: taken for application/json;v="1", which needs permission; -H says another # the value of range is computed: taken for bytes=-1, which needs permission; -H says another # the value of accept-language is computed: taken for en_US, which needs permission; -H says another # the value of content-language is computed: taken for en_US, which needs permission; -H says another',
  ],
  [
    'fetch("https://a.example/", { headers: { "Content-Type": "a/b" }, body: new FormData() })',
    'GET https://a.example/ {Content-Type: a/b} body=""',
  ],
  ['fetch("https://a.example/", { headers: new Headers() })', 'GET https://a.example/'],
  ['fetch("https://a.example/", { method: "POST", body: "x" })', 'POST https://a.example/ body="x"'],
  [
    'fetch("https://a.example/", { method: "POST", body: {} })',
    'POST https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: x })',
    'POST https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  ['fetch("https://a.example/", { method: "POST", body: null })', 'POST https://a.example/'],
  ['fetch("https://a.example/", { method: "POST", body: undefined })', 'POST https://a.example/'],
  [
    'fetch("https://a.example/", { method: "POST", body: JSON.stringify({ a: 1, b: x, c: new URL("d"), d: [x, null] }) })',
    'POST https://a.example/ body="{\\"a\\":1,\\"b\\":null,\\"c\\":null,\\"d\\":[null,null]}"',
  ],
  ['fetch("https://a.example/", { method: "POST", body: JSON.stringify(x) })', 'POST https://a.example/ body="null"'],
  ['fetch("https://a.example/", { method: "POST", body: JSON.stringify() })', 'POST https://a.example/ body=""'],
  [
    'fetch("https://a.example/", { method: "POST", body: new URLSearchParams({ a: 1 }) })',
    'POST https://a.example/ {Content-Type: application/x-www-form-urlencoded} body=""',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: new FormData(form) })',
    'POST https://a.example/ {Content-Type: multipart/form-data; boundary=corsmith} body=""',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: new Blob(["a"], { type: "application/json" }) })',
    'POST https://a.example/ {Content-Type: application/json} body=""',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: new Blob(["a"]) })',
    'POST https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: new Blob(["a"], { type: x }) })',
    'POST https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: new Blob() })',
    'POST https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: btoa("a") })',
    'POST https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: 5 })',
    'POST https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  [
    'fetch("https://a.example/", { method: "POST", body: `a${b}` })',
    'POST https://a.example/ body="" # the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart',
  ],
  [
    'fetch("https://a.example/", { method: "POST", headers: { "content-type": "a/b" }, body: x })',
    'POST https://a.example/ {content-type: a/b} body=""',
  ],
  [
    'fetch("https://a.example/", { method: "POST", headers: { "content-type": x }, body: x })',
    'POST https://a.example/ {content-type: application/json} body="" # the value of content-type is computed: taken for application/json, which needs permission; -H says another',
  ],
  ['fetch("https://a.example/", { credentials: "include" })', 'GET https://a.example/ credentials=include'],
  ['fetch("https://a.example/", { credentials: "omit" })', 'GET https://a.example/ credentials=omit'],
  ['fetch("https://a.example/", { credentials: "same-origin" })', 'GET https://a.example/ credentials=same-origin'],
  ['fetch("https://a.example/", { credentials: "other" })', 'GET https://a.example/'],
  ['fetch("https://a.example/", { mode: "cors" })', 'GET https://a.example/ mode=cors'],
  ['fetch("https://a.example/", { mode: "no-cors" })', 'GET https://a.example/ mode=no-cors'],
  ['fetch("https://a.example/", { mode: "same-origin" })', 'GET https://a.example/ mode=same-origin'],
  ['fetch("https://a.example/", { mode: "navigate" })', 'GET https://a.example/'],
  [
    'fetch("https://a.example/", { referrer: "https://page.example/x" })',
    'GET https://a.example/ origin=https://page.example',
  ],
  ['fetch("https://a.example/", { referrer: "about:client" })', 'GET https://a.example/'],
  ['fetch("https://a.example/", { referrer: r })', 'GET https://a.example/'],
  [
    'fetch("https://a.example/", { referrer: "https://page.example/x", headers: { Origin: "https://other.example" } })',
    'GET https://a.example/ origin=https://other.example',
  ],
  ['fetch("https://a.example/", { cache: "no-store", signal: s, keepalive: true })', 'GET https://a.example/'],
  ['fetch("data:x")', 'GET data:x'],
  ['fetch(`https://a.example/${x}/y/${z}`)', 'GET https://a.example/x/y/x'],
  ['fetch(`https://a.example/x?y=${z}`)', 'GET https://a.example/x?y=x'],
  ['fetch("https://a.example/" + x)', 'GET https://a.example/'],
  ['fetch("https://a.example/x" + "/y")', 'GET https://a.example/x/y'],
  ["fetch('https://a.example/' + x)", 'GET https://a.example/'],
  ['fetch(new URL("https://a.example/x"))', 'GET https://a.example/x'],
  ['fetch(new URL("/y", "https://a.example/x"))', 'GET https://a.example/y'],
  ['fetch(new URL("/y", `https://a.example/${x}`))', 'GET https://a.example/y'],
  ['fetch(`HTTPS://a.example/${x}`)', 'GET HTTPS://a.example/x'],
  ['fetch("https://a.example/" as string)', 'GET https://a.example/'],
  ['fetch(`https://a.example/${x.map((y) => y.id)}`)', 'GET https://a.example/x'],
  ['fetch(`https://a.example/x${`y}`}z`)', 'GET https://a.example/xx'],
  ['fetch(new Request("https://a.example/", { method: "PUT", headers: { A: "b" } }))', 'PUT https://a.example/ {A: b}'],
  ['fetch(new Request("https://a.example/", { method: "PUT" }), { method: "DELETE" })', 'DELETE https://a.example/'],
  [
    'fetch(new Request(new Request("https://a.example/", { mode: "no-cors" }), { method: "PUT" }))',
    'PUT https://a.example/ mode=no-cors',
  ],
  ['const r = new Request("https://a.example/", { method: "PUT" })', 'PUT https://a.example/'],
  ['new  Request ("https://a.example/")', 'GET https://a.example/'],
  ['fetch("https://a.example/"', 'GET https://a.example/'],
]

export const REFUSED: readonly (readonly [pasted: string, message: string])[] = [
  [
    'fetch(b + "https://a.example/x")',
    'the URL is computed (b + "https://a.example/x"): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch("https://a.example/", { headers: [...h] })',
    'some headers are computed (h): write them there, or use -H for each',
  ],
  [
    'fetch("https://a.example/", { headers: [[["A"], "b"]] })',
    'some headers are computed (A): write them there, or use -H for each',
  ],
  [
    'prefetch("https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'api.fetch("https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch("https://a.example/", options)',
    'the options of the call are computed (options): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch("https://a.example/", { ...options })',
    'some options of the call are computed (options): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch("https://a.example/", { method: m })',
    'the method is computed (m): write its value, or describe the request with -X PUT',
  ],
  [
    'fetch("https://a.example/", { method: 5 })',
    'the method is computed: write its value, or describe the request with -X PUT',
  ],
  [
    'fetch("https://a.example/", { method: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx })',
    'the method is computed (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx): write its value, or describe the request with -X PUT',
  ],
  [
    'fetch("https://a.example/", { headers: [[x, "b"]] })',
    'some headers are computed (x): write them there, or use -H for each',
  ],
  [
    'fetch("https://a.example/", { headers: Object.assign({ A: "b" }, x) })',
    'some headers are computed (x): write them there, or use -H for each',
  ],
  ['fetch("https://a.example/", { headers: h })', 'the headers are computed (h): write them out, or use -H for each'],
  [
    'fetch("https://a.example/", { headers: h() })',
    'the headers are computed (h()): write them out, or use -H for each',
  ],
  [
    'fetch("https://a.example/", { headers: { ...h } })',
    'some headers are computed (h): write them there, or use -H for each',
  ],
  [
    'fetch("https://a.example/", { headers: { [x]: "b" } })',
    'some headers are computed ([x]): write them there, or use -H for each',
  ],
  [
    'fetch("https://a.example/", { credentials: c })',
    'the credentials mode is computed (c): write its value, or describe the request with --credentials include',
  ],
  [
    'fetch("https://a.example/", { mode: c })',
    'the mode is computed (c): write its value, or describe the request with --mode cors',
  ],
  [
    'fetch("/x")',
    "the URL is relative, so the request goes to the page's own origin and CORS does not apply: if a base is added, write the whole URL",
  ],
  [
    'fetch("x")',
    "the URL is relative, so the request goes to the page's own origin and CORS does not apply: if a base is added, write the whole URL",
  ],
  ['fetch("//a.example/x")', 'the URL has no scheme: write it whole, with https://'],
  [
    'fetch("")',
    "the URL is relative, so the request goes to the page's own origin and CORS does not apply: if a base is added, write the whole URL",
  ],
  [
    'fetch(`https://a.example${x}`)',
    'the URL is computed (`https://a.example${x}`): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch(`https://${h}/x`)',
    'the URL is computed (`https://${h}/x`): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch(`${b}/x`)',
    'the URL is computed (`${b}/x`): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch("https://a.example" + x)',
    'the URL is computed ("https://a.example" + x): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch(b + "/x")',
    'the URL is computed (b + "/x"): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch(xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)',
    'the URL is computed (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  ['fetch()', 'the first argument of the call is not a URL: write the URL'],
  ['fetch(5)', 'the first argument of the call is not a URL: write the URL'],
  ['fetch({ url: "x" })', 'the first argument of the call is not a URL: write the URL'],
  ['fetch(new URL("/y"))', 'the first argument of the call is not a URL: write the URL'],
  [
    'fetch(new URL(x))',
    'the URL is computed (x): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch(new URL("y", b))',
    'the URL is computed (b): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  ['fetch(new Headers())', 'the first argument of the call is not a URL: write the URL'],
  ['fetch(JSON.stringify("x"))', 'the first argument of the call is not a URL: write the URL'],
  [
    'fetch(new Request("https://a.example/", x))',
    'the options of the call are computed (x): write them out, or use corsmith check <url> --origin … with -X and -H',
  ],
  ['new Request(x)', 'the URL is computed (x): write its value, or use corsmith check <url> --origin … with -X and -H'],
  [
    'renew Request("https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'Request("https://a.example/")',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'x',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    '',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch("https://a.example/", { a',
    'this call cannot be read: replace computed parts by their values, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch(',
    'this call cannot be read: replace computed parts by their values, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch("x',
    'this call cannot be read: replace computed parts by their values, or use corsmith check <url> --origin … with -X and -H',
  ],
]
