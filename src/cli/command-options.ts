// The options of every command, in one table: `parseArgs` reads their types, and the help prints the
// rest. So an option without a line of help cannot exist.

import type { Flag, Options } from './option-types.ts'

export type { CommandOption } from './option-types.ts'

type RequestOptions = Options<'origin' | 'method' | 'credentials', 'header' | 'reads'>
type PolicyOptions = Options<'policy', 'origins' | 'methods' | 'request-headers' | 'exposed-headers', 'credentials'>

/** The options of each command. `parseArgs` derives the types of the values from these. */
export interface CommandOptions {
  readonly check: RequestOptions &
    Options<
      | 'body'
      | 'mode'
      | 'initiator'
      | 'curl'
      | 'fetch'
      | 'message'
      | 'expect'
      | 'openapi'
      | 'routes'
      | 'save'
      | 'har'
      | 'entry'
      | 'filter'
      | 'max-requests'
      | 'timeout'
      | 'for'
      | 'format'
      | 'fail-on'
      | 'config',
      never,
      | 'patch'
      | 'upload-listener'
      | 'all-blocked'
      | 'live'
      | 'send'
      | 'security'
      | 'no-probes'
      | 'insecure'
      | 'json'
      | 'verbose'
    >
  readonly explain: RequestOptions & Options<never, never, 'json' | 'routes'>
  readonly lint: Options<'format' | 'fail-on', never, 'json'>
  readonly diff: Options<'format', never, 'json'>
  readonly shadow: Options<never, never, 'json'>
  readonly init: PolicyOptions & Options<'write'>
  readonly migrate: Options<'from', never, 'write' | 'accept' | 'json'>
  readonly policy: Options<'from' | 'policy' | 'min', 'origins', 'json'>
  readonly import: Options<never, never, 'json'>
  readonly compile: Options<'out' | 'upstream' | 'listen' | 'fail-on', never, 'json'>
  readonly why: Options<never>
  readonly mcp: Options<never>
  readonly completion: Options<never>
  readonly proxy: PolicyOptions &
    Options<'forward-origin' | 'public-origin' | 'port' | 'timeout', 'allow-host', 'no-credentials' | 'learn' | 'watch'>
}

const json: Flag = { type: 'boolean', help: 'print data instead of text, schema 1' }

/** The options that describe the request of a page. */
const request: RequestOptions = {
  origin: {
    type: 'string',
    short: 'o',
    value: 'origin',
    help: 'origin or URL of the page; "null" for file: pages and sandboxed frames',
    group: 'The request',
  },
  method: { type: 'string', short: 'X', value: 'method', help: 'method (GET)' },
  header: {
    type: 'string',
    short: 'H',
    multiple: true,
    value: "'Name: value'",
    help: 'header that the page sets; repeatable',
  },
  credentials: {
    type: 'string',
    value: 'mode',
    words: ['omit', 'same-origin', 'include'],
    help: 'omit, same-origin or include',
  },
  reads: { type: 'string', multiple: true, value: 'names', help: 'response headers that the page reads, with commas' },
}

/** The options that describe a policy. */
const policy: PolicyOptions = {
  policy: { type: 'string', short: 'p', value: 'file', help: 'policy in a JSON file or a module', group: 'The policy' },
  origins: { type: 'string', multiple: true, value: 'origins', help: 'allowed origins, with commas' },
  credentials: { type: 'boolean', help: 'allow credentials' },
  methods: { type: 'string', multiple: true, value: 'methods', help: 'allowed methods, with commas' },
  'request-headers': { type: 'string', multiple: true, value: 'names', help: 'allowed request headers, with commas' },
  'exposed-headers': { type: 'string', multiple: true, value: 'names', help: 'exposed headers, with commas' },
}

