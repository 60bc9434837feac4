// The text of docs/errors beside the catalogue's sentences: an example of the mistake, why it is
// refused, and what to write. A test evaluates each `mistake` and `fix`: the mistake has the issue, the
// fix has none.
import type { IssueCode } from '../src/policy/catalogue.ts'

/** The text of a page about a rule. */
export interface Prose {
  /** An expression: a policy, or for the codes of variables, an environment. */
  readonly mistake: string
  readonly why: string
  readonly fix: string
}

const VARY_TEXT =
  'A browser compares the `Origin` it sends with `Access-Control-Allow-Origin` character by character, and corsmith compares the same way.'

export const PROSE: { readonly [code in IssueCode]: Prose } = {
  'policy-not-an-object': {
    mistake: `['https://app.example.com']`,
    why: 'A policy has several options, so it is an object. A list of origins alone says nothing about credentials, methods or headers.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'policy-not-json': {
    mistake: `policyFromJson("{ origins: ['https://app.example.com'] }")`,
    why: 'JSON puts keys and texts between double quotes and has no comments and no trailing commas.',
    fix: `policyFromJson('{ "origins": ["https://app.example.com"] }')`,
  },
  'key-twice': {
    mistake: `policyFromJson('{ "origins": ["https://app.example.com"], "maxAge": 600, "origins": "*" }')`,
    why: 'A JSON parser takes the last of two values, while a person reads the first. In a policy that may be the difference between one origin and all. The command checks policy files in the same way.',
    fix: `policyFromJson('{ "origins": ["https://app.example.com"], "maxAge": 600 }')`,
  },
  'value-unreadable': {
    mistake: `{ origins: ['https://app.example.com'], get maxAge() { throw new Error('not ready') } }`,
    why: 'The check reads each option once. If a getter or a proxy throws, there is no value to check.',
    fix: `{ origins: ['https://app.example.com'], maxAge: 600 }`,
  },
  'unknown-key': {
    mistake: `{ origin: ['https://app.example.com'], allowedHeaders: ['Content-Type'] }`,
    why: 'An ignored option would leave a policy silently open or silently closed, so an unknown option is an error. For options of other libraries the error gives our name.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['Content-Type'] }`,
  },
  'inherited-key': {
    mistake: `Object.assign(Object.create({ maxAge: 600 }), { origins: ['https://app.example.com'] })`,
    why: "Only a policy's own properties count, so that a polluted prototype cannot open it. Properties of a class or a prototype are not read.",
    fix: `{ origins: ['https://app.example.com'], maxAge: 600 }`,
  },
  'origins-missing': {
    mistake: `{ origins: undefined, credentials: true }`,
    why: 'There is no default. In many libraries a missing value, often a variable that is not set, means every origin; here it is an error, because no decision was made.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'origins-inherited': {
    mistake: `Object.create({ origins: ['https://app.example.com'] })`,
    why: "Only a policy's own properties count, so that a polluted prototype cannot open it.",
    fix: `{ ...{ origins: ['https://app.example.com'] } }`,
  },
  'origins-not-a-list': {
    mistake: `{ origins: 'https://app.example.com, https://admin.example.com' }`,
    why: 'One text is one value. Browsers would get a list in one text as one value, and match nothing. Split it, or read it with `policyFromEnv`.',
    fix: `{ origins: ['https://app.example.com', 'https://admin.example.com'] }`,
  },
  'origins-reflected': {
    mistake: `{ origins: true, credentials: true }`,
    why: 'To answer every page with its own origin is to share with every site, and with credentials the data of every user. For a public resource write "*", which browsers do not combine with credentials.',
    fix: `{ origins: '*' }`,
  },
  'origins-empty': {
    mistake: `{ origins: [] }`,
    why: 'An empty list is nearly always the result of a wrong filter or variable. To do without CORS, leave the middleware out.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'list-too-long': {
    mistake: `{ origins: new Array(1_000_000) }`,
    why: 'A list of this length belongs into a database. Look the origin up there, with a predicate or `perRequest`.',
    fix: `{ origins: (origin) => new Set(['https://app.example.com']).has(origin) }`,
  },
  'origin-not-a-string': {
    mistake: `{ origins: [new URL('https://app.example.com')] }`,
    why: 'A browser sends a text, so an entry must be a text.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-empty': {
    mistake: `{ origins: ['https://app.example.com', ''] }`,
    why: 'No browser sends an empty origin. An empty entry comes from a variable that is not set, or from a trailing comma.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-unset': {
    mistake: `{ origins: ['https://' + globalThis.APP_HOST] }`,
    why: 'JavaScript writes `undefined` for a variable without a value. The entry would never match.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-regexp': {
    mistake: `{ origins: [/example\\.com$/] }`,
    why: 'This one allows `https://evilexample.com`. An unescaped dot, a missing anchor or a `g` flag is easy to overlook. So there are patterns instead, in which a dot is a dot.',
    fix: `{ origins: ['https://*.example.com'] }`,
  },
  'origin-null': {
    mistake: `{ origins: ['https://app.example.com', 'null'] }`,
    why: "Anyone can make a page whose origin is `null`: a sandboxed frame is enough. To list it is to share with every page, although the policy looks closed. For public data write `origins: '*'`, which such pages may read too. Serve a page from `http://localhost` instead of a file.",
    fix: `{ origins: ['https://app.example.com', 'http://localhost:*'] }`,
  },
  'origin-wildcard-in-list': {
    mistake: `{ origins: ['*', 'https://app.example.com'] }`,
    why: 'With `*` the other entries have no effect. Write `*` for a public resource, or else only the list.',
    fix: `{ origins: '*' }`,
  },
  'origin-joined': {
    mistake: `{ origins: ['https://app.example.com,https://admin.example.com'] }`,
    why: '`Access-Control-Allow-Origin` holds one origin, never a list, so an entry is one origin.',
    fix: `{ origins: ['https://app.example.com', 'https://admin.example.com'] }`,
  },
  'origin-white-space': {
    mistake: `{ origins: [' https://app.example.com'] }`,
    why: `${VARY_TEXT} With a space before it the entry matches nothing.`,
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-without-scheme': {
    mistake: `{ origins: ['app.example.com'] }`,
    why: 'An origin is scheme, host and port. A host alone would also allow `http:`, where anyone in the network can insert a script.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-scheme': {
    mistake: `{ origins: ['my_app://localhost'] }`,
    why: 'No URL has such a scheme, so no page has such an origin.',
    fix: `{ origins: ['my-app://localhost'] }`,
  },
  'origin-scheme-never-sent': {
    mistake: `{ origins: ['wss://app.example.com'] }`,
    why: 'A page that opens a WebSocket has an `https:` origin, and not that of the socket. The same rule catches typing errors such as `htps:`.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-file': {
    mistake: `{ origins: ['file://'] }`,
    why: 'Browsers send `Origin: null` for a page from a file, as for any page without an origin of its own. Some apps send `file://`, which is the same for every file on the device. Serve the page from a local server; in an app, from a scheme of its own (Electron: `protocol.registerSchemesAsPrivileged` with `standard: true`; Android: `WebViewAssetLoader`).',
    fix: `{ origins: ['http://localhost:*', 'app://bundle', 'https://appassets.androidplatform.net'] }`,
  },
  'origin-upper-case': {
    mistake: `{ origins: ['https://App.Example.com'] }`,
    why: `${VARY_TEXT} Browsers write scheme and host in lower case.`,
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-user': {
    mistake: `{ origins: ['https://user:secret@app.example.com'] }`,
    why: 'An origin has no user name and no password. Check the host before you take the correction: `https://app.example.com@evil.test` is a page of `evil.test`.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-trailing-slash': {
    mistake: `{ origins: ['https://app.example.com/'] }`,
    why: `${VARY_TEXT} An address from the address bar has a final slash. An origin has none, so the entry would match nothing.`,
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-path': {
    mistake: `{ origins: ['https://example.com/app'] }`,
    why: 'An origin has no path, and a server cannot tell pages of one origin apart. An allowed origin allows all its pages.',
    fix: `{ origins: ['https://example.com'] }`,
  },
  'origin-query': {
    mistake: `{ origins: ['https://app.example.com?tenant=1'] }`,
    why: 'Browsers send scheme, host and port. What follows is not sent.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-fragment': {
    mistake: `{ origins: ['https://app.example.com#/login'] }`,
    why: 'Browsers send scheme, host and port. What follows is not sent.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-default-port': {
    mistake: `{ origins: ['https://app.example.com:443'] }`,
    why: `${VARY_TEXT} They leave out \`:443\` of \`https:\` and \`:80\` of \`http:\`.`,
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-port': {
    mistake: `{ origins: ['https://app.example.com:08443'] }`,
    why: 'Browsers write a port as a plain number.',
    fix: `{ origins: ['https://app.example.com:8443'] }`,
  },
  'origin-host': {
    mistake: `{ origins: ['https://app..example.com'] }`,
    why: 'No browser sends such a host. Labels that begin or end with `-`, and labels with `_`, break the rules of the DNS, but browsers send them, and you can list them. Hosts of other schemes have no such rule: `app://.` is an origin.',
    fix: `{ origins: ['https://app.example.com', 'https://my_app.example.com', 'app://.'] }`,
  },
  'origin-host-too-long': {
    mistake: `{ origins: ['https://' + 'a'.repeat(64) + '.example.com'] }`,
    why: 'The DNS has no longer names, so no page can have this origin.',
    fix: `{ origins: ['https://' + 'a'.repeat(63) + '.example.com'] }`,
  },
  'origin-host-trailing-dot': {
    mistake: `{ origins: ['https://app.example.com.'] }`,
    why: 'For a browser, `app.example.com.` and `app.example.com` are two hosts with two origins. Hardly any site uses the first form.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-host-punycode': {
    mistake: `{ origins: ['https://xn--f.example.com'] }`,
    why: 'A label that begins with `xn--` is the Punycode of a name in another script. This one cannot be decoded, so browsers refuse the address.',
    fix: `{ origins: ['https://xn--mnchen-3ya.example.com'] }`,
  },
  'origin-host-unicode': {
    mistake: `{ origins: ['https://münchen.example'] }`,
    why: 'The address bar shows `münchen`; the `Origin` header says `xn--mnchen-3ya`.',
    fix: `{ origins: ['https://xn--mnchen-3ya.example'] }`,
  },
  'origin-address': {
    mistake: `{ origins: ['http://127.1:3000', 'http://[0:0:0:0:0:0:0:1]:3000'] }`,
    why: `${VARY_TEXT} An IP address has many spellings, and browsers send one.`,
    fix: `{ origins: ['http://127.0.0.1:3000', 'http://[::1]:3000'] }`,
  },
  'origin-pattern': {
    mistake: `{ origins: ['https://app.*.example.com'] }`,
    why: 'A `*` stands for whole labels at the beginning of a host, `https://*.example.com`, or for characters within its first label, `https://app-*.example.com`. Anywhere else it would match hosts that are hard to foresee.',
    fix: `{ origins: ['https://*.example.com'] }`,
  },
  'origin-pattern-scheme': {
    mistake: `{ origins: ['capacitor://*.example.com'] }`,
    why: 'With other schemes than `http:` and `https:`, the parts of a host have no owner. List these origins one by one, or allow every host of the scheme.',
    fix: `{ origins: ['capacitor://localhost', 'vscode-webview://*'] }`,
  },
  'origin-pattern-address': {
    mistake: `{ origins: ['http://192.168.1.*:5173'] }`,
    why: 'Every private network uses the same addresses, also that of a café. List the devices, or write a predicate.',
    fix: `{ origins: ['http://192.168.1.20:5173', 'http://192.168.1.21:5173'] }`,
  },
  'origin-any-host': {
    mistake: `{ origins: ['moz-extension://*'], credentials: true }`,
    why: 'Firefox and Safari give an extension another identifier in each installation, so its origin cannot be listed, and without credentials `moz-extension://*` is the way to allow it. It allows every other extension too. With credentials each of them could read the data of a user, without the permission that a browser asks for. In Chromium an extension has one identifier everywhere: list it.',
    fix: `{ origins: ['moz-extension://*', 'chrome-extension://bflpfmnmnokmjhmgnolecpppdbdophmk'] }`,
  },
  'origin-pattern-port': {
    mistake: `{ origins: ['https://app.example.com:*'] }`,
    why: 'Different people may run servers on the ports of one host. During development, loopback hosts may have any port.',
    fix: `{ origins: ['https://app.example.com', 'http://localhost:*'] }`,
  },
  'origin-public-suffix': {
    mistake: `{ origins: ['https://*.vercel.app'] }`,
    why: 'Anyone can have a site on `vercel.app`, as anyone can have a domain under `.com` or `.co.uk`. The core knows the common hosts and their regions (`us-central1.run.app`); `corsmith/strict` knows all public suffixes. To allow every site on a host, set `dangerouslyAllowPublicSuffixes: true`. Safe patterns for previews: [preview deployments](../previews.md).',
    fix: `{ origins: ['https://my-app.vercel.app', 'https://*.preview.example.com'] }`,
  },
  'origin-shared-host': {
    mistake: `{ origins: ['https://*.zendesk.com'] }`,
    why: 'Each customer of the platform has a name below this host, so a pattern allows the pages of other customers. You have to judge whether customers can run scripts there, and whether a stranger can become a customer. To allow every site on the host, set `dangerouslyAllowPublicSuffixes: true`.',
    fix: `{ origins: ['https://my-company.zendesk.com'] }`,
  },
  'origin-insecure': {
    mistake: `{ origins: ['http://app.example.com'], credentials: true }`,
    why: 'An attacker between a user and an `http:` page, for instance in a café, can insert a script into it. The script can then read what the API sends this user. In a trusted network, set `dangerouslyAllowInsecureOrigins: true`.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'origin-loopback': {
    mistake: `{ origins: ['http://localhost:3000'], credentials: true }`,
    why: 'This is fine during development. In production, any program on that port of the user’s computer can read answers with the user’s cookies. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'origin-duplicate': {
    mistake: `{ origins: ['https://app.example.com', 'https://app.example.com'] }`,
    why: 'A repeated entry has no effect, but you may have meant another origin. This is a warning.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-covered': {
    mistake: `{ origins: ['https://*.example.com', 'https://app.example.com'] }`,
    why: 'A pattern allows it already. If you remove the entry later, the origin stays allowed. This is a warning.',
    fix: `{ origins: ['https://*.example.com'] }`,
  },
  'origins-wildcard-credentials': {
    mistake: `{ origins: '*', credentials: true }`,
    why: 'Browsers refuse to share an answer to a request with cookies under `Access-Control-Allow-Origin: *`. Libraries that reflect the origin instead let any site read the data of a user.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'origins-wildcard-forbid': {
    mistake: `{ origins: '*', refused: 'forbid' }`,
    why: 'If every origin is allowed, no origin can get a 403.',
    fix: `{ origins: ['https://app.example.com'], refused: 'forbid' }`,
  },
  'predicate-async': {
    mistake: `{ origins: async (origin) => origin === 'https://app.example.com' }`,
    why: 'A Promise counts as true, so this predicate would allow every origin. `perRequest` waits, calls its function once per request, and refuses when the look-up fails.',
    fix: `{ origins: (origin) => origin === 'https://app.example.com' }`,
  },
  'predicate-answer': {
    mistake: `{ origins: (origin, callback) => callback(null, origin === 'https://app.example.com') }`,
    why: 'Functions of other libraries return the origin, or pass the result to a callback. Here only `true` allows an origin. A function with a second parameter is refused. One that returns a text, a number or an object refuses every origin, and `console.error` says so once.',
    fix: `{ origins: (origin) => origin === 'https://app.example.com' }`,
  },
  'predicate-accepts-strangers': {
    mistake: `{ origins: (origin) => origin.endsWith('example.com'), credentials: true }`,
    why: 'With credentials a predicate is tried with origins that it should refuse: random ones, and look-alikes of the hosts in its source. This one allows `https://evilexample.com`. When a predicate first allows an origin, the look-alikes of that origin are tried too. If one passes, the policy refuses every origin from then on and says so with `console.error`. Without credentials it only prints one warning.',
    fix: `{ origins: (origin) => origin.startsWith('https://') && origin.endsWith('.example.com'), credentials: true }`,
  },
  'predicate-accepts-insecure': {
    mistake: `{ origins: (origin) => /^https?:\\/\\/app\\.example\\.com$/.test(origin), credentials: true }`,
    why: 'An attacker between a user and an `http:` page can insert a script into it. A predicate that compares only host names allows such pages too. If this shows only when a request comes, the origin is refused then, and the cause is printed once.',
    fix: `{ origins: (origin) => /^https:\\/\\/app\\.example\\.com$/.test(origin), credentials: true }`,
  },
  'not-a-boolean': {
    mistake: `{ origins: ['https://app.example.com'], credentials: 'false' }`,
    why: "A text is never false, so `'false'` would turn the option on. `policyFromEnv` reads texts.",
    fix: `{ origins: ['https://app.example.com'], credentials: false }`,
  },
  'not-a-list': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: 'Content-Type, Authorization' }`,
    why: 'Each name is checked alone, so each needs an entry of its own.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['Content-Type', 'Authorization'] }`,
  },
  'name-not-a-string': {
    mistake: `{ origins: ['https://app.example.com'], methods: [undefined] }`,
    why: 'Methods and header names are text. `undefined` comes from a variable that is not set.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PUT'] }`,
  },
  'name-regexp': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: [/^x-app-/i] }`,
    why: 'Header names are compared without case. The only pattern is a prefix with a `*`.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-App-*'] }`,
  },
  'name-joined': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['Content-Type, Authorization'] }`,
    why: 'Each name is checked alone, so each needs an entry of its own.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['Content-Type', 'Authorization'] }`,
  },
  'name-duplicate': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['X-Token', 'x-token'] }`,
    why: 'Header names are compared without case. A repeated name has no effect, but you may have meant another. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-Token'] }`,
  },
  'name-covered': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['X-App-*', 'X-App-Version'] }`,
    why: 'The pattern allows it already. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-App-*'] }`,
  },
  'wildcard-not-alone': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['*', 'Content-Type'] }`,
    why: 'With `*` the other names have no effect. The one exception is `Authorization`, which `*` does not cover in the Fetch Standard. Chromium and Firefox accept it today, but not every browser does.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['*', 'Authorization'] }`,
  },
  'method-not-a-token': {
    mistake: `{ origins: ['https://app.example.com'], methods: ['PUT '] }`,
    why: 'A method with other characters in it cannot be sent.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PUT'] }`,
  },
  'method-forbidden': {
    mistake: `{ origins: ['https://app.example.com'], methods: ['TRACE'] }`,
    why: '`fetch()` throws for CONNECT, TRACE and TRACK before anything is sent.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PUT'] }`,
  },
  'method-case': {
    mistake: `{ origins: ['https://app.example.com'], methods: ['put'] }`,
    why: 'Browsers always send DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case, and compare methods with case.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PUT'] }`,
  },
  'method-lower-case': {
    mistake: `{ origins: ['https://app.example.com'], methods: ['patch'] }`,
    why: 'Browsers leave `patch` as the page wrote it, so `patch` and `PATCH` are two methods. List the one that pages send; when some send the other, list both. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PATCH'] }`,
  },
  'method-safelisted': {
    mistake: `{ origins: ['https://app.example.com'], methods: ['GET', 'POST', 'PUT'] }`,
    why: 'Pages may send these without permission, so an entry has no effect. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PUT'] }`,
  },
  'header-not-a-token': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['X-Token:'] }`,
    why: 'A header name with other characters in it cannot be sent.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-Token'] }`,
  },
  'header-pattern': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['X-*-Token'] }`,
    why: 'A name pattern is a prefix with a `*`. In the middle of a name, a `*` is an ordinary character.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-App-*'] }`,
  },
  'request-header-forbidden': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['Cookie'] }`,
    why: 'Scripts cannot set this header, so no preflight names it. The option `credentials` decides whether cookies are sent.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'request-header-of-responses': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['Access-Control-Allow-Origin'] }`,
    why: 'A page that sets this header on its request has misread the protocol: it is the server that sends it. Take it out of the page’s code.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'exposed-header-forbidden': {
    mistake: `{ origins: ['https://app.example.com'], exposedHeaders: ['Set-Cookie'] }`,
    why: 'Browsers hide `Set-Cookie` from every page, also if it is exposed. They store the cookie if page and policy allow credentials.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'exposed-header-of-requests': {
    mistake: `{ origins: ['https://app.example.com'], exposedHeaders: ['Origin'] }`,
    why: 'A browser sends this header; no server does, so there is nothing to read.',
    fix: `{ origins: ['https://app.example.com'], exposedHeaders: ['ETag'] }`,
  },
  'exposed-header-safelisted': {
    mistake: `{ origins: ['https://app.example.com'], exposedHeaders: ['Content-Type', 'ETag'] }`,
    why: 'Pages may read Cache-Control, Content-Language, Content-Length, Content-Type, Expires, Last-Modified and Pragma without permission. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], exposedHeaders: ['ETag'] }`,
  },
  'exposed-wildcard-credentials': {
    mistake: `{ origins: ['https://app.example.com'], credentials: true, exposedHeaders: '*' }`,
    why: 'For a request with credentials, `*` is not a wildcard: the page could only read a header whose name is an asterisk. The server expands name patterns, so they work with credentials too.',
    fix: `{ origins: ['https://app.example.com'], credentials: true, exposedHeaders: ['ETag', 'X-RateLimit-*'] }`,
  },
  'max-age-not-whole-seconds': {
    mistake: `{ origins: ['https://app.example.com'], maxAge: 3_600_000 }`,
    why: '`maxAge` is in seconds, as in the header, and not in milliseconds. No standard defines `600.5`: Firefox reads 0, Chromium ignores it. No browser keeps a preflight longer than a day.',
    fix: `{ origins: ['https://app.example.com'], maxAge: 600 }`,
  },
  'max-age-above-caps': {
    mistake: `{ origins: ['https://app.example.com'], maxAge: 86_400 }`,
    why: 'Each browser has a limit and reduces the value to it. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], maxAge: 600 }`,
  },
  'preflight-status': {
    mistake: `{ origins: ['https://app.example.com'], preflightStatus: 302 }`,
    why: 'For browsers a preflight fails if its status is not 2xx. 204 means that there is no body. Use 200 for old proxies that do not understand 204.',
    fix: `{ origins: ['https://app.example.com'], preflightStatus: 204 }`,
  },
  'refused-value': {
    mistake: `{ origins: ['https://app.example.com'], refused: 'deny' }`,
    why: "A refused origin's request reaches the handler (`'pass'`), because CORS decides about reading and not about requests, or it is answered with 403 (`'forbid'`).",
    fix: `{ origins: ['https://app.example.com'], refused: 'forbid' }`,
  },
  'variable-missing': {
    mistake: `policyFromEnv({ CORS_ORIGINS: '' })`,
    why: 'There is no default. A deployment without the variable must neither share with every page nor silently refuse every page.',
    fix: `policyFromEnv({ CORS_ORIGINS: 'https://app.example.com, https://admin.example.com' })`,
  },
  'variable-unreadable': {
    mistake: `policyFromEnv({ CORS_ORIGINS: "['https://app.example.com']" })`,
    why: 'A value that begins with `[` or `"` is read as JSON, which has double quotes only. Commas or spaces without quotes work too.',
    fix: `policyFromEnv({ CORS_ORIGINS: '["https://app.example.com"]' })`,
  },
  'variable-unknown': {
    mistake: `policyFromEnv({ CORS_ORIGINS: 'https://app.example.com', CORS_ALLOW_CREDENTIALS: 'true' })`,
    why: "A misspelled variable, or one with another library's name, would be ignored silently. With a prefix that ends in `CORS_`, every name must be one that is read. List the names of other programs in `ignore`.",
    fix: `policyFromEnv({ CORS_ORIGINS: 'https://app.example.com', CORS_CREDENTIALS: 'true' })`,
  },
}
