import { CORS_RESPONSE_FIELDS, TIMING_ALLOW_ORIGIN } from '../../spec/fields.ts'
import type { Can } from '../can.ts'
import { exposedNames, headerNames, headersField, methodsField } from '../header-values.ts'
import { EVERY_KIND } from '../origin-regex.ts'
import { hostAndPort } from '../place.ts'
import { double, indent } from '../quote.ts'
import { type ForeignTarget, foreign, type ServerPlace } from '../row.ts'

const RE2: Can = {
  origins: EVERY_KIND,
  quoting: 'any',
  anyMethod: 'without-credentials',
  anyHeader: 'without-credentials',
  headerPatterns: false,
  exposedPatterns: false,
  credentials: 'as-said',
  timing: false,
}

const FILTERS = '# in http_filters'
const HOST = '# in the virtual host'

const ALL_FIELDS = [...CORS_RESPONSE_FIELDS, TIMING_ALLOW_ORIGIN]

export const envoy: ForeignTarget<'envoy'> = foreign({
  name: 'envoy',
  title: 'Envoy',
  kind: 'server',
  language: 'yaml',
  where:
    'The filter goes into http_filters, above jwt_authn, ext_authz and rbac, which would refuse a preflight; the rest goes into the virtual host. A route with a typed_per_filter_config for envoy.filters.http.cors of its own replaces it.',
  removes:
    'Remove the old "cors" field of virtual hosts and routes, and every response_headers_to_add of Access-Control-…. What the upstream says of CORS is removed here.',
  note: 'The preflight of a stranger is handed to the API. Answers to preflights have no Vary. Under "*" Envoy names the origin that asked.',
  proof: 'run',
  // For "*", Envoy repeats the names that were asked for, with Authorization.
  can: { ...RE2, anyHeader: 'all-without-credentials' },
  write: (policy) => {
    const { anyOrigin, origins, credentials, maxAge } = policy
    const matches = anyOrigin
      ? ['- exact: "*"']
      : origins.flatMap(({ text, kind, small }) =>
          kind === 'exact' || kind === 'app'
            ? [`- exact: ${double(text)}`]
            : small.map((regex) => `- safe_regex: { regex: ${double(regex)} }`),
        )
    const field = (name: string, value: string) => (value === '' ? [] : [`${name}: ${double(value)}`])
    const cors = [
      '"@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy',
      `allow_origin_string_match:\n  ${matches.join('\n  ')}`,
      ...field('allow_methods', methodsField(policy)),
      ...field('allow_headers', headersField(policy)),
      ...field('expose_headers', exposedNames(policy).join(', ')),
      ...field('max_age', maxAge === null ? '' : String(maxAge)),
      `allow_credentials: ${credentials}`,
      // The API answers the preflight of a stranger, and its CORS headers are removed. Envoy itself
      // would name the methods.
      'forward_not_matching_preflights: true',
    ]
    return `${FILTERS}
- name: envoy.filters.http.cors
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors

${HOST}
typed_per_filter_config:
  envoy.filters.http.cors:
    ${indent(cors.join('\n'), '    ')}
response_headers_to_remove: [${ALL_FIELDS.join(', ')}]
response_headers_to_add:
  - header: { key: Vary, value: Origin }
    append_action: APPEND_IF_EXISTS_OR_ADD`
  },
  whole: { file: 'envoy.yaml', write: wholeEnvoy },
})

function wholeEnvoy(text: string, { listen, upstream }: ServerPlace): string {
  const [filters = '', host = ''] = text.slice(FILTERS.length + 1).split(`\n\n${HOST}\n`)
  const [address, port] = hostAndPort(upstream)
  const tls = `
    transport_socket:
      name: envoy.transport_sockets.tls
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
        sni: ${address}`
  return `static_resources:
  listeners:
  - address: { socket_address: { address: ${double(listen.host.replace(/^\[|\]$/g, ''))}, port_value: ${listen.port} } }
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: cors
          http_filters:
          ${indent(filters, '          ')}
          - name: envoy.filters.http.router
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
          route_config:
            virtual_hosts:
            - name: api
              domains: ["*"]
              ${indent(host, '              ')}
              routes:
              - { match: { prefix: / }, route: { cluster: api } }
  clusters:
  - name: api
    type: STRICT_DNS
    connect_timeout: 5s
    load_assignment:
      cluster_name: api
      endpoints:
      - lb_endpoints:
        - endpoint: { address: { socket_address: { address: ${double(address.replace(/^\[|\]$/g, ''))}, port_value: ${port} } } }${upstream.protocol === 'https:' ? tls : ''}`
}