/** The options of each command, in the order of its help. */
export const COMMAND_OPTIONS: CommandOptions = {
  check: {
    ...request,
    body: { type: 'string', short: 'd', value: 'text', help: 'body of the request' },
    mode: {
      type: 'string',
      value: 'mode',
      words: ['cors', 'no-cors', 'same-origin'],
      help: 'cors, no-cors or same-origin',
    },
    initiator: {
      type: 'string',
      value: 'name',
      words: ['fetch', 'xhr', 'beacon', 'eventsource', 'script', 'style', 'image', 'font'],
      help: 'fetch, xhr, beacon, eventsource, script, style, image or font',
    },
    'upload-listener': { type: 'boolean', help: 'an XMLHttpRequest listens to upload progress' },
    curl: {
      type: 'string',
      value: 'command',
      help: 'read the request from "Copy as cURL" or "Copy as PowerShell"',
      group: 'Instead of a URL',
    },
    fetch: { type: 'string', value: 'call', help: 'read the request from "Copy as fetch"' },
    message: { type: 'string', value: 'line', help: 'explain a line of the console; nothing is sent' },
    expect: { type: 'string', value: 'file', help: 'run the checks of a file of expectations' },
    openapi: { type: 'string', value: 'file', help: 'examine every operation of an API description' },
    routes: { type: 'string', value: 'file', help: 'examine every route of a file of routes' },
    save: { type: 'string', value: 'file', help: 'with either: write the results as expectations' },
    har: { type: 'string', value: 'file', help: 'examine the recorded answers of an archive; nothing is sent' },
    entry: { type: 'string', value: 'n', help: 'examine this entry of the archive' },
    filter: { type: 'string', value: 'text', help: 'examine only entries whose URL contains the text' },
    'all-blocked': { type: 'boolean', help: 'examine every entry that fails for CORS' },
    live: { type: 'boolean', help: 'send the request of the archive to the server' },
    send: {
      type: 'boolean',
      help: 'send the request itself although it has side effects',
      group: 'How it is examined',
    },
    patch: { type: 'boolean', help: 'print the fix as a unified diff of the file of --config' },
    config: { type: 'string', value: 'file', help: 'configuration of nginx, Envoy or HTTPRoute for --patch' },
    security: { type: 'boolean', help: 'also try origins of strangers; only for your own servers' },
    'no-probes': { type: 'boolean', help: 'send only what a browser would send' },
    'max-requests': { type: 'string', value: 'n', help: 'limit of requests (40; with --security 160)' },
    timeout: { type: 'string', value: 'seconds', help: 'how long to wait for an answer (10)' },
    insecure: { type: 'boolean', short: 'k', help: 'do not check certificates' },
    for: {
      type: 'string',
      value: 'target',
      help: 'write the fix for this server or framework; `corsmith init` lists them',
      group: 'The report',
    },
    json,
    format: {
      type: 'string',
      value: 'format',
      words: ['github', 'sarif', 'junit', 'markdown'],
      help: 'github, sarif, junit or markdown',
    },
    'fail-on': {
      type: 'string',
      value: 'level',
      words: ['blocked', 'security', 'warning'],
      help: 'also fail for these findings: security or warning; default blocked',
    },
    verbose: { type: 'boolean', short: 'v', help: 'list every request' },
  },
  explain: {
    ...request,
    routes: { type: 'boolean', help: 'list the routes, or say which of them answers the URL' },
    json,
  },
  lint: {
    json,
    format: { type: 'string', value: 'format', words: ['github'], help: 'github' },
    'fail-on': { type: 'string', value: 'level', words: ['error', 'warning'], help: 'error (default) or warning' },
  },
  diff: {
    json,
    format: { type: 'string', value: 'format', words: ['github', 'markdown'], help: 'github or markdown' },
  },
  shadow: { json },
  init: {
    ...policy,
    write: { type: 'string', short: 'w', value: 'file', help: 'write the text to this new file', group: 'The text' },
  },
  migrate: {
    from: {
      type: 'string',
      value: 'library',
      help: 'express, hono, next, flask, django, spring …: docs/migrate.md lists all',
    },
    write: { type: 'boolean', help: 'change the source files, or write policy.json for Python and Java' },
    accept: { type: 'boolean', help: 'write even where pages would notice' },
    json,
  },
  policy: {
    from: { type: 'string', value: 'file', help: 'OpenAPI description, HAR archive or access log' },
    origins: { type: 'string', multiple: true, value: 'origins', help: 'pages of an API description, with commas' },
    min: { type: 'string', value: 'n', help: 'how often an origin must be seen (1; in a log 2)' },
    policy: { type: 'string', short: 'p', value: 'file', help: 'present policy, to compare with' },
    json,
  },
  import: { json },
  compile: {
    out: { type: 'string', short: 'o', value: 'path', help: 'write to this file, or into this folder' },
    upstream: { type: 'string', value: 'origin', help: 'write a whole configuration in front of this API' },
    listen: { type: 'string', value: 'address', help: 'where that server listens, such as 127.0.0.1:8080' },
    json,
    'fail-on': {
      type: 'string',
      value: 'level',
      words: ['loss'],
      help: 'loss: exit with 2 if the target cannot express all of it',
    },
  },
  why: {},
  mcp: {},
  completion: {},
  proxy: {
    ...policy,
    methods: { ...policy.methods, help: 'allowed methods, with commas (PUT,PATCH,DELETE)' },
    'request-headers': {
      ...policy['request-headers'],
      help: 'allowed request headers, with commas (Content-Type,Authorization)',
    },
    'no-credentials': { type: 'boolean', help: 'allow no cookies (--origins alone allows them where it is safe)' },
    'forward-origin': {
      type: 'string',
      value: 'mode',
      words: ['strip', 'keep', 'rewrite'],
      help: 'Origin header for the API: strip (default), rewrite or keep',
      group: 'The proxy',
    },
    'public-origin': { type: 'string', value: 'origin', help: 'origin under which pages reach the proxy' },
    'allow-host': { type: 'string', multiple: true, value: 'name', help: 'host name that may address the proxy' },
    learn: { type: 'boolean', help: 'print the least policy for the traffic when it stops' },
    port: { type: 'string', value: 'n', help: 'port to listen on (8788)' },
    timeout: { type: 'string', value: 'seconds', help: 'how long to wait for the API (30)' },
    watch: { type: 'boolean', help: 'read --policy again when the file changes, or on SIGHUP' },
  },
}

/** The name of a command. */
export type CommandName = keyof CommandOptions
