import { type Sighting, sightingOf } from './observation.ts'

/** An operation of an API description, as far as CORS goes. */
export interface Operation {
  /** The method and the path as the description writes them. */
  readonly name: string
  readonly method: string
  /** The path with every parameter filled in. */
  readonly path: string
  /** The headers that a page sets, each with a value to try. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The names of the response headers that the description declares, in lower case. */
  readonly exposed: readonly string[]
  /** Whether the operation is used with a cookie. */
  readonly credentials: boolean
  /** The origin of a page that may use it; null or absent where the source names none. */
  readonly origin?: string | null
}

/** An API description. */
export interface ApiDescription {
  /** The address of the server; null where the description has none, or only a path. */
  readonly server: string | null
  readonly operations: readonly Operation[]
}

type Json = { readonly [key in string]?: unknown }

const METHODS: readonly string[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'query']

/**
 * Reads an OpenAPI description (3.x, or Swagger 2) that was parsed from JSON. References inside the
 * file are followed.
 *
 * @throws {TypeError} for a value that is not a description, or has no operation
 */
export function readOpenApi(value: unknown): ApiDescription {
  const document = record(value)
  if (document === null || (document.openapi === undefined && document.swagger === undefined))
    throw new TypeError('this is not an OpenAPI description: it has neither "openapi" nor "swagger"')
  const paths = record(document.paths)
  if (paths === null) throw new TypeError('this OpenAPI description has no "paths"')
  const read = readerOf(document)
  const operations = Object.entries(paths).flatMap(([path, item]) => {
    const shared = read(item)
    return METHODS.flatMap((method) => {
      const operation = read(shared?.[method])
      return shared === null || operation === null ? [] : [operationOf(document, read, path, method, shared, operation)]
    })
  })
  if (operations.length === 0) throw new TypeError('this OpenAPI description has no operations')
  return { server: serverOf(document), operations }
}

/** Makes the sightings of all operations, from each of these origins. */
export function sightingsOfOperations(
  operations: readonly Operation[],
  origins: readonly string[],
): readonly Sighting[] {
  return origins.flatMap((origin) =>
    operations.map(({ name, method, headers, exposed, credentials }) =>
      sightingOf({ origin, method, headers, exposed, credentials, place: name }),
    ),
  )
}

/** Follows a reference inside the file, and references in what it leads to. */
function readerOf(document: Json): (value: unknown) => Json | null {
  const read = (value: unknown, depth: number): Json | null => {
    const found = record(value)
    const reference = found?.$ref
    if (typeof reference !== 'string' || depth > 20) return found
    if (!reference.startsWith('#/')) return null
    const steps = reference
      .slice(2)
      .split('/')
      .map((step) => decoded(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    return read(
      steps.reduce<unknown>((at, step) => own(at, step), document),
      depth + 1,
    )
  }
  return (value) => read(value, 0)
}

function operationOf(
  document: Json,
  read: ReturnType<typeof readerOf>,
  path: string,
  method: string,
  shared: Json,
  operation: Json,
): Operation {
  const parameters = [...list(shared.parameters), ...list(operation.parameters)]
    .map(read)
    .filter((each) => each !== null)
  const inHeader = parameters.filter((parameter) => parameter.in === 'header' && typeof parameter.name === 'string')
  const types = [
    ...Object.keys(record(read(operation.requestBody)?.content) ?? {}),
    ...(parameters.some((parameter) => parameter.in === 'body')
      ? list(operation.consumes ?? document.consumes ?? ['application/json'])
      : []),
  ].map(String)
  const responses = Object.values(record(operation.responses) ?? {}).map(read)
  const schemes = schemesOf(document, read, operation)
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path: path.replaceAll(/\{([^}]*)\}/g, (_, name: string) =>
      encodeURIComponent(exampleOf(parameters.find((each) => each.name === name))),
    ),
    headers: [
      ...inHeader.map((parameter) => [String(parameter.name), exampleOf(parameter)] as const),
      // Of several types, the one that needs permission counts.
      ...(types.length === 0
        ? []
        : [['Content-Type', types.find((type) => /json|xml/.test(type)) ?? types[0] ?? ''] as const]),
      ...schemes.headers.map((name) => [name, name === 'Authorization' ? 'Bearer 1' : '1'] as const),
    ],
    exposed: [...new Set(responses.flatMap((response) => Object.keys(record(response?.headers) ?? {})))].map((name) =>
      name.toLowerCase(),
    ),
    credentials: schemes.isCookie,
  }
}

/** Finds out which headers and cookies the security schemes of an operation use. */
function schemesOf(
  document: Json,
  read: ReturnType<typeof readerOf>,
  operation: Json,
): { readonly headers: readonly string[]; readonly isCookie: boolean } {
  const defined = record(record(document.components)?.securitySchemes) ?? record(document.securityDefinitions) ?? {}
  const names = list(operation.security ?? document.security).flatMap((each) => Object.keys(record(each) ?? {}))
  const schemes = names.map((name) => read(defined[name])).filter((scheme) => scheme !== null)
  const headers = schemes.flatMap((scheme) =>
    scheme.type === 'apiKey'
      ? scheme.in === 'header' && typeof scheme.name === 'string'
        ? [scheme.name]
        : []
      : ['http', 'oauth2', 'openIdConnect', 'basic'].includes(String(scheme.type))
        ? ['Authorization']
        : [],
  )
  return {
    headers: [...new Set(headers)],
    isCookie: schemes.some((scheme) => scheme.type === 'apiKey' && scheme.in === 'cookie'),
  }
}

/** Gives a value for a parameter: its example, default or first choice, or else 1. */
function exampleOf(parameter: Json | undefined): string {
  const schema = record(parameter?.schema) ?? parameter ?? {}
  const examples = Object.values(record(parameter?.examples) ?? {}).map((each) => record(each)?.value)
  const value = [parameter?.example, ...examples, schema.example, schema.default, ...list(schema.enum)].find(
    (each) => typeof each === 'string' || typeof each === 'number',
  )
  return String(value ?? 1)
}

function serverOf(document: Json): string | null {
  const url = record(list(document.servers)[0])?.url
  if (typeof url === 'string') return URL.canParse(url) ? url : null
  const { host, basePath = '' } = document
  return typeof host === 'string'
    ? `${list(document.schemes).includes('http') ? 'http' : 'https'}://${host}${basePath}`
    : null
}

function record(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Json)[key] : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
