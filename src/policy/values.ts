/** More than a person reads at a glance. */
const LONGEST = 200
const ELEMENTS = 5

/**
 * Writes a value as it would stand in code, in one short line.
 *
 * Not `JSON.stringify`, which calls `toJSON`, fails on cycles and bigints, and takes seconds for a sparse array: a value that is
 * wrong may be anything.
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

/** Gives what a function returns, or something else where it throws: what an owner hands over may be a proxy that throws at a look. */
export function tryOr<T, E>(get: () => T, other: E): T | E {
  try {
    return get()
  } catch {
    return other
  }
}

/** Tells whether an option is `'*'`, alone in a list or without one. */
export function isWildcard(value: unknown): boolean {
  return value === '*' || (Array.isArray(value) && value.length === 1 && value[0] === '*')
}

/** Stands for a value that could not be read. */
export const UNREADABLE: unique symbol = Symbol('unreadable')
