import { readLiteral } from './literal.ts'

/** The arguments of a call, and the place behind the last of them. */
interface Arguments {
  readonly values: readonly unknown[]
  readonly end: number
}

/** Reads the arguments of a call. */
export function argumentsAt(source: string, start: number): readonly unknown[] {
  return readArguments(source, start).values
}

/** Reads the arguments of a call, and where they end. */
export function readArguments(source: string, start: number): Arguments {
  const values: unknown[] = []
  let at = start
  for (;;) {
    if (/^\s*\)/.test(source.slice(at, at + 200))) return { values, end: at }
    const { value, end } = readLiteral(source, at)
    values.push(value)
    const comma = /^\s*,/.exec(source.slice(end, end + 200))
    if (comma === null) return { values, end }
    at = end + comma[0].length
  }
}
