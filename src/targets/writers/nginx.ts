import { CORS_RESPONSE_FIELDS, TIMING_ALLOW_ORIGIN } from '../../spec/fields.ts'
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
import { indent } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

export const nginx: ForeignTarget<'nginx'> = foreign({
  name: 'nginx',
  title: 'nginx',
  kind: 'server',
  language: 'nginx',
  where:
    'The maps go into http { }, the rest into each location { }, or once into server { }. A location { } with an add_header or a proxy_hide_header of its own inherits none of these lines.',
  removes:
    'Remove every other add_header Access-Control-…, and every "if ($request_method = OPTIONS)". What the application behind proxy_pass says of CORS is hidden here; behind fastcgi_pass, uwsgi_pass or grpc_pass write fastcgi_hide_header, uwsgi_hide_header or grpc_hide_header.',
  proof: 'run',
  can: PROGRAMMABLE_SERVER,
  write: (policy) => `${maps(policy)}\n\n${RULES}\n${rules(policy)}`,
  whole: {
    file: 'nginx.conf',
    write: (text, { listen, upstream }) => {
      const [maps = '', rules = ''] = text.split(`\n\n${RULES}\n`)
      const tls = upstream.protocol === 'https:' ? '\n      proxy_ssl_server_name on;' : ''
      return `events {}
http {
  ${indent(maps, '  ')}
  server {
    listen ${listen.host}:${listen.port};
    ${indent(rules, '    ')}
    location / {
      proxy_pass ${upstream.origin};
      proxy_http_version 1.1;
      proxy_set_header Connection "";${tls}
    }
  }
}`
    },
  },
})

const RULES = '# in every location { }; or once in server { }, where no location has an add_header of its own'

/**
 * Writes the maps. nginx has no conditions that are safe around `add_header`, so a map computes each
 * value: `$cors_origin` is the allowed origin or empty, `$cors_preflight` says whether the request is
 * a preflight and what becomes of it, and the value of each other header follows from these two.
 */
function maps(policy: Fitted): string {
  const { anyOrigin, origins, credentials, anyMethod, maxAge } = policy
  const exposed = exposedNames(policy)
  const asked = '"$request_method $http_access_control_request_method $http_origin'
  const all = [
    ...(anyOrigin
      ? [map(`${asked}"`, 'cors_preflight', [['"~^OPTIONS [^ ]+ .+$"', 'allowed']])]
      : [
          map(
            '$http_origin',
            'cors_origin',
            origins.map(({ regex }) => [`"~${regex}"`, '$http_origin']),
          ),
          map(`${asked} $cors_origin"`, 'cors_preflight', [
            ['"~^OPTIONS [^ ]+ [^ ]+ [^ ]+$"', 'allowed'],
            ['"~^OPTIONS [^ ]+ .+ $"', 'refused'],
          ]),
        ]),
    ...(credentials ? [map('$cors_origin', 'cors_credentials', [['"~."', '"true"']])] : []),
    ...(exposed.length > 0 && !anyOrigin
      ? [map('$cors_origin', 'cors_exposed', [['"~."', `"${exposed.join(', ')}"`]])]
      : []),
    ...(anyMethod && credentials
      ? [
          map('$http_access_control_request_method', 'cors_asked_method', [
            [`"~^${NAME_CHARACTER}+$"`, '$http_access_control_request_method'],
          ]),
        ]
      : []),
    map('$cors_preflight', 'cors_methods', [
      ['allowed', anyMethod && credentials ? '$cors_asked_method' : `"${methodsField(policy)}"`],
    ]),
    ...requestHeaderMaps(policy),
    ...(maxAge === null ? [] : [map('$cors_preflight', 'cors_max_age', [['allowed', `"${maxAge}"`]])]),
    ...(varies(policy)
      ? [
          map('$cors_preflight', 'cors_vary', [
            ['default', '"Origin"'],
            ['"~."', '"Origin, Access-Control-Request-Method, Access-Control-Request-Headers"'],
          ]),
        ]
      : []),
  ]
  return all.join('\n')
}

/** Returns whether a preflight's answer depends on what it asks for. */
function varies(policy: Fitted): boolean {
  return echoesHeaders(policy) || (policy.anyMethod && policy.credentials)
}

function requestHeaderMaps(policy: Fitted): readonly string[] {
  const names = `"${headersField({ ...policy, anyHeader: policy.anyHeader && !policy.credentials })}"`
  if (!echoesHeaders(policy))
    return names === '""' ? [] : [map('$cors_preflight', 'cors_headers', [['allowed', names]])]
  const refused = refusedHeader(policy)
  return [
    map('$http_access_control_request_headers', 'cors_asked_headers', [
      ['default', names],
      ...(refused === null ? [] : [[`"~*${refused}"`, names] as const]),
      [`"~*${askedHeaders(policy)}"`, '$http_access_control_request_headers'],
    ]),
    map('$cors_preflight', 'cors_headers', [['allowed', '$cors_asked_headers']]),
  ]
}

function map(of: string, to: string, rows: readonly (readonly [key: string, value: string])[]): string {
  const all = rows.some(([key]) => key === 'default') ? rows : [['default', '""'] as const, ...rows]
  return `map ${of} $${to} {\n${all.map(([key, value]) => `    ${key} ${value};`).join('\n')}\n}`
}

/** nginx sends no header for an empty value, so the rules need no `if`. */
function rules(policy: Fitted): string {
  const { anyOrigin, credentials, timing, status, maxAge } = policy
  const exposed = exposedNames(policy)
  const origin = anyOrigin ? '"*"' : '$cors_origin'
  const headers: readonly (readonly [name: string, value: string] | null)[] = [
    ['Access-Control-Allow-Origin', origin],
    credentials ? ['Access-Control-Allow-Credentials', '$cors_credentials'] : null,
    exposed.length > 0
      ? ['Access-Control-Expose-Headers', anyOrigin ? `"${exposed.join(', ')}"` : '$cors_exposed']
      : null,
    timing ? ['Timing-Allow-Origin', origin] : null,
    ['Access-Control-Allow-Methods', '$cors_methods'],
    echoesHeaders(policy) || headersField(policy) !== '' ? ['Access-Control-Allow-Headers', '$cors_headers'] : null,
    maxAge === null ? null : ['Access-Control-Max-Age', '$cors_max_age'],
    varies(policy) ? ['Vary', '$cors_vary'] : anyOrigin ? null : ['Vary', 'Origin'],
  ]
  const lines = headers.flatMap((header) => (header === null ? [] : [`add_header ${header[0]} ${header[1]} always;`]))
  const hidden = [...CORS_RESPONSE_FIELDS, TIMING_ALLOW_ORIGIN].map((name) => `proxy_hide_header ${name};`)
  return `${lines.join('\n')}
${hidden.join('\n')}
if ($cors_preflight = allowed) { return ${status}; }${anyOrigin ? '' : '\nif ($cors_preflight = refused) { return 403; }'}`
}
