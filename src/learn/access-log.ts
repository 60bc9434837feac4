import { parseOrigin } from '../spec/origins.ts'
import { splitList } from '../spec/tokens.ts'
import { type Sighting, sightingOf } from './observation.ts'

/** No log has longer lines. */
const MAX_LINE = 65_536

/**
 * Reads one line of an access log: JSON, as Caddy, Traefik and nginx can write it, or a text with the
 * request and the `Origin` in quotes, such as the combined format with `"$http_origin"` at its end.
 *
 * @returns null for a line without an `Origin`
 */
export function sightingOfLine(line: string): Sighting | null {
  if (line.length > MAX_LINE) return null
  return line.trimStart().startsWith('{') ? ofJson(line) : ofText(line)
}

/** A quoted request: `"PUT /users/1 HTTP/1.1"`. */
const REQUEST = /"(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+"/

function ofText(line: string): Sighting | null {
  const found = REQUEST.exec(line)?.groups
  if (found === undefined) return null
  // A referrer has a path, if only a slash. An origin has none.
  const origin = [...line.matchAll(/"([^"\s]+)"/g)].map(([, text = '']) => text).find(isOrigin)
  return origin === undefined ? null : seen(origin, found.method, found.path ?? '/', null, null, false)
}

function ofJson(line: string): Sighting | null {
  const fields = new Map<string, string>()
  try {
    collect(JSON.parse(line), '', fields, 0)
  } catch {
    return null
  }
  // Each server has its own names, such as `request>headers>Origin` and `request_Origin`.
  const field = (...ends: readonly string[]) =>
    [...fields].find(([key]) => ends.some((end) => key === end || key.endsWith(`_${end}`)))?.[1]
  const origin = field('http_origin', 'origin')
  if (origin === undefined || !isOrigin(origin)) return null
  const method = field('request_method', 'requestmethod', 'method')
  const path = field('request_uri', 'requestpath', 'uri', 'path') ?? '/'
  return seen(
    origin,
    method,
    path,
    field('access_control_request_method') ?? null,
    field('access_control_request_headers') ?? null,
    field('cookie', 'http_cookie') !== undefined,
  )
}

/** Flattens an object to names in lower case with underscores. */
function collect(value: unknown, prefix: string, fields: Map<string, string>, depth: number): void {
  if (depth > 4) return
  if (Array.isArray(value)) collect(value[0], prefix, fields, depth + 1)
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value))
      collect(each, `${prefix === '' ? '' : `${prefix}_`}${key.toLowerCase().replaceAll('-', '_')}`, fields, depth + 1)
  else if (typeof value === 'string' && value !== '' && value !== '-') fields.set(prefix, value)
}

function seen(
  origin: string,
  method: string | undefined,
  path: string,
  asked: string | null,
  names: string | null,
  credentials: boolean,
): Sighting {
  // A log seldom says which method a preflight asked for.
  const own = method === 'OPTIONS' ? asked : method
  return sightingOf({
    origin,
    method: own,
    names: names === null ? [] : splitList(names),
    credentials,
    place: `${method ?? 'GET'} ${path.split('?')[0]}`,
  })
}

function isOrigin(text: string): boolean {
  return parseOrigin(text) !== null
}
