import { ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, EXPOSE_HEADERS } from '../spec/fields.ts'
import { line } from '../spec/line.ts'
import type { CompletePolicy } from './types.ts'
import { isWildcard } from './values.ts'

/** A header line: a name and its value. */
type HeaderLine = readonly [name: string, value: string]

/**
 * A function or constant of `server/parts.ts`, by name, with the arguments of the function. It is
 * data, so that `createCors` can call it at start, and `corsmith compile js` can write the call.
 */
export type PartCall = readonly [name: string, ...lists: readonly (readonly string[] | string)[]]

/** What an option puts into the answers of its policy. */
export interface OptionLines {
  /** Header lines of an accepted preflight. */
  readonly preflight?: readonly HeaderLine[]
  /** Header lines of every shared response. */
  readonly shared?: readonly HeaderLine[]
  /** Headers that a handler may have set, and that would allow more than the option does. */
  readonly widening?: readonly string[]
  /** Headers of responses whose value depends on the origin or on the response. */
  readonly parts?: readonly PartCall[]
  /** Header lines of an accepted preflight that depend on what it asked for. */
  readonly echo?: readonly PartCall[]
}

/** The lines of `credentials`. `*` never grants credentials, so there the header of a handler is harmless. */
export function linesOfCredentials(credentials: boolean, { origins }: CompletePolicy): OptionLines {
  const lines = line(ALLOW_CREDENTIALS, 'true')
  if (credentials) return { preflight: lines, shared: lines }
  return isWildcard(origins) ? {} : { widening: [ALLOW_CREDENTIALS] }
}

/**
 * The lines of `methods`. Next to credentials, browsers read `*` as a method named `*`. So a preflight is
 * answered with the method that it asked for.
 */
export function linesOfMethods(methods: '*' | readonly string[], { credentials }: CompletePolicy): OptionLines {
  if (isWildcard(methods) && credentials) return { echo: [['echoMethod']] }
  return { preflight: line(ALLOW_METHODS, [...new Set(methods)].join(',')) }
}

/**
 * The lines of `requestHeaders`. Next to credentials, browsers read `*` as a header named `*`. So a
 * preflight is answered with the names that it asked for, and with `Authorization` if it is listed.
 */
export function linesOfRequestHeaders(headers: '*' | readonly string[], { credentials }: CompletePolicy): OptionLines {
  const { exact, heads } = splitNames(headers)
  if (credentials && exact.includes('*')) return { echo: [['echoHeaders', exact.filter((name) => name !== '*'), '*']] }
  if (heads.length > 0) return { echo: [['echoHeaders', exact, heads]] }
  return { preflight: line(ALLOW_HEADERS, exact.join(',')) }
}

/** The lines of `exposedHeaders`. Patterns are compared with the names of each response. */
export function linesOfExposedHeaders(headers: '*' | readonly string[]): OptionLines {
  const { exact, heads } = splitNames(headers)
  if (heads.length > 0) return { parts: [['exposeNames', exact, heads]] }
  const shared = line(EXPOSE_HEADERS, exact.join(','))
  return shared.length > 0 ? { shared } : { widening: [EXPOSE_HEADERS] }
}

/**
 * Splits a list into names and patterns, in lower case, as HTTP/2 and browsers send them. `exact`
 * has the names and `*`; `heads` has the patterns without their `*`.
 */
function splitNames(names: '*' | readonly string[]): { exact: readonly string[]; heads: readonly string[] } {
  const lower = [...new Set(Array.from(names, (name) => name.toLowerCase()))]
  const isPattern = (name: string): boolean => name !== '*' && name.endsWith('*')
  return {
    exact: lower.filter((name) => !isPattern(name)),
    heads: lower.filter(isPattern).map((name) => name.slice(0, -1)),
  }
}
