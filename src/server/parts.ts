import { ALLOW_HEADERS, ALLOW_METHODS, EXPOSE_HEADERS, TIMING_ALLOW_ORIGIN } from '../spec/fields.ts'
import { line } from '../spec/line.ts'
import { isForbiddenMethod } from '../spec/methods.ts'
import {
  isForbiddenRequestHeader,
  isForbiddenResponseHeaderName,
  isNonWildcardRequestHeaderName,
} from '../spec/names.ts'
import * as READ from '../spec/read.ts'
import { isToken, splitList } from '../spec/tokens.ts'
import { MAX_ECHO_LENGTH, MAX_ECHO_NAMES } from './limits.ts'
import type { Echo, Part } from './tables.ts'

// The parts of answers that are not fixed lines. A row of `OPTIONS` names a part, `prepare` makes it
// by that name, and `corsmith compile js` writes the name. So every part here is an export of
// `corsmith/runtime`, which is how a written module gets it.

/**
 * Exposes the explicit names of a policy, and those of a response that its patterns cover. A
 * pattern never exposes a header that no page may read, nor a header of the CORS protocol.
 *
 * @param explicit the names that are always exposed, in lower case
 * @param heads the patterns in lower case, without their `*`
 */
export function exposeNames(explicit: readonly string[], heads: readonly string[]): Part {
  const isCovered = (name: string): boolean =>
    beginsWith(name, heads) && !name.startsWith(READ.prefix) && !isForbiddenResponseHeaderName(name)
  const expand = (names: Iterable<string>): string => joined(explicit, names, isCovered)

  return {
    entries: (_, names) => line(EXPOSE_HEADERS, expand(names)),
    write(headers, allowOrigin, status) {
      if (!allowOrigin) return
      // A 304 names fewer headers than the stored response has: a shorter list would hide the
      // others.
      const list = status === 304 ? '' : expand(headers.keys())
      if (list === '') headers.delete(EXPOSE_HEADERS)
      else headers.set(EXPOSE_HEADERS, list)
    },
  }
}

/** Sends `Timing-Allow-Origin` to the origins that may read a response. */
export const allowTiming: Part = {
  entries: (allowOrigin) => [[TIMING_ALLOW_ORIGIN, allowOrigin]],
  write(headers, allowOrigin) {
    if (allowOrigin) headers.set(TIMING_ALLOW_ORIGIN, allowOrigin)
    // For a refused origin, `stamp` has already removed it.
    else if (allowOrigin === undefined) headers.delete(TIMING_ALLOW_ORIGIN)
  },
}

/**
 * The answer to a preflight that echoes depends on these. An echo that reads another header adds it
 * here, because joined echoes share this text.
 */
// One text: a bundler keeps a template, because it may run code.
const VARY_BY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'

/**
 * Answers a preflight with the method that it asked for. Next to credentials, browsers read `*` as a
 * method named `*`.
 */
export const echoMethod: Echo = {
  vary: VARY_BY,
  lines({ headers }) {
    const method = headers.get(READ.requestMethod) ?? ''
    const isPermitted = method.length <= MAX_ECHO_LENGTH && isEchoable(method) && !isForbiddenMethod(method)
    return line(ALLOW_METHODS, isPermitted ? method : '')
  },
}

/**
 * Answers a preflight with header names: the explicit names of a policy, and those of the request
 * that its patterns cover. Only valid header names come back.
 *
 * @param explicit the names that are always answered, in lower case
 * @param heads the patterns in lower case, without their `*`; or `'*'` for every name but
 *   `Authorization`
 */
export function echoHeaders(explicit: readonly string[], heads: readonly string[] | '*'): Echo {
  const isCovered = (name: string): boolean =>
    isEchoable(name) &&
    (heads === '*' ? !isNonWildcardRequestHeaderName(name) : beginsWith(name, heads)) &&
    !isForbiddenRequestHeader(name)
  return {
    vary: VARY_BY,
    lines({ headers }) {
      const asked = headers.get(READ.requestHeaders) ?? ''
      const names = asked.length > MAX_ECHO_LENGTH ? [] : splitList(asked)
      return line(ALLOW_HEADERS, joined(explicit, names.length > MAX_ECHO_NAMES ? [] : names, isCovered))
    },
  }
}

/** Joins two echoes. */
export function echoBoth(first: Echo, second: Echo): Echo {
  return { vary: VARY_BY, lines: (request) => [...first.lines(request), ...second.lines(request)] }
}

/**
 * `*` is a valid token, but an answer of `*` would allow every name to requests without
 * credentials.
 */
function isEchoable(value: string): boolean {
  return value !== '*' && isToken(value)
}

/** Joins the explicit names of a policy and further names that its patterns cover, in lower case. */
function joined(explicit: readonly string[], names: Iterable<string>, isCovered: (name: string) => boolean): string {
  const covered = Array.from(names, (name) => name.toLowerCase()).filter(isCovered)
  return [...new Set([...explicit, ...covered])].join(',')
}

/** Tells whether a name in lower case begins with one of these texts, and goes on. */
function beginsWith(name: string, heads: readonly string[]): boolean {
  return heads.some((head) => name.startsWith(head) && name.length > head.length)
}

/**
 * The parts that a row of `OPTIONS` can name. A compiled module imports the parts themselves, so no
 * bundle of it holds this table.
 *
 * @internal
 */
export const PARTS: Readonly<Record<string, (...lists: never[]) => Part | Echo>> = {
  exposeNames,
  allowTiming: () => allowTiming,
  echoMethod: () => echoMethod,
  echoHeaders,
}
