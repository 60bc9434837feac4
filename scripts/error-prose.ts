// What the catalogue's sentences leave out: the mistake as it is made, why it is refused, and what to write. Each `mistake` and `fix`
// is an expression that a test evaluates: the mistake has the issue, the fix has none.
import type { IssueCode } from '../src/policy/catalogue.ts'

/** What a page says about a rule. */
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
    why: 'JSON gives the last of two values, while a person reads the first. In a policy the difference may be everybody. The command says the same of a policy file.',
    fix: `policyFromJson('{ "origins": ["https://app.example.com"], "maxAge": 600 }')`,
  },
  'value-unreadable': {
    mistake: `{ origins: ['https://app.example.com'], get maxAge() { throw new Error('not ready') } }`,
    why: 'Each option is read once, when the policy is checked. A getter or proxy that throws then leaves nothing to check.',
    fix: `{ origins: ['https://app.example.com'], maxAge: 600 }`,
  },
  'unknown-key': {
    mistake: `{ origin: ['https://app.example.com'], allowedHeaders: ['Content-Type'] }`,
    why: 'An option that is ignored leaves a policy silently open or silently closed, so a key that is none of ours is an error. The options of other libraries are answered with the name here.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['Content-Type'] }`,
  },
  'inherited-key': {
    mistake: `Object.assign(Object.create({ maxAge: 600 }), { origins: ['https://app.example.com'] })`,
    why: "Only a policy's own properties count, so that a polluted prototype cannot open it. What a class or a prototype adds is not read.",
    fix: `{ origins: ['https://app.example.com'], maxAge: 600 }`,
  },
  'origins-missing': {
    mistake: `{ origins: undefined, credentials: true }`,
    why: 'There is no default. In many libraries a missing value, often a variable that is not set, means every origin; here it means that nobody has decided.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'origins-inherited': {
    mistake: `Object.create({ origins: ['https://app.example.com'] })`,
    why: "Only a policy's own properties count, so that a polluted prototype cannot open it.",
    fix: `{ ...{ origins: ['https://app.example.com'] } }`,
  },
  'origins-not-a-list': {
    mistake: `{ origins: 'https://app.example.com, https://admin.example.com' }`,
    why: 'One text is one value, and a list in one text would be sent to browsers as it is, which then match nothing. Split it, or read it with `policyFromEnv`.',
    fix: `{ origins: ['https://app.example.com', 'https://admin.example.com'] }`,
  },
  'origins-reflected': {
    mistake: `{ origins: true, credentials: true }`,
    why: 'Answering whoever asks with their own origin shares everything with every site, and with credentials everything of every user. A public resource says so with "*", which browsers keep apart from credentials.',
    fix: `{ origins: '*' }`,
  },
  'origins-empty': {
    mistake: `{ origins: [] }`,
    why: 'Nobody writes a policy to share with nobody: an empty list is nearly always a filter or a variable gone wrong. Without CORS, leave the middleware out.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'list-too-long': {
    mistake: `{ origins: new Array(1_000_000) }`,
    why: 'A list of this length is a table of a database. Look the origin up in it, with a predicate or `perRequest`.',
    fix: `{ origins: (origin) => new Set(['https://app.example.com']).has(origin) }`,
  },
  'origin-not-a-string': {
    mistake: `{ origins: [new URL('https://app.example.com')] }`,
    why: 'What a browser sends is text, and text is what it is compared with.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-empty': {
    mistake: `{ origins: ['https://app.example.com', ''] }`,
    why: 'No browser sends an empty origin. An empty entry comes from a variable that is not set, or from a trailing comma.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-unset': {
    mistake: `{ origins: ['https://' + globalThis.APP_HOST] }`,
    why: 'JavaScript writes `undefined` where a variable holds nothing. The entry would never match.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-regexp': {
    mistake: `{ origins: [/example\\.com$/] }`,
    why: 'This one allows `https://evilexample.com`. An unescaped dot, a missing anchor or a `g` flag are seen by nobody until somebody looks for them, so there are patterns instead, whose `*` cannot match a dot too few.',
    fix: `{ origins: ['https://*.example.com'] }`,
  },
  'origin-null': {
    mistake: `{ origins: ['https://app.example.com', 'null'] }`,
    why: "Anyone can make a page whose origin is `null`: a sandboxed frame is enough. To list it is to share with everyone, and to look as if one did not. What everyone may read is `origins: '*'`, which such pages may read too. For a page from a file, serve it from `http://localhost`.",
    fix: `{ origins: ['https://app.example.com', 'http://localhost:*'] }`,
  },
  'origin-wildcard-in-list': {
    mistake: `{ origins: ['*', 'https://app.example.com'] }`,
    why: '`*` leaves nothing for the others to say. Either the resource is public, or the list is the policy.',
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
    why: 'An origin is scheme, host and port. A host alone would have to allow `http:` as well, where anyone on the way can put a script.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-scheme': {
    mistake: `{ origins: ['my_app://localhost'] }`,
    why: 'No URL has such a scheme, so no page has such an origin.',
    fix: `{ origins: ['my-app://localhost'] }`,
  },
  'origin-scheme-never-sent': {
    mistake: `{ origins: ['wss://app.example.com'] }`,
    why: 'A page that opens a WebSocket has the origin of the page, `https:`, not of the socket. Slips such as `htps:` are answered the same way.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-file': {
    mistake: `{ origins: ['file://'] }`,
    why: 'Browsers send `Origin: null` for a page from a file, as for any page without an origin of its own. Some apps send `file://`, which every file on the device would share. Serve the page from a local server; in an app, from a scheme of its own (Electron: `protocol.registerSchemesAsPrivileged` with `standard: true`; Android: `WebViewAssetLoader`).',
    fix: `{ origins: ['http://localhost:*', 'app://bundle', 'https://appassets.androidplatform.net'] }`,
  },
  'origin-upper-case': {
    mistake: `{ origins: ['https://App.Example.com'] }`,
    why: `${VARY_TEXT} Browsers write scheme and host in lower case.`,
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-user': {
    mistake: `{ origins: ['https://user:secret@app.example.com'] }`,
    why: 'User names and passwords are no part of an origin. Read the host once more before you take the correction: `https://app.example.com@evil.test` is a page of `evil.test`.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-trailing-slash': {
    mistake: `{ origins: ['https://app.example.com/'] }`,
    why: `${VARY_TEXT} An address that was copied from the address bar has a slash; an origin has none, so the entry would match nothing.`,
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-path': {
    mistake: `{ origins: ['https://example.com/app'] }`,
    why: 'Browsers keep pages of one origin together, whatever their path; a server cannot tell them apart. Allowing this origin allows every page on it.',
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
    why: 'No browser sends such a host. Labels that begin or end in `-`, and labels with `_`, are no names of hosts to the DNS; browsers send them, and they can be listed. The hosts of other schemes follow no such rule: `app://.` is an origin.',
    fix: `{ origins: ['https://app.example.com', 'https://my_app.example.com', 'app://.'] }`,
  },
  'origin-host-too-long': {
    mistake: `{ origins: ['https://' + 'a'.repeat(64) + '.example.com'] }`,
    why: 'The DNS has no longer names, so no page can have this origin.',
    fix: `{ origins: ['https://' + 'a'.repeat(63) + '.example.com'] }`,
  },
  'origin-host-trailing-dot': {
    mistake: `{ origins: ['https://app.example.com.'] }`,
    why: 'To a browser, `app.example.com.` is another host than `app.example.com`, with another origin. Hardly a site is used that way.',
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
    why: 'A `*` stands for whole labels at the beginning of a host, `https://*.example.com`, or for characters within its first label, `https://app-*.example.com`. Anywhere else it would match what is hard to foresee.',
    fix: `{ origins: ['https://*.example.com'] }`,
  },
  'origin-pattern-scheme': {
    mistake: `{ origins: ['capacitor://*.example.com'] }`,
    why: 'Outside `http:` and `https:` the parts of a host are not names that somebody owns. List these origins one by one, or allow every host of the scheme.',
    fix: `{ origins: ['capacitor://localhost', 'vscode-webview://*'] }`,
  },
  'origin-pattern-address': {
    mistake: `{ origins: ['http://192.168.1.*:5173'] }`,
    why: 'Private addresses belong to whoever is in the same network, and the network of a café has the same ones. List the devices, or say in a predicate what you mean.',
    fix: `{ origins: ['http://192.168.1.20:5173', 'http://192.168.1.21:5173'] }`,
  },
  'origin-any-host': {
    mistake: `{ origins: ['moz-extension://*'], credentials: true }`,
    why: 'Firefox and Safari give an extension another identifier in each installation, so its origin cannot be listed, and without credentials `moz-extension://*` is the way to allow it. It allows every other extension too. With credentials that would let each of them read what belongs to a user, without the permission that a browser asks for. In Chromium an extension has one identifier everywhere: list it.',
    fix: `{ origins: ['moz-extension://*', 'chrome-extension://bflpfmnmnokmjhmgnolecpppdbdophmk'] }`,
  },
  'origin-pattern-port': {
    mistake: `{ origins: ['https://app.example.com:*'] }`,
    why: 'Who may listen on which port of a host is not known; on a shared machine it is anybody. During development, loopback hosts may have any port.',
    fix: `{ origins: ['https://app.example.com', 'http://localhost:*'] }`,
  },
  'origin-public-suffix': {
    mistake: `{ origins: ['https://*.vercel.app'] }`,
    why: 'Anyone can have a site on `vercel.app`, as anyone can have a domain under `.com` or `.co.uk`. The core knows the common hosts and their regions (`us-central1.run.app`); `corsmith/strict` knows all public suffixes. If everybody on a host is really meant, `dangerouslyAllowPublicSuffixes: true` says so. Which patterns are safe for previews: [preview deployments](../previews.md).',
    fix: `{ origins: ['https://my-app.vercel.app', 'https://*.preview.example.com'] }`,
  },
  'origin-shared-host': {
    mistake: `{ origins: ['https://*.zendesk.com'] }`,
    why: 'Each customer of the platform has a name below this host, and a pattern takes the pages of one for those of another. Whether they can run scripts there, and whether a stranger can become a customer, is for you to judge. If everybody on the host is really meant, `dangerouslyAllowPublicSuffixes: true` says so.',
    fix: `{ origins: ['https://my-company.zendesk.com'] }`,
  },
  'origin-insecure': {
    mistake: `{ origins: ['http://app.example.com'], credentials: true }`,
    why: 'Whoever sits between a user and an `http:` page, in a café say, can put a script into it, which then reads what the API gives this user. If the network is trusted, `dangerouslyAllowInsecureOrigins: true` says so.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'origin-loopback': {
    mistake: `{ origins: ['http://localhost:3000'], credentials: true }`,
    why: 'Fine during development. In production it lets whatever listens on that port of the user’s computer read answers with the user’s cookies. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'origin-duplicate': {
    mistake: `{ origins: ['https://app.example.com', 'https://app.example.com'] }`,
    why: 'Nothing is wrong with it; somebody may have meant another origin. This is a warning.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'origin-covered': {
    mistake: `{ origins: ['https://*.example.com', 'https://app.example.com'] }`,
    why: 'The pattern allows it already, so taking the entry out would change nothing, which may surprise. This is a warning.',
    fix: `{ origins: ['https://*.example.com'] }`,
  },
  'origins-wildcard-credentials': {
    mistake: `{ origins: '*', credentials: true }`,
    why: 'Browsers refuse to share an answer to a request with cookies under `Access-Control-Allow-Origin: *`. Libraries that get round it by reflecting the origin let any site read what belongs to a user.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'origins-wildcard-forbid': {
    mistake: `{ origins: '*', refused: 'forbid' }`,
    why: 'Where every origin is allowed there is none to answer with 403.',
    fix: `{ origins: ['https://app.example.com'], refused: 'forbid' }`,
  },
  'predicate-async': {
    mistake: `{ origins: async (origin) => origin === 'https://app.example.com' }`,
    why: 'A Promise is no answer, and taken for one it would be true. `perRequest` waits, asks once per request, and refuses when the look-up fails.',
    fix: `{ origins: (origin) => origin === 'https://app.example.com' }`,
  },
  'predicate-answer': {
    mistake: `{ origins: (origin, callback) => callback(null, origin === 'https://app.example.com') }`,
    why: 'Functions of other libraries return the origin, or hand their answer to a callback. Here only `true` allows. A function with a second parameter does not construct. One that returns a text, a number or an object refuses everybody, and `console.error` says so once.',
    fix: `{ origins: (origin) => origin === 'https://app.example.com' }`,
  },
  'predicate-accepts-strangers': {
    mistake: `{ origins: (origin) => origin.endsWith('example.com'), credentials: true }`,
    why: 'Next to credentials a predicate is tried with origins that nobody can have listed: random ones, and look-alikes of the hosts in its source. This one lets `https://evilexample.com` in. What a predicate looks up elsewhere is seen when it first allows an origin: the look-alikes of that origin are tried, and where they pass, the policy refuses everybody and says so with `console.error`. Without credentials that is a warning, said once.',
    fix: `{ origins: (origin) => origin.startsWith('https://') && origin.endsWith('.example.com'), credentials: true }`,
  },
  'predicate-accepts-insecure': {
    mistake: `{ origins: (origin) => /^https?:\\/\\/app\\.example\\.com$/.test(origin), credentials: true }`,
    why: 'Whoever sits between a user and an `http:` page can put a script into it. A predicate that compares host names alone allows such pages too. What is seen only when a request comes is refused then, and said once.',
    fix: `{ origins: (origin) => /^https:\\/\\/app\\.example\\.com$/.test(origin), credentials: true }`,
  },
  'not-a-boolean': {
    mistake: `{ origins: ['https://app.example.com'], credentials: 'false' }`,
    why: "A text is never false, so `'false'` would turn the option on. `policyFromEnv` reads texts.",
    fix: `{ origins: ['https://app.example.com'], credentials: false }`,
  },
  'not-a-list': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: 'Content-Type, Authorization' }`,
    why: 'Each name is checked by itself, so each stands by itself.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['Content-Type', 'Authorization'] }`,
  },
  'name-not-a-string': {
    mistake: `{ origins: ['https://app.example.com'], methods: [undefined] }`,
    why: 'Methods and header names are text. `undefined` comes from a variable that is not set.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PUT'] }`,
  },
  'name-regexp': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: [/^x-app-/i] }`,
    why: 'Header names are compared without case, and a pattern ends in `*`: that is all there is to match.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-App-*'] }`,
  },
  'name-joined': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['Content-Type, Authorization'] }`,
    why: 'Each name is checked by itself, so each stands by itself.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['Content-Type', 'Authorization'] }`,
  },
  'name-duplicate': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['X-Token', 'x-token'] }`,
    why: 'Header names are compared without case. Nothing is wrong with it; another name may have been meant. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-Token'] }`,
  },
  'name-covered': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['X-App-*', 'X-App-Version'] }`,
    why: 'The pattern allows it already. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-App-*'] }`,
  },
  'wildcard-not-alone': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['*', 'Content-Type'] }`,
    why: '`*` leaves nothing for the others to say. The one exception is `Authorization`, which `*` does not cover in the Fetch Standard. Today Chromium and Firefox let it through all the same; a policy says what holds everywhere.',
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
    why: 'Browsers write DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case whatever the page wrote, and compare with case.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PUT'] }`,
  },
  'method-lower-case': {
    mistake: `{ origins: ['https://app.example.com'], methods: ['patch'] }`,
    why: 'Browsers leave `patch` as the page wrote it, so `patch` and `PATCH` are two methods. List the one that pages send; when some send the other, list both. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PATCH'] }`,
  },
  'method-safelisted': {
    mistake: `{ origins: ['https://app.example.com'], methods: ['GET', 'POST', 'PUT'] }`,
    why: 'Pages may send these without asking, listed or not; leaving them out forbids nothing. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], methods: ['PUT'] }`,
  },
  'header-not-a-token': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['X-Token:'] }`,
    why: 'A header name with other characters in it cannot be sent.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-Token'] }`,
  },
  'header-pattern': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['X-*-Token'] }`,
    why: 'A name pattern is what the names begin with. In the middle of a name, a `*` is a character like any other to a browser.',
    fix: `{ origins: ['https://app.example.com'], requestHeaders: ['X-App-*'] }`,
  },
  'request-header-forbidden': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['Cookie'] }`,
    why: 'Scripts cannot set this header, so no preflight names it. Whether cookies are sent is for `credentials` to say.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'request-header-of-responses': {
    mistake: `{ origins: ['https://app.example.com'], requestHeaders: ['Access-Control-Allow-Origin'] }`,
    why: 'A page that sets this header on its request has misread the protocol: it is the server that sends it. Take it out of the page’s code.',
    fix: `{ origins: ['https://app.example.com'] }`,
  },
  'exposed-header-forbidden': {
    mistake: `{ origins: ['https://app.example.com'], exposedHeaders: ['Set-Cookie'] }`,
    why: 'Browsers hide `Set-Cookie` from every page, exposed or not. The cookie is stored all the same, when `credentials` are on at both ends.',
    fix: `{ origins: ['https://app.example.com'], credentials: true }`,
  },
  'exposed-header-of-requests': {
    mistake: `{ origins: ['https://app.example.com'], exposedHeaders: ['Origin'] }`,
    why: 'A browser sends this header; no server does, so there is nothing to read.',
    fix: `{ origins: ['https://app.example.com'], exposedHeaders: ['ETag'] }`,
  },
  'exposed-header-safelisted': {
    mistake: `{ origins: ['https://app.example.com'], exposedHeaders: ['Content-Type', 'ETag'] }`,
    why: 'Pages may read Cache-Control, Content-Language, Content-Length, Content-Type, Expires, Last-Modified and Pragma without being told so. This is a warning.',
    fix: `{ origins: ['https://app.example.com'], exposedHeaders: ['ETag'] }`,
  },
  'exposed-wildcard-credentials': {
    mistake: `{ origins: ['https://app.example.com'], credentials: true, exposedHeaders: '*' }`,
    why: 'For a request with credentials, `*` is no wildcard: the page could read nothing but a header whose name is an asterisk. A name pattern is expanded on the server and works with credentials too.',
    fix: `{ origins: ['https://app.example.com'], credentials: true, exposedHeaders: ['ETag', 'X-RateLimit-*'] }`,
  },
  'max-age-not-whole-seconds': {
    mistake: `{ origins: ['https://app.example.com'], maxAge: 3_600_000 }`,
    why: '`maxAge` is seconds, as in the header, not milliseconds; and no browser is told to read `600.5` as anything: Firefox takes it for 0, Chromium passes it over. A day is the longest that any of them keeps.',
    fix: `{ origins: ['https://app.example.com'], maxAge: 600 }`,
  },
  'max-age-above-caps': {
    mistake: `{ origins: ['https://app.example.com'], maxAge: 86_400 }`,
    why: 'The value is sent as it is, and each browser cuts it to its own: this is a warning that it is not what happens.',
    fix: `{ origins: ['https://app.example.com'], maxAge: 600 }`,
  },
  'preflight-status': {
    mistake: `{ origins: ['https://app.example.com'], preflightStatus: 302 }`,
    why: 'Browsers take a preflight for failed when its status is not 2xx. 204 says that there is no body; 200 is for old proxies that stumble over it.',
    fix: `{ origins: ['https://app.example.com'], preflightStatus: 204 }`,
  },
  'refused-value': {
    mistake: `{ origins: ['https://app.example.com'], refused: 'deny' }`,
    why: "A refused origin's request reaches the handler (`'pass'`), because CORS protects what is read and not what is done, or is answered 403 (`'forbid'`).",
    fix: `{ origins: ['https://app.example.com'], refused: 'forbid' }`,
  },
  'variable-missing': {
    mistake: `policyFromEnv({ CORS_ORIGINS: '' })`,
    why: 'There is no default. A deployment without the variable must not share with everyone, nor with nobody in silence.',
    fix: `policyFromEnv({ CORS_ORIGINS: 'https://app.example.com, https://admin.example.com' })`,
  },
  'variable-unreadable': {
    mistake: `policyFromEnv({ CORS_ORIGINS: "['https://app.example.com']" })`,
    why: 'A value that begins with `[` or `"` is read as JSON, which has double quotes only. Plain commas or spaces do as well.',
    fix: `policyFromEnv({ CORS_ORIGINS: '["https://app.example.com"]' })`,
  },
  'variable-unknown': {
    mistake: `policyFromEnv({ CORS_ORIGINS: 'https://app.example.com', CORS_ALLOW_CREDENTIALS: 'true' })`,
    why: "A variable under another library's name, or with a slip in its own, would be ignored without a word. Next to a prefix that ends in `CORS_` each name has to be one that is read; what belongs to somebody else is named in `ignore`.",
    fix: `policyFromEnv({ CORS_ORIGINS: 'https://app.example.com', CORS_CREDENTIALS: 'true' })`,
  },
}
