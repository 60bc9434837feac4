import { isObject } from './json.ts'
import { type Read, type Reading, startReading } from './reading.ts'

/** The names that each product gives to the same things. */
const KEYS = {
  s3: {
    rules: (value: unknown): unknown =>
      Array.isArray(value) ? value : isObject(value) ? (value.CORSRules ?? null) : null,
    origins: 'AllowedOrigins',
    methods: 'AllowedMethods',
    headers: 'AllowedHeaders',
    exposed: 'ExposeHeaders',
    age: 'MaxAgeSeconds',
    credentials: true,
  },
  r2: {
    rules: (value: unknown): unknown => (isObject(value) ? (value.rules ?? null) : Array.isArray(value) ? value : null),
    origins: 'origins',
    methods: 'methods',
    headers: 'headers',
    exposed: 'exposeHeaders',
    age: 'maxAgeSeconds',
    credentials: false,
  },
  gcs: {
    rules: (value: unknown): unknown => (Array.isArray(value) ? value : isObject(value) ? (value.cors ?? null) : null),
    origins: 'origin',
    methods: 'method',
    headers: 'responseHeader',
    exposed: 'responseHeader',
    age: 'maxAgeSeconds',
    credentials: false,
  },
} as const

/** Reads the rules of a bucket, as JSON or inside a script that writes a file. */
export function readBucket(name: keyof typeof KEYS): (text: string) => Read {
  return (text) => {
    const reading = startReading()
    const json = /<<'?JSON'?\n([\s\S]*?)\nJSON\b/.exec(text)?.[1] ?? text
    let value: unknown
    try {
      value = JSON.parse(json)
    } catch {
      reading.leaveOut({ line: 1, text: json.slice(0, 80) }, 'this is not JSON')
      return reading.done()
    }
    const keys = KEYS[name]
    const rules = keys.rules(value)
    const [first, ...others] = Array.isArray(rules) ? (rules as unknown[]) : []
    if (!isObject(first)) {
      reading.leaveOut({ line: 1, text: json.slice(0, 80) }, 'there is no list of rules')
      return reading.done()
    }
    const lineOf = (key: string) => text.slice(0, Math.max(text.indexOf(`"${key}"`), 0)).split('\n').length
    for (const _ of others)
      reading.leaveOut(
        { line: lineOf(keys.origins), text: 'a second rule' },
        'one policy has one rule: read the rules one by one',
      )
    readRule(first, keys, reading, lineOf)
    return reading.done()
  }
}

function readRule(
  rule: Record<string, unknown>,
  keys: (typeof KEYS)[keyof typeof KEYS],
  reading: Reading,
  lineOf: (key: string) => number,
): void {
  const inner = isObject(rule.allowed) ? { ...rule, ...rule.allowed } : rule
  const words = (key: string): readonly string[] => {
    const value = inner[key]
    return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : []
  }
  const spot = (key: string, text = key) => ({ line: lineOf(key), text })
  for (const origin of words(keys.origins)) {
    if (origin === '*') reading.anyOrigin(spot(keys.origins, origin), false)
    else if (words(keys.origins).includes(`${origin}:*`)) continue
    else if (isSameHere(origin)) reading.origin(spot(keys.origins, origin), origin)
    else
      reading.leaveOut(spot(keys.origins, origin), 'a "*" inside a label also matches dots here, and not in a policy')
  }
  const isAny = words(keys.origins).includes('*')
  if (keys.credentials && !isAny) reading.credentials(spot(keys.origins), true)
  reading.methods(spot(keys.methods), words(keys.methods).join(','))
  const headers = words(keys.headers)
  reading.requestHeaders(spot(keys.headers), headers.includes('*') ? '*, Authorization' : headers.join(','))
  reading.exposedHeaders(spot(keys.exposed), words(keys.exposed).join(','))
  const age = inner[keys.age]
  if (age !== undefined) reading.maxAge(spot(keys.age), String(age))
}

/** Returns whether a bucket and a policy understand an entry alike: a `*` for labels, or for a port. */
function isSameHere(origin: string): boolean {
  return /^[^*]*$|^https?:\/\/\*\.[^*]*$|^[^*]*:\*$/.test(origin)
}
