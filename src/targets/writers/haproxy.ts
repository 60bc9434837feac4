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
import { hostAndPort } from '../place.ts'
import { indent } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

export const haproxy: ForeignTarget<'haproxy'> = foreign({
  name: 'haproxy',
  title: 'HAProxy',
  kind: 'server',
  language: 'haproxy',
  where:
    'In the frontend (or listen) section, above every other http-request rule: a preflight must not meet http-request auth. HAProxy 2.4 or later.',
  removes:
    'Remove every other set-header and add-header of Access-Control-…, "lua.cors" included. What the servers behind it say of CORS is removed here, and HAProxy\'s own errors carry the headers.',
  proof: 'run',
  can: PROGRAMMABLE_SERVER,
  write,
  whole: {
    file: 'haproxy.cfg',
    write: (text, { listen, upstream }) => {
      const tls = upstream.protocol === 'https:' ? ' ssl verify required ca-file @system-ca' : ''
      return `defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend cors
  bind ${listen.host}:${listen.port}
  ${indent(text, '  ')}
  default_backend api
backend api
  server api ${hostAndPort(upstream).join(':')}${tls}`
    },
  },
})

function write(policy: Fitted): string {
  const { anyOrigin, origins, credentials, timing, anyMethod, maxAge, status } = policy
  const isAllowed = anyOrigin ? '' : ' if { var(txn.cors_origin) -m found }'
  const isPreflight = ' if { var(txn.cors_preflight) -m found }'
  const origin = anyOrigin ? '"*"' : '%[var(txn.cors_origin)]'
  const exposed = exposedNames(policy)
  const names = headersField({ ...policy, anyHeader: policy.anyHeader && !credentials })
  const isEcho = echoesHeaders(policy)
  const refused = refusedHeader(policy)
  const asks = 'METH_OPTIONS { req.fhdr(Origin) -m found } { req.fhdr(Access-Control-Request-Method) -m found }'
  const set = (header: string) => `http-after-response set-header ${header}`
  return [
    // HAProxy replaces nothing inside single quotes.
    ...origins.map(({ text, kind, regex }) =>
      kind === 'exact' || kind === 'app'
        ? `acl cors_allowed req.fhdr(Origin) -m str '${text}'`
        : `acl cors_allowed req.fhdr(Origin) -m reg '${regex}'`,
    ),
    ...(anyOrigin
      ? []
      : ['http-request set-var(txn.cors_origin) req.fhdr(Origin) if cors_allowed { req.fhdr_cnt(Origin) eq 1 }']),
    `http-request set-var(txn.cors_preflight) bool(true) if ${asks}${anyOrigin ? '' : ' { var(txn.cors_origin) -m found }'}`,
    ...(anyMethod && credentials
      ? [
          `http-request set-var(txn.cors_method) req.fhdr(Access-Control-Request-Method) if { req.fhdr(Access-Control-Request-Method) -m reg '^${NAME_CHARACTER}+$' }`,
        ]
      : []),
    ...(isEcho
      ? [
          `http-request set-var(txn.cors_headers) req.fhdr(Access-Control-Request-Headers) if { req.fhdr(Access-Control-Request-Headers) -m reg -i '${askedHeaders(policy)}' }${refused === null ? '' : ` !{ req.fhdr(Access-Control-Request-Headers) -m reg -i '${refused}' }`}`,
        ]
      : []),
    `http-request return status ${status}${isPreflight}`,
    ...(anyOrigin ? [] : [`http-request return status 403 if ${asks}`]),
    'http-after-response del-header Access-Control- -m beg',
    'http-after-response del-header Timing-Allow-Origin',
    set(`Access-Control-Allow-Origin ${origin}${isAllowed}`),
    ...(credentials ? [set(`Access-Control-Allow-Credentials true${isAllowed}`)] : []),
    ...(exposed.length > 0 ? [set(`Access-Control-Expose-Headers "${exposed.join(', ')}"${isAllowed}`)] : []),
    ...(timing ? [set(`Timing-Allow-Origin ${origin}${isAllowed}`)] : []),
    set(
      `Access-Control-Allow-Methods ${anyMethod && credentials ? '%[var(txn.cors_method)]' : `"${methodsField(policy)}"`}${isPreflight}`,
    ),
    ...(names === '' ? [] : [set(`Access-Control-Allow-Headers "${names}"${isPreflight}`)]),
    ...(isEcho
      ? [set(`Access-Control-Allow-Headers %[var(txn.cors_headers)]${isPreflight} { var(txn.cors_headers) -m found }`)]
      : []),
    ...(maxAge === null ? [] : [set(`Access-Control-Max-Age ${maxAge}${isPreflight}`)]),
    ...(anyOrigin ? [] : ['http-after-response add-header Vary Origin']),
    ...(isEcho || (anyMethod && credentials)
      ? [
          `http-after-response add-header Vary "Access-Control-Request-Method, Access-Control-Request-Headers"${isPreflight}`,
        ]
      : []),
  ].join('\n')
}
