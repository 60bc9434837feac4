import { toOrigin } from '../origin-regex.ts'
import { type ConfigReading, type Read, type Spot, startReading } from './reading.ts'
import { mapsIn, readYaml, textsOf, type Yaml } from './yaml.ts'

type Entries = ReadonlyMap<string, Yaml>

/** Reads the first map of a text that passes a test; another one that differs is left out. */
function reader(
  test: (entries: Entries) => boolean,
  read: (entries: Entries, reading: ConfigReading, spot: Spot) => void,
) {
  return (text: string): Read => {
    const reading = startReading()
    const found = readYaml(text).flatMap((document) => mapsIn(document, test))
    const [first, ...others] = found
    if (first?.kind === 'map') read(first.entries, reading, { line: first.line, text: 'cors' })
    for (const other of others)
      if (first !== undefined && shown(other) !== shown(first))
        reading.leaveOut({ line: other.line, text: 'another policy' }, 'another part has a policy of its own')
    return reading.done()
  }
}

function shown(value: Yaml): string {
  if (value.kind === 'text') return value.text
  return value.kind === 'list'
    ? `[${value.items.map(shown).join()}]`
    : `{${[...value.entries].map(([key, each]) => `${key}:${shown(each)}`).join()}}`
}

interface Lists {
  readonly methods: string
  readonly headers: string
  readonly exposed: string
  readonly age: string
  readonly credentials: string
  /** Whether `*` for headers repeats what was asked for, `Authorization` included. */
  readonly isAnyHeaderEcho: boolean
}

function readLists(entries: Entries, names: Lists, reading: ConfigReading, fallback: Spot): void {
  const said = (key: string): { readonly spot: Spot; readonly value: string } | null => {
    const texts = textsOf(entries.get(key))
    const [first] = texts
    if (first === undefined) return null
    const value = texts.map(({ text }) => text).join(', ')
    return { spot: { line: first.line, text: `${key}: ${value}` }, value }
  }
  const credentials = said(names.credentials)
  reading.credentials(credentials?.spot ?? fallback, credentials?.value === 'true')
  const methods = said(names.methods)
  if (methods !== null) reading.methods(methods.spot, methods.value)
  const headers = said(names.headers)
  // Accept needs no permission. It stands where an empty list would allow more.
  if (headers !== null && headers.value !== 'Accept') {
    const isEcho = headers.value === '*' && names.isAnyHeaderEcho
    reading.requestHeaders(headers.spot, isEcho ? '*, Authorization' : headers.value)
  }
  const exposed = said(names.exposed)
  if (exposed !== null) reading.exposedHeaders(exposed.spot, exposed.value)
  const age = said(names.age)
  if (age !== null) reading.maxAge(age.spot, age.value.replace(/s$/, ''))
}

/** A CORS filter of an HTTPRoute. */
export const readGatewayApi: (text: string) => Read = reader(
  (entries) => entries.has('allowOrigins'),
  (entries, reading, spot) => {
    for (const { text, line } of textsOf(entries.get('allowOrigins'))) {
      const at = { line, text }
      if (text === '*') reading.anyOrigin(at, false)
      else reading.origin(at, text)
    }
    readLists(
      entries,
      {
        methods: 'allowMethods',
        headers: 'allowHeaders',
        exposed: 'exposeHeaders',
        age: 'maxAge',
        credentials: 'allowCredentials',
        isAnyHeaderEcho: true,
      },
      reading,
      spot,
    )
  },
)

const ANNOTATION = 'nginx.ingress.kubernetes.io/'

