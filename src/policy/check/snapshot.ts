import { issue } from '../issue.ts'
import { POLICY_KEYS } from '../options.ts'
import type { CorsPolicy, PolicyIssue } from '../types.ts'
import { tryOr, UNREADABLE } from '../values.ts'

/**
 * What a policy said at the moment it was read: own properties alone, each read once, lists copied.
 * Nothing behind this looks at the caller's object again, so a getter, a proxy or a later change cannot say two things.
 */
export interface Snapshot {
  /** What was read, to be shown where it is no policy. */
  readonly input: unknown
  /** The options by their names; null where the input is no object. */
  readonly values: ReadonlyMap<string, unknown> | null
  /** The options that could not be read. They are not absent, and nothing more can be said about them. */
  readonly unread: ReadonlyMap<string, PolicyIssue>
  /** What are no options, in their order. */
  readonly unknown: ReadonlyMap<string, unknown>
  /** The options that stand on a prototype alone, and were not read. */
  readonly inherited: readonly string[]
}

/** More entries are hardly meant, and a sparse array of billions costs nothing to make. */
const MAX_LIST = 200_000

/** Reads whatever it is given, and never throws. */
export function readPolicy(input: unknown): Snapshot {
  const values = new Map<string, unknown>()
  const unknown = new Map<string, unknown>()
  const unread = new Map<string, PolicyIssue>()
  const keys = tryOr(() => ownKeys(input), null)
  for (const key of keys ?? []) {
    const get = (): unknown => Reflect.get(input as object, key)
    const option = POLICY_KEYS.find((known) => known === key)
    // Says to an editor what the file is. A policy that is imported from JSON has it.
    if (key === '$schema' && typeof tryOr(get, undefined) === 'string') continue
    if (option === undefined) {
      unknown.set(String(key), tryOr(get, undefined))
      continue
    }
    try {
      const value = get()
      const length = Array.isArray(value) ? value.length : 0
      if (length > MAX_LIST) unread.set(option, issue([option], length, 'list-too-long'))
      else if (Array.isArray(value)) values.set(option, copyOf(value, length))
      else if (value !== undefined || option === 'origins') values.set(option, value)
    } catch {
      unread.set(option, issue([option], undefined, 'value-unreadable'))
    }
  }
  const inherited = keys === null ? [] : tryOr(() => inheritedBy(input as object, keys), [])
  if (inherited.includes('origins')) unread.set('origins', issue(['origins'], undefined, 'origins-inherited'))
  return { input, values: keys && values, unread, unknown, inherited }
}

function ownKeys(input: unknown): (string | symbol)[] | null {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? Reflect.ownKeys(input) : null
}

/** Options that a prototype holds, a class's or a polluted one, are never read. That is said, because it may surprise. */
function inheritedBy(input: object, own: readonly unknown[]): string[] {
  return POLICY_KEYS.filter((key) => !own.includes(key) && Reflect.has(input, key))
}

function copyOf(list: readonly unknown[], length: number): unknown[] {
  const copy: unknown[] = []
  const prototype = Reflect.getPrototypeOf(list) ?? {}
  // A hole must not be filled from a polluted prototype. To ask for what is inherited is quicker than for what is own.
  const element = (): unknown => {
    const index = copy.length
    return index in prototype && !Object.hasOwn(list, index) ? undefined : list[index]
  }
  while (copy.length < length) copy.push(tryOr(element, UNREADABLE))
  return copy
}

/** A list that is longer is frozen when it is first looked at. */
const LONG = 1_000

/**
 * Shows a policy that was taken, frozen with all its lists.
 *
 * A long list waits until somebody looks at it, which hardly anybody does: to freeze 100,000 entries takes JavaScriptCore several times
 * as long as to check and compile them, and makes the list slow to read. Others are plain properties, as a log shows them best.
 */
export function freezePolicy<P extends CorsPolicy>(policy: P): P {
  const view = Object.create(null)
  for (const [key, value] of Object.entries(policy)) {
    let isFrozen = !Array.isArray(value)
    const get = (): unknown => {
      if (!isFrozen) Object.freeze(value)
      isFrozen = true
      return value
    }
    const isLong = Array.isArray(value) && value.length > LONG
    Object.defineProperty(view, key, { enumerable: true, ...(isLong ? { get } : { value: get() }) })
  }
  return Object.freeze(view)
}
