import { exposedNames, headerNames, methodsField } from '../header-values.ts'
import { double, indent } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

const CRD_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']

export const gatewayApi: ForeignTarget<'gateway-api'> = foreign({
  name: 'gateway-api',
  title: 'the Kubernetes Gateway API',
  kind: 'server',
  language: 'yaml',
  where:
    'Below "filters" of each rule of the HTTPRoute whose matches let OPTIONS through. The CORS filter is in the Standard channel since Gateway API 1.5, and an implementation has to support HTTPRouteCORS.',
  removes:
    'Remove the CORS policy of the implementation (SecurityPolicy, VirtualService, a Middleware), and the CORS middleware of the service: the standard does not say that its headers are replaced.',
  note: 'The standard does not speak of Vary: where a cache stands in front, let the service say "Vary: Origin".',
  proof: 'schema',
  can: {
    origins: ['exact', 'labels'],
    mostOrigins: 64,
    quoting: 'plain',
    methods: CRD_METHODS,
    anyMethod: 'without-credentials',
    // Implementations may repeat the names that were asked for, and Authorization may be among
    // them.
    anyHeader: 'all-without-credentials',
    headerPatterns: false,
    mostNames: 64,
    exposedPatterns: false,
    credentials: 'as-said',
    leastAge: 1,
    timing: false,
  },
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyMethod, anyHeader, requestHeaders, maxAge } = policy
    const array = (key: string, values: readonly string[]) =>
      values.length === 0 ? [] : [`${key}:\n  ${values.map((value) => `- ${double(value)}`).join('\n  ')}`]
    const cors = [
      ...array('allowOrigins', anyOrigin ? ['*'] : origins.map(({ text }) => text)),
      `allowCredentials: ${credentials}`,
      ...array('allowMethods', anyMethod ? ['*'] : methods),
      ...array('allowHeaders', anyHeader ? ['*'] : requestHeaders),
      ...array('exposeHeaders', exposedNames(policy)),
      ...(maxAge === null ? [] : [`maxAge: ${maxAge}`]),
    ]
    return `- type: CORS
  cors:
    ${indent(cors.join('\n'), '    ')}`
  },
})

export const ingressNginx: ForeignTarget<'ingress-nginx'> = foreign({
  name: 'ingress-nginx',
  title: 'ingress-nginx',
  kind: 'server',
  language: 'yaml',
  where: 'Below metadata.annotations of the Ingress.',
  removes:
    'Remove configuration-snippet annotations that set Access-Control-…, and the CORS middleware of the service: for strangers its headers pass unchanged.',
  note: 'ingress-nginx was retired in March 2026 and gets no more fixes: plan for the Gateway API (corsmith init gateway-api). It sends no Vary: Origin, so let the service send it. What an annotation leaves out is filled with wide defaults, so none is left out here.',
  proof: 'schema',
  can: {
    // A "*" matches one label here, which is less than in a policy.
    origins: ['exact'],
    quoting: 'plain',
    methods: [...CRD_METHODS],
    anyMethod: 'never',
    anyHeader: 'never',
    headerPatterns: false,
    exposedPatterns: false,
    credentials: 'as-said',
    timing: false,
  },
  write: (policy) => {
    const { anyOrigin, origins, credentials, maxAge } = policy
    const names = headerNames(policy)
    const exposed = exposedNames(policy)
    const annotations = [
      ['enable-cors', 'true'],
      ['cors-allow-origin', anyOrigin ? '*' : origins.map(({ text }) => text).join(', ')],
      ['cors-allow-credentials', String(credentials)],
      ['cors-allow-methods', methodsField(policy)],
      // Accept needs no permission. Without any name, a long default list is allowed.
      ['cors-allow-headers', names.length > 0 ? names.join(', ') : 'Accept'],
      ...(exposed.length > 0 ? [['cors-expose-headers', exposed.join(', ')]] : []),
      ['cors-max-age', String(maxAge ?? 5)],
    ]
    return annotations.map(([name, value = '']) => `nginx.ingress.kubernetes.io/${name}: ${double(value)}`).join('\n')
  },
})
