// The keywords of JSON Schema for the options that are lists. Only scripts use this file, so no
// bundle holds it.
import { FORBIDDEN_REQUEST_NAMES } from '../../spec/names.ts'
import { MISTYPED_SCHEMES } from '../check/host.ts'

/** A JSON Schema, or a part of one. @see https://json-schema.org/draft/2020-12 */
export type Schema = { readonly [keyword: string]: unknown }

const LABEL = '[a-z0-9_-]{1,63}'
const STARRED = '[a-z0-9_-]*\\*[a-z0-9_-]*'
const OPAQUE = `(?:[!"$&'()+\\-.0-9=_\`a-z{}~]|%[\\dA-Fa-f]{2}){1,253}`
const PORT = '(?::(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]))?'
const LOOPBACK = `(?:(?:${STARRED}\\.)?(?:${LABEL}\\.)*localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\])`
const DEFAULT_PORT = '^https://.*:443$|^http://.*:80$'
const TOKEN = "[!#$%&'+.^_`|~0-9A-Za-z-]+"
const SCHEME = '[a-z][a-z0-9+.-]{0,63}'
const NO_SCHEME = `^(?:file|${Object.values(MISTYPED_SCHEMES).join(' ').replaceAll(' ', '|')}):`

/**
 * The form of an entry of `origins`. Only `checkPolicy` knows which names are public suffixes and
 * how an address is written.
 */
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

/** `'*'`, alone or in a list. */
export const WILDCARD: Schema = { enum: ['*', ['*']] }

export const ORIGINS_SCHEMA: Schema = {
  description: 'The origins that may read answers: "*" for a public resource, or a list of origins and patterns.',
  anyOf: [WILDCARD, { type: 'array', minItems: 1, items: ORIGIN }],
}

const NORMALIZED = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']
const NEVER_LISTED = [...NORMALIZED, 'CONNECT', 'TRACE', 'TRACK'].map((name) => anyCase(name.toLowerCase())).join('|')

export const METHODS: Schema = names({
  type: 'string',
  anyOf: [
    { enum: NORMALIZED },
    { pattern: `^${TOKEN.replace('+.', '*+.')}$`, not: { pattern: `^(?:\\*|${NEVER_LISTED})$` } },
  ],
})

const RESPONSE_NAMES = ['access-control-expose-headers', 'access-control-max-age']
const REQUEST_NAMES = ['origin', 'access-control-request-method', 'access-control-request-headers']

export const REQUEST_HEADERS_SCHEMA: Schema = names(
  header([...FORBIDDEN_REQUEST_NAMES.split(' '), ...RESPONSE_NAMES], ['proxy-', 'sec-', 'access-control-allow-']),
  [{ type: 'array', items: { type: 'string', pattern: `^(?:\\*|${anyCase('authorization')})$` } }],
)

export const EXPOSED_HEADERS: Schema = names(header(['set-cookie', 'set-cookie2', ...REQUEST_NAMES], []))

/** `'*'`, a list of one `*`, or a list of names. `others` are further forms of the list. */
function names(name: Schema, others: readonly Schema[] = []): Schema {
  return {
    anyOf: [
      { const: '*' },
      { type: 'array', items: name },
      { type: 'array', minItems: 1, items: { enum: ['*'] }, maxItems: 1 },
      ...others,
    ],
  }
}

/** A name, or a name pattern. The names and prefixes that browsers never ask for are left out. */
function header(forbidden: readonly string[], prefixes: readonly string[]): Schema {
  const names = forbidden.map((name) => `${anyCase(name)}\\*?$`)
  const heads = prefixes.map(anyCase)
  return { type: 'string', pattern: `^${TOKEN}\\*?$`, not: { pattern: `^(?:${[...names, ...heads].join('|')})` } }
}

function anyCase(name: string): string {
  return name.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`)
}
