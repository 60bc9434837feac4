import type { CorsPolicy } from '../../policy/types.ts'
import { ALLOW_HEADERS, ALLOW_METHODS, EXPOSE_HEADERS } from '../../spec/fields.ts'
import { isSafelistedMethod } from '../../spec/methods.ts'
import { splitList } from '../../spec/tokens.ts'
import { type Evidence, linesOf } from '../evidence.ts'

/** More names than anybody checks one by one. */
const MOST = 12

/**
 * Says what the server lists today and the change does not: pages that need it would lose it. The names are the server's own, so they
 * stand in a sentence, and never in what is pasted. Null where there is none.
 */
export function serverLists(evidence: Evidence, policy: CorsPolicy): string | null {
  const lists = [
    ['methods', linesOf(evidence.preflight, ALLOW_METHODS), policy.methods],
    ['request headers', linesOf(evidence.preflight, ALLOW_HEADERS), policy.requestHeaders],
    ['exposed headers', linesOf(evidence.actual, EXPOSE_HEADERS), policy.exposedHeaders],
  ] as const
  const said = lists.flatMap(([what, lines, own]) => {
    const known = Array.isArray(own) ? own.map((name: string) => name.toLowerCase()) : []
    const names = [...new Set(lines.flatMap(splitList))].filter(
      (name) =>
        isPlain(name) &&
        !known.includes(name.toLowerCase()) &&
        !(what === 'methods' && (isSafelistedMethod(name) || name === 'OPTIONS')),
    )
    if (names.length === 0) return []
    const rest = names.length > MOST ? ` and ${names.length - MOST} more` : ''
    return [`${what} ${names.slice(0, MOST).join(', ')}${rest}`]
  })
  if (said.length === 0) return null
  return `The server lists today, and the change does not: ${said.join('; ')}. Add those that are yours.`
}

/** Tells whether a name may be repeated: a token may hold backticks, quotes and dollar signs. */
function isPlain(name: string): boolean {
  return /^[\w.-]{1,64}$/.test(name)
}
