import type { CompiledPolicy } from '../policy/compile.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_ORIGIN,
  CORS_RESPONSE_FIELDS,
  EXPOSE_HEADERS,
  ORIGIN,
  TIMING_ALLOW_ORIGIN,
  VARY,
} from '../spec/fields.ts'
import type { Reading } from './apply.ts'
import type { Sharing } from './decide.ts'
import type { HeaderEntry } from './types.ts'
import { mergeVary } from './vary.ts'

/** Writes the header set of an actual response. */
export interface Stamp {
  /** The header set as data. `origin` is what {@link sharedActually} returned. */
  entries(origin: Sharing, names: Iterable<string> | undefined): readonly HeaderEntry[]
  /** Writes the header set over whatever stood there. */
  write(headers: Headers, origin: Sharing, status: number, reading: Reading): void
}

/** Prepares the header sets of a policy's actual responses. */
export function createStamp(compiled: CompiledPolicy): Stamp {
  const { anyOrigin, varyByOrigin, credentials, exposedHeaders, exposePattern, timing } = compiled
  const exposed = exposePattern === null ? exposedHeaders : null
  const constant: HeaderEntry[] = credentials ? [[ALLOW_CREDENTIALS, 'true']] : []
  if (exposed !== null) constant.push([EXPOSE_HEADERS, exposed])
  const written = new Set([
    ALLOW_ORIGIN,
    ...constant.map(([name]) => name),
    ...(exposePattern === null ? [] : [EXPOSE_HEADERS]),
  ])
  const vary: readonly HeaderEntry[] = varyByOrigin ? [[VARY, ORIGIN]] : []
  // Handed out by entries() again and again, and so not to be changed.
  for (const entry of [...constant, ...vary]) Object.freeze(entry)
  const unwritten = CORS_RESPONSE_FIELDS.filter((name) => !written.has(name))
  // Beside our own Access-Control-Allow-Origin these two would grant what the policy does not, even alone. Beside "*", no credentials.
  const grants = unwritten.filter((name) => name === EXPOSE_HEADERS || (name === ALLOW_CREDENTIALS && !anyOrigin))

  function expand(names: Iterable<string> | undefined): string | null {
    const list = new Set(exposedHeaders === null ? [] : exposedHeaders.split(','))
    for (const name of names ?? []) if (exposePattern?.(name.toLowerCase())) list.add(name.toLowerCase())
    return list.size === 0 ? null : [...list].join(',')
  }

  return {
    entries(origin, names) {
      if (origin === null || origin === undefined) return [...vary]
      const value = exposePattern === null ? null : expand(names)
      return [
        [ALLOW_ORIGIN, origin],
        ...constant,
        ...(value === null ? [] : [[EXPOSE_HEADERS, value] as const]),
        ...(timing ? [[TIMING_ALLOW_ORIGIN, origin] as const] : []),
        ...vary,
      ]
    },
    write(headers, origin, status, { vary, isMarked, granted }) {
      if (origin === null || origin === undefined) {
        if (isMarked || granted !== null) remove(headers, granted ?? CORS_RESPONSE_FIELDS)
        if (timing && granted === null) headers.delete(TIMING_ALLOW_ORIGIN)
      } else {
        headers.set(ALLOW_ORIGIN, origin)
        if (credentials) headers.set(ALLOW_CREDENTIALS, 'true')
        if (exposed !== null) headers.set(EXPOSE_HEADERS, exposed)
        remove(headers, isMarked ? unwritten : grants)
        if (exposePattern !== null) writeExposed(headers, status === 304 ? null : expand(headers.keys()))
        if (timing) headers.set(TIMING_ALLOW_ORIGIN, origin)
      }
      if (varyByOrigin) writeVary(headers, vary)
    },
  }
}

function remove(headers: Headers, names: readonly string[]): void {
  for (let i = 0; i < names.length; i++) headers.delete(names[i] as string)
}

/** A 304 names fewer headers than the stored response has: a shorter list in it would hide the others. */
function writeExposed(headers: Headers, value: string | null): void {
  if (value === null) headers.delete(EXPOSE_HEADERS)
  else headers.set(EXPOSE_HEADERS, value)
}

function writeVary(headers: Headers, vary: string | null): void {
  if (vary === null) {
    headers.set(VARY, ORIGIN)
    return
  }
  const merged = mergeVary(vary, ORIGIN)
  if (merged !== vary) headers.set(VARY, merged)
}
