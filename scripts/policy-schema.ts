// The JSON Schema of a policy's JSON form, published as "corsmith/policy.schema.json".
import { MISTYPED_SCHEMES } from '../src/policy/check/host.ts'
import { FORBIDDEN_REQUEST_NAMES } from '../src/spec/names.ts'

type Schema = { readonly [keyword: string]: unknown }

const LABEL = '[a-z0-9_-]{1,63}'
const STARRED = '[a-z0-9_-]*\\*[a-z0-9_-]*'
const OPAQUE = `(?:[!"$&'()+\\-.0-9=_\`a-z{}~]|%[\\dA-Fa-f]{2}){1,253}`
const PORT = '(?::(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]))?'
const LOOPBACK = `(?:(?:${STARRED}\\.)?(?:${LABEL}\\.)*localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\])`
const DEFAULT_PORT = '^https://.*:443$|^http://.*:80$'
const TOKEN = "[!#$%&'+.^_`|~0-9A-Za-z-]+"
const SCHEME = '[a-z][a-z0-9+.-]{0,63}'
const NO_SCHEME = `^(?:file|${Object.values(MISTYPED_SCHEMES).join(' ').replaceAll(' ', '|')}):`

/** What one entry of `origins` looks like. What a name means, and how an address is written, is for checkPolicy to see. */
const ORIGIN: Schema = {
  type: 'string',
  anyOf: [
    {
      description: 'one origin: https://app.example.com',
      pattern: `^https?://(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-f:]+\\])${PORT}$`,
      not: { pattern: `${DEFAULT_PORT}|^https?://undefined(?::|$)` },
    },
    {
      description: 'one origin of an app or an extension, or any of a scheme: app://bundle, moz-extension://*',
      pattern: `^${SCHEME}://(?:(?:(?:${OPAQUE}|\\[[0-9a-f:]+\\])${PORT})?|\\*)$`,
      not: { pattern: `${NO_SCHEME}|^https?:` },
    },
    {
      description: 'a pattern: https://*.example.com, https://app-*.example.com',
      pattern: `^https?://${STARRED}(?:\\.${LABEL})+${PORT}$`,
      not: { pattern: `${DEFAULT_PORT}|\\.(?:\\d+|0x[0-9a-f]*|[_-]+)(?:[:.]|$)` },
    },
    { description: 'a loopback host on any port: http://localhost:*', pattern: `^https?://${LOOPBACK}:\\*$` },
  ],
}

const NORMALIZED = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']
const NEVER_LISTED = [...NORMALIZED, 'CONNECT', 'TRACE', 'TRACK'].map((name) => anyCase(name.toLowerCase())).join('|')

const METHOD: Schema = {
  type: 'string',
  anyOf: [
    { enum: NORMALIZED },
    { pattern: `^${TOKEN.replace('+.', '*+.')}$`, not: { pattern: `^(?:\\*|${NEVER_LISTED})$` } },
  ],
}

/** A name, or a name pattern; none of those that browsers never ask for. */
function header(forbidden: readonly string[], prefixes: readonly string[]): Schema {
  const names = forbidden.map((name) => `${anyCase(name)}\\*?$`)
  const heads = prefixes.map(anyCase)
  return { type: 'string', pattern: `^${TOKEN}\\*?$`, not: { pattern: `^(?:${[...names, ...heads].join('|')})` } }
}

function anyCase(name: string): string {
  return name.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`)
}

const RESPONSE_NAMES = ['access-control-expose-headers', 'access-control-max-age']
const REQUEST_NAMES = ['origin', 'access-control-request-method', 'access-control-request-headers']

/** `'*'`, a list of one `*`, or a list of names. */
function names(name: Schema, description: string, beside: readonly Schema[] = []): Schema {
  return {
    description,
    anyOf: [
      { const: '*' },
      { type: 'array', items: name },
      { type: 'array', minItems: 1, items: { enum: ['*'] }, maxItems: 1 },
      ...beside,
    ],
  }
}

const WILDCARD: Schema = { enum: ['*', ['*']] }

/**
 * Gives the JSON Schema of a policy's JSON form, for editors and configuration stores.
 *
 * It never refuses what `checkPolicy` takes. What it cannot see is left to it: public suffixes, `http:` next to credentials, addresses in
 * another form, Punycode, the lengths of hosts, a second `*`.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export function policySchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'CORS policy',
    description: 'Who may read an API’s answers from another origin, and how.',
    type: 'object',
    properties: {
      $schema: { description: 'Where this schema is, for editors.', type: 'string' },
      origins: {
        description: 'The origins that may read answers: "*" for a public resource, or a list of origins and patterns.',
        anyOf: [WILDCARD, { type: 'array', minItems: 1, items: ORIGIN }],
      },
      credentials: {
        description: 'Whether pages may send cookies and read the answer.',
        type: 'boolean',
        default: false,
      },
      methods: names(METHOD, 'Methods allowed besides GET, HEAD and POST. Case-sensitive.'),
      requestHeaders: names(
        header([...FORBIDDEN_REQUEST_NAMES.split(' '), ...RESPONSE_NAMES], ['proxy-', 'sec-', 'access-control-allow-']),
        'Every request header that needs permission. "X-App-*" is a pattern.',
        [{ type: 'array', items: { type: 'string', pattern: `^(?:\\*|${anyCase('authorization')})$` } }],
      ),
      exposedHeaders: names(
        header(['set-cookie', 'set-cookie2', ...REQUEST_NAMES], []),
        'Response headers that pages may read besides the CORS-safelisted ones.',
      ),
      maxAge: {
        description: 'How long a browser may remember a preflight answer, in seconds.',
        type: 'integer',
        minimum: 0,
        maximum: 86_400,
      },
      preflightStatus: { description: 'The status of an accepted preflight.', enum: [200, 204], default: 204 },
      refused: {
        description: 'What becomes of an actual request from a refused origin.',
        enum: ['pass', 'forbid'],
        default: 'pass',
      },
      timingAllowOrigin: {
        description: 'Whether Timing-Allow-Origin is sent to the same origins.',
        type: 'boolean',
        default: false,
      },
      dangerouslyAllowInsecureOrigins: {
        description: 'Allows http: origins next to credentials.',
        type: 'boolean',
        default: false,
      },
      dangerouslyAllowPublicSuffixes: {
        description: 'Allows patterns that trust strangers’ sites.',
        type: 'boolean',
        default: false,
      },
    },
    required: ['origins'],
    additionalProperties: false,
    allOf: [
      {
        if: { properties: { credentials: { const: true } }, required: ['credentials'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
        then: { properties: { origins: { not: WILDCARD }, exposedHeaders: { not: WILDCARD } } },
      },
      {
        if: { properties: { refused: { const: 'forbid' } }, required: ['refused'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
        then: { properties: { origins: { not: WILDCARD } } },
      },
    ],
  }
}
