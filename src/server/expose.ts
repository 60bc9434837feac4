import { EXPOSE_HEADERS, TIMING_ALLOW_ORIGIN } from '../spec/fields.ts'
import { isForbiddenResponseHeaderName } from '../spec/names.ts'
import * as READ from '../spec/read.ts'
import type { Part } from './tables.ts'

/** Tells whether a name in lower case begins with one of these texts, and goes on. */
export function beginsWith(name: string, heads: readonly string[]): boolean {
  return heads.some((head) => name.startsWith(head) && name.length > head.length)
}

/**
 * Exposes the explicit names of a policy, and those of a response that its patterns cover. A
 * pattern never exposes a header that no page may read, nor a header of the CORS protocol.
 *
 * @param explicit the names that are always exposed, in lower case
 * @param heads the patterns in lower case, without their `*`
 */
export function exposeNames(explicit: readonly string[], heads: readonly string[]): Part {
  const expand = (names: Iterable<string>): string => {
    const list = new Set(explicit)
    for (const spelled of names) {
      const name = spelled.toLowerCase()
      const isProtocols = name.startsWith(READ.prefix)
      if (beginsWith(name, heads) && !isProtocols && !isForbiddenResponseHeaderName(name)) list.add(name)
    }
    return [...list].join(',')
  }

  return {
    entries(_, names) {
      const list = expand(names)
      return list === '' ? [] : [[EXPOSE_HEADERS, list]]
    },
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
