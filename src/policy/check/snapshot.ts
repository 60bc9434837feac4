import { issue } from '../issue.ts'
import { MAX_LIST } from '../limits.ts'
import { isOption, POLICY_KEYS } from '../options.ts'
import type { PolicyIssue } from '../types.ts'
import { tryOr, UNREADABLE } from '../values.ts'

/**
 * The values of a policy at the moment when it was read. Only own properties count, each is read
 * once, and lists are copied. Later code uses only the snapshot, so a getter, a proxy or a later
 * change cannot give two answers.
 */
export interface Snapshot {
  /** The value that was read, for the message if it is not a policy. */
  readonly input: unknown
  /** The options by name; null if the input is not an object. */
  readonly values: ReadonlyMap<string, unknown> | null
  /**
   * The options whose reading threw, with their defects. They are present, but nothing else is
   * known of them.
   */
  readonly unread: ReadonlyMap<string, PolicyIssue>
  /** The properties that are not options, in their order. */
  readonly unknown: ReadonlyMap<string, unknown>
  /** The options that only a prototype has. They were not read. */
  readonly inherited: readonly string[]
}

/** Reads any value as a policy. Never throws. */
export function readPolicy(input: unknown): Snapshot {
  const values = new Map<string, unknown>()
  const unknown = new Map<string, unknown>()
  const unread = new Map<string, PolicyIssue>()
  const isObject = typeof input === 'object' && input !== null
  const keys = tryOr(() => (isObject && !Array.isArray(input) ? Reflect.ownKeys(input) : null), null)
  for (const key of keys ?? []) {
    const get = (): unknown => Reflect.get(input as object, key)
    // `$schema` tells an editor what a JSON file holds. A policy imported from JSON has it.
    if (key === '$schema' && typeof tryOr(get) === 'string') continue
    if (!isOption(key)) {
      unknown.set(String(key), tryOr(get))
      continue
    }
    try {
      const value = get()
      const length = Array.isArray(value) ? value.length : 0
      if (length > MAX_LIST) unread.set(key, issue([key], length, 'list-too-long'))
      else if (Array.isArray(value)) values.set(key, copyOf(value, length))
      else if (value !== undefined || key === 'origins') values.set(key, value)
    } catch {
      unread.set(key, issue([key], undefined, 'value-unreadable'))
    }
  }
  // Those of the prototype of a class are not read, which can surprise, so a warning names them.
  const isInherited = (key: string): boolean => !keys?.includes(key) && Reflect.has(input as object, key)
  const inherited = keys === null ? [] : tryOr(() => POLICY_KEYS.filter(isInherited), [])
  if (inherited.includes('origins')) unread.set('origins', issue(['origins'], undefined, 'origins-inherited'))
  return { input, values: keys && values, unread, unknown, inherited }
}

function copyOf(list: readonly unknown[], length: number): unknown[] {
  const copy: unknown[] = []
  const prototype = Reflect.getPrototypeOf(list) ?? {}
  // A polluted prototype must not fill a hole. `in` on the prototype is faster than a look at own
  // properties.
  const element = (): unknown => {
    const index = copy.length
    return index in prototype && !Object.hasOwn(list, index) ? undefined : list[index]
  }
  while (copy.length < length) copy.push(tryOr(element, UNREADABLE))
  return copy
}
