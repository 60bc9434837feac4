import type { CorsPolicy } from '../../policy/types.ts'

/** A policy under way. */
export type Draft = { -readonly [K in keyof CorsPolicy]: CorsPolicy[K] }

/** Copies a policy without what its lists hold twice. */
export function withoutDuplicates(policy: CorsPolicy): Draft {
  const draft: Draft = { ...policy }
  if (Array.isArray(draft.origins)) draft.origins = [...new Set(draft.origins as readonly string[])]
  if (draft.methods !== undefined) draft.methods = joined(draft.methods, [], true)
  if (draft.requestHeaders !== undefined) draft.requestHeaders = joined(draft.requestHeaders, [])
  if (draft.exposedHeaders !== undefined) draft.exposedHeaders = joined(draft.exposedHeaders, [])
  return draft
}

/** Joins names to a list; a lone `*` stays one. */
export function joined(
  value: '*' | readonly string[] | undefined,
  names: readonly string[],
  isCaseSensitive = false,
): '*' | readonly string[] {
  if (value === '*' && names.length === 0) return value
  const all = [...asList(value), ...names]
  return isCaseSensitive ? [...new Set(all)] : unique(all)
}

/** Gives a list of names; a lone `*` is one of one. */
export function asList(value: '*' | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : value === '*' ? ['*'] : value
}

/** Drops names that differ from an earlier one in their case alone. */
export function unique(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()))
}

/** Writes a name as headers are written. */
export function canonical(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}
