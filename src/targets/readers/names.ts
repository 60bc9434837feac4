import { NAME_CHARACTER } from '../header-values.ts'

/** What a preflight may ask for, as an expression over the whole list says it. */
export interface AskedNames {
  readonly any: boolean
  readonly names: readonly string[]
}

/**
 * Reads an expression over `Access-Control-Request-Headers` that a writer of corsmith wrote.
 *
 * @param source The expression.
 * @returns Names and patterns; null for any other expression.
 */
export function askedNames(source: string): AskedNames | null {
  const [, one] = /^\^(.*)\(\[ \]\*,\[ \]\*(.*)\)\*\$$/.exec(source) ?? []
  if (one === undefined || source !== `^${one}([ ]*,[ ]*${one})*$`) return null
  if (one === `${NAME_CHARACTER}+`) return { any: true, names: [] }
  if (!one.startsWith('(') || !one.endsWith(')')) return null
  const names = one
    .slice(1, -1)
    .split(/\|(?![^[]*\])/)
    .map((part) => {
      const isPattern = part.endsWith(`${NAME_CHARACTER}+`)
      const name = (isPattern ? part.slice(0, -(NAME_CHARACTER.length + 1)) : part).replaceAll('\\.', '.')
      return /^[\w.-]+$/.test(name) ? `${name}${isPattern ? '*' : ''}` : null
    })
  return names.every((name) => name !== null) ? { any: false, names: names as string[] } : null
}

/** Splits a list of names or methods as a header holds it. */
export function splitNames(value: string): readonly string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
