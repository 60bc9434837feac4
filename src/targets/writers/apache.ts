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
import { type ForeignTarget, foreign } from '../row.ts'

export const apache: ForeignTarget<'apache'> = foreign({
  name: 'apache',
  title: 'Apache',
  kind: 'server',
  language: 'apache',
  where:
    'In <VirtualHost>, not in <Directory>, <Location> or .htaccess: there rewriting runs after authentication, and a preflight is answered 401. Needs mod_headers, mod_setenvif and mod_rewrite.',
  removes:
    'Remove every other "Header set" and "Header always set" of Access-Control-…, in .htaccess too. Apache keeps two tables of headers: "always" does not replace what an application has set, so both are emptied here first.',
  proof: 'run',
  can: PROGRAMMABLE_SERVER,
  write,
  whole: {
    file: 'apache.conf',
    write: (text, { listen, upstream }) => {
      const isTls = upstream.protocol === 'https:'
      const modules = [...MODULES, ...(isTls ? ['socache_shmcb', 'ssl'] : [])]
      // Modules of a Debian package. Elsewhere they are in another folder.
      return `Define MODULES /usr/lib/apache2/modules
${modules.map((name) => `LoadModule ${name}_module \${MODULES}/mod_${name}.so`).join('\n')}
ServerName localhost
PidFile /run/corsmith-apache-${listen.port}.pid
ErrorLog /var/log/apache2/error.log
Listen ${listen.host}:${listen.port}
<VirtualHost *:${listen.port}>
${text}
${isTls ? 'SSLProxyEngine on\n' : ''}ProxyPass / ${upstream.origin}/
</VirtualHost>`
    },
  },
})

const MODULES = ['mpm_event', 'authz_core', 'headers', 'setenvif', 'rewrite', 'proxy', 'proxy_http']

function write(policy: Fitted): string {
  const { anyOrigin, origins, credentials, timing, anyMethod, maxAge, status } = policy
  const isAllowed = anyOrigin ? '' : ' env=CORS_ORIGIN'
  const isPreflight = ' env=CORS_PREFLIGHT'
  const origin = anyOrigin ? '"*"' : '"%{CORS_ORIGIN}e"'
  const exposed = exposedNames(policy)
  const names = headersField({ ...policy, anyHeader: policy.anyHeader && !credentials })
  const isEcho = echoesHeaders(policy)
  const dynamic = isEcho || (anyMethod && credentials)
  const headers = [
    `Access-Control-Allow-Origin ${origin}${isAllowed}`,
    ...(credentials ? [`Access-Control-Allow-Credentials "true"${isAllowed}`] : []),
    ...(exposed.length > 0 ? [`Access-Control-Expose-Headers "${exposed.join(', ')}"${isAllowed}`] : []),
    ...(timing ? [`Timing-Allow-Origin ${origin}${isAllowed}`] : []),
    `Access-Control-Allow-Methods ${anyMethod && credentials ? '"%{CORS_METHOD}e"' : `"${methodsField(policy)}"`}${isPreflight}`,
    ...(names === '' ? [] : [`Access-Control-Allow-Headers "${names}"${isPreflight}`]),
    ...(isEcho ? ['Access-Control-Allow-Headers "%{CORS_HEADERS}e" env=CORS_HEADERS'] : []),
    ...(maxAge === null ? [] : [`Access-Control-Max-Age "${maxAge}"${isPreflight}`]),
  ]
  return [
    ...origins.map(({ regex }) => `SetEnvIf Origin "${regex}" CORS_ORIGIN=$0`),
    'RewriteEngine On',
    ...echoes(policy),
    ...preflight(anyOrigin ? '%{HTTP:Origin} .' : '%{ENV:CORS_ORIGIN} .'),
    `RewriteRule ^ - [E=CORS_PREFLIGHT:1,R=${status},L]`,
    ...(anyOrigin ? [] : [...preflight('%{HTTP:Origin} .'), 'RewriteRule ^ - [R=403,L]']),
    ...[...CORS_RESPONSE_FIELDS, TIMING_ALLOW_ORIGIN].flatMap((name) => [
      `Header unset ${name}`,
      `Header always unset ${name}`,
    ]),
    ...headers.map((header) => `Header always set ${header}`),
    ...(anyOrigin ? [] : ['Header always merge Vary Origin']),
    ...(dynamic
      ? [`Header always merge Vary "Access-Control-Request-Method, Access-Control-Request-Headers"${isPreflight}`]
      : []),
  ].join('\n')
}

function preflight(condition: string): readonly string[] {
  return [
    'RewriteCond %{REQUEST_METHOD} =OPTIONS',
    'RewriteCond %{HTTP:Access-Control-Request-Method} .',
    `RewriteCond ${condition}`,
  ]
}

/** Repeats what a preflight asks for, if all of it is allowed. */
function echoes(policy: Fitted): readonly string[] {
  const { anyMethod, credentials, anyOrigin } = policy
  const isKnown = anyOrigin ? [] : ['RewriteCond %{ENV:CORS_ORIGIN} .']
  const refused = refusedHeader(policy)
  return [
    ...(anyMethod && credentials
      ? [
          ...preflight('%{ENV:CORS_ORIGIN} .'),
          `RewriteCond %{HTTP:Access-Control-Request-Method} "^(${NAME_CHARACTER}+)$"`,
          'RewriteRule ^ - [E=CORS_METHOD:%1]',
        ]
      : []),
    ...(echoesHeaders(policy)
      ? [
          'RewriteCond %{REQUEST_METHOD} =OPTIONS',
          ...isKnown,
          ...(refused === null ? [] : [`RewriteCond %{HTTP:Access-Control-Request-Headers} "!${refused}" [NC]`]),
          `RewriteCond %{HTTP:Access-Control-Request-Headers} "${askedHeaders(policy)}" [NC]`,
          'RewriteRule ^ - [E=CORS_HEADERS:%{HTTP:Access-Control-Request-Headers}]',
        ]
      : []),
  ]
}
