/** Longer text is cut: a message is one short line. */
const LONGEST = 200
const ELEMENTS = 5

/**
 * Writes a value as it would stand in code, in one short line.
 *
 * A wrong value may be anything. `JSON.stringify` calls `toJSON`, throws on cycles and bigints, and
 * takes seconds for a sparse array, so it is not used.
 */
export function show(value: unknown): string {
  return tryOr(() => (Array.isArray(value) ? showList(value) : showOne(value)), `unreadable ${typeof value}`)
}

function showOne(value: unknown): string {
  const kind = typeof value
  if (typeof value === 'string') return JSON.stringify(value.slice(0, LONGEST)) + (value.length > LONGEST ? '…' : '')
  if (kind === 'bigint' || kind === 'function') return `a ${kind}`
  if (Array.isArray(value)) return 'a list'
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value).slice(0, LONGEST)
  if (value instanceof URL) return 'a URL'
  if (kind === 'object' && value !== null) return 'an object'
  return Object.is(value, -0) ? '-0' : String(value).slice(0, LONGEST)
}

function showList(list: readonly unknown[]): string {
  const shown = Array.from({ length: Math.min(list.length, ELEMENTS) }, (_, index) => showOne(list[index]))
  return `[${shown.join(', ')}${list.length > ELEMENTS ? ', …' : ''}]`
}

/**
 * Returns what a function returns, or `other` if it throws; without `other`, undefined. A value
 * that a user hands over may be a proxy, and every look at a proxy can throw.
 */
export function tryOr<T, E = undefined>(get: () => T, other?: E): T | E {
  try {
    return get()
  } catch {
    return other as E
  }
}

/** Tells whether an option is `'*'`, or a list with `'*'` alone. */
export function isWildcard(value: unknown): boolean {
  return value === '*' || (Array.isArray(value) && value.length === 1 && value[0] === '*')
}

/** Stands for a value that could not be read. */
export const UNREADABLE: unique symbol = Symbol('unreadable')
