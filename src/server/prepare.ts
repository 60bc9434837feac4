import type { CompiledPolicy } from '../policy/compile.ts'
import { ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, EXPOSE_HEADERS, MAX_AGE, ORIGIN } from '../spec/fields.ts'
import { echoBoth, echoHeaders, echoMethod } from './echo.ts'
import { allowTiming, exposeNames } from './expose.ts'
import { guard } from './guard.ts'
import type { Tables } from './tables.ts'
import type { HeaderEntry } from './types.ts'

/** The tables that are data. */
export type HeaderTables = Omit<Tables, 'match' | 'parts' | 'echo' | 'forbid'>

/** Writes the header lines of a compiled policy. */
export function headerTables(compiled: CompiledPolicy): HeaderTables {
  const { match, credentials, requestHeaders, exposedHeaders, exposePattern } = compiled
  const credentialed: HeaderEntry[] = credentials ? [[ALLOW_CREDENTIALS, 'true']] : []
  const line = (name: string, value: string | null): HeaderEntry[] => (value ? [[name, value]] : [])
  const exposed = exposePattern === null ? line(EXPOSE_HEADERS, exposedHeaders.join(',')) : []
  return {
    vary: match && ORIGIN,
    status: compiled.preflightStatus,
    preflight: [
      ...credentialed,
      ...line(ALLOW_METHODS, compiled.methods),
      ...line(ALLOW_HEADERS, compiled.echoHeaders === null ? requestHeaders.join(',') : null),
      ...line(MAX_AGE, compiled.maxAge),
    ],
    shared: [...credentialed, ...exposed],
    widening: [
      ...(exposePattern === null && exposed.length === 0 ? [EXPOSE_HEADERS] : []),
      // `*` never grants credentials, so there the header is harmless.
      ...(match === null || credentials ? [] : [ALLOW_CREDENTIALS]),
    ],
  }
}

/** Makes the tables of a compiled policy. */
export function prepare(compiled: CompiledPolicy): Tables {
  const { exposePattern } = compiled
  const method = compiled.echoMethod ? echoMethod : null
  const headers = compiled.echoHeaders && echoHeaders(compiled.requestHeaders, compiled.echoHeaders)
  return {
    match: compiled.match,
    ...headerTables(compiled),
    parts: [
      ...(exposePattern ? [exposeNames(compiled.exposedHeaders, exposePattern)] : []),
      ...(compiled.timing ? [allowTiming] : []),
    ],
    echo: method && headers ? echoBoth(method, headers) : (method ?? headers),
    forbid: compiled.forbid ? guard : null,
  }
}
