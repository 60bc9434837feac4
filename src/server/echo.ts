import { ALLOW_HEADERS, ALLOW_METHODS } from '../spec/fields.ts'
import { isForbiddenMethod } from '../spec/methods.ts'
import { isForbiddenRequestHeader, isNonWildcardRequestHeaderName } from '../spec/names.ts'
import * as READ from '../spec/read.ts'
import { isToken, splitList } from '../spec/tokens.ts'
import { beginsWith } from './expose.ts'
import type { Echo } from './tables.ts'

/** An echo reads at most this much of what a client sent. Longer fields are not echoed at all. */
const MAX_ECHO_LENGTH = 4096
const MAX_ECHO_NAMES = 256

/** The answer to a preflight that echoes depends on these. */
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
    return isPermitted ? [[ALLOW_METHODS, method]] : []
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
    heads === '*' ? !isNonWildcardRequestHeaderName(name) : beginsWith(name, heads)
  return {
    vary: VARY_BY,
    lines({ headers }) {
      const names = new Set(explicit)
      const asked = headers.get(READ.requestHeaders) ?? ''
      const elements = asked.length > MAX_ECHO_LENGTH ? [] : splitList(asked.toLowerCase())
      if (elements.length <= MAX_ECHO_NAMES) {
        for (const name of elements) {
          if (isEchoable(name) && isCovered(name) && !isForbiddenRequestHeader(name)) names.add(name)
        }
      }
      return names.size === 0 ? [] : [[ALLOW_HEADERS, [...names].join(',')]]
    },
  }
}

/** Joins two echoes: one for the method, one for the header names. */
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
