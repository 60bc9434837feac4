import type { CorsPolicy } from '../../policy/types.ts'

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
  const { requestHeaders } = policy
  if (!Array.isArray(requestHeaders)) return null
  const names: readonly string[] = requestHeaders
  const families = new Map<string, { readonly pattern: string; readonly members: string[] }>()
  for (const name of names) {
    const head = headOf(name)
    if (head === null) continue
    const family = families.get(head.toLowerCase()) ?? { pattern: `${head}*`, members: [] }
    family.members.push(name)
    families.set(head.toLowerCase(), family)
  }
  const long = [...families.values()].filter(({ members }) => members.length >= LONG)
  if (long.length === 0) return null
  const gone = new Set(long.flatMap(({ members }) => members))
  const kept = names.filter((name) => !gone.has(name) && !name.includes('*'))
  const older = names.filter((name) => name.includes('*'))
  return { ...policy, requestHeaders: [...kept, ...older, ...long.map(({ pattern }) => pattern)] }
}

/**
 * Returns the shared part of a family: `X-Stainless-` for `X-Stainless-Lang`, `Anthropic-` for
 * `Anthropic-Version`.
 */
function headOf(name: string): string | null {
  const head = /^(?:x-)?[^-*]+-(?=[^*]+$)/i.exec(name)?.[0] ?? null
  return head === null || COMMON.includes(head.slice(0, -1).toLowerCase()) ? null : head
}
