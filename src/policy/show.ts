import { orElse } from './or-else.ts'

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
  return orElse(() => (Array.isArray(value) ? showList(value) : showOne(value)), `unreadable ${typeof value}`)
}

function showOne(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > LONGEST ? `${JSON.stringify(value.slice(0, LONGEST))}…` : JSON.stringify(value)
    case 'bigint':
      return 'a bigint'
    case 'function':
      return 'a function'
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'object':
      return value === null ? 'null' : describe(value)
    default:
      return String(value).slice(0, LONGEST)
  }
}

function describe(value: object): string {
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value).slice(0, LONGEST)
  if (value instanceof URL) return `a URL`
  return Array.isArray(value) ? 'a list' : 'an object'
}

function showList(list: readonly unknown[]): string {
  const { length } = list
  const shown: string[] = []
  for (let i = 0; i < Math.min(length, ELEMENTS); i++) shown.push(showOne(list[i]))
  return `[${shown.join(', ')}${length > ELEMENTS ? ', …' : ''}]`
}