/** The annotations of an Ingress. What is left out has wide defaults. */
export const readIngressNginx: (text: string) => Read = reader(
  (entries) => entries.get(`${ANNOTATION}enable-cors`)?.kind === 'text',
  (entries, reading, spot) => {
    const said = (name: string, fallback: string): Yaml & { readonly kind: 'text' } => {
      const value = entries.get(`${ANNOTATION}${name}`)
      return value?.kind === 'text' ? value : { kind: 'text', text: fallback, line: spot.line }
    }
    if (said('enable-cors', 'false').text !== 'true') return
    const names = (name: string, fallback: string): Yaml => said(name, fallback)
    const origins = said('cors-allow-origin', '*')
    for (const text of origins.text.split(',').map((each) => each.trim())) {
      const at = { line: origins.line, text }
      if (text === '*') reading.anyOrigin(at, false)
      else if (text.includes('*')) reading.leaveOut(at, 'a "*" stands for one label here, and for several in a policy')
      else reading.origin(at, text)
    }
    const lists = new Map<string, Yaml>([
      ['methods', names('cors-allow-methods', 'GET, PUT, POST, DELETE, PATCH, OPTIONS')],
      ['headers', names('cors-allow-headers', DEFAULT_HEADERS)],
      ['exposed', names('cors-expose-headers', '')],
      ['age', names('cors-max-age', '1728000')],
      ['credentials', names('cors-allow-credentials', 'true')],
    ])
    const [methods, headers, exposed, age, credentials] = [
      'methods',
      'headers',
      'exposed',
      'age',
      'credentials',
    ] as const
    readLists(lists, { methods, headers, exposed, age, credentials, isAnyHeaderEcho: false }, reading, spot)
    reading.complain(
      spot,
      'vary-missing',
      'ingress-nginx sends no Vary: Origin: a cache may give the answer of one page to another',
    )
  },
)

const DEFAULT_HEADERS =
  'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization'

/** The CORS policy of Envoy. */
export const readEnvoy: (text: string) => Read = reader(
  (entries) => entries.has('allow_origin_string_match'),
  (entries, reading, spot) => {
    const matches = entries.get('allow_origin_string_match')
    const rows = matches?.kind === 'list' ? matches.items : []
    const expressions: { readonly source: string; readonly line: number }[] = []
    for (const row of rows) {
      if (row.kind !== 'map') continue
      const exact = row.entries.get('exact')
      const regex = row.entries.get('safe_regex')
      const source = regex?.kind === 'map' ? regex.entries.get('regex') : regex
      if (exact?.kind === 'text') {
        const at = { line: exact.line, text: exact.text }
        if (exact.text === '*') reading.anyOrigin(at, false)
        else reading.origin(at, exact.text)
      } else if (source?.kind === 'text') {
        expressions.push({ source: source.text, line: source.line })
      } else {
        reading.leaveOut(
          { line: row.line, text: shown(row) },
          'a prefix, a suffix or a part of an origin lets strangers in',
        )
      }
    }
    readExpressions(expressions, reading)
    readLists(
      entries,
      {
        methods: 'allow_methods',
        headers: 'allow_headers',
        exposed: 'expose_headers',
        age: 'max_age',
        credentials: 'allow_credentials',
        isAnyHeaderEcho: true,
      },
      reading,
      spot,
    )
  },
)

/** Envoy matches whole texts, so an anchor that is missing lets nobody in. */
function readExpressions(
  expressions: readonly { readonly source: string; readonly line: number }[],
  reading: ConfigReading,
): void {
  const sources = expressions.map(({ source }) => source)
  const covered = new Set<string>()
  for (const { source, line } of expressions) {
    if (covered.has(source)) continue
    const entry = [`${smallText(source)}:*`, smallText(source)].find((text) => {
      const small = toOrigin(text)?.small ?? []
      return small[0] === source && small.every((part) => sources.includes(part))
    })
    if (entry === undefined) {
      reading.expression({ line, text: source }, `^${source.replace(/^\^/, '').replace(/\$$/, '')}$`)
      continue
    }
    reading.origin({ line, text: source }, entry)
    // A writer of corsmith writes any port as several small expressions.
    for (const part of toOrigin(entry)?.small ?? []) covered.add(part)
  }
}

const LABELS = String.raw`([a-z0-9_-]*[a-z0-9][a-z0-9_-]*\.)*[a-z0-9_-]*[a-z0-9][a-z0-9_-]*`

/** The entry of which an expression may be the small form. */
function smallText(source: string): string {
  return source
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(LABELS, '*')
    .replace(/\[a-z0-9\._~-\]\+$/, '*')
    .replace('[a-z0-9_-]+', '*')
    .replaceAll(/\\(.)/g, '$1')
}
