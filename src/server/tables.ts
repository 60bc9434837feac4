import { VERSION } from '../spec/version.ts'
import type { HeaderEntry, RequestHead } from './types.ts'

/**
 * The answers of a policy, without the policy itself: header lines as data, and a function for each
 * part that needs code. `prepare` makes them from a policy that was checked at start, and
 * `corsmith compile js` writes them into a module. So one engine serves both.
 *
 * A part that a policy does not use is null, or is missing in `parts`. Its code is then not in the
 * bundle of a compiled policy.
 */
export interface Tables {
  /**
   * Returns the entry that allows an origin; null if none does, undefined if the predicate failed.
   * A text is the one origin that is allowed. Null where every origin is.
   */
  readonly match: ((origin: string) => string | null | undefined) | string | null
  /** What every response varies by: `Origin`, or null. */
  readonly vary: string | null
  /** The status of an accepted preflight. */
  readonly status: 200 | 204
  /** Further header lines of an accepted preflight, besides `Access-Control-Allow-Origin`. */
  readonly preflight: readonly HeaderEntry[]
  /** Further header lines of every shared response. */
  readonly shared: readonly HeaderEntry[]
  /** Headers of a handler that would allow more than the policy, beside the policy's own. */
  readonly widening: readonly string[]
  /** Headers whose value depends on the origin or on the response. */
  readonly parts: readonly Part[]
  /** The header lines of an accepted preflight that depend on what it asked for. */
  readonly echo: Echo | null
  /** Answers an actual request from a refused origin; null where the handler gets it. */
  readonly forbid: ((tables: Tables, request: RequestHead) => Response | null) | null
}

/** Header lines of an accepted preflight that depend on what it asked for. */
export interface Echo {
  /** What answers to preflights vary by, `Origin` included. */
  readonly vary: string
  lines(request: RequestHead): readonly HeaderEntry[]
}

/** A header of actual responses that depends on the origin or the response. */
export interface Part {
  /**
   * Gives the header line of a shared response; an empty list for none.
   *
   * @param names the names of the response's headers
   */
  entries(allowOrigin: string, names: Iterable<string>): readonly HeaderEntry[]
  /**
   * Writes the header to a response. `allowOrigin` is null where the origin is refused, and
   * undefined where there is none.
   */
  write(headers: Headers, allowOrigin: string | null | undefined, status: number): void
}

/** Tables in a module that `corsmith compile js` wrote. */
export interface WrittenTables extends Tables {
  /** The version of corsmith that wrote them. */
  readonly version: string
}

/** Gives tables back, and prints where another version wrote them. */
export function readTables(tables: WrittenTables): Tables {
  const { version } = tables
  // biome-ignore lint/suspicious/noConsole: the operator has to learn that the module is stale.
  if (version !== VERSION) console.warn(`corsmith ${VERSION}: ${version} compiled this policy, compile it again`)
  return tables
}
