import type { PolicyIssue } from '../../src/index.ts'

type Bag = Record<string, unknown>

/** Applies one suggestion at its path: a value in its place, `null` leaves it out, and an unknown key is renamed. */
export function applySuggestion(policy: Bag, issue: PolicyIssue): Bag {
  return applySuggestions(policy, [issue])
}

/** Applies suggestions to a copy of a policy. Elements that are left out go last, so that no index moves before it is used. */
export function applySuggestions(policy: Bag, issues: readonly PolicyIssue[]): Bag {
  const copy: Bag = { ...policy }
  const gone = new Map<string, Set<number>>()
  for (const { code, path, suggestion } of issues) {
    const [key, index] = path
    if (suggestion === undefined || typeof key !== 'string') continue
    if (typeof index === 'number') {
      if (suggestion === null) gone.set(key, (gone.get(key) ?? new Set()).add(index))
      else copy[key] = (copy[key] as unknown[]).with(index, suggestion)
    } else if (code === 'unknown-key' && typeof suggestion === 'string') {
      copy[suggestion] = copy[key]
      delete copy[key]
    } else if (suggestion === null) {
      delete copy[key]
    } else {
      copy[key] = suggestion
    }
  }
  for (const [key, indexes] of gone) copy[key] = (copy[key] as unknown[]).filter((_, index) => !indexes.has(index))
  return copy
}

/** Takes out of a policy whatever an error stands at: elements, and options. */
export function withoutOffenders(policy: Bag, issues: readonly PolicyIssue[]): Bag {
  const left = issues.map((issue) => ({ ...issue, code: 'origin-empty' as const, suggestion: null }))
  return applySuggestions(policy, left)
}
