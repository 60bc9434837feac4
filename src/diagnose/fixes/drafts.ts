import type { CorsPolicy } from '../../policy/types.ts'

/** A policy that is being built. */
export type Draft = { -readonly [K in keyof CorsPolicy]: CorsPolicy[K] }

/** Copies a policy without duplicates in its lists. */
export function withoutDuplicates(policy: CorsPolicy): Draft {
  const draft: Draft = { ...policy }
  if (Array.isArray(draft.origins)) draft.origins = [...new Set(draft.origins as readonly string[])]
  if (draft.methods !== undefined) draft.methods = joined(draft.methods, [], true)
  if (draft.requestHeaders !== undefined) draft.requestHeaders = joined(draft.requestHeaders, [])
  if (draft.exposedHeaders !== undefined) draft.exposedHeaders = joined(draft.exposedHeaders, [])
  return draft
}

/** Adds names to a list. A lone `*` stays alone. */
export function joined(
  value: '*' | readonly string[] | undefined,
  names: readonly string[],
  isCaseSensitive = false,
): '*' | readonly string[] {
  if (value === '*' && names.length === 0) return value
  const all = [...asList(value), ...names]
  return isCaseSensitive ? [...new Set(all)] : unique(all)
}

/** Returns a list of names. A lone `*` becomes a list of one. */
export function asList(value: '*' | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : value === '*' ? ['*'] : value
}

/** Drops names that differ from an earlier one only in case. */
export function unique(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()))
}

/** Writes a header name in its usual case. */
export function canonical(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}
