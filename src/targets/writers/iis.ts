import { exposedNames } from '../header-values.ts'
import { type ForeignTarget, foreign } from '../row.ts'

export const iis: ForeignTarget<'iis'> = foreign({
  name: 'iis',
  title: 'IIS',
  kind: 'server',
  language: 'xml',
  where:
    'In web.config at the root of the site, inside <configuration>. It needs the IIS CORS module, a download of its own, which runs before authentication.',
  removes:
    'Remove every <add name="Access-Control-…"> below <customHeaders>, the headers that PHP or ASP.NET code sets, and UseCors() of an ASP.NET Core application behind it.',
  proof: 'schema',
  can: {
    origins: ['exact', 'app', 'labels'],
    quoting: 'plain',
    anyMethod: 'never',
    anyHeader: 'all',
    headerPatterns: false,
    exposedPatterns: false,
    credentials: 'as-said',
    timing: false,
  },
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyHeader, requestHeaders, maxAge } = policy
    const lists = [
      anyHeader ? '<allowHeaders allowAllRequestedHeaders="true" />' : names('allowHeaders', 'header', requestHeaders),
      names('allowMethods', 'method', methods),
      names('exposeHeaders', 'header', exposedNames(policy)),
    ].filter((text) => text !== '')
    const age = maxAge === null ? '' : ` maxAge="${maxAge}"`
    const entry = (origin: string) => `      <add origin="${origin}" allowCredentials="${credentials}"${age}>
        ${lists.join('\n        ')}
      </add>`
    return `<system.webServer>
  <modules><remove name="WebDAVModule" /></modules>
  <handlers><remove name="OPTIONSVerbHandler" /></handlers>
  <cors enabled="true" failUnlistedOrigins="true">
${(anyOrigin ? ['*'] : origins.map(({ text }) => text)).map(entry).join('\n')}
  </cors>
</system.webServer>`
  },
})

function names(element: string, attribute: string, values: readonly string[]): string {
  if (values.length === 0) return ''
  return `<${element}>${values.map((value) => `<add ${attribute}="${value}" />`).join('')}</${element}>`
}
