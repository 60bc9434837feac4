import type { CorsPolicy } from '../../policy/types.ts'
import { isWildcard } from '../../policy/values.ts'

/**
 * The length of a family. Shorter ones are listed name by name, because a pattern also admits names
 * that the owner has never seen.
 */
const LONG = 4

/** First words that many unrelated headers share. */
const COMMON: readonly string[] = ['accept', 'access', 'cache', 'content', 'if', 'sec', 'proxy', 'x']

/**
 * Replaces each long family of request headers by a pattern. A client library that sends eight
 * `X-Stainless-…` headers may add a ninth.
 *
 * @param policy The policy.
 * @returns The policy with patterns; null if no family is long.
 */
export function withFamilies(policy: CorsPolicy): CorsPolicy | null {
  const names = policy.requestHeaders
  if (!Array.isArray(names) || isWildcard(names)) return null
  const families = new Map<string, string[]>()
  for (const name of names as readonly string[]) {
    const head = headOf(name)
    if (head !== null) families.set(head.toLowerCase(), [...(families.get(head.toLowerCase()) ?? []), name])
  }
  const long = [...families.values()].filter((members) => members.length >= LONG)
  if (long.length === 0) return null
  const gone = new Set(long.flat())
  const patterns = long.map((members) => `${headOf(members[0] ?? '') ?? ''}*`)
  const kept = (names as readonly string[]).filter((name) => !gone.has(name) && !name.includes('*'))
  const older = (names as readonly string[]).filter((name) => name.includes('*'))
  return { ...policy, requestHeaders: [...kept, ...older, ...patterns] }
}

/**
 * Returns the shared part of a family: `X-Stainless-` for `X-Stainless-Lang`, `Anthropic-` for
 * `Anthropic-Version`.
 */
function headOf(name: string): string | null {
  const head = /^(?:x-)?[^-*]+-(?=[^*]+$)/i.exec(name)?.[0] ?? null
  return head === null || COMMON.includes(head.slice(0, -1).toLowerCase()) ? null : head
}