export const traefik: ForeignTarget<'traefik'> = foreign({
  name: 'traefik',
  title: 'Traefik',
  kind: 'server',
  language: 'yaml',
  where:
    'In a file of dynamic configuration. Name cors@file first in the middlewares of the router: above basicAuth and forwardAuth, which would refuse a preflight.',
  removes:
    'Remove every other "headers" middleware that speaks of Access-Control-…. The empty customResponseHeaders remove what the service says of CORS.',
  note: 'Traefik tells strangers the methods, the headers and that credentials are allowed, but never Access-Control-Allow-Origin; its answers to preflights have no Vary.',
  proof: 'schema',
  can: RE2,
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyMethod, maxAge } = policy
    const isPlain = ({ kind }: { kind: string }) => kind === 'exact' || kind === 'app'
    const array = (key: string, values: readonly string[]) =>
      values.length === 0 ? [] : [`${key}: [${values.map(double).join(', ')}]`]
    const headers = [
      ...array('accessControlAllowOriginList', anyOrigin ? ['*'] : origins.filter(isPlain).map(({ text }) => text)),
      ...array(
        'accessControlAllowOriginListRegex',
        origins.filter((origin) => !isPlain(origin)).map(({ regex }) => regex),
      ),
      ...array('accessControlAllowMethods', anyMethod ? ['*'] : methods),
      ...array('accessControlAllowHeaders', headerNames(policy)),
      ...array('accessControlExposeHeaders', exposedNames(policy)),
      `accessControlAllowCredentials: ${credentials}`,
      ...(maxAge === null ? [] : [`accessControlMaxAge: ${maxAge}`]),
      `addVaryHeader: ${!anyOrigin}`,
      `customResponseHeaders:\n  ${ALL_FIELDS.map((name) => `${name}: ""`).join('\n  ')}`,
    ]
    return `http:
  middlewares:
    cors:
      headers:
        ${indent(headers.join('\n'), '        ')}`
  },
})

export const kong: ForeignTarget<'kong'> = foreign({
  name: 'kong',
  title: 'Kong',
  kind: 'server',
  language: 'yaml',
  where:
    'In a declarative configuration: global, or below a service. A route must match OPTIONS, so leave its methods out or add OPTIONS. The plugin runs before key-auth, jwt and acl.',
  removes:
    'Remove the CORS middleware of the service: Kong replaces Access-Control-Allow-Origin and leaves every other header that the service sets, and response-transformer would remove its own too.',
  note: 'With one origin alone Kong names it to everybody, strangers included; browsers refuse them all the same.',
  proof: 'schema',
  can: {
    ...RE2,
    methods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'],
    anyMethod: 'never',
    anyHeader: 'all',
  },
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyHeader, requestHeaders, maxAge } = policy
    // Kong reads an entry with any other character as a regular expression.
    const entries = origins.map(({ text, regex }) => (/^[A-Za-z0-9.:/-]+$/.test(text) ? text : regex))
    const array = (values: readonly string[]) => `[${values.map(double).join(', ')}]`
    const exposed = exposedNames(policy)
    const config = [
      `origins: ${array(anyOrigin ? ['*'] : entries)}`,
      `methods: ${array(methods)}`,
      // Without a list, Kong allows every header that is asked for.
      ...(anyHeader ? [] : [`headers: ${array(requestHeaders.length > 0 ? requestHeaders : ['Accept'])}`]),
      ...(exposed.length > 0 ? [`exposed_headers: ${array(exposed)}`] : []),
      `credentials: ${credentials}`,
      ...(maxAge === null ? [] : [`max_age: ${maxAge}`]),
      'preflight_continue: false',
    ]
    return `_format_version: "3.0"
plugins:
  - name: cors
    config:
      ${indent(config.join('\n'), '      ')}`
  },
})
