import { issue } from './issue.ts'
import type { PolicyIssue } from './types.ts'

/**
 * Checks a predicate of `origins` without knowing what it means to allow: origins that nobody can have listed are put to it,
 * and what it lets in is refused. Called next to credentials only, where a stranger let in can read what belongs to a user.
 */
export function checkPredicate(predicate: unknown, credentials: boolean): PolicyIssue[] {
  if (isAsync(predicate)) return [issue('predicate-async', ['origins'], predicate)]
  if (!credentials) return []
  const call = predicate as (origin: string) => unknown
  for (const origin of canaries()) {
    if (allows(call, origin)) return [issue('predicate-accepts-strangers', ['origins'], predicate)]
  }
  return []
}

function isAsync(predicate: unknown): boolean {
  return Object.prototype.toString.call(predicate) === '[object AsyncFunction]'
}

function allows(predicate: (origin: string) => unknown, origin: string): boolean {
  try {
    return predicate(origin) === true
  } catch {
    return false
  }
}

/** Names that cannot be guessed, so that no predicate can know them. */
function canaries(): string[] {
  const name = Math.random().toString(36).slice(2, 12)
  return [
    `https://${name}.test`,
    `https://www.${name}.example`,
    `http://${name}.test:8080`,
    `https://${name}.${name}.com`,
  ]
}
