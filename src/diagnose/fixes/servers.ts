import type { Plain } from './source.ts'
import type { Target } from './targets.ts'

type Write = (policy: Plain) => string

/** Web servers that stand in front of an application. */
export const SERVERS: Partial<Record<Target, Write>> = {
  nginx: (policy) => {
    const { anyOrigin, origins, credentials, methods, requestHeaders, exposedHeaders, maxAge } = policy
    const map = origins.map((origin) => `    "${origin}" $http_origin;`).join('\n')
    const always = [
      ...(anyOrigin ? [] : ['add_header Vary Origin always;']),
      `add_header Access-Control-Allow-Origin ${anyOrigin ? '*' : '$cors_origin'} always;`,
      ...(credentials ? ['add_header Access-Control-Allow-Credentials $cors_credentials always;'] : []),
    ]
    const response =
      exposedHeaders.length > 0
        ? [`add_header Access-Control-Expose-Headers "${exposedHeaders.join(', ')}" always;`]
        : []
    const preflight = [
      `add_header Access-Control-Allow-Methods "${methods.join(', ')}" always;`,
      ...(requestHeaders.length > 0
        ? [`add_header Access-Control-Allow-Headers "${requestHeaders.join(', ')}" always;`]
        : []),
      `add_header Access-Control-Max-Age ${maxAge} always;`,
      'return 204;',
    ]
    const maps = anyOrigin
      ? ''
      : `# in http { }: an empty value sends no header
map $http_origin $cors_origin {
    default "";
${map}
}
${credentials ? 'map $cors_origin $cors_credentials {\n    default "true";\n    "" "";\n}\n' : ''}
`
    return `${maps}# in every location { }: elsewhere nginx takes no add_header in an if, and a block with one of its own inherits none
${[...always, ...response].join('\n')}
if ($request_method = OPTIONS) {
    ${[...always, ...preflight].join('\n    ')}
}
# behind proxy_pass: the application's own headers must go
proxy_hide_header Access-Control-Allow-Origin;
proxy_hide_header Access-Control-Allow-Credentials;`
  },
  apache: ({ anyOrigin, origins, credentials, methods, requestHeaders, exposedHeaders, maxAge }) => {
    const known = anyOrigin
      ? ''
      : `SetEnvIf Origin "^(${origins.map(escapeRegExp).join('|')})$" CORS_ORIGIN=$1\nHeader always merge Vary Origin\n`
    const when = anyOrigin ? '' : ' env=CORS_ORIGIN'
    const value = anyOrigin ? '"*"' : '%{CORS_ORIGIN}e'
    return `${known}Header always set Access-Control-Allow-Origin ${value}${when}
${credentials ? `Header always set Access-Control-Allow-Credentials "true"${when}\n` : ''}${exposedHeaders.length > 0 ? `Header always set Access-Control-Expose-Headers "${exposedHeaders.join(', ')}"${when}\n` : ''}Header always set Access-Control-Allow-Methods "${methods.join(', ')}"${when}
${requestHeaders.length > 0 ? `Header always set Access-Control-Allow-Headers "${requestHeaders.join(', ')}"${when}\n` : ''}Header always set Access-Control-Max-Age "${maxAge}"${when}
RewriteEngine On
RewriteCond %{REQUEST_METHOD} =OPTIONS
RewriteCond %{HTTP:Access-Control-Request-Method} .
RewriteRule ^ - [R=204,L]`
  },
  caddy: ({ anyOrigin, origins, credentials, methods, requestHeaders, exposedHeaders, maxAge }) => {
    const headers = [
      `Access-Control-Allow-Origin "${anyOrigin ? '*' : '{http.request.header.Origin}'}"`,
      ...(credentials ? ['Access-Control-Allow-Credentials true'] : []),
      ...(exposedHeaders.length > 0 ? [`Access-Control-Expose-Headers "${exposedHeaders.join(', ')}"`] : []),
      `Access-Control-Allow-Methods "${methods.join(', ')}"`,
      ...(requestHeaders.length > 0 ? [`Access-Control-Allow-Headers "${requestHeaders.join(', ')}"`] : []),
      `Access-Control-Max-Age ${maxAge}`,
    ]
    const matcher = anyOrigin
      ? '@cors header Origin *'
      : `@cors header_regexp Origin ^(${origins.map(escapeRegExp).join('|')})$`
    return `header +Vary Origin
${matcher}
header @cors {
	${headers.join('\n\t')}
	defer
}
@preflight {
	method OPTIONS
	header Access-Control-Request-Method *
}
respond @preflight 204`
  },
  iis: ({ anyOrigin, origins, credentials, methods, requestHeaders, exposedHeaders, maxAge }) => {
    const entry = (origin: string) => `    <add origin="${origin}" allowCredentials="${credentials}" maxAge="${maxAge}">
${add('allowHeaders', requestHeaders, 'header')}${add('allowMethods', methods, 'method')}${add('exposeHeaders', exposedHeaders, 'header')}    </add>`
    return `<!-- web.config, with the IIS CORS module -->
<system.webServer>
  <modules><remove name="WebDAVModule" /></modules>
  <handlers><remove name="OPTIONSVerbHandler" /></handlers>
  <cors enabled="true" failUnlistedOrigins="true">
${(anyOrigin ? ['*'] : origins).map(entry).join('\n')}
  </cors>
</system.webServer>`
  },
}

function add(element: string, names: readonly string[], attribute: string): string {
  if (names.length === 0) return ''
  return `      <${element}>${names.map((name) => `<add ${attribute}="${name}" />`).join('')}</${element}>\n`
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll('\\/', '/')
}
