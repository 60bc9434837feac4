import { issue } from './issue.ts'
import { POLICY_KEYS, type PolicyIssue } from './types.ts'

/**
 * What a policy said at the moment it was read: own properties alone, each read once, lists copied.
 * Nothing behind this looks at the caller's object again, so a getter, a proxy or a later change cannot say two things.
 */
export interface Snapshot {
  readonly values: ReadonlyMap<string, unknown>
  /** Keys that are no options, in their order. */
  readonly unknown: readonly string[]
  /** What could not be read at all. */
  readonly issues: readonly PolicyIssue[]
}

const MAX_LIST = 1_000_000

/** Reads whatever it is given, and never throws. */
export function readPolicy(input: unknown): Snapshot {
  const values = new Map<string, unknown>()
  const unknown: string[] = []
  const issues: PolicyIssue[] = []
  const keys = ownKeys(input)
  if (keys === null) return { values, unknown, issues: [issue('policy-not-an-object', [], input)] }
  for (const key of keys) {
    if (typeof key === 'symbol' || !(POLICY_KEYS as readonly string[]).includes(key)) {
      unknown.push(String(key))
      continue
    }
    try {
      const value: unknown = Reflect.get(input as object, key)
      if (value === undefined && key !== 'origins') continue
      values.set(key, Array.isArray(value) ? readList(value, key, issues) : value)
    } catch {
      issues.push(issue('value-unreadable', [key], undefined))
    }
  }
  return { values, unknown, issues }
}

function ownKeys(input: unknown): (string | symbol)[] | null {
  try {
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? Reflect.ownKeys(input) : null
  } catch {
    return null
  }
}

function readList(list: readonly unknown[], key: string, issues: PolicyIssue[]): readonly unknown[] {
  const { length } = list
  if (length > MAX_LIST) issues.push(issue('list-too-long', [key], length))
  const copy: unknown[] = []
  for (let i = 0; i < Math.min(length, MAX_LIST); i++) {
    try {
      // A hole must not be filled from a polluted prototype.
      copy.push(Object.hasOwn(list, i) ? list[i] : undefined)
    } catch {
      copy.push(undefined)
      issues.push(issue('value-unreadable', [key, i], undefined))
    }
  }
  return Object.freeze(copy)
}
