import type { DefectCode } from './catalogue.ts'
import { issue } from './issue.ts'
import { orElse } from './or-else.ts'
import { POLICY_KEYS, type PolicyIssue } from './types.ts'

/**
 * What a policy said at the moment it was read: own properties alone, each read once, lists copied.
 * Nothing behind this looks at the caller's object again, so a getter, a proxy or a later change cannot say two things.
 */
export interface Snapshot {
  /** What was read, to be shown where it is no policy. */
  readonly input: unknown
  /** The options by their names; null where the input is no object. */
  readonly values: ReadonlyMap<string, unknown> | null
  /** What are no options, in their order. */
  readonly unknown: ReadonlyMap<string, unknown>
  /** The options that stand on a prototype alone, and were not read. */
  readonly inherited: readonly string[]
}

/** Stands in a snapshot for what could not be read. It is not absent, and nothing more can be said about it. */
export class Unread {
  readonly code: DefectCode
  readonly value: unknown

  constructor(code: DefectCode, value?: unknown) {
    this.code = code
    this.value = value
  }

  /** What is to be said of it. */
  issueAt(path: PolicyIssue['path']): PolicyIssue {
    return issue(path, this.value, this.code)
  }
}

/** More entries are hardly meant, and a sparse array of billions costs nothing to make. */
const MAX_LIST = 200_000

/** Reads whatever it is given, and never throws. */
export function readPolicy(input: unknown): Snapshot {
  const values = new Map<string, unknown>()
  const unknown = new Map<string, unknown>()
  const keys = orElse(() => ownKeys(input), null)
  for (const key of keys ?? []) {
    const get = (): unknown => Reflect.get(input as object, key)
    if (!POLICY_KEYS.includes(key as never)) {
      unknown.set(String(key), orElse(get, undefined))
      continue
    }
    const value = orElse(() => readValue(get()), UNREADABLE)
    if (value !== undefined || key === 'origins') values.set(key as string, value)
  }
  const inherited =
    keys === null
      ? []
      : orElse(() => POLICY_KEYS.filter((key) => !keys.includes(key) && Reflect.has(input as object, key)), [])
  if (inherited.includes('origins')) values.set('origins', new Unread('origins-inherited'))
  return { input, values: keys && values, unknown, inherited }
}

const UNREADABLE: Unread = new Unread('value-unreadable')

function ownKeys(input: unknown): (string | symbol)[] | null {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? Reflect.ownKeys(input) : null
}

function readValue(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  const { length } = value
  if (length > MAX_LIST) return new Unread('list-too-long', length)
  const copy: unknown[] = []
  const prototype = Reflect.getPrototypeOf(value) ?? {}
  // A hole must not be filled from a polluted prototype. To ask for what is inherited is quicker than for what is own.
  const element = (): unknown => {
    const index = copy.length
    return index in prototype && !Object.hasOwn(value, index) ? undefined : value[index]
  }
  while (copy.length < length) copy.push(orElse(element, UNREADABLE))
  return copy
}
