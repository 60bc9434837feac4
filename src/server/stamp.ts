import type { CompiledPolicy } from '../policy/compile.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_ORIGIN,
  CORS_RESPONSE_FIELDS,
  EXPOSE_HEADERS,
  ORIGIN,
  READ,
  TIMING_ALLOW_ORIGIN,
  VARY,
} from '../spec/fields.ts'
import type { HeaderEntry } from './types.ts'
import { mergeVary } from './vary.ts'

/**
 * What the engine needs to know of a response before it writes. Each look at a header costs time,
 * so each one is taken once.
 */
export interface Reading {
  readonly vary: string | null
  /** Whether the response has an `Access-Control-Allow-Origin` already. */
  readonly hasAllowOrigin: boolean
  readonly hasContentType: boolean
  /**
   * The names of the response's `Access-Control-*` and `Timing-Allow-Origin` headers; null where
   * they were not listed ({@link readResponse}).
   */
  readonly granted: readonly string[] | null
}

/** Reads a response that will be shared: three look-ups, however many headers there are. */
export function readResponse(headers: Headers): Reading {
  return {
    vary: headers.get(READ.vary),
    hasAllowOrigin: headers.has(READ.allowOrigin),
    hasContentType: headers.has(READ.contentType),
    granted: null,
  }
}

/**
 * Reads a response that a refused origin will get. Every `Access-Control-*` header has to go, known
 * or not, and `Timing-Allow-Origin` too, so this lists them. One walk over the headers costs less
 * than a look-up for each name.
 */
export function surveyResponse(headers: Headers): Reading {
  let vary: string | null = null
  let hasContentType = false
  const granted: string[] = []
  // Frameworks bring Headers classes of their own: some pass no `this`, some keep the case of
  // names.
  headers.forEach((value, spelled) => {
    const name = spelled.toLowerCase()
    if (name === READ.contentType) hasContentType = true
    else if (name === READ.vary) vary = value
    else if (name.startsWith(READ.prefix) || name === READ.timing) granted.push(name)
  })
  return { vary, hasAllowOrigin: granted.includes(READ.allowOrigin), hasContentType, granted }
}

/** Writes the header set of actual (not preflight) responses. */
export interface Stamp {
  /**
   * The header set as data.
   *
   * @param allowOrigin the value of `Access-Control-Allow-Origin`; null where nothing is shared
   * @param names the names of the response's headers, against which patterns of `exposedHeaders`
   *   expand
   */
  entries(allowOrigin: string | null, names: Iterable<string> | undefined): readonly HeaderEntry[]
  /**
   * Writes the header set over the CORS headers that a response has. Three cases: `allowOrigin` is a
   * text for a shared response. It is null for a refused origin and a preflight, where `granted`
   * lists what has to go, and for a request without `Origin`, where `granted` is null too.
   */
  write(headers: Headers, allowOrigin: string | null, status: number, reading: Reading): void
}

/**
 * Prepares the header sets of a policy's actual responses.
 *
 * For the policy `{ origins: ['https://a.example'], credentials: true }` a shared response gets
 * `Access-Control-Allow-Origin`, `Access-Control-Allow-Credentials` and `Vary: Origin`. It loses
 * the `Access-Control-Expose-Headers` of its handler, because the policy exposes nothing. A refused
 * origin gets `Vary: Origin` alone.
 */
export function createStamp(compiled: CompiledPolicy): Stamp {
  const { anyOrigin, varyByOrigin, credentials, exposedHeaders, exposePattern, timing } = compiled
  const exposed = exposePattern === null ? exposedHeaders : null
  const constant: HeaderEntry[] = credentials ? [[ALLOW_CREDENTIALS, 'true']] : []
  if (exposed !== null) constant.push([EXPOSE_HEADERS, exposed])
  const vary: readonly HeaderEntry[] = varyByOrigin ? [[VARY, ORIGIN]] : []
  // entries() returns these again and again, so callers must not change them.
  for (const entry of [...constant, ...vary]) Object.freeze(entry)

  const written = [ALLOW_ORIGIN, ...constant.map(([name]) => name), exposePattern && EXPOSE_HEADERS]
  // A handler that wrote an Access-Control-Allow-Origin meant a policy of its own: all of it goes.
  const handlersPolicy = CORS_RESPONSE_FIELDS.filter((name) => !written.includes(name))
  // Without one, these two alone would widen our policy: next to our Access-Control-Allow-Origin
  // they take effect. `*` never grants credentials, so there the second one is harmless.
  const widening = handlersPolicy.filter(
    (name) => name === EXPOSE_HEADERS || (name === ALLOW_CREDENTIALS && !anyOrigin),
  )

  /** The explicit names of `exposedHeaders`, and those of the response that a pattern covers. */
  function expand(names: Iterable<string> | undefined): string | null {
    const list = new Set(exposedHeaders === null ? [] : exposedHeaders.split(','))
    for (const name of names ?? []) if (exposePattern?.(name.toLowerCase())) list.add(name.toLowerCase())
    return list.size === 0 ? null : [...list].join(',')
  }

  /**
   * A 304 names fewer headers than the stored response has: a shorter list would hide the others.
   */
  function writeExposed(headers: Headers, status: number): void {
    const list = status === 304 ? null : expand(headers.keys())
    if (list === null) headers.delete(EXPOSE_HEADERS)
    else headers.set(EXPOSE_HEADERS, list)
  }

  function share(headers: Headers, allowOrigin: string, status: number, hasAllowOrigin: boolean): void {
    headers.set(ALLOW_ORIGIN, allowOrigin)
    if (credentials) headers.set(ALLOW_CREDENTIALS, 'true')
    if (exposed !== null) headers.set(EXPOSE_HEADERS, exposed)
    remove(headers, hasAllowOrigin ? handlersPolicy : widening)
    if (exposePattern !== null) writeExposed(headers, status)
    if (timing) headers.set(TIMING_ALLOW_ORIGIN, allowOrigin)
  }

  return {
    entries(allowOrigin, names) {
      if (allowOrigin === null) return [...vary]
      const value = exposePattern === null ? null : expand(names)
      return [
        [ALLOW_ORIGIN, allowOrigin],
        ...constant,
        ...(value === null ? [] : [[EXPOSE_HEADERS, value] as const]),
        ...(timing ? [[TIMING_ALLOW_ORIGIN, allowOrigin] as const] : []),
        ...vary,
      ]
    },
    write(headers, allowOrigin, status, { vary: existing, hasAllowOrigin, granted }) {
      if (allowOrigin !== null) share(headers, allowOrigin, status, hasAllowOrigin)
      else if (granted !== null) remove(headers, granted)
      else {
        // A request without `Origin`: no page of another origin reads this answer, but a cache may
        // keep it for one. So the handler's CORS headers that are known go.
        if (hasAllowOrigin) remove(headers, CORS_RESPONSE_FIELDS)
        if (timing) headers.delete(TIMING_ALLOW_ORIGIN)
      }
      if (!varyByOrigin) return
      const merged = mergeVary(existing, ORIGIN)
      if (merged !== existing) headers.set(VARY, merged)
    },
  }
}

function remove(headers: Headers, names: readonly string[]): void {
  for (const name of names) headers.delete(name)
}
