// Header names are written `Access-Control-Allow-Origin` in code and prose; lower-case only where they are looked up.
import type { Rule } from './rules.ts'
import { piecesOf, type Source } from './source.ts'

const NAME = /(?<![\w-])(?:access-control-[a-z-]*|timing-allow-origin|sec-fetch-[a-z]+)/gi

/** A text that is nothing but one of these names. In prose, and among identifiers, the words mean other things as well. */
const WHOLE = /^['"`](?:origin|vary)['"`]$/i

/** Tables in which lower-case names are looked up, file by file, name by name. Nothing else is exempt. */
const LOOKED_UP: Readonly<Record<string, readonly string[]>> = {
  // READ: what RequestHead promises its `get`.
  'src/spec/read.ts': [
    'origin',
    'access-control-request-method',
    'access-control-request-headers',
    'sec-fetch-site',
    'access-control-allow-origin',
    'vary',
    'timing-allow-origin',
    'access-control-',
  ],
  // The forbidden request headers.
  'src/spec/names.ts': ['access-control-request-method', 'access-control-request-headers'],
  // Compared with names that were made lower-case.
  'src/policy/compile-time/names.ts': [
    'origin',
    'access-control-allow-',
    'access-control-request-method',
    'access-control-request-headers',
    'access-control-expose-headers',
    'access-control-max-age',
  ],
  'src/policy/data/changes.ts': ['access-control-'],
  // Regular expressions are made of them, for names in any case.
  'src/policy/data/schema.ts': [
    'origin',
    'access-control-allow-',
    'access-control-request-method',
    'access-control-request-headers',
    'access-control-expose-headers',
    'access-control-max-age',
  ],
  'src/proxy/headers.ts': ['origin', 'access-control-'],
  'src/proxy/publish.ts': ['access-control-'],
  // The option --origin, and its value in the help.
  'src/cli/command-options.ts': ['origin'],
  // The name of an argument.
  'src/cli/mcp-tools.ts': ['origin'],
  // A key of a file of expectations.
  'src/cli/expectations.ts': ['origin'],
  // A referrer policy of this name.
  'src/browser/request.ts': ['origin'],
  // Compared with names that were made lower-case.
  'src/migrate/observe.ts': ['access-control-'],
  // The name of a field in a log.
  'src/learn/access-log.ts': ['origin'],
  // Names of a configuration are made lower-case before they are compared.
  'src/targets/readers/apache.ts': [
    'vary',
    'timing-allow-origin',
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'access-control-allow-methods',
    'access-control-allow-headers',
    'access-control-expose-headers',
    'access-control-max-age',
    'access-control-request-headers',
  ],
  'src/targets/readers/caddy.ts': [
    'vary',
    'timing-allow-origin',
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'access-control-allow-methods',
    'access-control-allow-headers',
    'access-control-expose-headers',
    'access-control-max-age',
  ],
  'src/targets/readers/nginx.ts': [
    'timing-allow-origin',
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'access-control-allow-methods',
    'access-control-allow-headers',
    'access-control-expose-headers',
    'access-control-max-age',
  ],
  // A key of the rules of a bucket.
  'src/targets/readers/buckets.ts': ['origin'],
  'src/targets/recognize.ts': ['origin'],
  // The kind of a change, and the option of other libraries.
  'src/migrate/compare.ts': ['origin'],
  'src/migrate/reasons.ts': ['origin'],
  'src/migrate/peers/express.ts': ['origin'],
  'src/migrate/peers/fastify.ts': ['origin'],
  'src/migrate/peers/hono.ts': ['origin'],
  'src/migrate/peers/itty.ts': ['origin'],
  'src/migrate/peers/koa.ts': ['origin'],
  'src/migrate/peers/remix.ts': ['origin'],
  'src/migrate/peers/whatwg.ts': ['origin'],
  'src/migrate/peers/h3.ts': ['origin'],
  // Node hands names over in lower case.
  'adapters/node-response.ts': ['vary', 'timing-allow-origin', 'access-control-'],
  'adapters/cors-options.ts': ['origin'],
}

/** The header names in comments and texts whose spelling is not the standard's. */
function misspelled(text: string): string[] {
  return piecesOf(text)
    .filter(({ kind }) => kind === 'comment' || kind === 'text')
    .flatMap((piece) => {
      const whole = piece.kind === 'text' && WHOLE.test(piece.text) ? [piece.text.slice(1, -1)] : []
      return [...(piece.text.match(NAME) ?? []), ...whole]
    })
    .filter((name) => name !== canonical(name))
}

export const headerNames: Rule = ({ path, text }) =>
  misspelled(text)
    .filter((name) => !(LOOKED_UP[path] ?? []).includes(name))
    .map((name) => `${path} writes ${name}`)

/** The exemptions that match nothing any more. */
export function staleNames(sources: readonly Source[], exemptions = LOOKED_UP): string[] {
  return Object.entries(exemptions).flatMap(([path, names]) => {
    const found = misspelled(sources.find((source) => source.path === path)?.text ?? '')
    return names.filter((name) => !found.includes(name)).map((name) => `${path} no longer writes ${name}`)
  })
}

function canonical(name: string): string {
  return name.toLowerCase().replaceAll(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
