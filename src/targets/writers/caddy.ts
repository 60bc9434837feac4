import { type Fitted, PROGRAMMABLE_SERVER } from '../can.ts'
import {
  askedHeaders,
  echoesHeaders,
  exposedNames,
  headersField,
  methodsField,
  NAME_CHARACTER,
  refusedHeader,
} from '../header-values.ts'
import { anyOf } from '../origin-regex.ts'
import { indent } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

export const caddy: ForeignTarget<'caddy'> = foreign({
  name: 'caddy',
  title: 'Caddy',
  kind: 'server',
  language: 'caddy',
  where:
    'In the site block, at the top of a route { } that also holds the rest of the site: elsewhere Caddy runs basic_auth and forward_auth before it answers a preflight.',
  removes:
    'Remove every other "header Access-Control-…" and "header_down +Access-Control-…". What the upstream says of CORS is removed here.',
  proof: 'run',
  can: PROGRAMMABLE_SERVER,
  write,
  whole: {
    file: 'Caddyfile',
    write: (text, { listen, upstream }) => `{
	admin off
	auto_https off
}
http://:${listen.port} {
	bind ${listen.host.replace(/^\[|\]$/g, '')}
	route {
		${indent(text, '\t\t')}
		reverse_proxy ${upstream.origin}
	}
}`,
  },
})

const ORIGIN = '{http.request.header.Origin}'
const METHOD = '{http.request.header.Access-Control-Request-Method}'
const HEADERS = '{http.request.header.Access-Control-Request-Headers}'

function write(policy: Fitted): string {
  const { anyOrigin, origins, credentials, timing, anyMethod, maxAge, status } = policy
  const from = anyOrigin ? 'header Origin *' : `header_regexp Origin \`${anyOf(origins)}\``
  const asks = ['method OPTIONS', 'header Access-Control-Request-Method *']
  const exposed = exposedNames(policy)
  const names = headersField({ ...policy, anyHeader: policy.anyHeader && !credentials })
  const isEcho = echoesHeaders(policy)
  const refused = refusedHeader(policy)
  const origin = `"${anyOrigin ? '*' : ORIGIN}"`
  const granted = [
    `Access-Control-Allow-Origin ${origin}`,
    ...(credentials ? ['Access-Control-Allow-Credentials true'] : []),
    ...(exposed.length > 0 ? [`Access-Control-Expose-Headers "${exposed.join(', ')}"`] : []),
    ...(timing ? [`Timing-Allow-Origin ${origin}`] : []),
  ]
  const asked = [
    `Access-Control-Allow-Methods "${anyMethod && credentials ? METHOD : methodsField(policy)}"`,
    ...(names === '' ? [] : [`Access-Control-Allow-Headers "${names}"`]),
    ...(maxAge === null ? [] : [`Access-Control-Max-Age ${maxAge}`]),
    ...(isEcho || (anyMethod && credentials)
      ? ['+Vary "Access-Control-Request-Method, Access-Control-Request-Headers"']
      : []),
  ]
  const known = anyMethod && credentials ? [`header_regexp Access-Control-Request-Method \`^${NAME_CHARACTER}+$\``] : []
  // A cache may hand an answer of a request without Origin to a page, so "*" is said to both.
  const isGranted = anyOrigin ? 'header' : 'header @cors_origin'
  const parts = [
    ...(anyOrigin ? [] : [block('@cors_origin', [from])]),
    block('@cors_asks', [...asks, 'header Origin *']),
    block('@cors_preflight', [...asks, from, ...known]),
    ...(isEcho
      ? [
          block('@cors_headers', [
            ...asks,
            from,
            `header_regexp Access-Control-Request-Headers \`(?i)${askedHeaders(policy)}\``,
            ...(refused === null ? [] : [`not header_regexp Access-Control-Request-Headers \`(?i)${refused}\``]),
          ]),
        ]
      : []),
    // Answers of Caddy itself, with its errors.
    ...(anyOrigin ? [] : ['header +Vary Origin']),
    block(isGranted, granted),
    block('header @cors_preflight', asked),
    ...(isEcho ? [`header @cors_headers Access-Control-Allow-Headers "${HEADERS}"`] : []),
    `respond @cors_preflight ${status}`,
    ...(anyOrigin ? [] : ['respond @cors_asks 403']),
    // Answers from the server behind Caddy. The later block runs first.
    block(isGranted, [...granted, 'defer']),
    block('header', ['-Access-Control-*', '-Timing-Allow-Origin', 'defer']),
  ]
  return parts.join('\n')
}

function block(name: string, lines: readonly string[]): string {
  return `${name} {\n\t${lines.join('\n\t')}\n}`
}
