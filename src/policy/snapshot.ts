import { issue } from './issue.ts'
import { POLICY_KEYS, type PolicyIssue } from './types.ts'

/**
 * What a policy said at the moment it was read: own properties alone, each read once, lists copied.
 * Nothing behind this looks at the caller's object again, so a getter, a proxy or a later change cannot say two things.
 */
export interface Snapshot {
  readonly values: ReadonlyMap<string, unknown>
  /** What are no options, in their order. */
  readonly unknown: ReadonlyMap<string, unknown>
  /** What could not be read at all. The keys among the paths have no value, and are not to be taken for absent. */
  readonly issues: readonly PolicyIssue[]
}

/** More entries are hardly meant, and a sparse array of billions costs nothing to make. */
const MAX_LIST = 200_000

/** Reads whatever it is given, and never throws. */
export function readPolicy(input: unknown): Snapshot {
  const values = new Map<string, unknown>()
  const unknown = new Map<string, unknown>()
  const issues: PolicyIssue[] = []
  const keys = ownKeys(input)
  if (keys === null) return { values, unknown, issues: [issue('policy-not-an-object', [], input)] }
  for (const key of keys) {
    const name = String(key)
    const isOption = typeof key === 'string' && KEYS.has(key)
    try {
      const value: unknown = Reflect.get(input as object, key)
      if (!isOption) unknown.set(name, value)
      else if (value !== undefined || key === 'origins') values.set(name, readValue(value, name, issues))
    } catch {
      if (isOption) issues.push(issue('value-unreadable', [name], undefined))
      else unknown.set(name, undefined)
    }
  }
  return { values, unknown, issues: [...issues, ...inherited(input as object, new Set(keys))] }
}

const KEYS: ReadonlySet<string> = new Set(POLICY_KEYS)

function ownKeys(input: unknown): (string | symbol)[] | null {
  try {
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? Reflect.ownKeys(input) : null
  } catch {
    return null
  }
}

/** Options that a prototype holds, a class's or a polluted one, are never read. That is said, because it may surprise. */
function inherited(input: object, own: ReadonlySet<string | symbol>): PolicyIssue[] {
  try {
    return POLICY_KEYS.filter((key) => !own.has(key) && Reflect.has(input, key)).map((key) =>
      issue(key === 'origins' ? 'origins-inherited' : 'inherited-key', [key], undefined),
    )
  } catch {
    return []
  }
}

function readValue(value: unknown, key: string, issues: PolicyIssue[]): unknown {
  if (!Array.isArray(value)) return value
  const { length } = value
  if (length > MAX_LIST) {
    issues.push(issue('list-too-long', [key], length))
    return undefined
  }
  const copy: unknown[] = []
  for (let i = 0; i < length; i++) {
    try {
      // A hole must not be filled from a polluted prototype.
      copy.push(Object.hasOwn(value, i) ? value[i] : undefined)
    } catch {
      copy.push(null)
      issues.push(issue('value-unreadable', [key, i], undefined))
    }
  }
  return Object.freeze(copy)
}
